import { boundaryChange, changeSentence, type Units } from '../core/boundaryChange.ts';
import { BailiwickError } from '../core/errors.ts';
import { unitIndex, type Geography } from '../core/geography.ts';
import type { Store } from '../store/store.ts';
import { isHeld } from './editRules.ts';
import type { AlignmentPorts } from './ports.ts';
import * as db from './store.ts';
import type { StoredAlignment } from './store.ts';

/** A plan as it was before its boundaries changed. */
export interface FormerPlan {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly geographyKey: string;
  readonly carriedAt: string;
  readonly note: string;
  /** ZIP, hanging ones included → name of its territory; ZIPs of nobody are left out. */
  readonly territories: Readonly<Record<string, string>>;
}

export interface CarryOverPorts {
  readonly geography: Geography;
  /** Units of a former geography; null for one that nobody knows. */
  former(key: string): Units | null;
  /** Keeps a former plan; the same one again changes nothing. */
  keep(plan: FormerPlan): void;
  readonly now: () => Date;
  /** Notes that a plan which was held is to be looked at again. */
  readonly recorded: AlignmentPorts['recorded'];
}

/**
 * Moves every plan made on other boundaries over to these as a new version, each in a transaction of its own; what was is
 * kept first. A second run finds nothing to do. Answers the plans that moved.
 * @throws BailiwickError not_ready where the units of a former geography are unknown
 */
export async function carryOver(store: Store, ports: CarryOverPorts): Promise<FormerPlan[]> {
  const moved: FormerPlan[] = [];
  for (const { id } of await db.alignmentsBeyond(store.db, ports.geography.key)) {
    const found = await db.findAlignment(store.db, id);
    const former = found && ports.former(found.geographyKey);
    if (!found) continue;
    if (!former) throw unknown(found);
    const done = await store.transaction(async (tx) => {
      const plan = await db.lockAlignment(tx, id);
      if (!plan || plan.geographyKey !== found.geographyKey) return null;
      const change = boundaryChange(former, ports.geography, plan.owners);
      const note = `The boundaries changed: ${changeSentence(change)}`;
      const kept = formerPlan(plan, former, { note, now: ports.now() });
      ports.keep(kept);
      await write(tx, plan, { former, owners: change.owners, note, ports });
      return kept;
    });
    if (done) moved.push(done);
  }
  return moved;
}

/** Who the edit is by. */
const BY = { byId: 'boundaries', byName: 'Bailiwick' };

async function write(
  tx: Parameters<typeof db.updateAlignment>[0],
  plan: StoredAlignment,
  { former, owners, note, ports }: { former: Units; owners: readonly number[]; note: string; ports: CarryOverPorts },
): Promise<void> {
  const locked = new Set<string>(plan.lockedUnits.map((unit) => former.ids[unit] ?? ''));
  // two versions on and one edit: an edit made on the former boundaries is stale, whatever it touches
  const version = plan.version + 2;
  await db.updateAlignment(tx, plan.id, {
    geographyKey: ports.geography.key,
    owners: [...owners],
    lockedUnits: ports.geography.ids.flatMap((id, unit) => (locked.has(id) ? [unit] : [])),
    version,
    // what was approved stood on other boundaries: it is looked at again
    ...(isHeld(plan) ? { stage: 'review' as const } : {}),
    updatedAt: ports.now(),
  });
  if (isHeld(plan)) await ports.recorded(tx, { plan, what: 'boundaries', note, by: { id: BY.byId, name: BY.byName } });
  await db.insertEdit(tx, { alignmentId: plan.id, version, moves: [], overrides: [], note, ...BY, at: ports.now() });
}

function formerPlan(plan: StoredAlignment, former: Units, { note, now }: { note: string; now: Date }): FormerPlan {
  const territory = (unit: number) => plan.territories[plan.owners[unit] ?? -1]?.name;
  const named = [...unitIndex(former)].flatMap(([zip, unit]) => {
    const name = territory(unit);
    return name === undefined ? [] : [[zip, name] as const];
  });
  const { id, name, version, geographyKey } = plan;
  return {
    id,
    name,
    version,
    geographyKey,
    carriedAt: now.toISOString(),
    note,
    territories: Object.fromEntries(named),
  };
}

function unknown({ name, geographyKey }: StoredAlignment): BailiwickError {
  return new BailiwickError(
    'not_ready',
    `"${name}" was made on boundaries (${geographyKey}) that this data directory does not know.`,
    { action: 'Start with the data directory in which the plan was made, so that its units are known.' },
  );
}
