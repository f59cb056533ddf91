import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';

/** Passes over the border; each shortens outlines, and after a few there is nothing left to shorten. */
const PASSES = 12;

/** Room left to the edge of the range, because targets move a little with travel. */
const NARROW = 0.99;

/**
 * Shortens outlines where balance does not care: a border unit goes to the neighbour that encloses it more, as long as no
 * territory gets further from its target range. From today's map only what has moved anyway is tidied.
 */
export function polish(plan: Plan, energy: Energy, stop: () => boolean): void {
  for (let pass = 0; pass < PASSES && !stop(); pass++) {
    let moved = 0;
    for (let u = 0; u < plan.n; u++) if (tidy(plan, energy, u)) moved++;
    plan.recenter();
    energy.retarget();
    if (moved === 0) return;
  }
}

function tidy(plan: Plan, energy: Energy, u: number): boolean {
  const { neighbors, locked, current } = plan.problem;
  const a = plan.owner[u]!;
  if (locked[u] || plan.sizes[a]! <= 1 || current?.[u] === a) return false;
  let best = -1;
  let gain = 1e-12;
  for (const b of new Set(neighbors[u]!.map((next) => plan.owner[next]!))) {
    if (b < 0 || b === a || !energy.allowed(u, b)) continue;
    const better = -energy.shapeDelta(u, b);
    if (better > gain && keepsBalance(plan, energy, u, b)) {
      best = b;
      gain = better;
    }
  }
  if (best < 0 || !plan.canLeave(u)) return false;
  energy.move(u, best);
  return true;
}

function keepsBalance(plan: Plan, energy: Energy, u: number, b: number): boolean {
  const a = plan.owner[u]!;
  const before = [energy.violation(a, NARROW), energy.violation(b, NARROW)];
  energy.move(u, b);
  const isKept = energy.violation(a, NARROW) <= before[0]! + 1e-12 && energy.violation(b, NARROW) <= before[1]! + 1e-12;
  energy.move(u, a);
  return isKept;
}
