import { lowerBound } from './bound.ts';
import { fileProblem } from './fileProblem.ts';
import { Plan } from './plan.ts';
import { corridors } from './problem.ts';
import type { Prepared } from './solveFiles.ts';

/**
 * Prices for a plan with groups: the search had each group as one node, but the proof is about single units, and other
 * prices are the best ones there. `owners` is by unit; null where there are no groups, so that the engine's prices are right.
 */
export function unitPrices({ ground, nodes, neighbors }: Prepared, owners: Int32Array): readonly number[] | null {
  const { permits, roster } = ground;
  if (nodes.nodes.length === owners.length) return null;
  const units = [...owners.keys()];
  const lockedTo = permits.lockedTo;
  const start = lockedTo.map((j, u) => (j >= 0 ? j : roster.today[u]!));
  const problem = fileProblem(ground, {
    nodes: { nodes: units.map((u) => [u]), nodeOf: units, neighbors },
    locks: { lockedTo, start },
    parts: [],
  });
  const plan = new Plan(problem, owners);
  return lowerBound(plan, corridors(problem, plan.loads)).prices;
}
