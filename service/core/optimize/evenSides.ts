import { seeded } from '../random.ts';
import { Best } from './best.ts';
import { unevenness, type Sides, type Wanted } from './divider.ts';
import { Energy } from './energy.ts';
import type { Instance } from './instance.ts';
import { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import { COLD, SQUEEZED } from './schedule.ts';
import { anneal } from './search.ts';
import { restricted } from './subProblem.ts';

/** A cut whose sides hold too much or too little by so much in all is evened out, as `Sides.off`; it aims so much closer. */
const UNEVEN = 0.04;
const TOLERANCE = 0.003;
/** Moves across the border tried for each unit, and at most. */
const TRIES = 60;
const MOST_TRIES = 400_000;
/** Temperature at the begin: sides may take any shape yet. */
const FREE_HEAT = 1;

/**
 * Straight cuts cannot split several measures where one city tips the scales, and what a cut leaves uneven no search among
 * the territories of one side can mend: units at the border between the sides change places until both hold their shares.
 */
export function evenSides(instance: Instance, sides: Sides, { ratio, least, stop }: Wanted & Stop): Sides {
  if (sides.off <= UNEVEN || stop()) return sides;
  const units = [...sides.a, ...sides.b];
  const plan = new Plan(
    halves(instance.problem, units, ratio),
    units.map((_, i) => (i < sides.a.length ? 0 : 1)),
  );
  const energy = new Energy(plan);
  const best = new Best(plan, energy);
  anneal(plan, energy, {
    tries: Math.min(MOST_TRIES, TRIES * units.length),
    start: FREE_HEAT,
    end: COLD,
    hardness: [1, SQUEEZED],
    random: seeded(units.length),
    after: () => {
      best.keep();
      return stop();
    },
  });
  best.restore();
  const off = offOf(plan, ratio);
  if (off >= sides.off || plan.sizes[0]! < least[0] || plan.sizes[1]! < least[1]) return sides;
  const side = (half: number) => Int32Array.from(units.filter((_, i) => plan.owner[i] === half));
  return { a: side(0), b: side(1), off };
}

interface Stop {
  readonly stop: () => boolean;
}

/** Two sides as two territories; cuts know no rules. */
function halves(problem: Problem, units: readonly number[], ratio: number): Problem {
  const free = { ...problem, forbidden: null, apart: [], current: null, disruption: null, regions: null, homes: [] };
  const part = restricted({ ...free, measures: problem.measures.map(plain) }, units, []);
  return {
    ...part,
    k: 2,
    shares: [ratio, 1 - ratio],
    homes: [null, null],
    frozen: [false, false],
    offCounts: [0, 0],
    locked: units.map(() => false),
    limits: null,
    disruptionWeight: 0,
  };
}

function plain({ name, perUnit }: Problem['measures'][number]): Problem['measures'][number] {
  return { name, tolerance: TOLERANCE, perUnit, perPair: null, base: [0, 0] };
}

function offOf({ loads, instance }: Plan, ratio: number): number {
  let off = 0;
  for (let m = 0; m < instance.measures; m++)
    off += unevenness(loads[2 * m]!, loads[2 * m]! + loads[2 * m + 1]!, ratio);
  return off;
}
