import { parseArgs } from 'node:util';
import { BailiwickError } from '../core/errors.ts';
import { faultText, type TextFault } from '../core/planTextFaults.ts';
import { planTextBody } from '../alignments/schemas.ts';
import { commandLineUser, EXIT, said, teamOf, type AtHouse, type HouseCommand, type Said } from './command.ts';
import { planOf } from './publishCommands.ts';

export const PLAN_HELP = `bailiwick plan export|import|check|diff

A territory plan as a text: one line a ZIP, in a fixed order, so that it can be compared, reviewed and opened again.

  plan export [--team TEAM] [--id PLAN] --out FILE   writes a plan; the live one where none is named by id or name
  plan import FILE [--team TEAM] [--name NAME]       makes a new draft of it; nothing where it has any fault
  plan check FILE [--data DIR]                       names its faults; needs no service
  plan diff A B                                      in which ZIPs, accounts and territories two texts differ

  --data DIR         data directory (default BAILIWICK_DATA or .bailiwick); where the service runs on it, the service does it
  --json             for machines

Exit codes: 0 done (check: no fault, diff: no difference), 1 faults or differences, 2 wrong usage.`;

const FLAGS = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  team: { type: 'string' },
  id: { type: 'string' },
  out: { type: 'string' },
  name: { type: 'string' },
} as const;

async function run(at: AtHouse, args: string[], file?: string): Promise<Said> {
  const [what, ...rest] = args;
  const { values } = parseArgs({ args: rest, options: FLAGS, allowPositionals: true });
  const team = await teamOf(at, values.team);
  if (what === 'export') return exported(at, team, values.id);
  if (file === undefined)
    throw new BailiwickError('bad_request', 'No plan text came along.', { action: 'See bailiwick plan --help.' });
  return imported(at, team, { text: file, name: values.name });
}

async function exported(at: AtHouse, team: { id: string; name: string }, named: string | undefined): Promise<Said> {
  const plan = await planOf(at, team.id, named);
  const text = await at.house.planTexts.write(commandLineUser(at), plan);
  const told = { id: plan.id, name: plan.name, version: plan.version, lines: text.split('\n').length - 1 };
  const line = `"${plan.name}" of ${team.name}, version ${plan.version}: ${told.lines} lines are written.`;
  return { ...said([line], told), file: text };
}

async function imported(
  at: AtHouse,
  team: { id: string; name: string },
  { text, name }: { text: string; name: string | undefined },
): Promise<Said> {
  const request = planTextBody.parse({ teamId: team.id, text, ...(name === undefined ? {} : { name }) });
  try {
    const draft = await at.house.planTexts.open(commandLineUser(at), request);
    return said([`Draft "${draft.name}" of ${team.name} is made: ${draft.id}`, ...draft.notes], draft);
  } catch (error) {
    const details = error instanceof BailiwickError ? (error.details as Refused | undefined) : undefined;
    if (!details?.faults) throw error;
    return refused((error as Error).message, details);
  }
}

interface Refused {
  readonly faults: readonly TextFault[];
  readonly more: number;
}

/** What is wrong, a line each; nothing is made. */
export function refused(message: string, { faults, more }: Refused): Said {
  const rest = more > 0 ? [`${more} more are told once these are corrected.`] : [];
  return said([message, ...faults.map(faultText), ...rest], { faults, more }, EXIT.error);
}

export const PLAN_COMMAND: HouseCommand = { help: PLAN_HELP, run };
