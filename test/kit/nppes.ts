import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { seeded } from '../../service/core/random.ts';
import { npi } from '../../service/local/sample/identifiers.ts';

const numbered = (count: number, names: (i: number) => string[]) =>
  Array.from({ length: count }, (_, i) => names(i + 1)).flat();
const person = (role: string) => [`${role} Last Name`, `${role} First Name`, `${role} Middle Name`];
const address = (role: string) => {
  const [first, rest] = [`Provider First Line Business ${role} Address`, `Provider Business ${role} Address`];
  const second = `Provider Second Line Business ${role} Address`;
  const parts = [
    'City Name',
    'State Name',
    'Postal Code',
    'Country Code (If outside U.S.)',
    'Telephone Number',
    'Fax Number',
  ];
  return [first, second, ...parts.map((part) => `${rest} ${part}`)];
};

/** The 330 columns of the NPPES data dissemination file, in its order. */
export const NPPES_HEADER: readonly string[] = [
  'NPI',
  'Entity Type Code',
  'Replacement NPI',
  'Employer Identification Number (EIN)',
  'Provider Organization Name (Legal Business Name)',
  'Provider Last Name (Legal Name)',
  'Provider First Name',
  'Provider Middle Name',
  'Provider Name Prefix Text',
  'Provider Name Suffix Text',
  'Provider Credential Text',
  'Provider Other Organization Name',
  'Provider Other Organization Name Type Code',
  ...person('Provider Other'),
  'Provider Other Name Prefix Text',
  'Provider Other Name Suffix Text',
  'Provider Other Credential Text',
  'Provider Other Last Name Type Code',
  ...address('Mailing'),
  ...address('Practice Location'),
  'Provider Enumeration Date',
  'Last Update Date',
  'NPI Deactivation Reason Code',
  'NPI Deactivation Date',
  'NPI Reactivation Date',
  'Provider Sex Code',
  ...person('Authorized Official'),
  'Authorized Official Title or Position',
  'Authorized Official Telephone Number',
  ...numbered(15, (i) => [
    `Healthcare Provider Taxonomy Code_${i}`,
    `Provider License Number_${i}`,
    `Provider License Number State Code_${i}`,
    `Healthcare Provider Primary Taxonomy Switch_${i}`,
  ]),
  ...numbered(50, (i) => [
    `Other Provider Identifier_${i}`,
    `Other Provider Identifier Type Code_${i}`,
    `Other Provider Identifier State_${i}`,
    `Other Provider Identifier Issuer_${i}`,
  ]),
  'Is Sole Proprietor',
  'Is Organization Subpart',
  'Parent Organization LBN',
  'Parent Organization TIN',
  'Authorized Official Name Prefix Text',
  'Authorized Official Name Suffix Text',
  'Authorized Official Credential Text',
  ...numbered(15, (i) => [`Healthcare Provider Taxonomy Group_${i}`]),
  'Certification Date',
];

const AT = new Map(NPPES_HEADER.map((name, i) => [name, i]));

/** One quoted line; columns that are not named are empty, as most of them are. */
export function nppesLine(cells: Readonly<Record<string, string>>): string {
  const row = new Array<string>(NPPES_HEADER.length).fill('');
  for (const [name, value] of Object.entries(cells)) {
    const at = AT.get(name);
    if (at === undefined) throw new TypeError(`NPPES has no column "${name}".`);
    row[at] = value;
  }
  return `"${row.map((cell) => cell.replaceAll('"', '""')).join('","')}"\n`;
}

export const nppesText = (...rows: Readonly<Record<string, string>>[]) =>
  nppesLine(Object.fromEntries(NPPES_HEADER.map((name) => [name, name]))) + rows.map(nppesLine).join('');

const PRACTICE = 'Provider Business Practice Location Address';
/** A row of an NPPES file in few words. */
export function nppesRow(row: {
  npi: string;
  person?: readonly [first: string, last: string];
  organization?: string;
  zip?: string;
  taxonomies?: readonly (readonly [code: string, primary: 'Y' | 'N'])[];
  more?: Readonly<Record<string, string>>;
}): Record<string, string> {
  const { person: name, organization = '', zip = '021150001', taxonomies = [], more = {} } = row;
  const slots = taxonomies.flatMap(([code, primary], i) => [
    [`Healthcare Provider Taxonomy Code_${i + 1}`, code],
    [`Healthcare Provider Primary Taxonomy Switch_${i + 1}`, primary],
  ]);
  return {
    NPI: row.npi,
    'Entity Type Code': name ? '1' : '2',
    'Provider First Name': name?.[0] ?? '',
    'Provider Last Name (Legal Name)': name?.[1] ?? '',
    'Provider Organization Name (Legal Business Name)': organization,
    'Provider First Line Business Practice Location Address': '1 MAIN ST',
    [`${PRACTICE} City Name`]: 'BOSTON',
    [`${PRACTICE} State Name`]: 'MA',
    [`${PRACTICE} Postal Code`]: zip,
    [`${PRACTICE} Country Code (If outside U.S.)`]: 'US',
    ...Object.fromEntries(slots as [string, string][]),
    ...more,
  };
}

const CODES = ['207X00000X', '208600000X', '207T00000X', '213E00000X', '363L00000X', '282N00000X', '261QA1903X'];

/** Writes a file of so many rows in the true layout: mostly people, one in 200 deactivated, as wide as the real one. */
export async function writeNppes(path: string, rows: number, zips: readonly string[]): Promise<void> {
  const random = seeded(7);
  const file = createWriteStream(path);
  file.write(nppesText());
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  for (let i = 0; i < rows; i++) {
    const gone = i % 200 === 199;
    const slots = random() < 0.7 ? 1 : 3;
    const primary = random() < 0.85 ? 0 : slots - 1;
    const row = nppesRow({
      npi: npi(i),
      ...(i % 5 === 0 ? { organization: `PRACTICE ${i} MEDICAL GROUP` } : { person: ['ADA', `SURNAME${i}`] as const }),
      zip: `${pick(zips)}${String(1000 + (i % 9000))}`,
      taxonomies: Array.from({ length: slots }, (_, k) => [pick(CODES), k === primary ? 'Y' : 'N'] as const),
    });
    const line = nppesLine(gone ? { NPI: npi(i), 'NPI Deactivation Date': '01/02/2020' } : row);
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
