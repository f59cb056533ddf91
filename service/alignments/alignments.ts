import { apply, type Move } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import { unitIndex } from '../core/geography.ts';
import type { AccountId, TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import {
  indexOf,
  isHeld,
  missing,
  outOfScope,
  requireDisjoint,
  requireDraft,
  requireScope,
  requireUnlocked,
  stale,
  withOverrides,
  type OverrideChange,
} from './editRules.ts';
import type { AlignmentPorts } from './ports.ts';
import type { MovesBody } from './schemas.ts';
import { createGoingLive } from './goingLive.ts';
import { createHolding } from './holding.ts';
import { createPlanEdits } from './planEdits.ts';
import * as db from './store.ts';
import type { StoredAlignment } from './store.ts';

export interface AlignmentDeps {
  readonly store: Store;
  readonly ports: AlignmentPorts;
  readonly now: () => Date;
}

type Writer = Pick<RequestUser, 'userId' | 'name'>;
type Editor = Pick<RequestUser, 'userId'>;

/** Changes to plans: new drafts, moves against an expected version, locks, territories, going live. */
export function createAlignments({ store, ports, now }: AlignmentDeps) {
  const units = unitIndex(ports.geography);

  async function find(id: string): Promise<StoredAlignment> {
    const alignment = await db.findAlignment(store.db, id);
    if (!alignment) throw missing();
    return alignment;
  }

  async function create(user: RequestUser, request: { teamId: string; name: string; from: string }) {
    const from = await find(request.from);
    await requireTeam(user, from);
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
      createdById: user.userId,
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
    return moveWithin(user, alignment, { request, writable: await requireTeam(user, alignment), editor: user });
  }

  /** Both sides have agreed elsewhere: the scope of whoever wrote it last is not asked, accounts are written as the editor. */
  async function moveAgreed(user: Writer, id: string, { request, editor }: { request: MovesBody; editor: Editor }) {
    return moveWithin(user, await find(id), { request, writable: 'all', editor });
  }

  async function moveWithin(
    user: Writer,
    alignment: StoredAlignment,
    { request, writable, editor }: { request: MovesBody; writable: 'all' | ReadonlySet<TerritoryId>; editor: Editor },
  ) {
    requireDraft(alignment);
    const moves = toMoves(alignment, request);
    const overrides = await toOverrides(editor, alignment, request);
    const byZip = (unit: number) => alignment.owners[unit] ?? -1;
    requireScope(alignment, writable, [
      ...moves,
      // an account that is not held by name is taken from, or goes back to, the territory of its ZIP
      ...overrides.map(({ from, to, unit }) => ({ from: from ?? byZip(unit), to: to ?? byZip(unit) })),
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
  async function edit(user: Writer, { id }: StoredAlignment, change: Change) {
    return store.transaction(async (tx) => {
      const current = await db.lockAlignment(tx, id);
      if (!current) throw missing();
      requireDraft(current);
      if (change.version > current.version) throw stale(current.version, change.version);
      if (change.version < current.version)
        requireDisjoint(await db.editsSince(tx, id, change.version), change, current.version);
      requireUnlocked(current, change, ports.geography.ids);
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
        overrides: change.overrides.map(({ accountId, accountName, unit, part, from, to }) => ({
          ...{ accountId, accountName, unit, part, from, to },
        })),
        note: change.note,
        byId: user.userId,
        byName: user.name,
        at: now(),
      });
      return { version, applied: change.moves.length + change.overrides.length };
    });
  }

  /** A draft that nobody needs: it came from a change that could not be published. */
  async function discard(id: string): Promise<void> {
    await store.transaction(async (tx) => {
      const draft = await db.lockAlignment(tx, id);
      if (draft?.state === 'draft' && !isHeld(draft)) await db.updateAlignment(tx, id, { state: 'archived' });
    });
  }

  /** @throws BailiwickError forbidden for a manager who has no territory in the plan's team */
  async function requireTeam(user: RequestUser, { teamId, name }: StoredAlignment) {
    const writable = await ports.writable(user, teamId);
    if (writable !== 'all' && writable.size === 0) throw outOfScope(name);
    return writable;
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

  async function toOverrides(
    user: Editor,
    alignment: StoredAlignment,
    { overrides }: MovesBody,
  ): Promise<OverrideChange[]> {
    const wanted = new Map(overrides.map(({ accountId, to }) => [accountId as AccountId, to]));
    const accounts = await ports.editable(user, [...wanted.keys()], alignment.teamId);
    const held = new Map(alignment.overrides.map(({ accountId, territory }) => [accountId, territory]));
    return [...accounts.values()].map(({ accountId, name, unit, part }) => {
      const to = wanted.get(accountId) ?? null;
      return {
        accountId,
        accountName: name,
        unit,
        part,
        from: held.get(accountId) ?? null,
        to: to === null ? null : indexOf(alignment, to),
      };
    });
  }

  return {
    ...{ find, create, adoptLive, move, moveAgreed, discard, unitOf },
    ...createPlanEdits({ store, ports, now }, { find, requireTeam, unitOf }),
    ...createGoingLive({ store, ports, now }),
    ...createHolding({ store, ports, now }),
  };
}

export type Alignments = ReturnType<typeof createAlignments>;

function copyOf(from: StoredAlignment) {
  const { teamId, geographyKey, territories, owners, overrides, lockedUnits, lockedTerritories, parameters } = from;
  const kept = { geographyKey, territories, owners, overrides, lockedUnits, lockedTerritories, parameters };
  return { teamId: teamId as TeamId, ...kept };
}
