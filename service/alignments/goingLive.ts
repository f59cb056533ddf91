import type { Territory } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import type { TerritoryId } from '../core/ids.ts';
import { mergePart, type Part } from '../core/mergePart.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import type { AlignmentPorts, StateStep } from './ports.ts';
import * as db from './store.ts';

interface Deps {
  readonly store: Store;
  readonly ports: Pick<AlignmentPorts, 'geography' | 'recorded'>;
  readonly now: () => Date;
}

/** Where nobody is known to have done it. */
const NOBODY = { id: 'bailiwick', name: 'Bailiwick' };

/** What becomes of plans as the CRM takes them over: going live, going back, and parts of a plan. */
export function createGoingLive({ store, ports, now }: Deps) {
  async function found(id: string): Promise<db.StoredAlignment> {
    const alignment = await db.findAlignment(store.db, id);
    if (alignment) return alignment;
    throw new BailiwickError('not_found', 'There is no such plan.', { action: 'Open the list of plans.' });
  }

  /** The CRM now holds this plan: it becomes live, the former one is archived. Idempotent. */
  async function markLive(id: string, by: StateStep['by'] = NOBODY): Promise<void> {
    await store.transaction(async (tx) => {
      const alignment = await db.lockAlignment(tx, id);
      if (!alignment || alignment.state === 'live') return;
      const live = await db.findLive(tx, alignment.teamId);
      if (live) {
        await db.updateAlignment(tx, live.id, { state: 'archived' });
        await ports.recorded(tx, { plan: live, what: 'replaced', note: `"${alignment.name}" took its place.`, by });
      }
      await db.updateAlignment(tx, id, { state: 'live', stage: 'draft', updatedAt: now() });
      await ports.recorded(tx, { plan: alignment, what: 'wentLive', note: null, by });
    });
  }

  /** While a plan is being written to the CRM nobody changes it: what goes live is what was written. */
  async function freeze(id: string, isFrozen: boolean): Promise<void> {
    await db.updateAlignment(store.db, id, { isFrozen });
  }

  /** Takes back markLive: the former plan is live again, the one that was published is a draft again. */
  async function restoreLive(formerId: string, by: StateStep['by'] = NOBODY): Promise<void> {
    await store.transaction(async (tx) => {
      const former = await db.lockAlignment(tx, formerId);
      if (!former || former.state === 'live') return;
      const live = await db.findLive(tx, former.teamId);
      if (live) {
        await db.updateAlignment(tx, live.id, { state: 'draft', stage: 'draft' });
        await ports.recorded(tx, { plan: live, what: 'takenBack', note: `"${former.name}" is live again.`, by });
      }
      await db.updateAlignment(tx, formerId, { state: 'live' });
      await ports.recorded(tx, { plan: former, what: 'livedAgain', note: null, by });
    });
  }

  /** The live plan of the draft's team with a part of the draft in it; null while nothing is live. */
  async function partOf(id: string, part: Part) {
    const draft = await found(id);
    const live = await db.findLive(store.db, draft.teamId);
    return live && { live, draft, merged: mergePart(live, draft, { part, states: ports.geography.states }) };
  }

  /** The same as a plan of its own, to be published and to go live. */
  async function withPart(user: RequestUser, id: string, part: Part): Promise<{ id: string; version: number }> {
    const both = await partOf(id, part);
    if (!both) return found(id);
    const { live, draft, merged } = both;
    const { teamId, geographyKey, lockedUnits, parameters } = live;
    return db.insertAlignment(store.db, {
      teamId,
      geographyKey,
      lockedUnits,
      parameters,
      lockedTerritories: [],
      ...merged,
      name: `${draft.name} (part)`,
      state: 'draft',
      version: 1,
      basedOn: live.id,
      createdBy: user.name,
      createdById: user.userId,
      createdAt: now(),
      updatedAt: now(),
    });
  }

  /** A territory of a plan has another id now: it was made in the CRM, or removed there again. Idempotent. */
  async function renameTerritoryId(id: string, from: TerritoryId, to: TerritoryId): Promise<void> {
    await store.transaction(async (tx) => {
      const alignment = await db.lockAlignment(tx, id);
      if (!alignment?.territories.some((territory) => territory.id === from)) return;
      const territories = alignment.territories.map((territory): Territory =>
        territory.id === from ? { ...territory, id: to } : territory,
      );
      await db.updateAlignment(tx, id, { territories });
    });
  }

  return { markLive, restoreLive, freeze, partOf, withPart, renameTerritoryId };
}
