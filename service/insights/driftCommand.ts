import { parseArgs } from 'node:util';
import { DEFAULT_TOLERANCE } from '../core/balance.ts';
import { csvRow } from '../core/csv.ts';
import type { Caused } from '../core/driftCauses.ts';
import { fieldDrift } from '../core/fieldState.ts';
import { change } from '../core/trend.ts';
import { fieldOf, readRows, territoriesOf, type InsightPorts } from './field.ts';
import { choiceOf, csvAnswer, FIELD_FLAGS, FIELD_HELP, ratio, unplacedLines, type InsightAnswer } from './flags.ts';

export const PLAN_DRIFT_HELP = `bailiwick drift --data DIR --accounts FILE --reps FILE --plan FILE --before-… [--out FILE]

Which territories left their target range between two states, and why: the change of each share of the target is split among
demand, accounts, reps (with the plan) and parameters, exactly and in no order. What changed for everybody alike stands in the row
(all). CSV: territory,measure,before,after,demand,accounts,reps,parameters
Chosen where --accounts is given; without it "drift" tells in what Salesforce differs from the live plan.

${FIELD_HELP}
  --before-import ID, --before-data DIR, --before-accounts, --before-reps, --before-plan, --before-parameters FILE
                     the state before; what is not given was as it is now`;

const TEXT = { type: 'string' } as const;
const BEFORE = {
  'before-data': TEXT,
  'before-import': TEXT,
  'before-accounts': TEXT,
  'before-reps': TEXT,
  'before-plan': TEXT,
  'before-parameters': TEXT,
} as const;

/** Measures of the report: those that a plan balances by default. */
const MEASURES = ['workloadHours', 'potentialUsd'] as const;
const NAMES = { workloadHours: 'workload', potentialUsd: 'potential' } as const;

interface Line extends Caused {
  readonly territory: string;
  readonly measure: string;
  /** Inside its target range before, and outside now. */
  readonly hasLeft: boolean;
}

/** `drift --data DIR --accounts FILE … --before-…` */
export async function planDriftCommand(args: string[], ports: InsightPorts): Promise<InsightAnswer> {
  const { values } = parseArgs({ args, options: { ...FIELD_FLAGS, ...BEFORE } });
  const { accounts, reps, plan, parameters } = values;
  const choice = choiceOf(values);
  const now = await readRows({ accounts, reps, plan, parameters }, await ports.providers(values.data, choice));
  const then = await readRows(
    {
      accounts: values['before-accounts'] ?? accounts,
      reps: values['before-reps'] ?? reps,
      plan: values['before-plan'] ?? plan,
      parameters: values['before-parameters'] ?? parameters,
    },
    await ports.providers(values['before-data'] ?? values.data, {
      ...choice,
      import: values['before-import'] ?? (values['before-data'] === undefined ? choice.import : undefined),
    }),
  );
  const territories = territoriesOf(then, now);
  const geography = ports.geography(values.data);
  const [before, after] = [fieldOf(then, geography, territories), fieldOf(now, geography, territories)];
  const drifts = fieldDrift([before.state, after.state], after, MEASURES);
  const lines = drifts.flatMap(({ ofTarget }, m) =>
    ofTarget.map((each, j) => lineOf(each, territories[j]!, MEASURES[m]!)),
  );
  const nation = drifts.map(({ nation: all }, m) => ({
    ...all,
    territory: '(all)',
    measure: MEASURES[m]!,
    hasLeft: false,
  }));
  const left = lines.filter(({ hasLeft }) => hasLeft);
  return csvAnswer(driftCsv([...lines, ...nation]), {
    out: values.out,
    lines: [
      ...drifts.map(
        ({ nation: { before: was, after: is } }, m) => `All ${NAMES[MEASURES[m]!]}: ${percentOf(change(is, was))}.`,
      ),
      `${left.length} of ${lines.length} shares left their target range.`,
      ...left.map(
        ({ territory, measure, before: was, after: is }) =>
          `  ${territory}: ${measure} from ${Math.round(was * 100)} to ${Math.round(is * 100)} %`,
      ),
      ...unplacedLines(after),
    ],
    json: { lines, nation, left: left.length, unplaced: after.unplaced },
  });
}

const percentOf = (value: number | null) =>
  value === null ? 'nothing before' : `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)} %`;

function lineOf(caused: Caused, territory: string, measure: (typeof MEASURES)[number]): Line {
  const isInside = (share: number) => Math.abs(share - 1) <= DEFAULT_TOLERANCE[measure];
  const hasLeft = isInside(caused.before) && !isInside(caused.after);
  return { ...caused, territory, measure: `${NAMES[measure]}_of_target`, hasLeft };
}

function driftCsv(lines: readonly Line[]): string {
  const head = csvRow(['territory', 'measure', 'before', 'after', 'demand', 'accounts', 'reps', 'parameters']);
  const rows = lines.map(({ territory, measure, before, after, parts }) =>
    csvRow([
      territory,
      measure,
      ...[before, after, parts.demand, parts.accounts, parts.reps, parts.parameters].map(ratio),
    ]),
  );
  return head + rows.join('');
}
