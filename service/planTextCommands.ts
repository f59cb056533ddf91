import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_PLAN_TEXT } from './alignments/schemas.ts';
import { EXIT, said, type Said } from './commands/command.ts';
import { refused } from './commands/planCommand.ts';
import { houseCommand } from './commands/run.ts';
import { BailiwickError } from './core/errors.ts';
import type { PlanText } from './core/planText.ts';
import { diffLines, diffPlanTexts } from './core/planTextDiff.ts';
import { faultsMessage, MAX_FAULTS } from './core/planTextFaults.ts';
import type { TextWorld } from './core/planTextWorld.ts';
import { readPlanText, type ReadPlan } from './core/readPlanText.ts';
import { createGeography } from './geography/geography.ts';

/** `plan`: texts are compared and checked here; what needs the plans themselves goes where they are. */
export async function planTextCommand(args: string[]): Promise<Said> {
  const [what, ...rest] = args;
  if (what === 'export') return exportPlan(args);
  if (what === 'import') return importPlan(args);
  if (what === 'check') return checkPlan(rest);
  if (what === 'diff') return diffPlans(rest);
  throw new BailiwickError(
    'bad_request',
    what === undefined ? 'Nothing is said to do.' : `There is no "plan ${what}".`,
    {
      action: 'Write plan export, plan import, plan check or plan diff.',
    },
  );
}

const ANY = { data: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

function exportPlan(args: string[]): Promise<Said> {
  const out = parseArgs({ args: args.slice(1), options: { out: { type: 'string' } }, strict: false }).values.out;
  if (typeof out === 'string' && out !== '') return houseCommand('plan', args);
  throw new BailiwickError('bad_request', '--out is missing.', { action: 'Name the file for the plan.' });
}

async function importPlan(args: string[]): Promise<Said> {
  const options = { ...ANY, team: { type: 'string' }, name: { type: 'string' } } as const;
  const { positionals } = parseArgs({ args: args.slice(1), options, allowPositionals: true });
  const [text] = await textsOf(positionals, 1);
  return houseCommand('plan', args, text);
}

async function checkPlan(args: string[]): Promise<Said> {
  const { values, positionals } = parseArgs({ args, options: ANY, allowPositionals: true });
  const [text = ''] = await textsOf(positionals, 1);
  const { geography } = createGeography({ dataDir: values.data ?? process.env['BAILIWICK_DATA'] ?? '.bailiwick' });
  const units = new Set<string>(geography.ids);
  const read = readPlanText(text, { geography: { key: geography.key, units, parents: geography.parents } });
  if (!read.plan) return faulty(positionals[0] ?? '', read);
  const { name, territories, accounts } = read.plan;
  const counts = { zips: read.plan.units.size, territories: territories.length, accounts: accounts.size };
  const line = `"${name}" has no fault: ${counts.zips} ZIPs, ${counts.territories} territories, ${counts.accounts} accounts by name.`;
  const rest = 'Team, reps and accounts are checked when it is imported.';
  return said([line, rest], { name, ...counts, faults: [], more: 0 });
}

async function diffPlans(args: string[]): Promise<Said> {
  const { positionals } = parseArgs({ args, options: ANY, allowPositionals: true });
  const texts = await textsOf(positionals, 2);
  const read = texts.map((text) => readPlanText(text, {} satisfies TextWorld));
  const bad = read.findIndex(({ plan }) => plan === null);
  if (bad >= 0) return faulty(positionals[bad] ?? '', read[bad]!);
  const [before, after] = read.map(({ plan }) => plan) as [PlanText, PlanText];
  const diff = diffPlanTexts(before, after);
  const isSame = Object.values(diff).every((list) => list.length === 0);
  return said(diffLines(diff), diff, isSame ? EXIT.ok : EXIT.error);
}

function faulty(file: string, { faults }: ReadPlan): Said {
  const told = faults.slice(0, MAX_FAULTS);
  const more = faults.length - told.length;
  return refused(`${path.basename(file)}: ${faultsMessage(faults.length)}`, { faults: told, more });
}

async function textsOf(files: readonly string[], wanted: number): Promise<string[]> {
  if (files.length !== wanted)
    throw new BailiwickError('bad_request', `${files.length} files are named, and ${wanted} needed.`, {
      action: 'See bailiwick plan --help.',
    });
  return Promise.all(files.map(textOf));
}

async function textOf(file: string): Promise<string> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new BailiwickError('not_found', `${file} cannot be read.`, { action: 'Check the name of the file.', cause });
  });
  if (found.size > MAX_PLAN_TEXT)
    throw new BailiwickError(
      'too_large',
      `${file} has ${found.size} bytes: a plan text has at most ${MAX_PLAN_TEXT}.`,
      {
        action: 'Choose a file that plan export wrote.',
      },
    );
  return readFile(file, 'utf8');
}
