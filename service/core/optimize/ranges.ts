import { BailiwickError } from '../errors.ts';
import type { Rule } from './readRules.ts';
import type { UnitTable } from './readUnits.ts';
import type { Roster } from './roster.ts';

/** Target ranges of territory j in measure m at m * k + j. */
export interface Ranges {
  readonly target: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Least and most by rule, per measure and territory; null where no rule stands. */
  readonly least: readonly (readonly (number | null)[])[];
  readonly most: readonly (readonly (number | null)[])[];
}

interface Asked {
  readonly units: UnitTable;
  readonly roster: Roster;
  readonly rules: readonly Rule[];
  readonly measures: readonly { readonly name: string; readonly tolerance: number }[];
}

/** Share of a total that rounding may take. */
const ROUNDING = 1e-9;

/**
 * [target · (1 ∓ tolerance)], narrowed by the rules min and max.
 * @throws BailiwickError infeasible where a range is empty or the total cannot lie in the sum of the ranges
 */
export function rangesOf({ units, roster, rules, measures }: Asked): Ranges {
  const k = roster.names.length;
  const shares = roster.shares.reduce((sum, share) => sum + share, 0);
  const size = k * measures.length;
  const [target, low, high] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const least = measures.map(({ name }) => limits(roster, rules, { kind: 'min', name }));
  const most = measures.map(({ name }) => limits(roster, rules, { kind: 'max', name }));
  measures.forEach(({ name, tolerance }, m) => {
    const total = units.measures.get(name.toLowerCase())!.reduce((sum, value) => sum + value, 0);
    if (total === 0) throw refuse('bad_request', `${name} is 0 everywhere.`, 'Balance a measure that some unit has.');
    let [lows, highs] = [0, 0];
    for (let j = 0; j < k; j++) {
      const at = m * k + j;
      target[at] = (total * roster.shares[j]!) / shares;
      low[at] = Math.max(target[at]! * (1 - tolerance), least[m]![j] ?? -Infinity);
      high[at] = Math.min(target[at]! * (1 + tolerance), most[m]![j] ?? Infinity);
      if (low[at]! > high[at]!)
        throw refuse(
          'infeasible',
          `Territory ${roster.names[j]} needs at least ${short(low[at]!)} of ${name}, but may have at most ${short(high[at]!)}.`,
          'Widen the tolerance, or correct the rules min and max.',
        );
      lows += low[at]!;
      highs += high[at]!;
    }
    if (lows > total * (1 + ROUNDING) || highs < total * (1 - ROUNDING))
      throw refuse(
        'infeasible',
        `The ranges of ${name} add up to ${short(lows)} … ${short(highs)}, but the units hold ${short(total)}.`,
        'Widen the tolerance, or correct the rules min and max.',
      );
  });
  return { target, low, high, least, most };
}

function limits(
  { names }: Roster,
  rules: readonly Rule[],
  { kind, name }: { kind: 'min' | 'max'; name: string },
): (number | null)[] {
  const tighter = kind === 'min' ? Math.max : Math.min;
  return names.map((territory) =>
    rules.reduce<number | null>((limit, rule) => {
      if (rule.kind !== kind || !('measure' in rule) || rule.measure !== name.toLowerCase()) return limit;
      if (rule.territory !== null && rule.territory !== territory) return limit;
      return limit === null ? rule.value : tighter(limit, rule.value);
    }, null),
  );
}

function refuse(code: 'bad_request' | 'infeasible', message: string, action: string): BailiwickError {
  return new BailiwickError(code, message, { action });
}

/** A figure in a sentence: without the digits that rounding made. */
function short(value: number): string {
  return String(Number(value.toPrecision(8)));
}
