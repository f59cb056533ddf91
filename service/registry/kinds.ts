import { literal } from '../intake/cleanSql.ts';
import type { RegistryKind } from './layouts.ts';

/** What a record is, in the words of the product. */
export const PROVIDER_KINDS = [
  'hospital', 'surgeryCenter', 'urgentCare', 'laboratory', 'dialysis', 'nursing', 'clinic', 'group', 'physician',
  'practitioner', 'other',
] as const; // prettier-ignore
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** Beginnings of NUCC codes and what they stand for, the longer ones first. */
const BY_TAXONOMY: readonly (readonly [prefix: string, kind: ProviderKind])[] = [
  ['261QA1903', 'surgeryCenter'],
  ['261QU0200', 'urgentCare'],
  ['261QE0700', 'dialysis'],
  ['261Q', 'clinic'],
  ['282', 'hospital'],
  ['283', 'hospital'],
  ['284', 'hospital'],
  ['273', 'hospital'],
  ['275', 'hospital'],
  ['276', 'hospital'],
  ['286', 'hospital'],
  ['287', 'hospital'],
  ['291', 'laboratory'],
  ['292', 'laboratory'],
  ['293', 'laboratory'],
  ['31', 'nursing'],
  ['193', 'group'],
];

/** Kind from the primary taxonomy, else from the first slot: people with a physician's code are physicians. */
export function kindOfTaxonomySql(taxes: string, isPerson: string): string {
  const first = `coalesce(list_filter(${taxes}, lambda x: x.is_primary)[1].code, ${taxes}[1].code, '')`;
  const facilities = BY_TAXONOMY.map(
    ([prefix, kind]) => `WHEN starts_with(${first}, ${literal(prefix)}) THEN ${literal(kind)}`,
  );
  return `CASE WHEN ${isPerson} THEN CASE WHEN regexp_matches(${first}, '^(20[2478]|213)') THEN 'physician' ELSE 'practitioner' END
    ${facilities.join(' ')} WHEN regexp_matches(${first}, '^(20|1|213|36)') THEN 'group' ELSE 'other' END`;
}

/** Words by which a list, or its type column, tells a kind; Medicare's provider types (00-09, 12-49) among them. */
const BY_WORDS: readonly (readonly [pattern: string, kind: ProviderKind])[] = [
  ['urgent', 'urgentCare'],
  ['ambulatory.?surg|surgery.?cent|surgical.?cent|\\basc\\b|^12-49$', 'surgeryCenter'],
  ['dialysis|renal|esrd', 'dialysis'],
  ['nursing|hospice|snf', 'nursing'],
  ['laborator|\\blab\\b|^12-69$', 'laboratory'],
  ['hospital|acute care|critical access|psychiatric|childrens|long-term|^00-', 'hospital'],
  ['group', 'group'],
  ['physician|doctor', 'physician'],
  ['clinic|health.?cent|^12-70$', 'clinic'],
];

/** Kind from the type column, else from the file's own name, else from the facility's. */
export function kindOfTextSql(kindText: string, name: string, layout: RegistryKind, file: string): string {
  if (layout === 'cmsHospitals') return literal('hospital');
  const words = (text: string) =>
    `CASE ${BY_WORDS.map(([pattern, kind]) => `WHEN regexp_matches(lower(${text}), ${literal(pattern)}) THEN ${literal(kind)}`).join(' ')} END`;
  const ofFile = BY_WORDS.find(([pattern]) => new RegExp(pattern).test(file.toLowerCase().replaceAll('_', ' ')))?.[1];
  const specific = `CASE WHEN ${kindText} NOT IN ('12-70', '12-Z1') THEN ${words(kindText)} END`;
  return `coalesce(${specific}, ${ofFile === undefined ? 'NULL' : literal(ofFile)}, ${words(name)}, ${words(kindText)}, 'other')`;
}
