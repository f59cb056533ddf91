import { writeFile } from 'node:fs/promises';
import { BailiwickError } from '../core/errors.ts';
import { fieldOf, readRows, territoriesOf, type ClaimsChoice, type Field, type InsightPorts } from './field.ts';

/** What a command answers: text for people, json for machines. */
export interface InsightAnswer {
  readonly text: string;
  readonly json: unknown;
}

const text = { type: 'string' } as const;
const list = { type: 'string', multiple: true } as const;

/** Flags of every command that works on claims and files. */
export const FIELD_FLAGS = {
  data: text,
  accounts: text,
  reps: text,
  plan: text,
  parameters: text,
  codes: list,
  sites: list,
  specialties: list,
  role: text,
  value: text,
  import: text,
  out: text,
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
} as const;

export const FIELD_HELP = `  --data DIR         data directory with imported claims; its ZIPs and neighbours are those of "geography"
  --accounts FILE    CSV: account,zip,npi,owner,sales_usd,last_activity
  --reps FILE        CSV: rep,territory,lat,lon,fte[,region]; several reps may share a territory
  --plan FILE        CSV: zip,territory
  --parameters FILE  JSON: {"callPlan": {…}, "travel": {…}}; what is left out stays at its default
  --codes A,B --sites 22,24 --specialties X,Y --role ROLE --value N --import ID   which claims count, as for "demand"
  --seed N           same inputs and seed give the same answer (default 1)
  --out FILE         writes the CSV there; without it the CSV is printed
  --json             prints everything as JSON`;

export interface FieldValues {
  readonly data?: string | undefined;
  readonly accounts?: string | undefined;
  readonly reps?: string | undefined;
  readonly plan?: string | undefined;
  readonly parameters?: string | undefined;
  readonly codes?: string[] | undefined;
  readonly sites?: string[] | undefined;
  readonly specialties?: string[] | undefined;
  readonly role?: string | undefined;
  readonly value?: string | undefined;
  readonly import?: string | undefined;
}

const items = (values: readonly string[] = []) =>
  values
    .flatMap((value) => value.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');

export const choiceOf = (values: FieldValues): ClaimsChoice => ({
  codes: items(values.codes),
  sites: items(values.sites),
  specialties: items(values.specialties),
  role: values.role,
  value: values.value,
  import: values.import,
});

/** One state from the flags. @throws BailiwickError bad_request where a file that is needed is not named */
export async function fieldFrom(
  values: FieldValues,
  ports: InsightPorts,
  needed: readonly ('reps' | 'plan')[],
): Promise<Field> {
  for (const flag of needed)
    if (values[flag] === undefined)
      throw new BailiwickError('bad_request', `--${flag} FILE is missing.`, { action: 'See --help.' });
  const { accounts, reps, plan, parameters } = values;
  const rows = await readRows(
    { accounts, reps, plan, parameters },
    await ports.providers(values.data, choiceOf(values)),
  );
  return fieldOf(rows, ports.geography(values.data), territoriesOf(rows));
}

/** A number of the command line. @throws BailiwickError bad_request */
export function numberFlag(
  value: string,
  { flag, least, most }: { flag: string; least: number; most: number },
): number {
  const number = value.trim() === '' ? NaN : Number(value);
  if (!(number >= least && number <= most))
    throw new BailiwickError('bad_request', `--${flag} is ${value}.`, {
      action: `Give a number from ${least} to ${most}.`,
    });
  return number;
}

export const seedOf = (value: string) => Math.floor(numberFlag(value, { flag: 'seed', least: 0, most: 2 ** 32 - 1 }));

/** The CSV into its file, or onto the screen where none is named. */
export async function csvAnswer(
  csv: string,
  { out, lines, json }: { out: string | undefined; lines: readonly string[]; json: unknown },
): Promise<InsightAnswer> {
  if (out === undefined) return { text: csv, json };
  await writeFile(out, csv);
  return { text: `${[...lines, `Written to ${out}.`].join('\n')}\n`, json };
}

/** What counts nowhere, in a sentence; none where everything has its place. */
export function unplacedLines({ unplaced: { providers, accounts, plan } }: Field): string[] {
  const parts = [
    ...(providers > 0 ? [`${providers} providers`] : []),
    ...(accounts > 0 ? [`${accounts} accounts`] : []),
    ...(plan > 0 ? [`${plan} ZIPs of the plan`] : []),
  ];
  return parts.length === 0 ? [] : [`Outside the ZIPs of this data directory, counted nowhere: ${parts.join(', ')}.`];
}

/** A hundredth is finer than any of these figures. */
export const hundredths = (value: number) => Math.round(value * 100) / 100;
/** Ratios, to a hundredth of a percent. */
export const ratio = (value: number) => Math.round(value * 10_000) / 10_000;
