import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';

/*
 * Where a measure is sparse, border units hold nothing and single moves change no balance: what helps lies some units
 * inside. A reach takes such a unit together with the way to it: a chain of units that leave one territory for another
 * at once (an ejection chain without the ejection; Glover 1996).
 */

/** Longest way: more would be a corridor and no territory. */
const DEPTH = 14;
/** Ways tried per pair of territories before the pair is given up: the best ones may cut their giver in two. */
const TRIES = 12;
const MOST_REACHES = 600;
/** Units looked at in one call, as a multiple of all units: what takes longer is no matter of a few chains. */
const MOST_LOOKS = 150;

interface Way {
  readonly units: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly change: number;
}

/** Makes the best reach at a territory off target, again and again, until none helps. Returns how many were made. */
export function reach(plan: Plan, energy: Energy, stop: () => boolean): number {
  let made = 0;
  let looks = MOST_LOOKS;
  while (made < MOST_REACHES && !stop()) {
    energy.refresh();
    const off = offTarget(plan, energy);
    const helped = off.find((territory) => looks-- > 0 && improve(plan, energy, territory));
    if (helped === undefined) return made;
    made++;
  }
  return made;
}

/** Territories outside their range, furthest first. */
function offTarget(plan: Plan, energy: Energy): number[] {
  return Array.from({ length: plan.k }, (_, j) => ({ j, off: energy.violation(j) }))
    .filter(({ off }) => off > 0)
    .sort((a, b) => b.off - a.off || a.j - b.j)
    .map(({ j }) => j);
}

function improve(plan: Plan, energy: Energy, territory: number): boolean {
  const units = unitsOf(plan, territory);
  const around = new Set(units.flatMap((u) => plan.problem.neighbors[u]!.map((next) => plan.owner[next]!)));
  const others = [...around].filter((j) => j >= 0 && j !== territory);
  const ways = others.flatMap((other) => [
    ...waysInto(plan, energy, { from: territory, to: other, units }),
    ...waysInto(plan, energy, { from: other, to: territory, units: unitsOf(plan, other) }),
  ]);
  ways.sort((a, b) => a.change - b.change || a.units[0]! - b.units[0]!);
  return ways.slice(0, TRIES * 2).some((way) => take(plan, energy, way));
}

/** Whole units of a territory: nothing is held together by an account group. */
function unitsOf(plan: Plan, territory: number): number[] {
  const units: number[] = [];
  const { partOf } = plan.instance;
  for (let u = 0; u < plan.n; u++) if (plan.owner[u] === territory && partOf[u]! < 0) units.push(u);
  return units;
}

/** The best ways from the border with `to` into `from`, each ending at a unit that holds something. */
function waysInto(plan: Plan, energy: Energy, pair: { from: number; to: number; units: readonly number[] }): Way[] {
  const { from, to } = pair;
  const { neighbors, locked, frozen } = plan.problem;
  const { partOf } = plan.instance;
  if (frozen[to]) return [];
  const before = new Map<number, number>();
  let layer = pair.units.filter(
    (u) => !locked[u] && neighbors[u]!.some((next) => plan.owner[next] === to && partOf[next]! < 0),
  );
  for (const u of layer) before.set(u, -1);
  const found: Way[] = [];
  for (let depth = 0; depth < DEPTH && layer.length > 0; depth++) {
    const next: number[] = [];
    for (const u of layer) {
      if (plan.weight[u]! > 0) {
        const units = chain(before, u);
        const change = energy.deltaOfAll(units, from, to);
        if (change < -1e-9) found.push({ units, from, to, change });
      }
      for (const inner of neighbors[u]!) {
        if (before.has(inner) || plan.owner[inner] !== from || locked[inner] || partOf[inner]! >= 0) continue;
        before.set(inner, u);
        next.push(inner);
      }
    }
    layer = next;
  }
  return found.sort((a, b) => a.change - b.change || a.units[0]! - b.units[0]!).slice(0, TRIES);
}

function chain(before: ReadonlyMap<number, number>, end: number): number[] {
  const units: number[] = [];
  for (let u = end; u >= 0; u = before.get(u)!) units.push(u);
  return units;
}

/** Moves a whole way where the giver stays in one piece and every limit is kept. */
function take(plan: Plan, energy: Energy, { units, from, to }: Way): boolean {
  const moved: number[] = [];
  for (const u of units.toReversed()) {
    if (!energy.allowed(u, to)) break;
    energy.move(u, to);
    moved.push(u);
  }
  if (moved.length === units.length && plan.isWhole(from)) return true;
  for (const u of moved) energy.move(u, from);
  return false;
}
