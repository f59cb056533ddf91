import { apply, invert, type AccountOverride } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import type { AccountId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import type { AlignmentPorts } from './ports.ts';
import * as db from './store.ts';
import type { Edit, StoredAlignment } from './store.ts';

/** Who carries plans over to other boundaries: units stand for something else before it. */
const BOUNDARIES = 'boundaries';
const MAX_LISTED = 500;

/** Owners and held accounts as they were before these edits, which lead up to the plan as it is. */
export function beforeEdits(
  { owners, overrides }: Pick<StoredAlignment, 'owners' | 'overrides'>,
  edits: readonly Pick<Edit, 'moves' | 'overrides'>[],
): { owners: number[]; overrides: AccountOverride[] } {
  let then = [...owners];
  const held = new Map(overrides.map((override) => [override.accountId as string, override]));
  for (const { moves, overrides: changes } of [...edits].reverse()) {
    then = apply(then, invert(moves));
    for (const { accountId, from, accountName = '', unit = -1, part = {} } of changes) {
      if (from === null) held.delete(accountId);
      else {
        const known = held.get(accountId) ?? { accountId: accountId as AccountId, accountName, unit, part };
        held.set(accountId, { ...known, territory: from });
      }
    }
  }
  return { owners: then, overrides: [...held.values()] };
}

/** What was done to a plan, by whom and when, and the plan as it stood after each of it. */
export function createVersions({ store, ports }: { store: Store; ports: AlignmentPorts }) {
  /** @throws BailiwickError not_found for a version that never was, or that other boundaries lie before */
  async function at(alignment: StoredAlignment, version: number): Promise<StoredAlignment> {
    if (version === alignment.version) return alignment;
    const edits = await db.editsSince(store.db, alignment.id, version);
    const isGone = edits.some(({ byId }) => byId === BOUNDARIES);
    if (version > alignment.version || isGone)
      throw new BailiwickError(
        'not_found',
        isGone
          ? `Version ${version} of "${alignment.name}" was made on other boundaries.`
          : `"${alignment.name}" is at version ${alignment.version}; there is no version ${version}.`,
        { action: 'Pick a version of the list.' },
      );
    return { ...alignment, ...beforeEdits(alignment, edits), version };
  }

  /** Edits after a version, oldest first, unit by unit. */
  async function since(user: RequestUser, alignment: StoredAlignment, version: number) {
    const edits = await db.editsSince(store.db, alignment.id, version);
    const named = edits.flatMap(({ overrides }) => overrides.map(({ accountId }) => accountId as AccountId));
    const readable = await ports.readable(user, [...new Set(named)]);
    const crmId = (index: number | null) => alignment.territories[index ?? -1]?.id ?? null;
    return {
      version: alignment.version,
      edits: edits.map(({ version: made, at: when, byId, byName, note, moves, overrides }) => ({
        version: made,
        at: when.toISOString(),
        byName,
        isMine: byId === user.userId,
        note,
        moves: moves.map(({ unit, from, to }) => ({
          unit: ports.geography.ids[unit]!,
          from: crmId(from),
          to: crmId(to),
        })),
        overrides: overrides.map(({ accountId, from, to }) => ({
          accountId: readable.has(accountId as AccountId) ? accountId : null,
          from: crmId(from),
          to: crmId(to),
        })),
      })),
    };
  }

  /** The newest versions in a few words each; those before a change of boundaries are left out. */
  async function list(alignment: StoredAlignment) {
    const edits = await db.editsSince(store.db, alignment.id, 0);
    const from = edits.findLastIndex(({ byId }) => byId === BOUNDARIES);
    const shown = edits.slice(Math.max(0, from)).slice(-MAX_LISTED).reverse();
    const rows = shown.map(({ version, at: when, byName, note, moves, overrides }) => ({
      version,
      at: when.toISOString(),
      byName,
      note,
      units: moves.length,
      accounts: overrides.length,
    }));
    const first = {
      version: 1,
      at: alignment.createdAt.toISOString(),
      byName: alignment.createdBy,
      note: 'The plan as it began.',
      units: 0,
      accounts: 0,
    };
    // a plan that was opened from a text tells its beginning itself
    const isWhole = from < 0 && shown.length === edits.length && rows.at(-1)?.version !== 1;
    return { versions: isWhole ? [...rows, first] : rows };
  }

  return { at, since, list };
}

export type Versions = ReturnType<typeof createVersions>;
