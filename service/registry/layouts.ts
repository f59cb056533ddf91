import { BailiwickError } from '../core/errors.ts';
import { plainName } from '../intake/columns.ts';

/** What a column may mean to us. */
export const FIELDS = [
  'npi', 'ccn', 'name', 'otherName', 'lastName', 'firstName', 'middleName', 'entity', 'address', 'address2', 'city', 'state',
  'zip', 'country', 'lat', 'lon', 'phone', 'kindText', 'ownership', 'emergency', 'beds', 'taxonomy', 'updated', 'deactivated',
  'reactivated', 'code', 'hcpcs', 'drg', 'cpt', 'description', 'shortName', 'classification', 'specialization', 'grouping',
  'display', 'affiliatedCcn', 'affiliatedNpi',
] as const; // prettier-ignore
export type Field = (typeof FIELDS)[number];

export type RegistryKind = 'cmsHospitals' | 'facilityList' | 'nppes' | 'codeList' | 'taxonomyList' | 'affiliationList';

export interface RegistryLayout {
  readonly id: RegistryKind;
  readonly name: string;
  readonly required: readonly (readonly Field[])[];
  /** Header names per field: lower case, letters and digits only. */
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>;
}

const NPI = ['npi', 'nationalprovideridentifier', 'providernpi', 'facilitynpi', 'organizationnpi', 'npinumber'];
const CCN = ['ccn', 'providernum', 'providernumber', 'facilityccn', 'cmscertificationnumber', 'cmscertificationnumberccn', 'medicareprovidernumber', 'certificationnumber', 'facilityid', 'providerid', 'providerccn']; // prettier-ignore
const ADDRESS = [
  'address',
  'address1',
  'addressline1',
  'street',
  'streetaddress',
  'facilityaddress',
  'provideraddress',
];
const CITY = ['citytown', 'city', 'facilitycity', 'providercity', 'cityname'];
const STATE = ['state', 'statecode', 'st', 'facilitystate', 'providerstate', 'stateabbreviation'];
const ZIP = [
  'zipcode',
  'zip',
  'zip5',
  'postalcode',
  'facilityzip',
  'facilityzipcode',
  'providerzip',
  'providerzipcode',
];
const PHONE = ['telephonenumber', 'phonenumber', 'phone', 'telephone'];

/** NUCC Health Care Provider Taxonomy (its texts are the AMA's: the user's own file). */
const TAXONOMY_LIST: RegistryLayout = {
  id: 'taxonomyList',
  name: 'NUCC taxonomy list',
  required: [['code'], ['classification']],
  columns: {
    code: ['code', 'taxonomycode', 'healthcareprovidertaxonomycode'],
    grouping: ['grouping', 'group', 'type'],
    classification: ['classification'],
    specialization: ['specialization', 'areaofspecialization', 'specialty'],
    display: ['displayname', 'display'],
  },
};

/** NPPES monthly or weekly file; its 15 taxonomy slots are read by slotsOf. */
const NPPES: RegistryLayout = {
  id: 'nppes',
  name: 'NPPES (NPI registry)',
  required: [['npi'], ['entity'], ['taxonomy'], ['zip']],
  columns: {
    npi: ['npi'],
    entity: ['entitytypecode'],
    name: ['providerorganizationnamelegalbusinessname'],
    otherName: ['providerotherorganizationname'],
    lastName: ['providerlastnamelegalname'],
    firstName: ['providerfirstname'],
    middleName: ['providermiddlename'],
    address: ['providerfirstlinebusinesspracticelocationaddress'],
    address2: ['providersecondlinebusinesspracticelocationaddress'],
    city: ['providerbusinesspracticelocationaddresscityname'],
    state: ['providerbusinesspracticelocationaddressstatename'],
    zip: ['providerbusinesspracticelocationaddresspostalcode'],
    country: ['providerbusinesspracticelocationaddresscountrycodeifoutsideus'],
    phone: ['providerbusinesspracticelocationaddresstelephonenumber'],
    updated: ['lastupdatedate'],
    deactivated: ['npideactivationdate'],
    reactivated: ['npireactivationdate'],
    taxonomy: ['healthcareprovidertaxonomycode1'],
  },
};

/** CMS Care Compare "Hospital General Information", new and old headers. */
const CMS_HOSPITALS: RegistryLayout = {
  id: 'cmsHospitals',
  name: 'CMS Hospital General Information',
  required: [['ccn'], ['name'], ['kindText'], ['zip']],
  columns: {
    ccn: ['facilityid', 'providerid', 'providernumber', 'ccn', 'cmscertificationnumberccn'],
    name: ['facilityname', 'hospitalname'],
    kindText: ['hospitaltype'],
    ownership: ['hospitalownership'],
    emergency: ['emergencyservices', 'emergencyservice'],
    address: ADDRESS,
    city: CITY,
    state: STATE,
    zip: ZIP,
    phone: PHONE,
  },
};

/** Who works where: CMS "Facility Affiliation Data", or any list of NPI and facility. */
const AFFILIATIONS: RegistryLayout = {
  id: 'affiliationList',
  name: 'list of affiliations',
  required: [['npi'], ['affiliatedCcn', 'affiliatedNpi']],
  columns: {
    npi: ['npi', 'providernpi', 'physiciannpi', 'cliniciannpi'],
    affiliatedCcn: ['facilityaffiliationscertificationnumber', 'affiliatedccn', 'affiliationccn', 'hospitalccn'],
    affiliatedNpi: ['affiliatednpi', 'affiliationnpi', 'hospitalnpi'],
  },
};

const FACILITIES: RegistryLayout = {
  id: 'facilityList',
  name: 'facility list',
  required: [['npi', 'ccn'], ['name'], ['zip']],
  columns: {
    npi: NPI,
    ccn: CCN,
    name: ['name', 'facilityname', 'providername', 'organizationname', 'hospitalname', 'legalname', 'entityname'],
    otherName: ['dba', 'dbaname', 'doingbusinessas', 'othername'],
    address: ADDRESS,
    address2: ['address2', 'addressline2'],
    city: CITY,
    state: STATE,
    zip: ZIP,
    lat: ['lat', 'latitude', 'y'],
    lon: ['lon', 'lng', 'long', 'longitude', 'x'],
    phone: PHONE,
    kindText: ['providertypecode', 'facilitytype', 'facilitykind', 'providertype', 'kind', 'type'],
    ownership: ['ownership', 'facilityownership'],
    emergency: ['emergency', 'emergencyservices'],
    beds: ['bedcount', 'beds', 'numberofbeds', 'bednumber'],
    taxonomy: ['taxonomy', 'taxonomycode', 'primarytaxonomy', 'primarytaxonomycode'],
  },
};

const CODES: RegistryLayout = {
  id: 'codeList',
  name: 'code list',
  required: [
    ['code', 'hcpcs', 'drg', 'cpt'],
    ['description', 'shortName'],
  ],
  columns: {
    hcpcs: ['hcpcs', 'hcpc', 'hcpcscode', 'hcpcscd'],
    drg: ['msdrg', 'drg', 'drgcode', 'drgcd', 'msdrgcode'],
    cpt: ['cpt', 'cptcode'],
    code: ['code', 'procedurecode', 'servicecode'],
    description: ['longdescription', 'description', 'msdrgtitle', 'drgdesc', 'title', 'name', 'codename', 'descriptor'],
    shortName: ['shortdescription', 'shortname', 'shorttitle'],
    grouping: ['family', 'mdc', 'category', 'group'],
  },
};

const LAYOUTS = [TAXONOMY_LIST, NPPES, CMS_HOSPITALS, AFFILIATIONS, FACILITIES, CODES];

/** A file with one of these counts something: it is claims, whatever else it names. */
const CLAIMS_COLUMNS = new Set([
  'totsrvcs', 'linesrvccnt', 'numberofservices', 'claimcount', 'claims', 'procedurecount', 'totaldischarges', 'totdschrgs',
  'placeofservice', 'placeofsrvc', 'patientcount',
]); // prettier-ignore

export interface Recognized {
  readonly layout: RegistryLayout;
  /** Column position of each field that the file has. */
  readonly at: Readonly<Partial<Record<Field, number>>>;
  /** Columns of each taxonomy slot of NPPES, first slot first. */
  readonly slots: readonly { readonly code: number; readonly isPrimary: number | null }[];
  readonly unused: readonly string[];
}

/** @throws BailiwickError file_not_recognized with what was found and what is missing */
export function recognize(header: readonly string[], file: string): Recognized {
  const names = header.map(plainName);
  const tried = LAYOUTS.map((layout) => fitted(layout, names));
  const fit = names.some((name) => CLAIMS_COLUMNS.has(name))
    ? undefined
    : tried.find(({ missing }) => missing.length === 0);
  if (!fit) throw unknown(header, file, tried);
  const slots = fit.layout.id === 'nppes' ? slotsOf(names) : [];
  const used = new Set([...Object.values(fit.at), ...slots.flatMap(({ code, isPrimary }) => [code, isPrimary ?? -1])]);
  return { ...fit, slots, unused: header.filter((_, i) => !used.has(i)) };
}

function fitted(layout: RegistryLayout, names: readonly string[]) {
  const entries = Object.entries(layout.columns).flatMap(([field, synonyms]) => {
    const position = synonyms.map((synonym) => names.indexOf(synonym)).find((found) => found >= 0);
    return position === undefined ? [] : [[field as Field, position] as const];
  });
  const at: Partial<Record<Field, number>> = Object.fromEntries(entries);
  return {
    layout,
    at,
    missing: layout.required.filter((choices) => choices.every((field) => at[field] === undefined)),
  };
}

/** NPPES has 15 of them; how many is the header's affair. */
function slotsOf(names: readonly string[]): { code: number; isPrimary: number | null }[] {
  const slots: { code: number; isPrimary: number | null }[] = [];
  for (let slot = 1; ; slot++) {
    const code = names.indexOf(`healthcareprovidertaxonomycode${slot}`);
    if (code < 0) return slots;
    const primary = names.indexOf(`healthcareproviderprimarytaxonomyswitch${slot}`);
    slots.push({ code, isPrimary: primary < 0 ? null : primary });
  }
}

function unknown(header: readonly string[], file: string, tried: readonly ReturnType<typeof fitted>[]): BailiwickError {
  const found =
    header.length > 1
      ? `the columns ${header.slice(0, 8).join(', ')}${header.length > 8 ? ', …' : ''}`
      : 'no columns that could be told apart';
  const isClaims = header.some((name) => CLAIMS_COLUMNS.has(plainName(name)));
  const why = isClaims
    ? 'It counts services: it is a claims file.'
    : `Missing for ${tried.map(({ layout, missing }) => `${layout.name}: ${missing.map((choices) => choices.join(' or ')).join(', ')}`).join('; for ')}.`;
  return new BailiwickError(
    'file_not_recognized',
    `${file} is not a registry file that we know. It has ${found}. ${why}`,
    {
      action: isClaims
        ? 'Import it with: import claims FILE --data DIR.'
        : 'Give CMS Hospital General Information, a facility list with NPI or CCN, name and ZIP, an NPPES file, a list of codes with descriptions, the NUCC taxonomy list, or a list of affiliations.',
      details: { columns: header.slice(0, 60) },
    },
  );
}
