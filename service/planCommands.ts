import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseCsv, csvRow } from './core/csv.ts';
import { BailiwickError } from './core/errors.ts';
import { checkPlan } from './core/optimize/check.ts';
import { readEdges, readUnits, type PlanFile } from './core/optimize/planFile.ts';
import { solveFiles } from './core/optimize/solveFiles.ts';

export const OPTIMIZE_HELP = `bailiwick optimize --units FILE --edges FILE --k N --measure NAME:TOLERANCE… --out DIR

Makes N contiguous territories that are balanced in every measure, and proves how good they are.

  --units FILE        CSV: unit,lat,lon,<measure>…[,group][,lock][,current]
  --edges FILE        CSV: unit,unit[,bridge]; missing links between components are added and listed
  --k N               number of territories
  --measure NAME:TOL  a measure and its tolerance, such as hours:0.1 for ±10 %; repeatable
  --seed N            same inputs and seed give the same bytes (default 1)
  --effort N          multiplies the search steps (default 1)
  --out DIR           writes plan.csv and plan.json
  --json              prints the result as JSON`;

export const CHECK_HELP = `bailiwick check DIR --units FILE --edges FILE

Recomputes everything that DIR/plan.csv and DIR/plan.json claim and lists what is untrue (exit code 1).

  --json              prints the result as JSON`;

interface Inputs {
  readonly units: string | undefined;
  readonly edges: string | undefined;
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BailiwickError('bad_request', `The ${what} file ${file} cannot be read: ${(cause as Error).message}.`, {
      action: 'Check the path.',
      cause,
    });
  }
}

async function readInputs({ units, edges }: Inputs) {
  if (!units || !edges)
    throw new BailiwickError('bad_request', '--units and --edges are needed.', { action: 'See --help.' });
  const [unitText, edgeText] = [await readText(units, 'units'), await readText(edges, 'edges')];
  const table = readUnits(parseCsv(unitText, units));
  const inputHash = createHash('sha256').update(unitText).update('\0').update(edgeText).digest('hex');
  return { units: table, edges: readEdges(parseCsv(edgeText, edges), table.ids), inputHash };
}

function measuresOf(list: readonly string[]): { name: string; tolerance: number }[] {
  if (list.length === 0)
    throw new BailiwickError('bad_request', 'No --measure is given.', {
      action: 'Name at least one, such as --measure hours:0.1.',
    });
  return list.map((text) => {
    const [, name, tolerance] = /^(.+):([0-9.]+)$/.exec(text) ?? [];
    if (!name || !(Number(tolerance) > 0)) {
      throw new BailiwickError('bad_request', `--measure ${text} is not NAME:TOLERANCE.`, {
        action: 'Write it as hours:0.1 for ±10 %.',
      });
    }
    return { name, tolerance: Number(tolerance) };
  });
}

function wholeNumber(text: string | undefined, flag: string): number {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value) || value < 0) {
    throw new BailiwickError('bad_request', `${flag} is ${text ?? 'missing'}.`, {
      action: `Give ${flag} as a whole number.`,
    });
  }
  return value;
}

/** `optimize`: files in, plan.csv and plan.json out. Returns what to print. */
export async function optimizeCommand(args: string[]): Promise<{ text: string; json: unknown }> {
  const { values } = parseArgs({
    args,
    options: {
      units: { type: 'string' },
      edges: { type: 'string' },
      k: { type: 'string' },
      measure: { type: 'string', multiple: true },
      seed: { type: 'string', default: '1' },
      effort: { type: 'string', default: '1' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values.out)
    throw new BailiwickError('bad_request', '--out is missing.', {
      action: 'Name the folder for plan.csv and plan.json.',
    });
  const effort = Number(values.effort);
  if (!(effort > 0 && effort <= 100))
    throw new BailiwickError('bad_request', `--effort is ${values.effort}.`, {
      action: 'Give a number above 0 and up to 100.',
    });
  const request = {
    k: wholeNumber(values.k, '--k'),
    measures: measuresOf(values.measure ?? []),
    seed: wholeNumber(values.seed, '--seed'),
    effort,
  };
  const inputs = await readInputs({ units: values.units, edges: values.edges });
  const { territoryOf, plan } = solveFiles(
    { ...inputs, ...request },
    values.json ? {} : { onProgress: tellProgress() },
  );
  await mkdir(values.out, { recursive: true });
  const rows = inputs.units.ids.map((unit, u) => csvRow([unit, territoryOf[u]!]));
  await writeFile(path.join(values.out, 'plan.csv'), csvRow(['unit', 'territory']) + rows.join(''));
  await writeFile(path.join(values.out, 'plan.json'), `${JSON.stringify(plan, null, 1)}\n`);
  return { text: told(plan, values.out), json: plan };
}

/** `check`: exit code 1 where anything is untrue. */
export async function checkCommand(args: string[]): Promise<{ text: string; json: unknown; ok: boolean }> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { units: { type: 'string' }, edges: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const dir = positionals[0];
  if (!dir) throw new BailiwickError('bad_request', 'The folder of the plan is missing.', { action: 'See --help.' });
  const inputs = await readInputs({ units: values.units, edges: values.edges });
  const table = parseCsv(await readText(path.join(dir, 'plan.csv'), 'plan'), 'plan.csv');
  const assignment = table.rows.map(({ cells }) => [cells[0] ?? '', cells[1] ?? ''] as const);
  const lies = checkPlan({
    ...inputs,
    assignment,
    plan: parsePlan(await readText(path.join(dir, 'plan.json'), 'plan')),
  });
  const text =
    lies.length === 0
      ? `The plan holds: ${assignment.length} units checked.\n`
      : `${lies.join('\n')}\n${lies.length} untrue.\n`;
  return { text, json: { ok: lies.length === 0, untrue: lies }, ok: lies.length === 0 };
}

function parsePlan(text: string): PlanFile {
  try {
    const plan = JSON.parse(text) as PlanFile;
    for (const key of ['measures', 'totals', 'centers', 'prices', 'outside', 'bridges'] as const)
      if (!plan[key]) throw new Error(`"${key}" is missing`);
    return plan;
  } catch (cause) {
    throw new BailiwickError('bad_request', `plan.json cannot be read: ${(cause as Error).message}.`, {
      action: 'Write it anew with optimize.',
      cause,
    });
  }
}

function tellProgress() {
  let last = -1;
  return ({
    phase,
    share,
    onTarget,
    territories,
  }: {
    phase: string;
    share: number;
    onTarget: number;
    territories: number;
  }) => {
    const percent = Math.floor(share * 10) * 10;
    if (percent === last) return;
    last = percent;
    process.stderr.write(`${phase} ${percent} %: ${onTarget} of ${territories} territories on target\n`);
  };
}

function told(plan: PlanFile, out: string): string {
  const count = Object.keys(plan.totals).length;
  const lines = [
    `${count - new Set(plan.outside.map(({ territory }) => territory)).size} of ${count} territories in range; ${out}/plan.csv and plan.json written.`,
    ...plan.outside.map(({ territory, cause }) => `  ${territory}: ${cause}`),
    ...plan.bridges.map(([a, b]) => `  bridge ${a} – ${b}`),
    plan.gap === null
      ? 'No gap is printed: not every territory is in range.'
      : `At most ${(plan.gap * 100).toFixed(1)} % more compact is possible.`,
  ];
  return `${lines.join('\n')}\n`;
}
