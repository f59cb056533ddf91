import type { Point } from './geography.ts';
import type { Way } from './tour.ts';
import { driveMinutes, type TravelSettings } from './travel.ts';

/** Minutes by road, as a routing server tells them. */
export interface Roads {
  /** From each of `from` to each of `to`, a row each; null where no road leads, and as a whole where there is no answer. */
  minutes(from: readonly Point[], to: readonly Point[]): Promise<RoadTable | null>;
}
export type RoadTable = readonly (readonly (number | null)[])[];

/** Shorter ways say more about parking than about roads. */
const LEAST_MINUTES = 5;

export interface Ways {
  readonly way: Way;
  /** Told by a routing server; else estimated from distances. */
  readonly isByRoad: boolean;
}

/** Ways as they are estimated from distances (`driveMinutes`). */
export const estimatedWays = (travel: TravelSettings): Ways => ({
  way: (a, b) => driveMinutes(a, b, travel),
  isByRoad: false,
});

/** Ways between these places by road, the mean of both directions; estimated where the table knows none. */
export function roadWays(places: readonly Point[], table: RoadTable, travel: TravelSettings): Ways {
  const at = new Map(places.map((place, i) => [place, i]));
  const minutes = (a: Point, b: Point): number | null => table[at.get(a) ?? -1]?.[at.get(b) ?? -1] ?? null;
  return {
    way: (a, b) => {
      const [there, back] = [minutes(a, b), minutes(b, a)];
      if (there === null || back === null) return there ?? back ?? driveMinutes(a, b, travel);
      return (there + back) / 2;
    },
    isByRoad: true,
  };
}

/** A way whose minutes by road are known. */
export interface KnownWay {
  readonly from: Point;
  readonly to: Point;
  readonly minutes: number;
}

export interface RoadFit {
  readonly ways: number;
  /** The circuity with which the estimate meets the median way. */
  readonly circuity: number;
  /** Median of the errors without their sign, estimate ÷ road − 1: with the circuity of the settings, and with this one. */
  readonly errorBefore: number;
  readonly errorAfter: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * The circuity that makes the estimate (`driveMinutes`) fit roads, speeds as they are: today's × the median of road ÷
 * estimate, never below 1. Null without a way that is long enough to tell anything.
 */
export function fitCircuity(known: readonly KnownWay[], travel: TravelSettings): RoadFit | null {
  const ratios = known.flatMap(({ from, to, minutes }) => {
    const estimate = driveMinutes(from, to, travel);
    return estimate >= LEAST_MINUTES && minutes > 0 ? [minutes / estimate] : [];
  });
  if (ratios.length === 0) return null;
  const circuity = Math.max(1, Math.round(100 * travel.circuity * median(ratios)) / 100);
  const errorWith = (factor: number) => median(ratios.map((ratio) => Math.abs(factor / ratio - 1)));
  return {
    ways: ratios.length,
    circuity,
    errorBefore: errorWith(1),
    errorAfter: errorWith(circuity / travel.circuity),
  };
}
