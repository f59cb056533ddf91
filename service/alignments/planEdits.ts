import type { Territory } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import type { TerritoryId } from '../core/ids.ts';
import { seated, type PlanParameters } from '../core/planParameters.ts';
import type { RequestUser } from '../http/identity.ts';
import { changed, indexOf, missing, outOfScope, requireDraft, requireScope, stale } from './editRules.ts';
import type { AlignmentDeps } from './alignments.ts';
import type { Rep } from './ports.ts';
import type { TerritoryChange } from './schemas.ts';
import * as db from './store.ts';
import type { StoredAlignment } from './store.ts';

interface Finding {
  find(id: string): Promise<StoredAlignment>;
  requireTeam(user: RequestUser, alignment: StoredAlignment): Promise<'all' | ReadonlySet<TerritoryId>>;
  unitOf(zip: string): number;
}

type Change = Pick<
  Parameters<typeof db.updateAlignment>[2],
  'lockedUnits' | 'lockedTerritories' | 'territories' | 'parameters'
>;

/** Edits that move no unit: locks, and what a territory is called, who works it and how much it should hold. */
export function createPlanEdits({ store, ports, now }: AlignmentDeps, { find, requireTeam, unitOf }: Finding) {
  /** One edit under the plan's lock, recorded so that edits made meanwhile on other units still merge. */
  async function edit(
    user: RequestUser,
    id: string,
    work: (current: StoredAlignment) => { change: Change; note: string } | null,
  ): Promise<{ version: number }> {
    return store.transaction(async (tx) => {
      const current = await db.lockAlignment(tx, id);
      if (!current) throw missing();
      requireDraft(current);
      const edited = work(current);
      if (!edited) return { version: current.version };
      const version = current.version + 1;
      await db.updateAlignment(tx, id, { ...edited.change, version, updatedAt: now() });
      await db.insertEdit(tx, {
        alignmentId: id,
        version,
        moves: [],
        overrides: [],
        note: edited.note,
        byId: user.userId,
        byName: user.name,
        at: now(),
      });
      return { version };
    });
  }

  async function lock(
    user: RequestUser,
    id: string,
    request: { version: number; lockedUnits: string[]; lockedTerritories: string[] },
  ) {
    const writable = await requireTeam(user, await find(id));
    return edit(user, id, (current) => {
      if (request.version !== current.version) throw stale(current.version, request.version);
      const lockedUnits = request.lockedUnits.map((zip) => unitOf(zip));
      const lockedTerritories = request.lockedTerritories.map((one) => indexOf(current, one as TerritoryId));
      const units = changed(current.lockedUnits, lockedUnits);
      const territories = changed(current.lockedTerritories, lockedTerritories);
      const touched = [...units.map((unit) => current.owners[unit] ?? -1), ...territories];
      requireScope(
        current,
        writable,
        touched.map((index) => ({ from: index, to: index })),
      );
      if (touched.length === 0) return null;
      const note = `Locks changed: ${units.length} ZIPs, ${territories.length} territories.`;
      return { change: { lockedUnits, lockedTerritories }, note };
    });
  }

  /** Changes names, reps and targets; each against the value that it was made on, whatever else happened meanwhile. */
  async function editTerritories(
    user: RequestUser,
    id: string,
    { changes }: { changes: readonly TerritoryChange[] },
  ): Promise<{ version: number }> {
    const alignment = await find(id);
    const writable = await requireTeam(user, alignment);
    const needsReps = changes.some(({ repId }) => repId);
    const reps = new Map((needsReps ? await ports.reps(alignment.teamId) : []).map((rep) => [rep.id as string, rep]));
    return edit(user, id, (current) => {
      const territories = [...current.territories];
      for (const change of changes) {
        const index = indexOf(current, change.id);
        requireScope(current, writable, [{ from: index, to: index }]);
        territories[index] = changedTerritory(territories[index]!, change, reps);
      }
      assertNamesDiffer(territories, changes);
      const note = changes.map((change) => words(current, change, reps)).join(' ');
      return { change: { territories }, note: note.slice(0, 500) };
    });
  }

  /** Changes what the hours of a draft are made of: it touches every territory, so the whole team must be the user's. */
  async function setParameters(
    user: RequestUser,
    id: string,
    { version, parameters }: { version: number; parameters: PlanParameters },
  ): Promise<{ version: number }> {
    const alignment = await find(id);
    if ((await requireTeam(user, alignment)) !== 'all') throw outOfScope(alignment.name);
    return edit(user, id, (current) => {
      if (version !== current.version) throw stale(current.version, version);
      const territories = seated(current.territories, current.parameters, parameters);
      return { change: { parameters, territories }, note: 'What the hours are made of was changed.' };
    });
  }

  return { lock, editTerritories, setParameters };
}

/** @throws BailiwickError conflict where somebody else has changed the field, bad_request for a user who is no rep here */
function changedTerritory(
  territory: Territory,
  { name, repId, targetShare }: TerritoryChange,
  reps: ReadonlyMap<string, Rep>,
): Territory {
  assertFrom(territory.name, 'name', name?.from, territory.name);
  assertFrom(territory.name, 'rep', repId?.from, territory.repId);
  assertFrom(territory.name, 'target', targetShare?.from, territory.targetShare);
  return {
    ...territory,
    ...(name ? { name: name.to } : {}),
    ...(targetShare ? { targetShare: targetShare.to } : {}),
    ...(repId ? seatOf(territory, repId.to, reps) : {}),
  };
}

/** Travel is counted from the new rep's home; an empty seat keeps the place it was counted from. */
export function seatOf(
  { name, home, homeZip }: Territory,
  repId: string | null,
  reps: ReadonlyMap<string, Rep>,
): Pick<Territory, 'repId' | 'repName' | 'home' | 'homeZip'> {
  if (repId === null) return { repId: null, repName: null, home, homeZip };
  const rep = reps.get(repId);
  if (!rep)
    throw new BailiwickError('bad_request', `User ${repId} cannot be the rep of ${name}: not active, or not known.`, {
      action: 'Pick somebody of the list.',
    });
  return { repId: rep.id, repName: rep.name, home: rep.home ?? home, homeZip: rep.home ? rep.homeZip : homeZip };
}

function assertFrom<T>(territory: string, field: string, from: T | undefined, now: T): void {
  if (from === undefined || from === now) return;
  throw new BailiwickError('alignment_stale', `Somebody else has changed the ${field} of ${territory} meanwhile.`, {
    action: 'Look at the value that stands now and change it again.',
  });
}

function assertNamesDiffer(territories: readonly Territory[], changes: readonly TerritoryChange[]): void {
  for (const { name } of changes) {
    const same = territories.filter((territory) => territory.name.toLowerCase() === name?.to.toLowerCase());
    if (same.length > 1)
      throw new BailiwickError('bad_request', `Two territories would be called "${name?.to}".`, {
        action: 'Give it another name.',
      });
  }
}

function words(
  { territories }: StoredAlignment,
  { id, name, repId, targetShare }: TerritoryChange,
  reps: ReadonlyMap<string, Rep>,
): string {
  const territory = territories.find((one) => one.id === id)?.name ?? id;
  const parts = [
    ...(name ? [`is called ${name.to}`] : []),
    ...(repId ? [repId.to === null ? 'has no rep' : `is worked by ${reps.get(repId.to)?.name ?? repId.to}`] : []),
    ...(targetShare ? [`has a target of ${Math.round(targetShare.to * 100)} %`] : []),
  ];
  return `${territory} ${parts.join(', ')}.`;
}
