import type { FieldSpec } from '../intake/columns.ts';

const DIGITS_10 = /^[12]\d{9}(\.0+)?$/;
const ZIP = /^(\d{3,5}|\d{5}-?\d{4}|\d{7,9})(\.0+)?$/;
const COUNT = /^([\d,]+(\.\d+)?|<\s*\d+|\*+|\.|-999)$/;
const MONEY = /^\$?\s*-?[\d,]+(\.\d+)?$/;

/** What a column of a claims file may mean to us. */
const SPECS = [
  { field: 'code', label: 'Procedure code', names: ['code', 'cpt', 'hcpcs', 'procedurecode', 'cpthcpcs', 'cptcode', 'hcpcscode', 'hcpcscd', 'cpthcpcscode', 'proccode', 'proccd'], words: ['proc code', 'proc cd', 'hcpcs', 'cpt', 'px', 'proc'], fits: /^[A-Z0-9]{3,7}([ -:.][A-Z0-9]{2})*$/i },
  { field: 'services', label: 'Count of procedures or claims', names: ['claimcount', 'claims', 'count', 'procedurecount', 'procedures', 'services', 'claimcnt', 'claimscount', 'numclaims', 'totalclaims', 'units', 'volume'], words: ['count', 'cnt', 'vol', 'claims', 'services', 'procs', 'qty'], fits: COUNT },
  { field: 'site', label: 'Place of service', names: ['placeofservice', 'pos', 'siteofcare', 'placeofservicecode', 'poscode', 'poscd'], words: ['place service', 'pos', 'site care', 'setting'], fits: /^(\d{1,2}|[A-Z])(\.0+)?$/i },
  { field: 'month', label: 'Month or year', names: ['month', 'period', 'servicemonth', 'yearmonth', 'claimmonth', 'year', 'serviceyear'], words: ['month', 'period', 'year', 'yr', 'date'], fits: /^((19|20)\d{2}|\d{1,2}\/).*$/ },
  { field: 'performing', label: 'NPI of the performing provider', names: ['performingnpi', 'renderingnpi', 'npi', 'providernpi', 'servicingnpi', 'renderingprovidernpi', 'performingprovidernpi', 'servicingprovidernpi'], words: ['perform npi', 'render npi', 'servic npi', 'hcp npi', 'surgeon npi', 'doc npi', 'npi'], fits: DIGITS_10 },
  { field: 'performingZip', label: 'ZIP of the performing provider', names: ['performingzip', 'renderingzip', 'providerzip', 'zip', 'zipcode', 'providerzipcode', 'performingproviderzip', 'renderingproviderzip', 'postalcode', 'zip5'], words: ['perform zip', 'render zip', 'provider zip', 'postal', 'zip'], fits: ZIP },
  { field: 'performingName', label: 'Name of the performing provider', names: ['performingname', 'renderingname', 'providername', 'performingprovidername', 'renderingprovidername'], words: ['perform name', 'render name', 'provider name', 'hcp name', 'doctor'] },
  { field: 'facilityNpi', label: 'NPI of the facility', names: ['facilitynpi', 'servicelocationnpi', 'hospitalnpi', 'facilityprovidernpi'], words: ['facil npi', 'hosp npi', 'location npi', 'hco npi'], fits: DIGITS_10 },
  { field: 'facilityCcn', label: 'CCN of the facility', names: ['facilityccn', 'ccn', 'cmscertificationnumber', 'medicareprovidernumber'], words: ['ccn', 'certification number'], fits: /^[0-9A-Z]{5,6}(\.0+)?$/i },
  { field: 'facilityId', label: 'Other id of the facility', names: ['facilityid', 'hospitalid', 'siteid'], words: ['facil id', 'hosp id', 'hco id', 'location id'] },
  { field: 'facilityName', label: 'Name of the facility', names: ['facilityname', 'servicelocationname', 'hospitalname', 'hospital', 'facility'], words: ['facil name', 'hosp name', 'location name', 'hco name', 'hospital', 'facility'] },
  { field: 'facilityZip', label: 'ZIP of the facility', names: ['facilityzip', 'servicelocationzip', 'facilityzipcode', 'hospitalzip'], words: ['facil zip', 'hosp zip', 'location zip', 'facil postal', 'hco zip'], fits: ZIP },
  { field: 'ordering', label: 'NPI of the ordering or referring provider', names: ['orderingnpi', 'referringnpi', 'orderingprovidernpi', 'referringprovidernpi'], words: ['order npi', 'refer npi'], fits: DIGITS_10 },
  { field: 'orderingZip', label: 'ZIP of the ordering provider', names: ['orderingzip', 'referringzip', 'orderingproviderzip', 'referringproviderzip'], words: ['order zip', 'refer zip'], fits: ZIP },
  { field: 'billing', label: 'NPI of the billing provider', names: ['billingnpi', 'billingprovidernpi'], words: ['bill npi'], fits: DIGITS_10 },
  { field: 'billingZip', label: 'ZIP of the billing provider', names: ['billingzip', 'billingproviderzip'], words: ['bill zip'], fits: ZIP },
  { field: 'role', label: 'Role of the provider in the row', names: ['providerrole', 'role', 'npirole'], words: ['role'], fits: /bill|facil|location|perform|render|servic|order|refer/i },
  { field: 'billKind', label: 'Professional or facility bill', names: ['billkind', 'billtype', 'claimtype', 'formtype'], words: ['bill type', 'claim type', 'form type'], fits: /prof|inst|facil|hosp|outp|inp|1500|ub|[PIFH]$/i },
  { field: 'specialty', label: 'Specialty or taxonomy', names: ['specialty', 'taxonomy', 'performingspecialty', 'providerspecialty', 'taxonomycode', 'specialtyname'], words: ['special', 'taxonomy'] },
  { field: 'codeName', label: 'Name of the code', names: ['codename', 'procedurename', 'codedescription', 'proceduredescription'], words: ['code desc', 'proc desc', 'proc name', 'description'] },
  { field: 'family', label: 'Family of codes', names: ['family', 'codefamily', 'procedurefamily', 'procedurecategory'], words: ['family', 'category', 'grouping'] },
  { field: 'drug', label: 'Drug indicator', names: ['drug', 'drugindicator', 'isdrug'], words: ['drug'], fits: /^(y|n|yes|no|true|false|0|1)$/i },
  { field: 'beneficiaries', label: 'Count of patients', names: ['patientcount', 'patients', 'patientcnt', 'uniquepatients'], words: ['patient', 'bene', 'member'], fits: COUNT },
  { field: 'payment', label: 'Amount paid, in all', names: ['paid', 'paidamount', 'paidusd', 'totalpaid', 'allowedamount', 'totalpayment'], words: ['paid', 'payment', 'allowed'], fits: MONEY },
] as const satisfies readonly FieldSpec[]; // prettier-ignore

/** Fields that only layouts of our own knowledge have: nobody maps them by hand. */
type LayoutField =
  'performingLast' | 'performingFirst' | 'drg' | 'drgDefinition' | 'beneficiaryDays' | 'averagePayment';

export type Field = (typeof SPECS)[number]['field'] | LayoutField;

export const CLAIMS_FIELDS: readonly (FieldSpec & { readonly field: Field })[] = SPECS;

/** What every claims file must tell, in one of the ways. */
export const NEEDED: readonly (readonly Field[])[] = [
  ['code'],
  ['services'],
  ['facilityZip', 'performingZip', 'orderingZip', 'facilityCcn'],
  ['performing', 'facilityNpi', 'facilityId', 'facilityCcn', 'facilityName'],
];
