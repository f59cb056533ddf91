/** One run of one row in a process of its own, so that its peak memory is its own: argument and answer are JSON. */
import { bisection } from '../../../service/core/optimize/bisection.ts';
import type { Solution } from '../../../service/core/optimize/optimize.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';
import { runOptimize } from '../../../service/jobs/runOptimize.ts';
import { repAdded, repRemoved, scattered } from './changes.ts';
import { figures, shares, type Figures } from './figures.ts';
import { greedyGrowth } from './greedy.ts';
import { hopVolume } from './hops.ts';
import { instance } from './instances.ts';
import type { Row } from './sizes.ts';
import { exactPlan } from './tinyMip.ts';
import { exactTransport } from './transport.ts';

export interface Task {
  readonly row: Row;
  readonly seed: number;
  readonly tolerance: number;
  /** Threads that share the list of starts. */
  readonly workers: number;
}

export interface Run {
  readonly seed: number;
  readonly seconds: number;
  readonly plan: Figures;
  /** Squared distance ÷ bound − 1: a gap only where every territory is inside its ranges. */
  readonly overBound: number | null;
  /** Price of the ranges: bound ÷ the bound without them − 1; both null where a plan starts from today's map. */
  readonly price: number | null;
  readonly peakMb: number;
  /** (exact − bound) ÷ exact, where HiGHS solved the transport problem at the plan's centres. */
  readonly belowExact: number | null;
  /** Σ p d² ÷ the least of any contiguous plan at these centres − 1, where HiGHS found that one. */
  readonly aboveBest: number | null;
  /** Share of the demand that changes rep, and the least that must cross borders. */
  readonly moved: number | null;
  readonly hops: number | null;
  /** Plain rivals on the same numbers. */
  readonly bisection: Figures | null;
  readonly greedy: Figures | null;
}

const { row, seed, tolerance, workers } = JSON.parse(process.argv[2]!) as Task;
process.stdout.write(JSON.stringify(await run()));

async function run(): Promise<Run> {
  const problem = await changed(instance(row.ground, { seed, k: row.k, tolerance, measures: row.measures }));
  const start = performance.now();
  const solution = await optimized(problem);
  const seconds = (performance.now() - start) / 1000;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { seed, seconds, peakMb, ...judged(problem, solution), ...(await compared(problem, solution)) };
}

/** As the command does it. */
function optimized(problem: Problem): Promise<Solution> {
  return runOptimize(problem, { seed, effort: row.effort, workers, onProgress: () => undefined }).result;
}

async function changed(problem: Problem): Promise<Problem> {
  if (row.kind === 'fresh' || row.kind === 'tiny') return problem;
  const { owners } = await optimized(problem);
  if (row.kind === 'replan') return scattered(problem, owners, seed);
  return row.kind === 'repAdded' ? repAdded(problem, owners) : repRemoved(problem, owners, seed);
}

function judged(problem: Problem, { owners, squaredDistance, bound, withoutCorridor }: Solution) {
  const isFresh = problem.current === null;
  const plan = figures(problem, owners);
  if (Math.abs(plan.squaredKm / squaredDistance - 1) > 1e-6)
    throw new Error(`The engine says ${squaredDistance} km², its owners make ${plan.squaredKm} km².`);
  return {
    plan,
    overBound: isFresh ? squaredDistance / bound.value - 1 : null,
    price: isFresh ? bound.value / withoutCorridor - 1 : null,
    bisection: isFresh ? figures(problem, [...bisection(problem)]) : null,
    greedy: isFresh ? figures(problem, greedyGrowth(problem)) : null,
  };
}

async function compared(problem: Problem, solution: Solution) {
  const exact = row.exact ? await exactTransport(problem, solution) : null;
  const weight = shares(problem);
  const { current } = problem;
  const moved = current ? solution.owners.reduce((sum, j, u) => (j === current[u] ? sum : sum + weight[u]!), 0) : null;
  const hops = current ? await hopVolume(problem, solution.corridors, solution.owners) : null;
  const best = row.kind === 'tiny' ? await exactPlan(problem, solution) : null;
  return {
    aboveBest: best ? solution.squaredDistance / best - 1 : null,
    belowExact: exact ? 1 - solution.bound.value / exact.value : null,
    moved,
    hops,
  };
}
