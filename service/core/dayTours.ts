import type { Point } from './geography.ts';
import { shortTour, type Way } from './tour.ts';

/**
 * Days of at most so many stops over all of these stops, each from home and back in driving order: rounds are joined by the
 * greatest saving while they fit into a day (Clarke, Wright 1964), then each is shortened (`shortTour`). Indices of the stops,
 * and the minutes on the road of each day.
 */
export function dayTours(
  stops: readonly Point[],
  { home, way, stopsPerDay }: { readonly home: Point; readonly way: Way; readonly stopsPerDay: number },
): { readonly stops: readonly number[]; readonly minutes: number }[] {
  const out = stops.map((stop) => way(home, stop));
  const roundOf = stops.map((_, i) => [i]);
  for (const { i, j } of savings(stops, out, way)) {
    const [a, b] = [roundOf[i]!, roundOf[j]!];
    if (a === b || a.length + b.length > stopsPerDay || !isEnd(a, i) || !isEnd(b, j)) continue;
    const both = [...(a.at(-1) === i ? a : a.reverse()), ...(b[0] === j ? b : b.reverse())];
    for (const stop of both) roundOf[stop] = both;
  }
  return [...new Set(roundOf)].map((round) => {
    const { order, minutes } = shortTour(
      round.map((stop) => stops[stop]!),
      home,
      way,
    );
    return { stops: order.map((k) => round[k]!), minutes };
  });
}

const isEnd = (round: readonly number[], stop: number) => round[0] === stop || round.at(-1) === stop;

/** Minutes that one round to both saves over two, the greatest first; only what saves anything. */
function savings(stops: readonly Point[], out: readonly number[], way: Way) {
  const found: { i: number; j: number; saved: number }[] = [];
  stops.forEach((stop, i) => {
    for (let j = i + 1; j < stops.length; j++) {
      const saved = out[i]! + out[j]! - way(stop, stops[j]!);
      if (saved > 0) found.push({ i, j, saved });
    }
  });
  return found.sort((a, b) => b.saved - a.saved || a.i - b.i || a.j - b.j);
}
