import type { Scope } from './accounts/scope.ts';
import type { Alignments } from './alignments/alignments.ts';
import { BailiwickError } from './core/errors.ts';
import { unitIndex, type Geography } from './core/geography.ts';
import type { TeamId } from './core/ids.ts';
import { readZipSheet, sheetParts, type SheetAssignment } from './core/zipSheet.ts';
import type { RequestUser } from './http/identity.ts';
import type { Importer } from './intake/importJobs.ts';
import { MAX_SHEET_ROWS, sheetReport } from './intake/sheetReport.ts';
import { readSmallTable } from './intake/smallTable.ts';
import { openSource } from './intake/source.ts';

export interface SheetDeps {
  readonly scope: Scope;
  readonly alignments: Alignments;
  readonly geography: Geography;
  readonly livePlanId: (teamId: TeamId) => Promise<string | null>;
  readonly now: () => Date;
}

/** A ZIP sheet becomes a draft for each team that it names territories of; nothing in the CRM changes. */
export function sheetImporter(deps: SheetDeps): Importer {
  return {
    label: 'ZIP-to-territory sheet',
    about:
      'ZIP and territory in each row, by name or id; several territories in one cell are parted by semicolons. It becomes a draft.',
    run: async ({ path, name, user, onProgress, signal }) => {
      const onShare = (share: number) => onProgress({ phase: 'checking the file', share });
      const source = await openSource(path, name, { onShare, signal });
      try {
        const table = await readSmallTable(source, MAX_SHEET_ROWS);
        if (sheetParts([table]).zips.length === 0) throw noSheet(name, table.header);
        const teams = await teamsOf(deps, user);
        const sheet = readZipSheet([table], {
          whyNot: whyNot(deps.geography),
          layerOf: (territory) => teams.get(territory)?.teamId ?? null,
        });
        if (sheet.assignments.length === 0) throw nothingKept(name, sheet.setAside);
        onProgress({ phase: 'making a draft', share: 0 });
        const drafts = await draftsOf(deps, { user, name, teams, assignments: sheet.assignments });
        return sheetReport(sheet, { source, table, now: deps.now(), warnings: drafts });
      } finally {
        await source.close();
      }
    },
  };
}

export interface TeamTerritory {
  readonly teamId: TeamId;
  readonly id: string;
}

/** Territories by name and id; where two teams use one name, the bigger team's. */
export async function teamsOf({ scope }: SheetDeps, user: RequestUser): Promise<Map<string, TeamTerritory>> {
  const known = new Map<string, TeamTerritory>();
  for (const team of await scope.teams()) {
    const writable = await scope.writable(user, team.id);
    for (const { id, name } of await scope.leaves(team.id)) {
      if (writable !== 'all' && !writable.has(id)) continue;
      for (const way of [id, id.slice(0, 15), name]) if (!known.has(way)) known.set(way, { teamId: team.id, id });
    }
  }
  return known;
}

export function whyNot(geography: Geography): (zip: string) => string | null {
  const units = unitIndex(geography);
  return (zip) => (units.has(zip) ? null : 'this ZIP is not on the map of this service');
}

interface Drafting {
  readonly user: RequestUser;
  readonly name: string;
  readonly teams: ReadonlyMap<string, TeamTerritory>;
  readonly assignments: readonly SheetAssignment[];
}

/** What a sheet makes of a live plan: the draft, null where the sheet says what the plan says. */
export interface SheetDraft {
  readonly draft: { readonly id: string; readonly name: string; readonly version: number } | null;
  /** Areas that the sheet names, and those of them that it gives to another territory. */
  readonly named: number;
  readonly moved: number;
}

/** One draft a team, from its live plan with the sheet's ZIPs moved; a sentence about each. */
async function draftsOf(deps: SheetDeps, drafting: Drafting): Promise<string[]> {
  const sentences: string[] = [];
  const byTeam = Map.groupBy(drafting.assignments, ({ territory }) => drafting.teams.get(territory)?.teamId);
  for (const [teamId, assignments] of byTeam) {
    const live = teamId === undefined ? null : await deps.livePlanId(teamId);
    if (live === null) continue;
    const { draft, named, moved } = await draftOf(deps, { ...drafting, assignments }, live);
    sentences.push(
      draft === null
        ? `${named} areas named by the sheet are as in today's map: no draft is needed.`
        : `Draft "${draft.name}" is made: ${named} areas named by the sheet, ${moved} of them differ from today's map.`,
    );
  }
  return sentences;
}

/** The live plan with the sheet's ZIPs moved, as a draft of the same team. */
export async function draftOf(deps: SheetDeps, drafting: Drafting, live: string): Promise<SheetDraft> {
  const { user, name, teams, assignments } = drafting;
  const units = unitIndex(deps.geography);
  const { owners, territories, teamId } = await deps.alignments.find(live);
  const index = new Map(territories.map(({ id }, i) => [id as string, i]));
  const wanted = new Map<number, number>();
  // a ZIP with an area of its own speaks for its unit before those that hang on it
  for (const { zip, territory } of [...assignments].sort(
    (a, b) => Number(isUnit(deps, b.zip)) - Number(isUnit(deps, a.zip)),
  )) {
    const [unit, to] = [units.get(zip), index.get(teams.get(territory)?.id ?? '')];
    if (unit !== undefined && to !== undefined && !wanted.has(unit)) wanted.set(unit, to);
  }
  const idAt = (at: number) => (at < 0 ? null : (territories[at]?.id ?? null));
  const moves = [...wanted]
    .filter(([unit, to]) => owners[unit] !== to)
    .map(([unit, to]) => ({ unit: deps.geography.ids[unit] ?? '', from: idAt(owners[unit] ?? -1), to: idAt(to) }));
  const sizes = { named: wanted.size, moved: moves.length };
  if (moves.length === 0) return { draft: null, ...sizes };
  const draft = await deps.alignments.create(user, { teamId, name: `From ${name}`.slice(0, 80), from: live });
  const request = { version: draft.version, moves, overrides: [], note: `From the sheet ${name}` };
  const { version } = await deps.alignments.move(user, draft.id, request as never);
  return { draft: { id: draft.id, name: draft.name, version }, ...sizes };
}

const isUnit = ({ geography }: SheetDeps, zip: string) => geography.parents[zip] === undefined;

function noSheet(name: string, header: readonly string[]): BailiwickError {
  return new BailiwickError(
    'file_not_recognized',
    `${name} has no column of ZIPs beside one of territories: it has ${header.slice(0, 8).join(', ')}.`,
    {
      action: 'Name the columns zip and territory.',
    },
  );
}

function nothingKept(name: string, setAside: readonly { reason: string; line: number }[]): BailiwickError {
  const first = setAside[0];
  return new BailiwickError(
    'file_not_recognized',
    `No row of ${name} could be used${first ? `: ${first.reason} (line ${first.line})` : ''}.`,
    {
      action: 'Check that the territories are called as in the CRM, and the ZIPs lie on this map.',
    },
  );
}
