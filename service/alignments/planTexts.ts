import { BailiwickError } from '../core/errors.ts';
import type { TeamId } from '../core/ids.ts';
import { territoryKeys, writePlanText, type PlanText } from '../core/planText.ts';
import { faultsMessage, faultText, inLineOrder, MAX_FAULTS, type TextFault } from '../core/planTextFaults.ts';
import { readPlanText } from '../core/readPlanText.ts';
import { FileAnswer } from '../http/routes.ts';
import type { RequestUser } from '../http/identity.ts';
import type { AlignmentDeps } from './alignments.ts';
import { outOfScope } from './editRules.ts';
import { draftOfText } from './draftOfText.ts';
import type { Team } from './ports.ts';
import * as db from './store.ts';
import type { StoredAlignment } from './store.ts';
import type { StoredResult } from './storedResult.ts';

/** Plans as files: written as text, and a text opened as a new draft. */
export function createPlanTexts({ store, ports, now }: AlignmentDeps) {
  /** The text of a plan; accounts that the user may not see are left out and counted. */
  async function write(user: RequestUser, plan: StoredAlignment): Promise<string> {
    const [market, teams, live, base, computed, seen] = await Promise.all([
      ports.market(plan),
      ports.teams(),
      db.findLive(store.db, plan.teamId),
      plan.basedOn === null ? null : db.findAlignment(store.db, plan.basedOn),
      db.computedWith(store.db, plan.teamId, plan.owners),
      ports.readable(
        user,
        plan.overrides.map(({ accountId }) => accountId),
      ),
    ]);
    const { id, name } = teams.find((team) => team.id === plan.teamId) ?? { id: plan.teamId, name: '' };
    return writePlanText({
      ...partsOf(plan, ports.geography.ids, { live, seen }),
      name: plan.name,
      team: { id, name },
      geography: plan.geographyKey,
      market: market.marketId,
      basedOn: base && { id: base.id, name: base.name },
      computed: (computed as StoredResult | null)?.computed ?? null,
    });
  }

  async function file(user: RequestUser, plan: StoredAlignment): Promise<FileAnswer> {
    return new FileAnswer(`${plan.name}.plan.txt`, 'text/plain; charset=utf-8', await write(user, plan));
  }

  /** A new draft from a text. @throws BailiwickError bad_request with every fault, forbidden beyond the user's branch */
  async function open(user: RequestUser, request: { teamId: string; text: string; name?: string | undefined }) {
    const team = await writableTeam(user, request.teamId);
    const plans = await db.listAlignments(store, [team.id]);
    const live = plans.find(({ state }) => state === 'live');
    if (!live) throw new BailiwickError('not_ready', `${team.name} has no live plan yet.`, { action: 'Try again.' });
    const { geography } = ports;
    const named = plans.flatMap(({ territories }) => territories.map(({ id, name }) => [id, name] as const)).reverse();
    const read = readPlanText(request.text, {
      team,
      geography: { key: geography.key, units: new Set<string>(geography.ids), parents: geography.parents },
      territories: {
        known: new Map([...named, ...live.territories.map(({ id, name }) => [id as string, name] as const)]),
        needed: new Set(live.territories.map(({ id }) => id)),
      },
    });
    if (!read.plan) throw refused(read.faults);
    const made = await draftOfText(ports, { user, plans, live, read, text: read.plan });
    if (made.faults.length > 0) throw refused(inLineOrder(made.faults));
    const at = now();
    const name = request.name ?? read.plan.name;
    return store.transaction(async (tx) => {
      const draft = await db.insertAlignment(tx, {
        ...{ ...made.draft, name, teamId: team.id, geographyKey: geography.key, state: 'draft', version: 1 },
        ...{ createdBy: user.name, createdById: user.userId, createdAt: at, updatedAt: at },
      });
      const edit = { alignmentId: draft.id, version: 1, moves: [], overrides: [], note: made.note };
      await db.insertEdit(tx, { ...edit, byId: user.userId, byName: user.name, at });
      const { id, version } = draft;
      return { id, name, version, notes: made.notes };
    });
  }

  /** @throws BailiwickError not_found for no team, forbidden where the user has no territory in it */
  async function writableTeam(user: RequestUser, teamId: string): Promise<Team> {
    const team = (await ports.teams()).find(({ id }) => id === teamId);
    if (!team) throw new BailiwickError('not_found', 'There is no such team.', { action: 'Pick a team of the list.' });
    const writable = await ports.writable(user, teamId as TeamId);
    if (writable !== 'all' && writable.size === 0) throw outOfScope(team.name);
    return team;
  }

  return { write, file, open };
}

export type PlanTexts = ReturnType<typeof createPlanTexts>;

function refused(faults: readonly TextFault[]): BailiwickError {
  const told = faults.slice(0, MAX_FAULTS);
  return new BailiwickError('bad_request', faultsMessage(faults.length), {
    action: told[0] ? faultText(told[0]) : '',
    details: { faults: told, more: faults.length - told.length },
  });
}

function partsOf(
  { territories, owners, overrides, lockedUnits, lockedTerritories }: StoredAlignment,
  ids: readonly string[],
  { live, seen }: { live: StoredAlignment | null; seen: ReadonlySet<string> },
): Pick<PlanText, 'territories' | 'units' | 'accounts' | 'lockedUnits' | 'leftOut'> {
  const keys = territoryKeys(territories, new Map(live?.territories.map(({ id, name }) => [id, name])));
  const held = overrides.filter(({ territory }) => territories[territory] !== undefined);
  const shown = held.filter(({ accountId }) => seen.has(accountId));
  return {
    territories: territories.map(({ id, name, parentId, parentName, repId, repName, targetShare }, index) => ({
      ...{ id, name, targetShare },
      key: keys.get(id) ?? name,
      parent: parentId && { id: parentId, name: parentName ?? '' },
      rep: repId && { id: repId, name: repName ?? '' },
      isLocked: lockedTerritories.includes(index),
    })),
    units: new Map(ids.map((id, unit) => [id, territories[owners[unit] ?? -1]?.id ?? null])),
    accounts: new Map(
      shown.map(({ accountId, accountName, territory }) => [
        accountId,
        { name: accountName, territory: territories[territory]?.id ?? '' },
      ]),
    ),
    lockedUnits: lockedUnits.flatMap((unit) => ids[unit] ?? []),
    leftOut: held.length - shown.length,
  };
}
