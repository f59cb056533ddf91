import { difference, type Territory } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import type { RequestUser } from '../http/identity.ts';
import type { AlignmentDeps } from './alignments.ts';
import { missing, requireDraft, requireScope, stale } from './editRules.ts';
import * as db from './store.ts';

/** A computed plan with territories that the draft does not have yet. */
export interface Adoption {
  readonly version: number;
  readonly owners: readonly number[];
  readonly added: readonly Territory[];
  /** Territories that are seated elsewhere from now on. */
  readonly moved: readonly Pick<Territory, 'id' | 'home' | 'homeZip'>[];
  readonly note: string;
}

/**
 * Takes a computed plan into its draft with the new territories in it. Only on the version that it was computed on: a new
 * territory stands for what everybody has. A manager may add territories only where she may change every unit's owner.
 */
export async function adopt(
  { store, ports, now }: AlignmentDeps,
  user: RequestUser,
  id: string,
  { version, owners, added, moved, note }: Adoption,
): Promise<{ version: number; applied: number }> {
  const plan = await db.findAlignment(store.db, id);
  if (!plan) throw missing();
  const writable = await ports.writable(user, plan.teamId);
  return store.transaction(async (tx) => {
    const current = await db.lockAlignment(tx, id);
    if (!current) throw missing();
    requireDraft(current);
    if (current.version !== version) throw stale(current.version, version);
    if (owners.length !== current.owners.length)
      throw new BailiwickError('conflict', 'The geography has changed since this plan was computed.', {
        action: 'Ask for it again.',
      });
    const moves = difference(current.owners, owners);
    const known = current.territories.length;
    requireScope(current, writable, [
      ...moves.map(({ from, to }) => ({ from, to: to < known ? to : -1 })),
      // who is seated elsewhere is changed even where no unit moves
      ...moved
        .map(({ id: at }) => current.territories.findIndex((one) => one.id === at))
        .map((j) => ({ from: j, to: j })),
    ]);
    await db.updateAlignment(tx, id, {
      territories: [
        ...current.territories.map((one) => ({ ...one, ...moved.find(({ id: at }) => at === one.id) })),
        ...added,
      ],
      owners: [...owners],
      version: version + 1,
      updatedAt: now(),
    });
    await db.insertEdit(tx, {
      alignmentId: id,
      version: version + 1,
      moves,
      overrides: [],
      note,
      byId: user.userId,
      byName: user.name,
      at: now(),
    });
    return { version: version + 1, applied: moves.length };
  });
}
