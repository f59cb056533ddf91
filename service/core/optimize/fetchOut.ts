import { CutOff } from './cutOff.ts';
import type { Plan } from './plan.ts';

/** Units looked at in all, as a multiple of all units: where rules leave much uncovered, this is not the way. */
const MOST_LOOKS = 20;

/**
 * Units without owner amid territories that they may not join, or locked away from their own: a near territory that may have them takes them with the
 * units on the way, where their givers stay in one piece. Not under limits, which the way might break.
 */
export function fetchOut(plan: Plan): void {
  const { instance, problem } = plan;
  if (problem.limits) return;
  const cutOff = new CutOff(plan);
  const budget = { looks: MOST_LOOKS * plan.n };
  for (let u = 0; u < plan.n && budget.looks > 0; u++) {
    if (plan.owner[u]! >= 0 || instance.fixed[u] === -1) continue;
    const near = Array.from({ length: plan.k }, (_, j) => ({ j, far: plan.squaredKm(u, j) }))
      .filter(({ j }) => plan.sizes[j]! > 0 && instance.allows(u, j))
      .sort((a, b) => a.far - b.far || a.j - b.j);
    near.some(({ j }) => budget.looks > 0 && take(plan, cutOff, { j, way: wayTo(plan, { u, j, budget }) }));
  }
}

/** Fewest units from one that touches territory j to u, all of which may go to j; none where there is no way. */
function wayTo(plan: Plan, { u, j, budget }: { u: number; j: number; budget: { looks: number } }): number[] {
  const { offsets, targets, partOf } = plan.instance;
  const before = new Map([[u, -1]]);
  for (const node of before.keys()) {
    if (budget.looks-- <= 0) return [];
    if (plan.touches(node, j)) {
      const way: number[] = [];
      for (let at = node; at >= 0; at = before.get(at)!) way.push(at);
      return way;
    }
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const next = targets[at]!;
      if (partOf[next]! < 0 && !before.has(next) && plan.instance.allows(next, j)) before.set(next, node);
    }
  }
  return [];
}

/** Moves the way to j with what it cuts off; false, and nothing moved, where a giver would not stay in one piece. */
function take(plan: Plan, cutOff: CutOff, { j, way }: { j: number; way: readonly number[] }): boolean {
  const made: [number, number][] = [];
  const isTaken = way.every((node) => {
    if (plan.owner[node] === j) return true;
    const units = leaving(plan, cutOff, node);
    if (!units?.every((unit) => plan.instance.allows(unit, j))) return false;
    for (const unit of units) {
      made.push([unit, plan.owner[unit]!]);
      plan.move(unit, j);
    }
    return true;
  });
  if (!isTaken) for (const [unit, owner] of made.reverse()) plan.move(unit, owner);
  return isTaken && way.length > 0;
}

/** A unit with all that cannot stay without it; null where it must stay. */
function leaving(plan: Plan, cutOff: CutOff, node: number): number[] | null {
  const a = plan.owner[node]!;
  if (a < 0 || plan.instance.partOf[node]! >= 0) return [node];
  const pieces = plan.canLeave(node) ? [] : cutOff.with(node);
  if (!pieces) return null;
  const whole = pieces.filter((unit) => plan.instance.partOf[unit]! < 0).length + 1;
  return plan.sizes[a]! > whole ? [node, ...pieces] : null;
}
