import { parseArgs } from 'node:util';
import { csvRow } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import { fieldTotals, type FieldTotals } from '../core/fieldState.ts';
import { hireVerdict, roiBand, type HireMoney } from '../core/hireVerdict.ts';
import { bordering, DEFAULT_SIZE_LIMITS, headCount, sizeVerdicts, type Sized } from '../core/sizing.ts';
import type { Field, InsightPorts } from './field.ts';
import {
  csvAnswer,
  FIELD_FLAGS,
  FIELD_HELP,
  fieldFrom,
  hundredths,
  numberFlag,
  ratio,
  unplacedLines,
  type InsightAnswer,
} from './flags.ts';

export const SIZE_HELP = `bailiwick size --data DIR --accounts FILE --reps FILE --plan FILE [--margin 0.6 --cost 250000 --response 0.2:0.4]

How many reps the work needs, and what to do with each territory: merge two neighbours, split one, hire one with those who
give to it, or leave it. CSV: territory,verdict,capacity_share,roi_low,roi_high,donors
No money is said before margin, cost and response are given; until then hours and heads only.

${FIELD_HELP}
  --merge-below 0.9  two neighbours that fill at most this share of one capacity merge
  --overloaded 1.15  above this share, whatever the neighbours take, somebody is missing
  --margin N         contribution margin of a dollar of sales, 0 to 1
  --cost N           loaded cost of a rep in a year, US dollars
  --response LOW:HIGH  elasticity of sales to hours, such as 0.2:0.4
  --carry-over K2,K3   share of the effect left in the second and third year (default 0,0)`;

const TEXT = { type: 'string' } as const;
const MONEY_FLAGS = { margin: TEXT, cost: TEXT, response: TEXT, 'carry-over': { ...TEXT, default: '0,0' } } as const;

/** What a hire is worth needs all of it. @throws BailiwickError bad_request where a part is missing or no number */
function moneyOf(values: { [Flag in keyof typeof MONEY_FLAGS]?: string | undefined }): HireMoney | null {
  const { margin, cost, response } = values;
  if (margin === undefined && cost === undefined && response === undefined) return null;
  if (margin === undefined || cost === undefined || response === undefined)
    throw new BailiwickError('bad_request', 'A return needs --margin, --cost and --response together.', {
      action: 'Give all three, or none for hours and heads only.',
    });
  const [low, high, ...more] = response
    .split(':')
    .map((part) => numberFlag(part, { flag: 'response', least: 0, most: 2 }));
  const [second, third] = values['carry-over']!.split(',').map((part) =>
    numberFlag(part, { flag: 'carry-over', least: 0, most: 1 }),
  );
  if (low === undefined || high === undefined || more.length > 0 || low > high)
    throw new BailiwickError('bad_request', `--response is ${response}.`, { action: 'Write it as 0.2:0.4.' });
  return {
    margin: numberFlag(margin, { flag: 'margin', least: 0, most: 1 }),
    costUsd: numberFlag(cost, { flag: 'cost', least: 1, most: 1e9 }),
    response: { low, high },
    carryOver: { second: second ?? 0, third: third ?? 0 },
  };
}

interface Line extends Sized {
  readonly territory: string;
  readonly roi: { readonly low: number; readonly high: number } | null;
}

/** `size --data DIR --accounts FILE --reps FILE --plan FILE …` */
export async function sizeCommand(args: string[], ports: InsightPorts): Promise<InsightAnswer> {
  const { values } = parseArgs({
    args,
    options: { ...FIELD_FLAGS, ...MONEY_FLAGS, 'merge-below': TEXT, overloaded: TEXT },
  });
  const share = (flag: 'merge-below' | 'overloaded', usual: number) =>
    values[flag] === undefined ? usual : numberFlag(values[flag], { flag, least: 0, most: 3 });
  const limits = {
    ...DEFAULT_SIZE_LIMITS,
    mergeBelow: share('merge-below', DEFAULT_SIZE_LIMITS.mergeBelow),
    overloaded: share('overloaded', DEFAULT_SIZE_LIMITS.overloaded),
  };
  const money = moneyOf(values);
  const field = await fieldFrom(values, ports, ['reps', 'plan']);
  const found = fieldTotals(field.state, field);
  const around = bordering(field.state.reps.owners, field.geography.neighbors, field.territories.length);
  const sized = sizeVerdicts(sizedOf(found), around, limits);
  const lines = sized.map((each, j): Line => ({
    ...each,
    territory: field.territories[j]!,
    roi: roiOf(each, found, money),
  }));
  const heads = headsOf(field, found);
  return csvAnswer(sizeCsv(lines, field.territories), {
    out: values.out,
    lines: [
      ...heads.map(
        ({ region, reps, heads, low, high }) => `${region}: ${reps} reps; the work needs ${heads} (${low} to ${high}).`,
      ),
      ...unplacedLines(field),
    ],
    json: { heads, territories: lines.map((line) => present(line, field.territories)), unplaced: field.unplaced },
  });
}

export const sizedOf = ({ sums, seats }: Pick<FieldTotals, 'sums' | 'seats'>) =>
  sums.map(({ workloadHours }, j) => ({
    workloadHours,
    administrationHours: seats[j]!.administrationHours,
    capacityHours: seats[j]!.capacityHours,
  }));

function roiOf({ donors }: Sized, { sums, seats }: FieldTotals, money: HireMoney | null): Line['roi'] {
  if (money === null || donors.length === 0) return null;
  const givers = donors.map(({ territory, hours }) => ({
    salesUsd: sums[territory]!.salesUsd,
    workloadHours: sums[territory]!.workloadHours,
    capacityHours: seats[territory]!.capacityHours,
    givenHours: hours,
  }));
  return roiBand(givers, seats[donors[0]!.territory]!, money);
}

/** Heads of each region, and of all. */
function headsOf({ reps, territories, state }: Field, { sums }: FieldTotals) {
  const regionOf = new Map(reps.map(({ territory, region }) => [territory, region]));
  const regions = [...new Set(territories.map((name) => regionOf.get(name) ?? ''))]
    .filter((name) => name !== '')
    .sort();
  const { workingHours: capacityHours, administrationHours } = state.parameters.callPlan;
  const count = (region: string, isIn: (territory: string) => boolean) => {
    const field = sums.reduce(
      (all, sum, j) => (isIn(territories[j]!) ? all + sum.workloadHours - sum.administrationHours : all),
      0,
    );
    const { heads, low, high } = headCount(field, { capacityHours, administrationHours });
    const fte = reps.reduce((all, rep) => (isIn(rep.territory) ? all + rep.fte : all), 0);
    return {
      region,
      reps: hundredths(fte),
      fieldHours: hundredths(field),
      heads: hundredths(heads),
      low: hundredths(low),
      high: hundredths(high),
    };
  };
  return [
    ...regions.map((region) => count(region, (name) => regionOf.get(name) === region)),
    count('(all)', () => true),
  ];
}

const donorText = ({ donors, mergeWith }: Line, names: readonly string[]) =>
  mergeWith !== null
    ? names[mergeWith]!
    : donors.map(({ territory, hours }) => `${names[territory]!}:${Math.round(hours)} h`).join('; ');

function sizeCsv(lines: readonly Line[], names: readonly string[]): string {
  const head = csvRow(['territory', 'verdict', 'capacity_share', 'roi_low', 'roi_high', 'donors']);
  const rows = lines.map((line) =>
    csvRow([
      line.territory,
      line.verdict,
      ratio(line.capacityShare),
      line.roi && ratio(line.roi.low),
      line.roi && ratio(line.roi.high),
      donorText(line, names),
    ]),
  );
  return head + rows.join('');
}

const present = (
  { territory, verdict, capacityShare, mergeWith, leftOverHours, donors, roi }: Line,
  names: readonly string[],
) => ({
  territory,
  verdict,
  capacityShare: ratio(capacityShare),
  mergeWith: mergeWith === null ? null : names[mergeWith],
  leftOverHours: hundredths(leftOverHours),
  roi: roi && { low: ratio(roi.low), high: ratio(roi.high), verdict: hireVerdict(roi.low, roi.high) },
  donors: donors.map(({ territory: from, hours }) => ({ territory: names[from], hours: hundredths(hours) })),
});
