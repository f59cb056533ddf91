import { pieces } from './contiguity.ts';
import type { Neighbors } from './geography.ts';
import type { GroupMove } from './moveGroups.ts';
import type { RangeState } from './rangeState.ts';

/**
 * The same moves without what nothing needs: whole moves first, then single units that can stay where they were, those
 * with most accounts first. No territory gets farther from its range, every one stays in one piece.
 */
export function trimmed(range: RangeState, owners: readonly number[], moves: readonly GroupMove[]): GroupMove[] {
  range.enter(owners);
  for (const { units, to } of moves) for (const u of units) range.plan.move(u, to);
  let kept = [...moves];
  for (const move of [...moves].reverse())
    if (givesBack(range, move.units, move)) kept = kept.filter((other) => other !== move);
  const { moving } = range.plan;
  return kept.map((move) => {
    const left = new Set(move.units);
    for (const u of [...move.units].sort((a, b) => moving[b]! - moving[a]! || a - b)) {
      if (left.size > 1 && givesBack(range, [u], move)) left.delete(u);
    }
    return { ...move, units: [...left] };
  });
}

/** Moves of one pair of territories that touch each other are one move, at the place of the later one. */
export function joined(moves: readonly GroupMove[], neighbors: Neighbors): GroupMove[] {
  const result: GroupMove[] = [];
  for (const move of moves) {
    let { units } = move;
    for (const other of result.filter(({ from, to }) => from === move.from && to === move.to)) {
      const near = new Set(units.flatMap((u) => [u, ...(neighbors[u] ?? [])]));
      if (!other.units.some((u) => near.has(u))) continue;
      units = [...new Set([...units, ...other.units])].sort((a, b) => a - b);
      result.splice(result.indexOf(other), 1);
    }
    result.push({ from: move.from, to: move.to, units });
  }
  return result;
}

/** Gives these units back to whom the move took them from where that is as good; a unit that went on elsewhere stays. */
function givesBack(range: RangeState, units: readonly number[], { from, to }: GroupMove): boolean {
  const { plan } = range;
  if (units.some((u) => plan.owner[u] !== to)) return false;
  const before = range.standing();
  for (const u of units) plan.move(u, from);
  const after = range.standing();
  const isAsGood = after.off <= before.off && after.excess <= before.excess + 1e-9;
  if (isAsGood && range.keepsLimits() && [from, to].every((j) => j < 0 || isWhole(range, j))) return true;
  for (const u of units) plan.move(u, to);
  return false;
}

function isWhole({ plan }: RangeState, territory: number): boolean {
  const own: number[] = [];
  for (let u = 0; u < plan.n; u++) if (plan.owner[u] === territory) own.push(u);
  return own.length > 0 && pieces(own, plan.problem.neighbors).length === 1;
}
