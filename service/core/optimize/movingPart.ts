import type { BalancedMeasure, Problem } from './problem.ts';
import { restricted, type SubProblem } from './subProblem.ts';

/** Below this the whole is solved as fast as a part. */
const LARGE = 8_000;

/**
 * The part of a large map in which anything may move, as a problem of its own: territories that may gain or have a unit that
 * may leave, with all their units and those of nobody. Its targets are those of the whole map. Null where the map is small,
 * most of it may move, or a limit on what changes rep is a share of everything.
 */
export function movingPart(problem: Problem, large = LARGE): SubProblem | null {
  const { current, locked, frozen, k, limits } = problem;
  if (!current || limits || current.length < large) return null;
  const isIn = frozen.map((isFrozen) => !isFrozen);
  current.forEach((owner, u) => {
    if (owner >= 0 && !locked[u]) isIn[owner] = true;
  });
  const nodes = current.flatMap((owner, u) => ((owner >= 0 ? isIn[owner] : !locked[u]) ? [u] : []));
  const territories = Array.from({ length: k }, (_, j) => j).filter((j) => isIn[j]);
  if (territories.length < 2 || nodes.length > current.length / 2) return null;
  const measures = problem.measures.map((measure) => ({ ...measure, targets: targetsOf(measure, problem, current) }));
  return { problem: restricted({ ...problem, measures }, nodes, territories), nodes, territories };
}

/** Targets of the whole map as it stands. */
function targetsOf(measure: BalancedMeasure, { k, shares }: Problem, current: readonly number[]): readonly number[] {
  if (measure.targets) return measure.targets;
  const { perUnit, perPair, base } = measure;
  let total = base.reduce((sum, value) => sum + value, 0);
  current.forEach((owner, u) => (total += perUnit[u]! + (owner >= 0 && perPair ? perPair[u * k + owner]! : 0)));
  const all = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => (total * share) / all);
}

/** Owners of the whole map from those of the part. */
export function putBack(
  current: readonly number[],
  { nodes, territories }: SubProblem,
  owners: readonly number[],
): number[] {
  const whole = [...current];
  nodes.forEach((node, i) => (whole[node] = owners[i]! < 0 ? -1 : territories[owners[i]!]!));
  return whole;
}
