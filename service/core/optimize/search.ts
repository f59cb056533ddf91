import { below, type Random } from '../random.ts';
import { BorderEdges } from './border.ts';
import { CutOff } from './cutOff.ts';
import type { Energy } from './energy.ts';
import type { Plan } from './plan.ts';
import type { Grip } from './schedule.ts';

export interface Schedule extends Grip {
  /** Border moves tried in all. */
  readonly tries: number;
  /** Temperatures, as shares of what an average unit costs locally. */
  readonly start: number;
  readonly end: number;
  /** The least that an average unit is taken to cost, in km²; nothing by default. */
  readonly scale?: number;
  readonly random: Random;
  /** Called after every sweep; true ends the search. */
  readonly after: (share: number) => boolean;
}

/** A move that costs more temperatures than this has no chance: `Random` has no number so small but 0. */
const NEVER = 23;
/** Moves tried between two looks at the stop flag and two recentrings, and between two lessons for each territory. */
const SWEEP = 8_000;
const BETWEEN_LESSONS = 8;
/** Recounting from scratch after so many sweeps keeps rounding errors from adding up. */
const RECOUNT_EVERY = 16;

/**
 * Simulated annealing over border moves; every move keeps both territories in one piece and every rule and limit. The
 * temperature follows the local spread, so that a city is searched as finely as a prairie. Returns the moves tried.
 */
export function anneal(plan: Plan, energy: Energy, schedule: Schedule): number {
  const { tries, start, end, scale = 0, hardness, lesson = 1, random, after } = schedule;
  const border = new BorderEdges(plan);
  const cutOff = new CutOff(plan);
  const { targets } = plan.instance;
  const { owner } = plan;
  const sweeps = Math.max(1, Math.round(tries / SWEEP));
  const between = BETWEEN_LESSONS * plan.k;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const heat = (start * (end / start) ** (sweep / Math.max(1, sweeps - 1))) / plan.n;
    energy.hardness = hardness[0] * (hardness[1] / hardness[0]) ** (sweep / sweeps);
    energy.retarget();
    for (let step = 0; step < SWEEP && border.count > 0; step++) {
      if (step % between === between - 1) energy.learn(lesson);
      const edge = border.edges[below(random, border.count)]!;
      const u = border.from[edge]!;
      const a = owner[u]!;
      const b = owner[targets[edge]!]!;
      const change = energy.delta(u, b);
      if (change > 0) {
        const warmth = heat * Math.max(scale, Math.min(energy.spread[b]!, a >= 0 ? energy.spread[a]! : Infinity));
        if (change > NEVER * warmth || random() >= Math.exp(-change / warmth)) continue;
      }
      if (!energy.allowed(u, b)) continue;
      if (plan.canLeave(u)) {
        energy.move(u, b);
        border.moved(u);
      } else for (const unit of moveWithPieces(plan, energy, { cutOff, u, b, heat, scale, random })) border.moved(unit);
    }
    if (sweep % RECOUNT_EVERY === RECOUNT_EVERY - 1) plan.recount();
    energy.refresh();
    energy.learn(lesson);
    if (after((sweep + 1) / sweeps)) return (sweep + 1) * SWEEP;
  }
  return sweeps * SWEEP;
}

interface Step {
  readonly cutOff: CutOff;
  readonly u: number;
  readonly b: number;
  readonly heat: number;
  readonly scale: number;
  readonly random: Random;
}

/** u goes to b with the small pieces that hang on it alone: the way out where a territory is one unit wide. */
function moveWithPieces(plan: Plan, energy: Energy, { cutOff, u, b, heat, scale, random }: Step): readonly number[] {
  const a = plan.owner[u]!;
  const pieces = a >= 0 && plan.instance.partOf[u]! < 0 ? cutOff.with(u) : null;
  if (!pieces) return [];
  const units = [u, ...pieces];
  const whole = units.filter((unit) => plan.instance.partOf[unit]! < 0).length;
  if (plan.sizes[a]! <= whole) return [];
  const change = energy.deltaOfAll(units, a, b);
  const warmth = heat * Math.max(scale, Math.min(energy.spread[a]!, energy.spread[b]!));
  if (change > 0 && random() >= Math.exp(-change / warmth)) return [];
  let made = 0;
  while (made < units.length && energy.allowed(units[made]!, b)) energy.move(units[made++]!, b);
  if (made < units.length) {
    while (made > 0) energy.move(units[--made]!, a);
    return [];
  }
  return units;
}
