import { apply, type AccountOverride, type Move } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import { unitIndex } from '../core/geography.ts';
import type { AccountId, TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import type { AlignmentPorts } from './ports.ts';
import type { MovesBody } from './schemas.ts';
import * as db from './store.ts';
import type { StoredAlignment } from './store.ts';

export interface AlignmentDeps {
  readonly store: Store;
  readonly ports: AlignmentPorts;
  readonly now: () => Date;
}

/** Changes to plans: new drafts, moves against an expected version, locks, going live. */
export function createAlignments({ store, ports, now }: AlignmentDeps) {
  const units = unitIndex(ports.geography);

  async function find(id: string): Promise<StoredAlignment> {
    const alignment = await db.findAlignment(store.db, id);
    if (!alignment) throw missing();
    return alignment;
  }

  async function create(user: RequestUser, request: { teamId: string; name: string; from: string }) {
    const from = await find(request.from);
    if (from.teamId !== request.teamId) {
      throw new BailiwickError('bad_request', `"${from.name}" belongs to another team.`, {
        action: 'Start from a plan of this team.',
      });
    }
    return db.insertAlignment(store.db, {
      ...copyOf(from),
      name: request.name,
      state: 'draft',
      version: 1,
      basedOn: from.id,
      createdBy: user.name,
      createdAt: now(),
      updatedAt: now(),
    });
  }

  /** Makes a team's first live plan from what the CRM holds; a team that has one keeps it. */
  async function adoptLive(
    plan: Omit<
      db.NewAlignment,
      'state' | 'version' | 'createdAt' | 'updatedAt' | 'geographyKey' | 'lockedUnits' | 'lockedTerritories'
    >,
  ) {
    const live = await db.findLive(store.db, plan.teamId);
    if (live) return live;
    const at = now();
    const fresh = {
      state: 'live' as const,
      version: 1,
      geographyKey: ports.geography.key,
      lockedUnits: [],
      lockedTerritories: [],
    };
    return db.insertAlignment(store.db, { ...plan, ...fresh, createdAt: at, updatedAt: at });
  }

  async function move(user: RequestUser, id: string, request: MovesBody) {
    const alignment = await find(id);
    const writable = await ports.writable(user, alignment.teamId);
    const moves = toMoves(alignment, request);
    const overrides = await toOverrides(alignment, request);
    requireScope(alignment, writable, [
      ...moves,
      ...overrides.map(({ from, to }) => ({ from: from ?? -1, to: to ?? -1 })),
    ]);
    return edit(user, alignment, { version: request.version, moves, overrides, note: request.note ?? null });
  }

  interface Change {
    version: number;
    moves: Move[];
    overrides: OverrideChange[];
    note: string | null;
  }

  /** Applies an edit against the version it was made on; edits made meanwhile are fine where they touch other units. */
  async function edit(user: RequestUser, { id }: StoredAlignment, change: Change) {
    return store.transaction(async (tx) => {
      const current = await db.lockAlignment(tx, id);
      if (!current) throw missing();
      if (change.version > current.version) throw stale(current.version, change.version);
      if (change.version < current.version)
        requireDisjoint(await db.editsSince(tx, id, change.version), change, current.version);
      for (const { unit, from } of change.moves)
        if (current.owners[unit] !== from) throw stale(current.version, change.version);
      const version = current.version + 1;
      const owners = apply(current.owners, change.moves);
      await db.updateAlignment(tx, id, {
        owners,
        overrides: withOverrides(current.overrides, change.overrides),
        version,
        updatedAt: now(),
      });
      await db.insertEdit(tx, {
        alignmentId: id,
        version,
        moves: change.moves,
        overrides: change.overrides.map(({ accountId, from, to }) => ({ accountId, from, to })),
        note: change.note,
        byId: user.userId,
        byName: user.name,
        at: now(),
      });
      return { version, applied: change.moves.length + change.overrides.length };
    });
  }

  async function lock(
    user: RequestUser,
    id: string,
    request: { version: number; lockedUnits: string[]; lockedTerritories: string[] },
  ) {
    const alignment = await find(id);
    const writable = await ports.writable(user, alignment.teamId);
    if (writable !== 'all' && writable.size === 0) throw outOfScope(alignment.name);
    return store.transaction(async (tx) => {
      const current = await db.lockAlignment(tx, id);
      if (!current) throw missing();
      if (request.version !== current.version) throw stale(current.version, request.version);
      const lockedUnits = request.lockedUnits.map((zip) => unitOf(zip));
      const lockedTerritories = request.lockedTerritories.map((territory) =>
        indexOf(current, territory as TerritoryId),
      );
      await db.updateAlignment(tx, id, {
        lockedUnits,
        lockedTerritories,
        version: current.version + 1,
        updatedAt: now(),
      });
      return { version: current.version + 1 };
    });
  }

  /** The CRM now holds this plan: it becomes live, the former one is archived. Idempotent. */
  async function markLive(id: string): Promise<void> {
    await store.transaction(async (tx) => {
      const alignment = await db.lockAlignment(tx, id);
      if (!alignment || alignment.state === 'live') return;
      const live = await db.findLive(tx, alignment.teamId);
      if (live) await db.updateAlignment(tx, live.id, { state: 'archived' });
      await db.updateAlignment(tx, id, { state: 'live', updatedAt: now() });
    });
  }

  /** Takes back markLive: the former plan is live again, the one that was published is a draft again. */
  async function restoreLive(formerId: string): Promise<void> {
    await store.transaction(async (tx) => {
      const former = await db.lockAlignment(tx, formerId);
      if (!former || former.state === 'live') return;
      const live = await db.findLive(tx, former.teamId);
      if (live) await db.updateAlignment(tx, live.id, { state: 'draft' });
      await db.updateAlignment(tx, formerId, { state: 'live' });
    });
  }

  function unitOf(zip: string): number {
    const unit = units.get(zip);
    if (unit !== undefined) return unit;
    throw new BailiwickError('geography_unknown', `ZIP ${zip} is not in this market's geography.`, {
      action: 'Check the ZIP, or load the geography of its state.',
    });
  }

  function toMoves(alignment: StoredAlignment, { moves }: MovesBody): Move[] {
    const byUnit = new Map(
      moves.map(({ unit, from, to }) => {
        const index = unitOf(unit);
        return [index, { unit: index, from: indexOf(alignment, from), to: indexOf(alignment, to) }];
      }),
    );
    return [...byUnit.values()].filter(({ from, to }) => from !== to);
  }

  async function toOverrides(alignment: StoredAlignment, { overrides }: MovesBody): Promise<OverrideChange[]> {
    const changes: OverrideChange[] = [];
    for (const { accountId, to } of overrides) {
      const account = await ports.accountPart(accountId as AccountId, alignment.teamId);
      if (!account) throw new BailiwickError('not_found', 'There is no such account.', { action: 'Reload the page.' });
      const from = alignment.overrides.find((override) => override.accountId === accountId)?.territory ?? null;
      const territory = to === null ? null : indexOf(alignment, to as TerritoryId);
      changes.push({
        accountId: account.accountId,
        accountName: account.name,
        unit: account.unit,
        part: account.part,
        from,
        to: territory,
      });
    }
    return changes;
  }

  return { find, create, adoptLive, move, edit, lock, markLive, restoreLive, unitOf, toOverrides };
}

export type Alignments = ReturnType<typeof createAlignments>;

/** An account starts (to), changes or ends (null) being held against geography. */
export interface OverrideChange extends Omit<AccountOverride, 'territory'> {
  readonly from: number | null;
  readonly to: number | null;
}

/** Index of a territory in the plan; null is nobody. @throws BailiwickError bad_request for a territory of another plan */
export function indexOf(alignment: StoredAlignment, territory: string | null): number {
  if (territory === null) return -1;
  const index = alignment.territories.findIndex(({ id }) => id === territory);
  if (index >= 0) return index;
  throw new BailiwickError('bad_request', `Territory ${territory} is not part of "${alignment.name}".`, {
    action: 'Pick a territory of this plan.',
  });
}

function withOverrides(overrides: readonly AccountOverride[], changes: readonly OverrideChange[]): AccountOverride[] {
  const changed = new Set(changes.map(({ accountId }) => accountId));
  const kept = overrides.filter(({ accountId }) => !changed.has(accountId));
  const added = changes.flatMap(({ from: _, to, ...override }) =>
    to === null ? [] : [{ ...override, territory: to }],
  );
  return [...kept, ...added];
}

function requireDisjoint(
  since: readonly db.Edit[],
  change: { version: number; moves: readonly Move[]; overrides: readonly OverrideChange[] },
  now: number,
): void {
  const units = new Set(since.flatMap(({ moves }) => moves.map(({ unit }) => unit)));
  const accounts = new Set(since.flatMap(({ overrides }) => overrides.map(({ accountId }) => accountId)));
  // a version without a recorded edit changed the locks, which every edit must know
  const unknown = since.length < now - change.version;
  if (
    unknown ||
    change.moves.some(({ unit }) => units.has(unit)) ||
    change.overrides.some(({ accountId }) => accounts.has(accountId))
  ) {
    throw stale(now, change.version);
  }
}

function requireScope(
  alignment: StoredAlignment,
  writable: 'all' | ReadonlySet<TerritoryId>,
  moves: readonly { from: number; to: number }[],
): void {
  if (writable === 'all') return;
  const allowed = (index: number) => index < 0 || writable.has(alignment.territories[index]!.id);
  if (writable.size > 0 && moves.every(({ from, to }) => allowed(from) && allowed(to))) return;
  throw outOfScope(alignment.name);
}

function outOfScope(name: string): BailiwickError {
  return new BailiwickError('forbidden', `Part of this change to "${name}" lies outside your branch.`, {
    action: 'Keep to your own territories, or ask the manager of the other branch.',
  });
}

const missing = () =>
  new BailiwickError('not_found', 'There is no such plan.', { action: 'Reload the list of plans.' });

const stale = (now: number, then: number) =>
  new BailiwickError(
    'alignment_stale',
    `The plan is at version ${now}; the edit was made on version ${then} and touches what changed since.`,
    {
      action: 'Reload the plan; your unsaved moves are kept and can be applied again.',
      details: { version: now },
    },
  );

function copyOf(from: StoredAlignment) {
  const { teamId, geographyKey, territories, owners, overrides, lockedUnits, lockedTerritories } = from;
  return { teamId: teamId as TeamId, geographyKey, territories, owners, overrides, lockedUnits, lockedTerritories };
}
