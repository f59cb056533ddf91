import { keepsRanges, type Energy } from './energy.ts';
import { FREE } from './instance.ts';
import type { Plan } from './plan.ts';

/** Steps tried in the place of one unit, the cheapest first, and of those so many in pairs. */
const SINGLES = 200;
const PAIRED = 40;
/**
 * Steps tried in all. Where targets move with the owners each is judged against all territories: on a national map, where
 * thousands of units move, trying everything took minutes. The units that move most come first.
 */
const MOST_TRIES = 2_000_000;
/** Less gain than this share of all is no gain. */
const LEAST = 1e-9;

/** A unit over a border, and how much more changes rep with it than before. */
interface Step {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
  readonly cost: number;
}

/** Steps that may still be tried. */
export interface Budget {
  left: number;
}

export const budgetOf = ({ isDrifting, plan }: Energy): Budget => ({ left: MOST_TRIES / (isDrifting ? plan.k : 1) });

/**
 * Does with less what a moved unit was moved for: it goes back to its rep of today, and one or two units over any border
 * of the two territories, which hand over less together, keep the ranges. Returns how many were replaced.
 */
export function exchange(plan: Plan, energy: Energy, budget: Budget): number {
  const { current, locked } = plan.problem;
  if (!current) return 0;
  const moved = [...plan.owner.keys()].filter((u) => current[u]! >= 0 && current[u] !== plan.owner[u] && !locked[u]);
  moved.sort((a, b) => plan.moving[b]! - plan.moving[a]! || a - b);
  const unitsOf = Array.from({ length: plan.k }, (): number[] => []);
  plan.owner.forEach((j, u) => void (j >= 0 && unitsOf[j]!.push(u)));
  let count = 0;
  for (const u of moved) {
    if (budget.left <= 0) break;
    const [home, guest] = [current[u]!, plan.owner[u]!];
    if (home === guest) continue;
    const step = { unit: u, from: guest, to: home, cost: -plan.moving[u]! };
    if (replaced(plan, energy, { step, unitsOf, budget })) count++;
  }
  energy.retarget();
  return count;
}

interface Search {
  readonly step: Step;
  /** Units of each territory when the round began. */
  readonly unitsOf: readonly (readonly number[])[];
  readonly budget: Budget;
}

function replaced(plan: Plan, energy: Energy, { step, unitsOf, budget }: Search): boolean {
  const most = -step.cost - LEAST;
  const before = new Before(energy);
  before.look([step.from, step.to]);
  if (!take(plan, energy, step)) return false;
  const units = [...unitsOf[step.from]!, ...unitsOf[step.to]!];
  const tried = candidates(plan, { units, step, most }).slice(0, SINGLES);
  for (const one of tried) {
    budget.left--;
    before.look([one.from, one.to]);
    if (!take(plan, energy, one)) continue;
    if (before.isKept([step, one])) return true;
    undo(energy, one);
  }
  for (const one of tried.slice(0, PAIRED)) {
    if (!take(plan, energy, one)) continue;
    for (const other of tried.slice(0, PAIRED)) {
      if (other.unit === one.unit || one.cost + other.cost >= most) continue;
      budget.left--;
      if (!take(plan, energy, other)) continue;
      if (before.isKept([step, one, other])) return true;
      undo(energy, other);
    }
    undo(energy, one);
  }
  undo(energy, step);
  return false;
}

/** How far territories were outside their ranges before anything was tried. */
class Before {
  private readonly energy: Energy;
  private readonly off = new Map<number, number>();

  constructor(energy: Energy) {
    this.energy = energy;
    if (!energy.isDrifting) return;
    energy.retarget();
    this.look(this.everybody());
  }

  look(territories: readonly number[]): void {
    for (const j of territories) if (!this.off.has(j)) this.off.set(j, this.energy.violation(j));
  }

  /** Is every territory whose violation these steps can change as well inside as it was? */
  isKept(steps: readonly Step[]): boolean {
    const { energy } = this;
    if (energy.isDrifting) energy.retarget();
    const touched = new Set(energy.isDrifting ? this.everybody() : steps.flatMap(({ from, to }) => [from, to]));
    return keepsRanges(
      [...touched].map((j) => this.off.get(j)!),
      [...touched].map((j) => energy.violation(j)),
    );
  }

  private everybody(): number[] {
    return [...this.energy.plan.sizes.keys()];
  }
}

interface Around {
  readonly step: Step;
  /** Units of the two territories, and perhaps some that have left them. */
  readonly units: readonly number[];
  readonly most: number;
}

/** Steps over the borders of both territories that hand over less than `most`, the cheapest first. */
function candidates(plan: Plan, { units, step, most }: Around): Step[] {
  const { offsets, targets, fixed } = plan.instance;
  const isOne = (j: number) => j === step.from || j === step.to;
  const found = new Map<number, Step>();
  const add = (unit: number, from: number, to: number) => {
    if (from < 0 || to < 0 || fixed[unit] !== FREE || unit === step.unit) return;
    const cost = costOf(plan, { unit, from, to });
    if (cost < most) found.set(unit * plan.k + to, { unit, from, to, cost });
  };
  for (const u of units) {
    const own = plan.owner[u]!;
    if (!isOne(own)) continue;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const next = targets[at]!;
      const other = plan.owner[next]!;
      if (other === own) continue;
      add(u, own, other);
      // what others have at the border can come as well
      if (!isOne(other)) add(next, other, own);
    }
  }
  return [...found.values()].sort((a, b) => a.cost - b.cost || a.unit - b.unit || a.to - b.to);
}

function costOf({ problem, moving }: Plan, { unit, from, to }: Omit<Step, 'cost'>): number {
  const today = problem.current![unit]!;
  if (today < 0) return 0;
  return (Number(today !== to) - Number(today !== from)) * moving[unit]!;
}

/** Makes the step where rules, limits and contiguity let it. */
function take(plan: Plan, energy: Energy, { unit, from, to }: Step): boolean {
  if (plan.owner[unit] !== from || !plan.touches(unit, to)) return false;
  if (!energy.allowed(unit, to) || !plan.canLeave(unit)) return false;
  energy.move(unit, to);
  return true;
}

const undo = (energy: Energy, { unit, from }: Step): void => energy.move(unit, from);
