import type { Territory } from './alignment.ts';
import { BailiwickError } from './errors.ts';
import { pieces } from './contiguity.ts';
import { pointOf, type Geography, type Neighbors } from './geography.ts';
import type { TerritoryId } from './ids.ts';
import { bestCenter, heldShares, type NewCenter } from './newCenter.ts';
import { Plan } from './optimize/plan.ts';
import { corridors, type Problem } from './optimize/problem.ts';

/** What has changed since the plan was made; territories by index. */
export type Change =
  | { readonly kind: 'demand' }
  | { readonly kind: 'addRep' }
  | { readonly kind: 'removeRep'; readonly territory: number }
  | { readonly kind: 'leave'; readonly territory: number }
  | { readonly kind: 'merge'; readonly territory: number; readonly other: number }
  | { readonly kind: 'split'; readonly territory: number }
  /** The rep of the territory lives in another unit from now on. */
  | { readonly kind: 'moveRep'; readonly territory: number; readonly unit: number; readonly homeZip: string };

/** A plan as re-planning begins: other territories, and what may move. */
export interface Replan {
  readonly territories: readonly Territory[];
  readonly owners: readonly number[];
  /** Index in the former plan of each territory; the next free index for a new one. */
  readonly indexOf: readonly number[];
  /** Units that stay: everything too far from the change to be needed. */
  readonly locked: readonly boolean[];
  readonly frozen: readonly boolean[];
  readonly added: NewCenter | null;
}

export interface ReplanGround {
  readonly territories: readonly Territory[];
  readonly owners: readonly number[];
  readonly geography: Pick<Geography, 'lat' | 'lon' | 'neighbors'>;
  /** The engine's problem of the plan as it is, for loads and ranges. */
  readonly problem: Problem;
}

/**
 * Where a change starts from: who is there, who has what, and which territories are near enough to be needed. A rep who
 * leaves leaves units without an owner; a new one begins with the best area that others can spare; merged territories
 * are one, and a split one is cut in two halves. During a leave everybody else keeps all units.
 * @throws BailiwickError bad_request, infeasible with what to do
 */
export function replan(ground: ReplanGround, change: Change): Replan {
  if (change.kind === 'demand') return withRoom(ground, asItIs(ground), { added: null });
  if (change.kind === 'moveRep')
    return withRoom(ground, withHome(ground, change), { added: null, near: change.territory });
  if (change.kind === 'addRep' || change.kind === 'split') {
    const added = change.kind === 'addRep' ? centerOf(ground) : halfOf(ground, change.territory);
    return withRoom(ground, withTerritory(ground, added, change.kind), { added });
  }
  if (ground.territories.length < 2)
    throw new BailiwickError('bad_request', 'There is only one territory.', { action: 'Add a territory first.' });
  const gone = change.kind === 'merge' ? change.other : change.territory;
  const heir = change.kind === 'merge' ? change.territory : -1;
  if (heir === gone)
    throw new BailiwickError('bad_request', 'A territory cannot be merged with itself.', { action: 'Pick two.' });
  if (heir >= 0) assertTouching(ground, heir, gone);
  const without = withoutTerritory(ground, gone, heir);
  if (change.kind !== 'leave') return withRoom(ground, without, { added: null, gone });
  // what nobody covers today is another matter
  const locked = without.owners.map((owner, u) => owner >= 0 || ground.owners[u]! < 0);
  return { ...without, locked, frozen: without.territories.map(() => false), added: null };
}

type Start = Pick<Replan, 'territories' | 'owners' | 'indexOf'>;

const asItIs = ({ territories, owners }: ReplanGround): Start => ({
  territories,
  owners,
  indexOf: territories.map((_, j) => j),
});

function withHome(ground: ReplanGround, { territory, unit, homeZip }: Extract<Change, { kind: 'moveRep' }>): Start {
  const { territories, geography } = ground;
  const place = { home: pointOf(geography, unit), homeZip };
  return {
    ...asItIs(ground),
    territories: territories.map((one, j) => (j === territory ? { ...one, ...place } : one)),
  };
}

function withoutTerritory({ territories, owners }: ReplanGround, gone: number, heir: number): Start {
  const indexOf = territories.flatMap((_, j) => (j === gone ? [] : [j]));
  const fresh = new Map(indexOf.map((old, j) => [old, j]));
  return {
    territories: indexOf.map((j) => territories[j]!),
    owners: owners.map((owner) => fresh.get(owner === gone ? heir : owner) ?? -1),
    indexOf,
  };
}

function withTerritory(ground: ReplanGround, { unit, units }: NewCenter, kind: 'addRep' | 'split'): Start {
  const { territories, owners, geography } = ground;
  const taken = new Set(units);
  const k = territories.length;
  const model = kind === 'split' ? territories[owners[unit]!]! : undefined;
  const fresh: Territory = {
    id: plannedId(territories),
    name: model ? `${model.name} (second half)` : `New territory ${k + 1}`,
    parentId: model?.parentId ?? nearestParent(ground, unit).parentId,
    parentName: model?.parentName ?? nearestParent(ground, unit).parentName,
    repId: null,
    repName: null,
    homeZip: null,
    home: pointOf(geography, unit),
    capacityHours: median(territories.map(({ capacityHours }) => capacityHours)),
    targetShare: 1,
    administrationHours: median(territories.map(({ administrationHours }) => administrationHours)),
  };
  return {
    territories: [...territories, fresh],
    owners: owners.map((owner, u) => (taken.has(u) ? k : owner)),
    indexOf: [...territories.map((_, j) => j), k],
  };
}

/** Ids of territories that are planned and not in Salesforce yet: 18 characters that no record has. */
export const PLANNED_ID = /^planned\d{11}$/;

function plannedId(territories: readonly Territory[]): TerritoryId {
  const taken = new Set<string>(territories.map(({ id }) => id));
  for (let n = 1; ; n++) {
    const id = `planned${String(n).padStart(11, '0')}`;
    if (!taken.has(id)) return id as TerritoryId;
  }
}

/** The region of whoever has the unit, or of the first territory. */
function nearestParent({ territories, owners }: ReplanGround, unit: number): Territory {
  return territories[owners[unit]!] ?? territories[0]!;
}

function centerOf({ problem, owners }: ReplanGround): NewCenter {
  const plan = new Plan(problem, owners);
  const shares = [...problem.shares, 1];
  const all = shares.reduce((sum, share) => sum + share, 0);
  const tolerance = Math.min(...problem.measures.map((measure) => measure.tolerance));
  const among = (keeps: (share: number) => number) =>
    bestCenter(plan, {
      share: 1 / all,
      keeps: problem.shares.map((share, j) => (problem.frozen[j] ? Infinity : keeps(share / all))),
      holds: problem.shares.map((share) => (share / all) * (1 + tolerance / 2)),
    });
  // from those who have more than they will need; where nobody has, everybody may give
  const center = among((target) => target * (1 - tolerance / 2)) ?? among(() => 0);
  if (center) return center;
  throw new BailiwickError('infeasible', 'No ZIP may be given to a new territory: all are locked.', {
    action: 'Unlock the territories around the place where help is needed.',
  });
}

function halfOf({ problem, owners, territories }: ReplanGround, territory: number): NewCenter {
  const plan = new Plan(problem, owners);
  const half = heldShares(plan)[territory]! / 2;
  const center = bestCenter(plan, {
    share: half,
    keeps: problem.shares.map((_, j) => (j === territory ? half * 0.9 : Infinity)),
    holds: problem.shares.map((_, j) => (j === territory ? half * 1.1 : Infinity)),
  });
  if (center && center.units.length < plan.sizes[territory]!) return center;
  throw new BailiwickError(
    'infeasible',
    `${territories[territory]!.name} cannot be split: its ZIPs are locked or too few.`,
    {
      action: 'Unlock its ZIPs, or split another territory.',
    },
  );
}

function assertTouching({ territories, owners, geography }: ReplanGround, a: number, b: number): void {
  const near = owners.some((owner, u) => owner === a && geography.neighbors[u]!.some((next) => owners[next] === b));
  const both = owners.flatMap((owner, u) => (owner === a || owner === b ? [u] : []));
  if (near || pieces(both, geography.neighbors).length === 1) return;
  throw new BailiwickError('infeasible', `${territories[a]!.name} and ${territories[b]!.name} do not touch.`, {
    action: 'Merge two neighbours.',
  });
}

/** Rings of territories around the change that may move beside those that are needed for balance: room for choice. */
const SPARE_RINGS = 1;

/**
 * Locks what is too far away: the rings around the change grow until those inside can hold together what they have,
 * within their ranges, and one more ring is left for choice. Without any change in who is there, nothing is locked.
 */
interface Around {
  readonly added: NewCenter | null;
  /** A territory whose units are free or somebody else's now. */
  readonly gone?: number;
  /** A territory that is asked anew, with those around it. */
  readonly near?: number;
}

function withRoom(ground: ReplanGround, start: Start, { added, gone, near }: Around): Replan {
  const { problem, geography } = ground;
  const k = start.territories.length;
  const inside = new Set<number>();
  if (added) inside.add(k - 1);
  if (near !== undefined) inside.add(near);
  start.owners.forEach((owner, u) => {
    const isFree = owner < 0 || ground.owners[u] === gone;
    if (gone === undefined || !isFree) return;
    if (owner >= 0) inside.add(owner);
    for (const next of geography.neighbors[u]!) if (start.owners[next]! >= 0) inside.add(start.owners[next]!);
  });
  const frozenBefore = start.indexOf.map((old) => problem.frozen[old] ?? false);
  if (inside.size === 0) return { ...start, locked: start.owners.map(() => false), frozen: frozenBefore, added };
  const around = touching(start.owners, k, geography.neighbors);
  const grow = () => [...inside].forEach((j) => around[j]!.forEach((next) => inside.add(next)));
  for (let size = -1; size !== inside.size && !canHold(ground, start, inside); grow()) size = inside.size;
  for (let ring = 0; ring < SPARE_RINGS; ring++) grow();
  return {
    ...start,
    locked: start.owners.map((owner) => owner >= 0 && !inside.has(owner)),
    frozen: start.territories.map((_, j) => !inside.has(j) || frozenBefore[j]!),
    added,
  };
}

function touching(owners: readonly number[], k: number, neighbors: Neighbors): Set<number>[] {
  const sets = Array.from({ length: k }, () => new Set<number>());
  owners.forEach((owner, u) => {
    for (const next of neighbors[u]!) if (owner >= 0 && owners[next]! >= 0) sets[owner]!.add(owners[next]!);
  });
  return sets;
}

/** Do the territories inside hold together what fits in their ranges, and what nobody has with it? Travel is left aside. */
function canHold({ problem }: ReplanGround, { owners, indexOf }: Start, inside: ReadonlySet<number>): boolean {
  const k = indexOf.length;
  const shares = indexOf.map((old) => problem.shares[old] ?? 1);
  const bare = { ...problem, k, shares, measures: problem.measures.map(({ min: _, max: __, ...measure }) => measure) };
  const loads = new Float64Array(problem.measures.length * k);
  const free = new Float64Array(problem.measures.length);
  problem.measures.forEach(({ perUnit }, m) =>
    owners.forEach((owner, u) => {
      if (owner >= 0) loads[m * k + owner]! += perUnit[u]!;
      else free[m]! += perUnit[u]!;
    }),
  );
  const withFree = loads.slice();
  problem.measures.forEach((_, m) => (withFree[m * k]! += free[m]!));
  return corridors(bare, withFree).every((row, m) => {
    let [low, high, has] = [0, 0, free[m]!];
    for (const j of inside) [low, high, has] = [low + row[j]!.low, high + row[j]!.high, has + loads[m * k + j]!];
    return has >= low && has <= high;
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
