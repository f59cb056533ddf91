import { fileURLToPath } from 'node:url';
import { readOrgFolder, type OrgFolder } from '../../service/local/org/folder/orgFolder.ts';
import { recordTypeId } from '../../service/local/org/folder/recordTypes.ts';

type Row = Record<string, unknown>;
export type Records = Record<string, Row[]>;

const folderPath = (name: string): string => fileURLToPath(new URL(`./orgFolders/${name}`, import.meta.url));
export const orgFolder = (name: string): OrgFolder => readOrgFolder(folderPath(name));

const [HCP, SITE, IDN] = [recordTypeId(0), recordTypeId(1), recordTypeId(2)];

/** Where the sample's fields stand in the folder "otherNames"; Person Accounts keep theirs with the contact. */
const NAMES: Record<string, string> = {
  NPI__c: 'Org_Prov_Id__c',
  CCN__c: 'Medicare_Nbr__c',
  Facility_Kind__c: 'Care_Setting__c',
  Annual_Sales__c: 'Net_Sales_TTM__c',
};
const PERSON_NAMES: Record<string, string> = {
  ...NAMES,
  NPI__c: 'Natl_Prov_Id__pc',
  Specialty__c: 'Primary_Taxonomy__pc',
};

function otherAccount(row: Row): Row {
  const isPerson = row['Facility_Kind__c'] === 'Physician';
  const names = isPerson ? PERSON_NAMES : NAMES;
  const values: Row = {};
  for (const [name, value] of Object.entries(row)) {
    // businesses have no specialty in this org
    if (name === 'Specialty__c' && !isPerson) continue;
    values[names[name] ?? name.replace(/^Billing/, 'Shipping')] = value;
  }
  if (!isPerson) return { ...values, RecordTypeId: row['Facility_Kind__c'] === 'Health System' ? IDN : SITE };
  const { Name, ...rest } = values;
  const words = String(Name).split(' ');
  return { ...rest, RecordTypeId: HCP, FirstName: words.slice(0, -1).join(' ') || null, LastName: words.at(-1) };
}

/** Records of the sample or of a test as the org "otherNames" holds them. */
export const inOtherNames = (records: Records): Records => ({
  ...records,
  ...(records['Account'] ? { Account: records['Account'].map(otherAccount) } : {}),
});

/**
 * The org that a suite runs on: the sample's own, or the one that BAILIWICK_TEST_ORG names. The project "otherNames" of
 * test/vitest.config.ts sets it and runs the suites again.
 */
export function orgOfTest(): { folder?: OrgFolder; records: (records: Records) => Records } {
  if (!isOther()) return { records: (records) => records };
  return { folder: orgFolder('otherNames'), records: inOtherNames };
}

const isOther = (): boolean => process.env['BAILIWICK_TEST_ORG'] === 'otherNames';
const told = (name: string, names: Record<string, string>): string =>
  isOther() ? (names[name] ?? name.replace(/^Billing/, 'Shipping')) : name;

/** Where a field of the sample's businesses stands in the org of this suite. */
export const fieldOf = (name: string): string => told(name, NAMES);

/** The same for physicians, who are Person Accounts there. */
export const personFieldOf = (name: string): string => told(name, PERSON_NAMES);

/** The field that holds the ZIP of accounts in the org of this suite. */
export const zipField = (): string => fieldOf('BillingPostalCode');
