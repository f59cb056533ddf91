import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { plainRow } from './core/csv.ts';
import { BailiwickError } from './core/errors.ts';
import { mergedAnswer, subProblems } from './core/optimize/componentPlans.ts';
import { finishPlan, type FinishedPlan } from './core/optimize/finishPlan.ts';
import type { Solution } from './core/optimize/optimize.ts';
import { PRESETS, type PlanFile, type Preset } from './core/optimize/planFile.ts';
import type { Problem, Progress } from './core/optimize/problem.ts';
import { rosterOf } from './core/optimize/roster.ts';
import { againApart, prepareFiles } from './core/optimize/solveFiles.ts';
import { runOptimize } from './jobs/runOptimize.ts';
import { FILE_FLAGS, readInputs, type FileFlags, type PlanInputs } from './planInputs.ts';

export const OPTIMIZE_HELP = `bailiwick optimize --units FILE --edges FILE --k N --measure NAME:TOLERANCE… --out DIR

Makes N contiguous territories that are balanced in every measure, and proves how good they are. With a column current the
plan starts from today's map and changes as little as balance needs. Ctrl-C writes the best plan found so far.

  --units FILE        CSV: unit,lat,lon,<measure>…[,group][,lock][,current][,county]; other columns are left alone
  --edges FILE        CSV: unit,unit[,bridge]; missing links between components are added and listed
  --k N               number of territories; today's keep their names, new ones are numbered
  --territories FILE  CSV: territory[,lat,lon][,share] instead of --k: fixed centres and unequal targets
  --accounts FILE     CSV: account,unit,<measure>…: units too big for a territory are split by account
  --rules FILE        CSV: rule,a,b,value with apart,unit,unit | forbid,unit,territory | max_km,territory,,km |
                      min or max,territory,measure,value | may_change,territory (no territory means all)
  --measure NAME:TOL  a measure and its tolerance, such as hours:0.1 for ±10 %; repeatable
  --preset NAME       fewestChanges (default with a column current), balanced or cleanSlate
  --disruption λ      instead of a preset: what changing territory weighs against squared distance, in km²
  --no-bridges        keeps the pieces of the map apart; every territory lies in one of them
  --seed N            same inputs, effort and seed give the same bytes (default 1)
  --effort N          multiplies the search steps (default 1)
  --workers N         threads (default: as many as cores, at most 4); the plan is the same with any number
  --out DIR           writes plan.csv, plan.json and, where a unit is split, overrides.csv
  --json              prints the result as JSON`;

function measuresOf(list: readonly string[]): { name: string; tolerance: number }[] {
  if (list.length === 0)
    throw new BailiwickError('bad_request', 'No --measure is given.', {
      action: 'Name at least one, such as --measure hours:0.1.',
    });
  return list.map((text) => {
    const [, name, tolerance] = /^(.+):([0-9.]+)$/.exec(text) ?? [];
    if (!name || !(Number(tolerance) > 0)) {
      throw new BailiwickError('bad_request', `--measure ${text} is not NAME:TOLERANCE.`, {
        action: 'Write it as hours:0.1 for ±10 %; the tolerance must be above 0.',
      });
    }
    return { name, tolerance: Number(tolerance) };
  });
}

interface Least {
  readonly flag: string;
  readonly least: number;
}

function wholeNumber(text: string | undefined, { flag, least }: Least): number {
  const value = Number(text);
  if (!text || !Number.isSafeInteger(value) || value < least) {
    throw new BailiwickError('bad_request', `${flag} is ${text ?? 'missing'}.`, {
      action: `Give ${flag} as a whole number of at least ${least}.`,
    });
  }
  return value;
}

function numberFrom(text: string, { flag, most }: { flag: string; most: number }): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= most))
    throw new BailiwickError('bad_request', `${flag} is ${text}.`, { action: `Give a number from 0 to ${most}.` });
  return value;
}

const FLAGS = {
  ...FILE_FLAGS,
  k: { type: 'string' },
  measure: { type: 'string', multiple: true },
  disruption: { type: 'string' },
  preset: { type: 'string' },
  seed: { type: 'string', default: '1' },
  effort: { type: 'string', default: '1' },
  workers: { type: 'string' },
  'no-bridges': { type: 'boolean', default: false },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Largest weight of disruption: beyond it distances would drown in rounding. */
const MOST_LAMBDA = 1e12;
const MOST_EFFORT = 100;
const MOST_WORKERS = 64;
/** All cores: unlike the service, a command has nobody else to answer meanwhile. */
const defaultWorkers = () => Math.min(4, availableParallelism());

function requestOf(values: { [Flag in keyof typeof FLAGS]?: unknown } & { measure?: string[] }) {
  const text = (flag: keyof typeof FLAGS) => values[flag] as string | undefined;
  const preset = text('preset');
  if (preset !== undefined && !Object.hasOwn(PRESETS, preset))
    throw new BailiwickError('bad_request', `There is no preset "${preset}".`, {
      action: `The presets are ${Object.keys(PRESETS).join(', ')}.`,
    });
  if (preset !== undefined && values.disruption !== undefined)
    throw new BailiwickError('bad_request', 'Both --preset and --disruption are given.', {
      action: 'Give one of them.',
    });
  const effort = numberFrom(text('effort')!, { flag: '--effort', most: MOST_EFFORT });
  if (effort === 0) throw new BailiwickError('bad_request', '--effort is 0.', { action: 'Give a number above 0.' });
  return {
    k: values.k === undefined ? null : wholeNumber(text('k'), { flag: '--k', least: 1 }),
    measures: measuresOf(values.measure ?? []),
    lambda:
      values.disruption === undefined
        ? null
        : numberFrom(text('disruption')!, { flag: '--disruption', most: MOST_LAMBDA }),
    preset: (preset ?? null) as Preset | null,
    bridging: values['no-bridges'] !== true,
    seed: wholeNumber(text('seed'), { flag: '--seed', least: 0 }),
    effort,
  };
}

/** `optimize`: files in, plan.csv, overrides.csv and plan.json out. Returns what to print. */
export async function optimizeCommand(args: string[]): Promise<{ text: string; json: unknown }> {
  const { values } = parseArgs({ args, options: FLAGS });
  if (!values.out)
    throw new BailiwickError('bad_request', '--out is missing.', { action: 'Name the folder for the plan.' });
  const request = requestOf(values);
  const workers =
    values.workers === undefined ? defaultWorkers() : wholeNumber(values.workers, { flag: '--workers', least: 1 });
  if (workers > MOST_WORKERS)
    throw new BailiwickError('bad_request', `--workers is ${workers}.`, { action: `Give at most ${MOST_WORKERS}.` });
  const inputs = await inputsOf(values, request);
  const finished = await solve({ ...inputs, ...request }, { workers, isQuiet: values.json });
  await writePlan(values.out, inputs, finished);
  return { text: told(finished, values.out), json: finished.plan };
}

async function inputsOf(flags: FileFlags, { k, measures }: ReturnType<typeof requestOf>): Promise<PlanInputs> {
  return readInputs(flags, {
    measures: measures.map(({ name }) => name),
    territoriesOf: (units, territories) => rosterOf({ units, territories, k }).names,
  });
}

async function solve(
  request: Parameters<typeof prepareFiles>[0],
  { workers, isQuiet }: { workers: number; isQuiet: boolean },
): Promise<FinishedPlan> {
  const prepared = prepareFiles(request);
  const parts = [];
  for (const sub of subProblems(prepared.problem)) {
    const first = await untilDone(sub.problem, request, { workers, isQuiet });
    const again = first.stopped ? null : againApart(sub.problem, first);
    parts.push({ sub, answer: again ? await untilDone(again, request, { workers, isQuiet }) : first });
  }
  return finishPlan(prepared, mergedAnswer(prepared.problem, parts));
}

/** The engine in its threads. The first Ctrl-C ends the search with its best plan, the second one the program. */
async function untilDone(
  problem: Problem,
  { seed, effort }: { seed: number; effort: number },
  { workers, isQuiet }: { workers: number; isQuiet: boolean },
): Promise<Solution> {
  const run = runOptimize(problem, {
    seed,
    effort,
    workers,
    onProgress: isQuiet ? () => undefined : tellProgress(),
  });
  const stop = () => {
    process.removeListener('SIGINT', stop);
    run.cancel();
  };
  process.on('SIGINT', stop);
  try {
    return await run.result;
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

async function writePlan(
  dir: string,
  { units }: PlanInputs,
  { territoryOf, overrides, plan }: FinishedPlan,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const rows = units.ids.map((unit, u) => plainRow([unit, territoryOf[u]!]));
  await writeFile(path.join(dir, 'plan.csv'), plainRow(['unit', 'territory']) + rows.join(''));
  const file = path.join(dir, 'overrides.csv');
  if (overrides.length === 0) await rm(file, { force: true });
  else await writeFile(file, plainRow(['account', 'territory']) + overrides.map((row) => plainRow(row)).join(''));
  await writeFile(path.join(dir, 'plan.json'), `${JSON.stringify(plan, null, 1)}\n`);
}

function tellProgress(): (progress: Progress) => void {
  let last = -1;
  return ({ phase, share, onTarget, territories }) => {
    const percent = Math.floor(share * 10) * 10;
    if (percent === last) return;
    last = percent;
    process.stderr.write(`${phase} ${percent} %: ${onTarget} of ${territories} territories on target\n`);
  };
}

function told({ plan, overrides }: FinishedPlan, out: string): string {
  const count = Object.keys(plan.totals).length;
  const { disruption } = plan;
  const lines = [
    `${count - plan.outside.length} of ${count} territories in range; the plan is in ${out}${plan.stopped ? ', taken early' : ''}.`,
    ...plan.outside.map(({ territory, cause }) => `  ${territory}: ${cause}`),
    ...plan.bridges.map(([a, b]) => `  bridge ${a} – ${b}`),
    ...(plan.splits.length > 0
      ? [`${plan.splits.length} units are split: ${overrides.length} accounts go elsewhere.`]
      : []),
    ...(disruption.preset === 'none'
      ? []
      : [`${(disruption.moved * 100).toFixed(1)} % changes territory (λ = ${disruption.lambda.toPrecision(4)} km²).`]),
    gapText(plan),
  ];
  return `${lines.join('\n')}\n`;
}

function gapText({ gap, contiguity, corridorPrice }: PlanFile): string {
  if (gap === null) return 'No gap is printed: not every territory is in range.';
  const price =
    corridorPrice === null ? '' : ` Holding the ranges costs at least ${(corridorPrice * 100).toFixed(1)} %.`;
  const whole =
    contiguity === null ? '' : ` Of that, ${(contiguity * 100).toFixed(1)} % is the price of territories in one piece.`;
  return `At most ${(gap * 100).toFixed(1)} % above the best possible.${whole}${price}`;
}
