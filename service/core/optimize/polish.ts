import { keepsRanges, type Energy } from './energy.ts';
import type { Plan } from './plan.ts';

/** Passes over the border; each shortens outlines, and after a few there is nothing left to shorten. */
const PASSES = 12;

/** Weight of an edge across a border while outlines are tidied. */
const TIDY = 0.3;

/**
 * Shortens outlines where balance does not care: a border unit goes to the neighbour that encloses it more, as long as no
 * territory gets further from its target range, or into the reserve at its ends. From today's map only what has moved anyway is tidied.
 */
export function polish(plan: Plan, energy: Energy, stop: () => boolean): void {
  for (let pass = 0; pass < PASSES && !stop(); pass++) {
    let moved = 0;
    for (let u = 0; u < plan.n; u++) if (tidy(plan, energy, u)) moved++;
    energy.refresh();
    if (moved === 0) return;
  }
}

function tidy(plan: Plan, energy: Energy, u: number): boolean {
  const { current } = plan.problem;
  const { offsets, targets, partOf } = plan.instance;
  const a = plan.owner[u]!;
  if (a < 0 || (plan.problem.disruptionWeight > 0 && current?.[u] === a)) return false;
  let best = -1;
  let gain = 1e-9 * energy.spread[a]! * plan.pull(u);
  for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
    const b = plan.owner[targets[at]!]!;
    if (b < 0 || b === a || b === best || partOf[targets[at]!]! >= 0 || !energy.allowed(u, b)) continue;
    const better = -energy.shapeDelta(u, b, TIDY);
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
  const reserves = energy.reserve > 0 ? [0, energy.reserve] : [0];
  const before = reserves.map((reserve) => energy.violationsBetween(a, b, reserve));
  energy.move(u, b);
  const isKept = reserves.every((reserve, i) => keepsRanges(before[i]!, energy.violationsBetween(a, b, reserve)));
  energy.move(u, a);
  return isKept;
}
