import type { Point } from './geography.ts';
import type { Way } from './tour.ts';
import { driveMinutes, type TravelSettings } from './travel.ts';

/** Minutes by road, as a routing server tells them. */
export interface Roads {
  /** From each of `from` to each of `to`, a row each; null where no road leads, and as a whole where there is no answer. */
  minutes(from: readonly Point[], to: readonly Point[]): Promise<RoadTable | null>;
}
export type RoadTable = readonly (readonly (number | null)[])[];

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
