import { below, type Random } from '../random.ts';
import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';

/** Units with a neighbour in another territory, kept while units move. */
class Border {
  readonly units: number[] = [];
  private readonly place: Int32Array;
  private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
    this.place = new Int32Array(plan.n).fill(-1);
    for (let u = 0; u < plan.n; u++) this.refresh(u);
  }

  refresh(u: number): void {
    const { owner, problem } = this.plan;
    const inside =
      problem.locked[u] !== true && problem.neighbors[u]!.some((next) => owner[next] !== owner[u] && owner[next]! >= 0);
    const at = this.place[u]!;
    if (inside && at < 0) {
      this.place[u] = this.units.push(u) - 1;
    } else if (!inside && at >= 0) {
      const last = this.units.pop()!;
      if (last !== u) {
        this.units[at] = last;
        this.place[last] = at;
      }
      this.place[u] = -1;
    }
  }

  moved(u: number): void {
    this.refresh(u);
    for (const next of this.plan.problem.neighbors[u]!) this.refresh(next);
  }
}

/** Moves tried between two looks at the clock, the targets and the centres. */
export const SWEEP = 20_000;
/** Recounting from scratch after so many sweeps keeps rounding errors from adding up. */
const RECOUNT_EVERY = 16;

export interface Schedule {
  readonly sweeps: number;
  readonly start: number;
  readonly end: number;
  readonly random: Random;
  /** Called after every sweep; true ends the search. */
  readonly after: (sweep: number) => boolean;
}

/** Simulated annealing over border moves; every move keeps both territories in one piece and every limit. */
export function anneal(plan: Plan, energy: Energy, schedule: Schedule): void {
  const border = new Border(plan);
  const { random } = schedule;
  for (let sweep = 0; sweep < schedule.sweeps; sweep++) {
    const heat = schedule.start * (schedule.end / schedule.start) ** (sweep / Math.max(1, schedule.sweeps - 1));
    for (let step = 0; step < SWEEP && border.units.length > 0; step++) {
      const u = border.units[below(random, border.units.length)]!;
      const around = plan.problem.neighbors[u]!;
      const b = plan.owner[around[below(random, around.length)]!]!;
      if (b < 0 || b === plan.owner[u] || plan.sizes[plan.owner[u]!]! <= 1) continue;
      const change = energy.delta(u, b);
      if (change > 0 && random() >= Math.exp(-change / heat)) continue;
      if (!energy.allowed(u, b) || !plan.canLeave(u)) continue;
      energy.move(u, b);
      border.moved(u);
    }
    refresh(plan, energy, sweep);
    if (schedule.after(sweep)) return;
  }
}

function refresh(plan: Plan, energy: Energy, sweep: number): void {
  if (sweep % RECOUNT_EVERY === 0) plan.recount();
  plan.recenter();
  energy.retarget();
}

/** Gains smaller than this are rounding. */
const LEAST_GAIN = 1e-9;

/**
 * Steepest descent: always the one border move that helps most, until none helps. Moves few units and ends by itself,
 * so it serves plans that should change little. Returns the moves made.
 */
export function descend(plan: Plan, energy: Energy, options: { most: number; stop: () => boolean }): number {
  const border = new Border(plan);
  let made = 0;
  while (made < options.most && !options.stop()) {
    const best = bestMove(plan, energy, border.units);
    if (!best) break;
    energy.move(best.u, best.b);
    border.moved(best.u);
    made++;
    if (made % 50 === 0) refresh(plan, energy, made);
  }
  return made;
}

function bestMove(plan: Plan, energy: Energy, units: readonly number[]): { u: number; b: number } | null {
  const moves: { u: number; b: number; change: number }[] = [];
  for (const u of units) {
    const a = plan.owner[u]!;
    const seen = new Set([a]);
    for (const next of plan.problem.neighbors[u]!) {
      const b = plan.owner[next]!;
      if (b < 0 || seen.has(b)) continue;
      seen.add(b);
      const change = energy.delta(u, b);
      if (change < -LEAST_GAIN && energy.allowed(u, b)) moves.push({ u, b, change });
    }
  }
  moves.sort((p, q) => p.change - q.change || p.u - q.u || p.b - q.b);
  return moves.find(({ u }) => plan.owner[u]! < 0 || (plan.sizes[plan.owner[u]!]! > 1 && plan.canLeave(u))) ?? null;
}
