import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseCsv } from './core/csv.ts';
import { BailiwickError } from './core/errors.ts';
import { checkPlan } from './core/optimize/check.ts';
import { shapeLies } from './core/optimize/checkShape.ts';
import type { PlanFile } from './core/optimize/planFile.ts';
import { FILE_FLAGS, readInputs, readText } from './planInputs.ts';

export const CHECK_HELP = `bailiwick check DIR --units FILE --edges FILE [--territories FILE] [--accounts FILE] [--rules FILE]

Recomputes everything that DIR/plan.csv, DIR/overrides.csv and DIR/plan.json claim, and lists what is untrue (exit code 1).
Give the same files as to optimize.

  --json              prints the result as JSON`;

/** `check`: exit code 1 where anything is untrue. */
export async function checkCommand(args: string[]): Promise<{ text: string; json: unknown; ok: boolean }> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...FILE_FLAGS, json: { type: 'boolean', default: false } },
  });
  const [dir, ...others] = positionals;
  if (!dir || others.length > 0)
    throw new BailiwickError('bad_request', 'Name the folder of one plan.', { action: 'See --help.' });
  const plan = parsePlan(await readText(path.join(dir, 'plan.json'), 'plan'));
  const assignment = await pairs(dir, 'plan.csv', ['unit', 'territory']);
  const overrides = existsSync(path.join(dir, 'overrides.csv'))
    ? await pairs(dir, 'overrides.csv', ['account', 'territory'])
    : [];
  const malformed = shapeLies(plan);
  const lies = malformed.length > 0 ? malformed : await recomputed(plan, values, { assignment, overrides });
  const text =
    lies.length === 0
      ? `The plan holds: ${assignment.length} units${overrides.length > 0 ? ` and ${overrides.length} accounts` : ''} checked.\n`
      : `${lies.join('\n')}\n${lies.length} untrue.\n`;
  return { text, json: { ok: lies.length === 0, untrue: lies }, ok: lies.length === 0 };
}

interface Lists {
  readonly assignment: readonly (readonly [string, string])[];
  readonly overrides: readonly (readonly [string, string])[];
}

async function recomputed(plan: PlanFile, flags: Parameters<typeof readInputs>[0], lists: Lists): Promise<string[]> {
  const inputs = await readInputs(flags, {
    measures: plan.measures.map(({ name }) => name),
    territoriesOf: (_, territories) => territories?.names ?? Object.keys(plan.totals),
  });
  return checkPlan({ ...inputs, ...lists, plan });
}

/** Two columns of a list of the plan. */
async function pairs(
  dir: string,
  name: string,
  columns: readonly [string, string],
): Promise<(readonly [string, string])[]> {
  const table = parseCsv(await readText(path.join(dir, name), name), name);
  const [a, b] = columns.map((column) => table.columns.indexOf(column)) as [number, number];
  if (a < 0 || b < 0)
    throw new BailiwickError('plan_invalid', `${name} has the columns ${table.columns.join(', ')}.`, {
      action: `It must have ${columns.join(' and ')}.`,
    });
  return table.rows.map(({ cells }) => [cells[a] ?? '', cells[b] ?? ''] as const);
}

function parsePlan(text: string): PlanFile {
  try {
    return JSON.parse(text) as PlanFile;
  } catch (cause) {
    throw new BailiwickError('plan_invalid', `plan.json cannot be read: ${(cause as Error).message}.`, {
      action: 'Write it anew with optimize.',
      cause,
    });
  }
}
