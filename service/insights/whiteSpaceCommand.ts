import { parseArgs } from 'node:util';
import { uncoveredProviders, unitCoverage, type Uncovered } from '../core/coverage.ts';
import { csvRow } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import { dollars, placeOfUnits } from '../core/findings.ts';
import { DEFAULT_FALSE_DISCOVERY, whiteSpace, type Pocket } from '../core/whiteSpace.ts';
import type { Field, InsightPorts } from './field.ts';
import {
  csvAnswer,
  FIELD_FLAGS,
  FIELD_HELP,
  fieldFrom,
  hundredths,
  numberFlag,
  seedOf,
  unplacedLines,
  type InsightAnswer,
} from './flags.ts';

export const WHITE_SPACE_HELP = `bailiwick white-space --data DIR --accounts FILE [--since YYYY-MM-DD] [--false-discovery 0.05]

Where demand is high and nobody works it: providers of the claims that match no account by NPI, whose accounts have no owner, or
no activity since a day. Pockets of neighbouring ZIPs that chance would not leave, most dollars first.
CSV: pocket,units,opportunity_usd,workload_hours,fte,q_value

${FIELD_HELP}
  --since DAY        activity before this day does not count (default: a year before the newest activity in the file)
  --false-discovery  share of false finds that is accepted (default ${DEFAULT_FALSE_DISCOVERY})`;

/** Providers that a pocket names, most dollars first. */
const TOP = 10;
/** Smallest p-values have more digits than anybody reads. */
const qValue = (q: number) => Number(q.toPrecision(3));

export interface WhiteSpaceFound {
  readonly pockets: readonly Pocket[];
  readonly why: readonly Uncovered[];
  readonly since: string | null;
  readonly demandUsd: number;
  readonly uncoveredUsd: number;
}

/** White space of a state; without a day, activity counts in the year before the newest one of the file. */
export function whiteSpaceOf(
  field: Field,
  { seed, since, falseDiscovery }: { seed: number; since: string | undefined; falseDiscovery: number },
): WhiteSpaceFound {
  const { geography, state, demand } = field;
  const day = since ?? yearBefore(field);
  const accounts = field.accounts.map(({ npi, owner, lastActivity }) => ({
    key: npi,
    hasOwner: owner !== '',
    lastActivity,
  }));
  const why = uncoveredProviders(demand, accounts, day);
  const { callPlan, travel } = state.parameters;
  const coverage = unitCoverage(demand, why, { units: geography.ids.length, callPlan });
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  return {
    pockets: whiteSpace(coverage, geography, { seed, falseDiscovery, travel, workingHours: callPlan.workingHours }),
    why,
    since: day,
    demandUsd: sum(coverage.demandUsd),
    uncoveredUsd: sum(coverage.uncoveredUsd),
  };
}

/** A year before the newest activity; null where the file knows of none. */
function yearBefore({ accounts }: Field): string | null {
  const newest = accounts.reduce(
    (last, { lastActivity }) => (lastActivity !== null && lastActivity > last ? lastActivity : last),
    '',
  );
  return newest === '' ? null : `${Number(newest.slice(0, 4)) - 1}${newest.slice(4)}`;
}

/** `white-space --data DIR --accounts FILE …` */
export async function whiteSpaceCommand(args: string[], ports: InsightPorts): Promise<InsightAnswer> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { ...FIELD_FLAGS, since: text, 'false-discovery': { ...text, default: String(DEFAULT_FALSE_DISCOVERY) } },
  });
  if (values.since !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.since))
    throw new BailiwickError('bad_request', `--since ${values.since} is no day.`, {
      action: 'Write it as 2026-01-31.',
    });
  const falseDiscovery = numberFlag(values['false-discovery'], { flag: 'false-discovery', least: 0.0001, most: 0.5 });
  const field = await fieldFrom(values, ports, []);
  const found = whiteSpaceOf(field, { seed: seedOf(values.seed), since: values.since, falseDiscovery });
  const lines = [
    `${found.pockets.length} pockets; ${dollars(found.uncoveredUsd)} of ${dollars(found.demandUsd)} are worked by nobody.`,
    ...unplacedLines(field),
  ];
  return csvAnswer(pocketsCsv(field, found.pockets), { out: values.out, lines, json: presentPockets(field, found) });
}

function pocketsCsv({ geography }: Field, pockets: readonly Pocket[]): string {
  const head = csvRow(['pocket', 'units', 'opportunity_usd', 'workload_hours', 'fte', 'q_value']);
  const rows = pockets.map((each, i) =>
    csvRow([
      String(i + 1),
      each.units.map((unit) => geography.ids[unit]).join(' '),
      hundredths(each.opportunityUsd),
      hundredths(each.workloadHours),
      hundredths(each.fte),
      qValue(each.qValue),
    ]),
  );
  return head + rows.join('');
}

export function presentPockets(field: Field, { pockets, why, since, demandUsd, uncoveredUsd }: WhiteSpaceFound) {
  const { geography, demand, providers } = field;
  const weight = demand.reduce((sums, { unit, potentialUsd }) => {
    if (unit >= 0) sums[unit]! += potentialUsd;
    return sums;
  }, new Array<number>(geography.ids.length).fill(0));
  const open = demand.flatMap(({ unit, potentialUsd }, i) => (why[i] === null ? [] : [{ unit, potentialUsd, i }]));
  open.sort((a, b) => b.potentialUsd - a.potentialUsd || a.i - b.i);
  return {
    since,
    demandUsd: hundredths(demandUsd),
    uncoveredUsd: hundredths(uncoveredUsd),
    unplaced: field.unplaced,
    pockets: pockets.map((each, i) => {
      const units = new Set(each.units);
      const top = open.filter(({ unit }) => units.has(unit)).slice(0, TOP);
      return {
        pocket: i + 1,
        place: placeOfUnits(each.units, geography.names, weight),
        units: each.units.map((unit) => geography.ids[unit]),
        opportunityUsd: hundredths(each.opportunityUsd),
        workloadHours: hundredths(each.workloadHours),
        fte: hundredths(each.fte),
        qValue: qValue(each.qValue),
        providers: each.providers,
        topProviders: top.map(({ i: at, potentialUsd }) => ({
          npi: providers[at]!.key,
          name: providers[at]!.name,
          opportunityUsd: hundredths(potentialUsd),
          why: why[at],
        })),
      };
    }),
  };
}
