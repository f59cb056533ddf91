import { strayPieces } from './contiguity.ts';
import { Plan } from './optimize/plan.ts';
import { corridors, type Problem } from './optimize/problem.ts';

/** How a finished plan stands, by its owners alone. */
export interface PlanStanding {
  /** Territories outside a target range. */
  readonly off: number;
  /** Uncovered units, stray parts, and pairs together that a rule keeps apart: what no plan should have more of. */
  readonly broken: number;
  /** Mean share of accounts and sales that change rep. */
  readonly changed: number;
  readonly accountsShare: number;
  readonly salesShare: number;
  readonly pipelineShare: number;
  /** Σ p d² around its own centres, in km². */
  readonly squaredKm: number;
}

/** Shares are of everything there is, 0 where there is nothing; a unit that nobody had changes no rep. */
export function standingOf(problem: Problem, owners: readonly number[]): PlanStanding {
  const plan = new Plan(problem, owners);
  const ranges = corridors(problem, plan.loads);
  let off = 0;
  for (let j = 0; j < plan.k; j++) {
    const isOff = ranges.some((row, m) => {
      const { low, high, target } = row[j]!;
      const load = plan.loads[m * plan.k + j]!;
      return load < low - 1e-9 * target || load > high + 1e-9 * target;
    });
    if (isOff) off++;
  }
  const moved = owners.flatMap((owner, u) => {
    const today = problem.current?.[u] ?? -1;
    return today >= 0 && today !== owner ? [u] : [];
  });
  const share = (values: readonly number[] | undefined) => {
    const total = values?.reduce((sum, value) => sum + value, 0) ?? 0;
    return total > 0 ? moved.reduce((sum, u) => sum + values![u]!, 0) / total : 0;
  };
  let squaredKm = 0;
  for (let u = 0; u < plan.n; u++) if (owners[u]! >= 0) squaredKm += plan.weight[u]! * plan.squaredKm(u, owners[u]!);
  return {
    off,
    broken: brokenIn(problem, owners),
    changed: moved.reduce((sum, u) => sum + plan.moving[u]!, 0),
    accountsShare: share(problem.disruption?.accounts),
    salesShare: share(problem.disruption?.salesUsd),
    pipelineShare: share(problem.disruption?.pipelineUsd),
    squaredKm,
  };
}

function brokenIn({ k, neighbors, apart, locked }: Problem, owners: readonly number[]): number {
  const together = (apart ?? []).filter(([a, b]) => owners[a]! >= 0 && owners[a] === owners[b]).length;
  const uncovered = owners.filter((owner, u) => owner < 0 && !locked[u]).length;
  return together + uncovered + strayPieces(owners, k, neighbors).length;
}
