import { mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { BailiwickError } from './core/errors.ts';
import type { TeamId } from './core/ids.ts';
import { readZipSheet, type SheetRow } from './core/zipSheet.ts';
import type { RequestUser } from './http/identity.ts';
import { MAX_SHEET_ROWS } from './intake/sheetReport.ts';
import { readSmallTable } from './intake/smallTable.ts';
import { openSource } from './intake/source.ts';
import { draftOf, teamsOf, whyNot, type SheetDeps } from './sheetSide.ts';
import type { TakenSheet } from './sync/auto/ports.ts';

interface Asked {
  readonly user: RequestUser;
  readonly teamId: TeamId;
  /** Name of the file in the folder. */
  readonly name: string;
  /** Share of rows that may be unusable; a sheet with more is refused as a whole. */
  readonly badShare: number;
}

/** A row that only repeats another harms nobody. */
const isHarmless = ({ reason }: SheetRow): boolean => reason === 'the same ZIP and territory once more';

/**
 * ZIP sheets that another system puts into the data directory's folder "inbox" for the automatic sync. One that can be read
 * becomes a draft and moves to inbox/taken, one that cannot moves to inbox/refused; nothing is thrown away.
 */
export function nightSheets(deps: SheetDeps & { readonly dataDir: string }) {
  const inbox = path.join(deps.dataDir, 'inbox');

  async function put(name: string, folder: 'taken' | 'refused'): Promise<string> {
    await mkdir(path.join(inbox, folder), { recursive: true });
    const stamped = `${deps.now().toISOString().replace(/[:.]/g, '-')}-${name}`;
    await rename(path.join(inbox, name), path.join(inbox, folder, stamped));
    return `inbox/${folder}/${stamped}`;
  }

  /** @throws BailiwickError file_not_recognized, and others of the reader */
  async function assignmentsOf({ user, teamId, name, badShare }: Asked) {
    const source = await openSource(path.join(inbox, name), name);
    try {
      const table = await readSmallTable(source, MAX_SHEET_ROWS);
      const teams = await teamsOf(deps, user);
      const layerOf = (territory: string) => teams.get(territory)?.teamId ?? null;
      const sheet = readZipSheet([table], { whyNot: whyNot(deps.geography), layerOf });
      const bad = sheet.setAside.filter((row) => !isHarmless(row));
      const [first] = bad;
      if (sheet.assignments.length === 0 || bad.length > badShare * sheet.rowsRead)
        throw new BailiwickError(
          'file_not_recognized',
          `${bad.length} of its ${sheet.rowsRead} rows cannot be used${first ? `, such as line ${first.line}: ${first.reason} (${first.found})` : ''}`,
        );
      return { teams, assignments: sheet.assignments.filter(({ territory }) => layerOf(territory) === teamId) };
    } finally {
      await source.close();
    }
  }

  /** The sheet as a draft of the team's live plan; null where there is no sheet, or none that changes anything. */
  return async (asked: Asked): Promise<TakenSheet | null> => {
    const { user, teamId, name } = asked;
    const live = await deps.livePlanId(teamId);
    const isThere = await stat(path.join(inbox, name)).then(
      (file) => file.isFile(),
      () => false,
    );
    if (!isThere || live === null) return null;
    const read = await assignmentsOf(asked).catch(async (error: unknown) => {
      if (!(error instanceof BailiwickError)) throw error;
      const place = await put(name, 'refused');
      throw new BailiwickError(
        'file_not_recognized',
        `The ZIP sheet ${name} was refused: ${error.message.replace(/\.$/, '')}. Nothing was written.`,
        { action: `Correct it (it lies in ${place}) and put it into the inbox again.`, cause: error },
      );
    });
    const { draft } = await draftOf(deps, { user, name, ...read }, live);
    if (draft === null) {
      await put(name, 'taken');
      return null;
    }
    return {
      alignmentId: draft.id,
      settle: async () => void (await put(name, 'taken')),
      giveUp: () => deps.alignments.discard(draft.id),
    };
  };
}
export type NightSheets = ReturnType<typeof nightSheets>;
