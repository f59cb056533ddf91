import type { House } from '../compose.ts';
import { BailiwickError } from '../core/errors.ts';
import type { TeamId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';

/** What a command works on: in this process, or in the service that holds the data directory. */
export interface AtHouse {
  readonly house: House;
  readonly store: Store;
  readonly org: { readonly orgId: string; readonly userId: UserId };
}

export interface Said {
  readonly text: string;
  readonly json: unknown;
  readonly exit: number;
  /** Contents of the file that was asked for; whoever typed the command writes it. */
  readonly file?: string;
}

/** A job of the sync without a screen. */
export interface HouseCommand {
  readonly help: string;
  /** `file` is the content of the file that the command was typed with, where it takes one. */
  run(at: AtHouse, args: string[], file?: string): Promise<Said>;
}

/** Exit codes that scripts build on. */
export const EXIT = { ok: 0, error: 1, usage: 2, fuse: 3 } as const;

export const said = (lines: readonly string[], json: unknown, exit: number = EXIT.ok): Said => ({
  text: `${lines.join('\n')}\n`,
  json,
  exit,
});

/** Whoever has the org's key and the data directory may do what Sales Ops may; in the CRM it is the integration user. */
export const commandLineUser = ({ org: { orgId, userId } }: AtHouse): RequestUser => ({
  userId,
  orgId,
  name: 'Command line',
  permissions: new Set(['view', 'reassign', 'operate']),
  role: 'salesOps',
});

/** The team of this id or name; the only one where none is named. @throws BailiwickError bad_request, not_found */
export async function teamOf({ house }: AtHouse, named: string | undefined): Promise<{ id: TeamId; name: string }> {
  const teams = await house.scope.teams();
  const list = teams.map(({ name }) => `"${name}"`).join(', ');
  if (named === undefined) {
    if (teams.length === 1) return teams[0]!;
    throw new BailiwickError('bad_request', 'No team is named.', { action: `Add --team with one of ${list}.` });
  }
  const found = teams.find(({ id, name }) => id === named || name.toLowerCase() === named.toLowerCase());
  if (found) return found;
  throw new BailiwickError('not_found', `There is no team "${named}".`, { action: `Name one of ${list}.` });
}

/** Columns as wide as their widest cell, two spaces apart; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string[] {
  const texts = rows.map((row) => row.map((cell) => (cell === null ? '-' : String(cell))));
  const widths = head.map((title, k) => Math.max(title.length, ...texts.map((row) => row[k]?.length ?? 0)));
  const isNumber = head.map((_, k) => rows.length > 0 && rows.every((row) => typeof row[k] === 'number'));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, k) => (isNumber[k] ? cell.padStart(widths[k] ?? 0) : cell.padEnd(widths[k] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...texts.map(line)];
}
