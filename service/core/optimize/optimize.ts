import { bisection } from './bisection.ts';
import { labelByHomes } from './labels.ts';
import { boundAt, lowerBound, type Bound } from './bound.ts';
import { Energy } from './energy.ts';
import { Plan } from './plan.ts';
import { assertSolvable, corridors, type Corridor, type EngineOptions, type Problem } from './problem.ts';
import { placeOf } from '../geography.ts';
import { takeBack } from './takeBack.ts';
import { polish } from './polish.ts';
import { reach } from './reach.ts';
import { repair } from './repair.ts';
import { seeded, type Random } from '../random.ts';
import { anneal, descend, SWEEP } from './search.ts';

/** Raised whenever the same inputs and seed could give another plan. */
export const ENGINE_VERSION = 'bisection-anneal-1';

export interface Solution {
  readonly owners: number[];
  /** Loads per measure and territory. */
  readonly loads: number[][];
  readonly corridors: Corridor[][];
  /** Centre of each territory: latitude and longitude. */
  readonly centers: (readonly [number, number])[];
  /** Σ p_i d_ij² + λ Σ q_i [changes rep], in km². */
  readonly objective: number;
  /** Σ p_i d_ij² in km². */
  readonly squaredDistance: number;
  /** Σ q_i of what changes rep: a share, 0 to 1. */
  readonly disruption: number;
  readonly bound: Bound;
  /** The same bound without any target range, in km²: bound ÷ this − 1 is the price of the ranges. */
  readonly withoutCorridor: number;
  readonly onTarget: number;
  /** Share of all accounts and of all sales that change rep. */
  readonly moved: { readonly accounts: number; readonly sales: number };
  readonly stopped: boolean;
  /** Which start of the list this is. */
  readonly start: number;
  /** Moves tried. */
  readonly steps: number;
}

/** A plan from nothing that misses the target somewhere is begun again from other cuts. */
const FRESH_STARTS = 2;
/** Border moves tried per unit on the default effort, and the least and most of it. */
const TRIES_PER_UNIT = 240;
const LEAST_SWEEPS = 40;
const MOST_SWEEPS = 400;

/** Length of the fixed list of starts: it depends on the problem only, never on the number of threads. */
export function startCount(problem: Problem): number {
  return problem.current ? 1 : FRESH_STARTS;
}

/**
 * Owners for every unit: contiguous, inside the target ranges where the search finds it, then compact. The budget is
 * steps, never seconds, so the same problem, seed and effort give the same plan on any machine.
 */
export function optimize(problem: Problem, options: EngineOptions): Solution {
  let best = solveStart(problem, 0, options);
  for (let start = 1; start < startCount(problem) && !best.stopped; start++) {
    best = better(best, solveStart(problem, start, options));
  }
  return best;
}

/** One start of the list, from its own numbers. */
export function solveStart(problem: Problem, start: number, { seed, ...options }: EngineOptions): Solution {
  assertSolvable(problem);
  const random = seeded(seed + start * 7919);
  const owners = problem.current ?? labelByHomes(problem, bisection(problem, start));
  return { ...search(problem, owners, { ...options, random }), start };
}

/** The better of two starts: fewer territories off target, then the smaller objective, then the earlier start. */
export function better(a: Solution, b: Solution): Solution {
  if (a.onTarget !== b.onTarget) return a.onTarget > b.onTarget ? a : b;
  if (a.objective !== b.objective) return a.objective < b.objective ? a : b;
  return a.start <= b.start ? a : b;
}

interface SearchOptions extends Omit<EngineOptions, 'seed'> {
  readonly random: Random;
}

function search(problem: Problem, start: ArrayLike<number>, options: SearchOptions): Solution {
  const fromToday = problem.current !== null;
  const plan = new Plan(problem, start);
  repair(plan);
  const energy = new Energy(plan);
  const best = new Best(plan, energy);
  const stop = () => options.shouldStop?.() ?? false;
  const report = (phase: string, share: number) =>
    options.onProgress?.({ phase, share, onTarget: onTarget(plan, energy), territories: plan.k });

  report('start', 0);
  if (fromToday) {
    descend(plan, energy, { most: plan.n, stop });
    best.keep();
    report('move', 0.2);
  }
  if (!fromToday || onTarget(plan, energy) < plan.k) annealing(plan, energy, { ...options, best, report });
  push(plan, energy, { ...options, best, report });
  best.restore();
  polish(plan, energy, stop);
  if (fromToday) takeBack(plan, energy);
  report('prove', 0.95);
  return solution(plan, energy, stop());
}

interface Annealing extends SearchOptions {
  readonly best: Best;
  readonly report: (phase: string, share: number) => void;
}

function annealing(plan: Plan, energy: Energy, { best, report, ...options }: Annealing): void {
  const wanted = Math.round((TRIES_PER_UNIT * plan.n * options.effort) / SWEEP);
  const sweeps = Math.min(MOST_SWEEPS, Math.max(LEAST_SWEEPS, wanted));
  const fromToday = plan.problem.disruptionWeight > 0;
  anneal(plan, energy, {
    sweeps,
    start: (fromToday ? 0.05 : 1) / plan.n,
    end: 0.002 / plan.n,
    random: options.random,
    after: (sweep) => {
      best.keep();
      report('balance', 0.2 + (0.75 * (sweep + 1)) / sweeps);
      return options.shouldStop?.() ?? false;
    },
  });
}

/** Rounds that spend shape on balance, each with less of it, while some territory is still off target. */
const PUSHES = [0.3, 0.1, 0.03];
/** Border moves tried per unit in one round, and the least sweeps of it. */
const PUSH_TRIES_PER_UNIT = 80;
const LEAST_PUSH_SWEEPS = 30;

function push(plan: Plan, energy: Energy, { best, report, ...options }: Annealing): void {
  for (const shape of PUSHES) {
    best.restore();
    if (onTarget(plan, energy) === plan.k || (options.shouldStop?.() ?? false)) break;
    energy.shape = shape;
    anneal(plan, energy, {
      sweeps: Math.max(LEAST_PUSH_SWEEPS, Math.round((PUSH_TRIES_PER_UNIT * plan.n * options.effort) / SWEEP)),
      start: 0.5 / plan.n,
      end: 0.002 / plan.n,
      random: options.random,
      after: () => {
        best.keep();
        report('balance', 0.95);
        return onTarget(plan, energy) === plan.k || (options.shouldStop?.() ?? false);
      },
    });
    best.restore();
    reach(plan, energy, () => options.shouldStop?.() ?? false);
    best.keep();
  }
  energy.shape = 1;
}

/** The best plan seen: most territories on target, then least violation, then shortest distances. */
class Best {
  private readonly plan: Plan;
  private readonly energy: Energy;
  private owner: Int32Array;
  private score: [number, number];

  constructor(plan: Plan, energy: Energy) {
    this.plan = plan;
    this.energy = energy;
    this.owner = plan.owner.slice();
    this.score = this.scoreNow();
  }

  keep(): void {
    const score = this.scoreNow();
    if (score[0] < this.score[0] - 1e-12 || (score[0] <= this.score[0] + 1e-12 && score[1] < this.score[1])) {
      this.score = score;
      this.owner = this.plan.owner.slice();
    }
  }

  restore(): void {
    this.keep();
    this.plan.owner.set(this.owner);
    this.plan.recount();
    this.plan.recenter();
    this.energy.retarget();
    this.energy.recountMoved();
  }

  private scoreNow(): [number, number] {
    this.energy.retarget();
    let violation = 0;
    for (let j = 0; j < this.plan.k; j++) {
      const off = this.energy.violation(j);
      violation += off > 0 ? 1 + off : 0;
    }
    const disruption = this.plan.problem.disruptionWeight * (this.energy.movedAccounts + this.energy.movedSales);
    return [violation, objective(this.plan) + disruption * 1e6];
  }
}

function onTarget(plan: Plan, energy: Energy): number {
  energy.retarget();
  let count = 0;
  for (let j = 0; j < plan.k; j++) if (energy.violation(j) <= 0) count++;
  return count;
}

function objective(plan: Plan): number {
  let sum = 0;
  for (let u = 0; u < plan.n; u++) if (plan.owner[u]! >= 0) sum += plan.weight[u]! * plan.squaredKm(u, plan.owner[u]!);
  return sum;
}

/** Σ p_i d² of a map at its own centres, in km²: the scale for λ. */
export function spreadKm2(problem: Problem, owners: ArrayLike<number>): number {
  return objective(new Plan(problem, owners));
}

/** Σ q_i of the units that have another owner than today. */
function disruptedShare(plan: Plan): number {
  const { current } = plan.problem;
  if (!current) return 0;
  let sum = 0;
  for (let u = 0; u < plan.n; u++) if (current[u]! >= 0 && current[u] !== plan.owner[u]) sum += plan.moving[u]!;
  return sum;
}

/** What a plan is worth, recomputed from its owners alone. */
export type Certificate = Pick<
  Solution,
  'loads' | 'corridors' | 'centers' | 'objective' | 'squaredDistance' | 'disruption' | 'bound' | 'withoutCorridor'
>;

/** Loads, corridors, centres, objective and bound of a finished plan. */
export function certify(plan: Plan): Certificate {
  plan.recount();
  plan.recenter();
  const ranges = corridors(plan.problem, plan.loads);
  return {
    loads: plan.problem.measures.map((_, m) => [...plan.loads.slice(m * plan.k, (m + 1) * plan.k)]),
    corridors: ranges,
    centers: Array.from({ length: plan.k }, (_, j) => placeOf(plan.centers.subarray(j * 3, j * 3 + 3))),
    objective: objective(plan) + plan.problem.disruptionWeight * disruptedShare(plan),
    squaredDistance: objective(plan),
    disruption: disruptedShare(plan),
    bound: lowerBound(plan, ranges),
    withoutCorridor: boundAt(plan, ranges, new Float64Array(plan.loads.length)),
  };
}

function solution(plan: Plan, energy: Energy, stopped: boolean): Solution {
  return {
    ...certify(plan),
    owners: [...plan.owner],
    onTarget: onTarget(plan, energy),
    moved: { accounts: energy.movedAccounts, sales: energy.movedSales },
    stopped,
    start: 0,
    steps: 0,
  };
}
