import { createHash } from 'node:crypto';
import { plainName, signatureOf, type ColumnMapping } from '../intake/columns.ts';
import { CLAIMS_FIELDS, NEEDED, type Field } from './fields.ts';

export interface Layout {
  readonly id: string;
  readonly name: string;
  readonly required: readonly (readonly Field[])[];
  /** Header names per field: lower case, letters and digits only. */
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** The only place of service that such a file is about. */
  readonly site?: string;
  /** Codes are HCPCS and nothing else, so a lost leading zero can be put back. */
  readonly isHcpcs?: boolean;
  /** Columns that each count one code, instead of a column of codes. */
  readonly wide?: Readonly<Record<string, { readonly code: string; readonly name: string }>>;
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
  isHcpcs: true,
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

const BODY_SYSTEMS =
  'Gastrointestinal,Eye,Nervous System,Musculoskeletal,Skin,Genitourinary,Cardiovascular,Respiratory,Other';

/**
 * CMS Hospital Compare, measure OP-26: outpatient procedures of all payers by hospital and body system, one column each. The
 * file has no address: the registry knows the hospital by its CCN.
 */
const OUTPATIENT: Layout = {
  id: 'cmsOutpatientVolume',
  name: 'CMS hospital outpatient procedure volume (OP-26)',
  required: [['facilityCcn'], ['facilityName']],
  columns: {
    facilityCcn: ['providerid', 'facilityid', 'providerccn'],
    facilityName: ['hospitalname', 'facilityname', 'providername'],
    month: ['measureenddate', 'enddate'],
  },
  site: '22',
  wide: Object.fromEntries(
    BODY_SYSTEMS.split(',').map((system) => [
      plainName(system),
      {
        code: `OP26-${plainName(system).slice(0, 5).toUpperCase()}`,
        name: `${system} procedures, outpatient hospital`,
      },
    ]),
  ),
};

/** A vendor's aggregate: one row per provider roles × code × place of service × month (data.md, minimal form). */
const VENDOR: Layout = {
  id: 'vendorAggregate',
  name: 'vendor claims aggregate',
  required: [...NEEDED, ['site']],
  columns: Object.fromEntries(CLAIMS_FIELDS.map(({ field, names }) => [field, names])),
};

/** Begins the id of every layout that somebody named. */
const MAPPED = 'mapped';

const LAYOUTS = [CMS, INPATIENT, OUTPATIENT, VENDOR];

export interface Recognized {
  readonly layout: Layout;
  /** Column position of each field that the file has. */
  readonly at: Readonly<Partial<Record<Field, number>>>;
  /** Values that stand for every row of a field without a column. */
  readonly constants: Readonly<Partial<Record<Field, string>>>;
  /** Position of each column that counts one code. */
  readonly wide: readonly { readonly at: number; readonly code: string; readonly name: string }[];
  readonly unused: readonly string[];
}

export interface Tried {
  readonly layout: Layout;
  readonly missing: readonly (readonly Field[])[];
}

/** The layout that the header names in full, if any, and what each one lacks. */
export function recognize(header: readonly string[]): { known: Recognized | null; tried: readonly Tried[] } {
  const tried = LAYOUTS.map((layout) => fitted(layout, header));
  return { known: tried.find(({ missing }) => missing.length === 0) ?? null, tried };
}

function fitted(layout: Layout, header: readonly string[]): Recognized & Tried {
  const names = header.map(plainName);
  const entries = Object.entries(layout.columns).flatMap(([field, synonyms]) => {
    const position = synonyms.map((synonym) => names.indexOf(synonym)).find((found) => found >= 0);
    return position === undefined ? [] : [[field as Field, position] as const];
  });
  const wide = Object.entries(layout.wide ?? {}).flatMap(([name, code]) => {
    const at = names.indexOf(name);
    return at < 0 ? [] : [{ at, ...code }];
  });
  const at: Partial<Record<Field, number>> = Object.fromEntries(entries);
  const lacks = layout.required.filter((choices) => choices.every((field) => at[field] === undefined));
  const missing = layout.wide && wide.length === 0 ? [...lacks, ['services' as Field]] : lacks;
  const used = new Set([...Object.values(at), ...wide.map((column) => column.at)]);
  return { layout, at, constants: {}, wide, missing, unused: header.filter((_, i) => !used.has(i)) };
}

/** The columns as somebody named them. Names that the file lacks are left out, so that `missingOf` tells them. */
export function mapped(header: readonly string[], { columns, constants = {} }: ColumnMapping): Recognized {
  const names = header.map(plainName);
  const known = new Set<string>(CLAIMS_FIELDS.map(({ field }) => field));
  const entries = Object.entries(columns)
    .map(([field, column]) => [field, names.indexOf(plainName(column))] as const)
    .filter(([field, at]) => known.has(field) && at >= 0);
  const used = new Set(entries.map(([, at]) => at));
  return {
    // Files with the same headers follow each other; others have nothing to do with them.
    layout: { ...VENDOR, id: `${MAPPED}-${shortHash(signatureOf(header))}`, name: 'columns named by hand' },
    at: Object.fromEntries(entries),
    constants,
    wide: [],
    unused: header.filter((_, i) => !used.has(i)),
  };
}

/** What a mapping still lacks, as choices of fields. */
export function missingOf({ at, constants }: Recognized): readonly (readonly Field[])[] {
  return NEEDED.filter((choices) =>
    choices.every((field) => at[field] === undefined && constants[field] === undefined),
  );
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
