import { distanceKm, EARTH_RADIUS_KM, pointOf } from './geography.ts';
import type { Vector } from './measures.ts';
import { UnitsAround } from './unitsAround.ts';

/** An address that is visited this often in one cycle: 2 for every other week, ⅓ for once in three cycles. */
export interface VisitedPlace {
  readonly unit: number;
  readonly perCycle: number;
}

export interface SpacingGround {
  readonly lat: Vector;
  readonly lon: Vector;
  readonly areaKm2: Vector;
}

/**
 * Stops of one round that a unit and those around it must hold before their density counts: one unit alone says too little,
 * many say nothing of this place. Against day tours 3½ to 6 do alike, in either half of the country.
 */
const ENOUGH_STOPS = 4;

/** Rounds of one cycle that are told apart; who is seen more often is seen as densely. */
const MOST_ROUNDS = 60;

/**
 * Stops of each unit in every round of a cycle: an address is not seen twice on one day, so that its second visit falls into
 * a second round, where only those are due who are seen as often.
 */
export function dueByRound(places: Iterable<VisitedPlace>, units: number): number[][] {
  const rounds: number[][] = [];
  for (const { unit, perCycle } of places) {
    if (unit < 0) continue;
    for (let round = 0; round < Math.min(perCycle, MOST_ROUNDS); round++) {
      rounds[round] ??= new Array<number>(units).fill(0);
      rounds[round]![unit]! += Math.min(1, perCycle - round);
    }
  }
  return rounds;
}

/**
 * How far apart stops are where each unit lies, in km: √(land ÷ stops) over the unit and the nearest ones that together hold
 * `ENOUGH_STOPS`, empty ones included; of several rounds the mean over all stops. A fact of the market: it depends neither on
 * owners nor on homes. 0 where nobody is visited, and for units not asked for.
 * Beardwood, Halton, Hammersley, "The shortest path through many points" (1959), for √(land ÷ stops).
 */
export function spacingKm(rounds: readonly Vector[], ground: SpacingGround, asked?: ReadonlySet<number>): number[] {
  const first = rounds[0] ?? [];
  const all = first.reduce((sum, stops) => sum + stops, 0);
  // thirds of stops must not decide by rounding
  const enough = Math.min(ENOUGH_STOPS, all) * (1 - 1e-9);
  const around = new UnitsAround(ground);
  return ground.lat.map((_, unit) => {
    if (!(first[unit]! > 0) || asked?.has(unit) === false) return 0;
    const units = first[unit]! >= enough ? [unit] : nearestWith(unit, { around, ground, first, enough });
    const sum = (vector: Vector) => units.reduce((total, each) => total + vector[each]!, 0);
    const due = rounds.map(sum);
    const roots = due.reduce((total, stops) => total + Math.sqrt(stops), 0);
    return (Math.sqrt(sum(ground.areaKm2)) * roots) / due.reduce((total, stops) => total + stops, 0);
  });
}

interface Search {
  readonly around: UnitsAround;
  readonly ground: SpacingGround;
  readonly first: Vector;
  readonly enough: number;
}

/** Kilometres of the first look around a unit; each next one is twice as wide, until it is round the Earth. */
const FIRST_LOOK_KM = 12;
const WIDEST_LOOK_KM = Math.PI * EARTH_RADIUS_KM;

/** The unit and those nearest to it, up to the one with which they hold enough stops. */
function nearestWith(unit: number, { around, ground, first, enough }: Search): number[] {
  const from = pointOf(ground, unit);
  for (let reach = FIRST_LOOK_KM; ; reach *= 2) {
    const near = around
      .within(from, reach)
      .map((each) => ({ each, km: each === unit ? -1 : distanceKm(from, pointOf(ground, each)) }))
      .filter(({ km }) => km <= reach)
      .sort((a, b) => a.km - b.km || a.each - b.each);
    let held = 0;
    const last = near.findIndex(({ each }) => (held += first[each]!) >= enough);
    if (last >= 0 || reach > WIDEST_LOOK_KM)
      return near.slice(0, last < 0 ? undefined : last + 1).map(({ each }) => each);
  }
}
