import { BailiwickError } from '../core/errors.ts';

/** What a column may mean to us. */
export const FIELDS = [
  'performing', 'performingZip', 'performingLast', 'performingFirst', 'performingName',
  'facilityNpi', 'facilityCcn', 'facilityId', 'facilityZip', 'facilityName', 'ordering', 'orderingZip',
  'specialty', 'code', 'codeName', 'drg', 'drgDefinition', 'family', 'drug', 'site', 'month',
  'services', 'beneficiaries', 'beneficiaryDays', 'averagePayment', 'payment',
] as const; // prettier-ignore
export type Field = (typeof FIELDS)[number];

export interface Layout {
  readonly id: 'cmsByProviderAndService' | 'cmsInpatientByDrg' | 'vendorAggregate';
  readonly name: string;
  readonly required: readonly (readonly Field[])[];
  /** Header names per field: lower case, letters and digits only. */
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** The only place of service that such a file is about. */
  readonly site?: string;
}

/** CMS "Medicare Physician & Other Practitioners – by Provider and Service" in its three dialects: new, old, display names. */
const CMS: Layout = {
  id: 'cmsByProviderAndService',
  name: 'CMS by Provider and Service',
  required: [['performing'], ['performingZip'], ['code'], ['site'], ['services'], ['averagePayment']],
  columns: {
    performing: ['rndrngnpi', 'npi', 'nationalprovideridentifier'],
    performingZip: ['rndrngprvdrzip5', 'nppesproviderzip', 'zipcodeoftheprovider'],
    performingLast: ['rndrngprvdrlastorgname', 'nppesproviderlastorgname', 'lastnameorganizationnameoftheprovider'],
    performingFirst: ['rndrngprvdrfirstname', 'nppesproviderfirstname', 'firstnameoftheprovider'],
    specialty: ['rndrngprvdrtype', 'providertype', 'providertypeoftheprovider'],
    code: ['hcpcscd', 'hcpcscode'],
    codeName: ['hcpcsdesc', 'hcpcsdescription'],
    drug: ['hcpcsdrugind', 'hcpcsdrugindicator', 'identifieshcpcsasdrugincludedintheaspdruglist'],
    site: ['placeofsrvc', 'placeofservice'],
    services: ['totsrvcs', 'linesrvccnt', 'numberofservices'],
    beneficiaries: ['totbenes', 'beneuniquecnt', 'numberofmedicarebeneficiaries'],
    beneficiaryDays: ['totbenedaysrvcs', 'benedaysrvccnt', 'numberofdistinctmedicarebeneficiaryperdayservices'],
    averagePayment: ['avgmdcrpymtamt', 'averagemedicarepaymentamt', 'averagemedicarepaymentamount'],
  },
};

/**
 * CMS "Medicare Inpatient Hospitals – by Provider and Service" (discharges by hospital and MS-DRG), new header and display
 * names, where number and name of the group stand in one column ("039 - EXTRACRANIAL PROCEDURES W/O CC/MCC").
 */
const INPATIENT: Layout = {
  id: 'cmsInpatientByDrg',
  name: 'CMS inpatient by provider and DRG',
  required: [['facilityCcn'], ['facilityZip'], ['drg', 'drgDefinition'], ['services'], ['averagePayment']],
  columns: {
    facilityCcn: ['rndrngprvdrccn', 'providerid', 'providerccn'],
    facilityName: ['rndrngprvdrorgname', 'providername'],
    facilityZip: ['rndrngprvdrzip5', 'providerzipcode'],
    drg: ['drgcd'],
    codeName: ['drgdesc'],
    drgDefinition: ['drgdefinition'],
    services: ['totdschrgs', 'totaldischarges'],
    averagePayment: ['avgmdcrpymtamt', 'averagemedicarepayments'],
  },
  site: '21',
};

/** A vendor's aggregate: one row per provider roles × code × place of service × month (data.md, minimal form). */
const VENDOR: Layout = {
  id: 'vendorAggregate',
  name: 'vendor claims aggregate',
  required: [
    ['code'],
    ['site'],
    ['services'],
    ['facilityZip', 'performingZip'],
    ['performing', 'facilityNpi', 'facilityId', 'facilityCcn'],
  ],
  columns: {
    performing: ['performingnpi', 'renderingnpi', 'npi', 'providernpi'],
    performingZip: ['performingzip', 'renderingzip', 'providerzip', 'zip', 'zipcode'],
    performingName: ['performingname', 'renderingname', 'providername'],
    facilityNpi: ['facilitynpi', 'servicelocationnpi'],
    facilityCcn: ['facilityccn', 'ccn'],
    facilityId: ['facilityid'],
    facilityName: ['facilityname', 'servicelocationname'],
    facilityZip: ['facilityzip', 'servicelocationzip'],
    ordering: ['orderingnpi', 'referringnpi'],
    orderingZip: ['orderingzip', 'referringzip'],
    specialty: ['specialty', 'taxonomy', 'performingspecialty'],
    code: ['code', 'cpt', 'hcpcs', 'procedurecode', 'cpthcpcs', 'hcpcscode'],
    codeName: ['codename', 'procedurename', 'codedescription'],
    family: ['family', 'codefamily', 'procedurefamily'],
    drug: ['drug', 'drugindicator'],
    site: ['placeofservice', 'pos', 'siteofcare'],
    month: ['month', 'period', 'servicemonth', 'yearmonth'],
    services: ['claimcount', 'claims', 'count', 'procedurecount'],
    beneficiaries: ['patientcount', 'patients'],
    payment: ['paid', 'paidamount', 'paidusd'],
  },
};

export interface Recognized {
  readonly layout: Layout;
  /** Column position of each field that the file has. */
  readonly at: Readonly<Partial<Record<Field, number>>>;
  readonly unused: readonly string[];
}

/** @throws BailiwickError file_not_recognized with what was found and what is missing */
export function recognize(header: readonly string[], file: string): Recognized {
  const names = header.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const tried = [CMS, INPATIENT, VENDOR].map((layout) => {
    const entries = Object.entries(layout.columns).flatMap(([field, synonyms]) => {
      const position = synonyms.map((synonym) => names.indexOf(synonym)).find((found) => found >= 0);
      return position === undefined ? [] : [[field as Field, position] as const];
    });
    const at: Partial<Record<Field, number>> = Object.fromEntries(entries);
    const missing = layout.required.filter((choices) => choices.every((field) => at[field] === undefined));
    const used = new Set(Object.values(at));
    return { layout, at, missing, unused: header.filter((_, i) => !used.has(i)) };
  });
  const fit = tried.find(({ missing }) => missing.length === 0);
  if (fit) return fit;
  const found =
    header.length > 1
      ? `the columns ${header.slice(0, 8).join(', ')}${header.length > 8 ? ', …' : ''}`
      : 'no columns that could be told apart';
  const lacks = tried.map(
    ({ layout, missing }) => `${layout.name}: ${missing.map((choices) => choices.join(' or ')).join(', ')}`,
  );
  throw new BailiwickError(
    'file_not_recognized',
    `${file} is not a claims file that we know. It has ${found}. Missing for ${lacks.join('; for ')}.`,
    {
      action:
        'Give a CMS "by Provider and Service" file, CMS inpatient data by provider and DRG, or a vendor aggregate with code, place_of_service, claim_count, a provider and its ZIP.',
      details: { columns: header.slice(0, 60) },
    },
  );
}
