import { spreadKm2 } from '../../../service/core/optimize/optimize.ts';
import { PRESETS } from '../../../service/core/optimize/planFile.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';
import { below, seeded } from '../../../service/core/random.ts';

/** Share of the demand that changes. */
const CHANGED = 0.1;

/** Units that hold 10 % of all demand, scattered, lose it or hold twice as much. */
export function scattered(problem: Problem, owners: readonly number[], seed: number): Problem {
  const random = seeded(seed * 31 + 7);
  const order = problem.lat.map((_, u) => u);
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const factor = problem.lat.map(() => 1);
  const weight = problem.measures[0]!.perUnit;
  let left = CHANGED * weight.reduce((sum, value) => sum + value, 0);
  for (const u of order) {
    if (left <= 0) break;
    factor[u] = random() < 0.5 ? 0 : 2;
    left -= weight[u]!;
  }
  const measures = problem.measures.map((measure) => ({
    ...measure,
    perUnit: measure.perUnit.map((value, u) => value * factor[u]!),
  }));
  return fewestChanges({ ...problem, measures }, owners);
}

/** One more seat, empty. */
export function repAdded(problem: Problem, owners: readonly number[]): Problem {
  return fewestChanges(withSeats(problem, problem.k + 1), owners);
}

/** A seat chosen by the seed is gone; nobody owns its units. */
export function repRemoved(problem: Problem, owners: readonly number[], seed: number): Problem {
  const gone = below(seeded(seed * 13 + 1), problem.k);
  const current = owners.map((j) => (j === gone ? -1 : j > gone ? j - 1 : j));
  return fewestChanges(withSeats(problem, problem.k - 1), current);
}

function withSeats(problem: Problem, k: number): Problem {
  const base = Array<number>(k).fill(0);
  return {
    ...problem,
    k,
    shares: Array<number>(k).fill(1),
    homes: Array<null>(k).fill(null),
    frozen: Array<boolean>(k).fill(false),
    measures: problem.measures.map((measure) => ({ ...measure, base })),
  };
}

function fewestChanges(problem: Problem, current: readonly number[]): Problem {
  return { ...problem, current, disruptionWeight: PRESETS.fewestChanges * spreadKm2(problem, current) };
}
