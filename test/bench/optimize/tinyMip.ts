import { pairCosts } from './costs.ts';
import type { Solution } from '../../../service/core/optimize/optimize.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';
import { LinearModel } from './linear.ts';

/** Branch-and-bound nodes that a tiny problem may take: a limit in steps, never in seconds. */
const MOST_NODES = 200_000;

/**
 * Least Σ p d² of any contiguous plan inside the target ranges at this plan's centres, by HiGHS; null where it finds none
 * within its nodes. Contiguity by flow (Shirabe 2005): every territory has one root that sends each of its units a token
 * along its own units.
 */
export async function exactPlan(problem: Problem, solution: Solution): Promise<number | null> {
  const { k, measures, neighbors } = problem;
  const n = problem.lat.length;
  const cost = pairCosts(problem, solution.centers);
  const model = new LinearModel();
  const rows = (count: number, low: number, high: number) => Array.from({ length: count }, () => model.row(low, high));
  const one = rows(n, 1, 1);
  const range = solution.corridors.map((list) =>
    list.map(({ low, high, target }) => model.row(low / target, high / target)),
  );
  const oneRoot = rows(k, 1, 1);
  const rootInside = rows(n * k, -Infinity, 0);
  /** What flows in, less what flows out, is 1 for a unit of the territory; its root gives the n tokens. */
  const kept = rows(n * k, 0, Infinity);
  const flowInside = rows(n * k, -Infinity, 0);
  for (let u = 0; u < n; u++) {
    for (let j = 0; j < k; j++) {
      const at = u * k + j;
      const held = measures.map(
        ({ perUnit }, m) => [range[m]![j]!, perUnit[u]! / solution.corridors[m]![j]!.target] as const,
      );
      const binary = { low: 0, high: 1, whole: true };
      model.column(
        cost[at]!,
        [[one[u]!, 1], ...held, [rootInside[at]!, -1], [kept[at]!, -1], [flowInside[at]!, 1 - n]],
        binary,
      );
      model.column(
        0,
        [
          [oneRoot[j]!, 1],
          [rootInside[at]!, 1],
          [kept[at]!, n],
        ],
        binary,
      );
      for (const from of neighbors[u]!)
        model.column(0, [
          [kept[at]!, 1],
          [kept[from * k + j]!, -1],
          [flowInside[at]!, 1],
        ]);
    }
  }
  const solved = await model.solve({ mip_max_nodes: MOST_NODES, mip_rel_gap: 1e-6 });
  return solved.isOptimal ? solved.objective : null;
}
