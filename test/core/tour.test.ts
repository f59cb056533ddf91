import { describe, expect, test } from 'vitest';
import type { Point } from '../../service/core/geography.ts';
import { seeded } from '../../service/core/random.ts';
import { shortTour } from '../../service/core/tour.ts';
import { DEFAULT_TRAVEL, driveMinutes } from '../../service/core/travel.ts';

/** Ways on a plane, so that the answer can be seen. */
const flat = (a: Point, b: Point) => Math.hypot(a.lat - b.lat, a.lon - b.lon);
const at = (lat: number, lon: number): Point => ({ lat, lon });

describe('driving order', () => {
  test('goes around a square and back', () => {
    const corners = [at(1, 1), at(0, 1), at(1, 0)];
    const { order, minutes, legs } = shortTour(corners, at(0, 0), flat);
    expect(minutes).toBeCloseTo(4, 9);
    expect(legs).toHaveLength(4);
    expect(order[1]).toBe(0);
  });

  test('without a start it goes along a line from end to end', () => {
    const line = [3, 0, 4, 1, 2].map((lon) => at(0, lon));
    const { order, minutes, legs } = shortTour(line, null, flat);
    expect(minutes).toBeCloseTo(4, 9);
    expect(legs).toEqual([1, 1, 1, 1]);
    const places = order.map((i) => line[i]!.lon);
    expect([places.join(''), [...places].reverse().join('')]).toContain('01234');
  });

  test('no stop is no way, one stop is there and back', () => {
    expect(shortTour([], at(0, 0), flat)).toEqual({ order: [], legs: [], minutes: 0 });
    expect(shortTour([at(0, 5)], at(0, 0), flat)).toEqual({ order: [0], legs: [5, 5], minutes: 10 });
    expect(shortTour([at(0, 5)], null, flat)).toEqual({ order: [0], legs: [], minutes: 0 });
  });

  test('visits every stop once, and is at most 3 % longer than the best order of six stops', () => {
    const random = seeded(7);
    for (let turn = 0; turn < 60; turn++) {
      const stops = Array.from({ length: 6 }, () => at(random(), random()));
      const { order, minutes, legs } = shortTour(stops, at(0.5, 0.5), flat);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      expect(legs.reduce((sum, leg) => sum + leg, 0)).toBeCloseTo(minutes, 9);
      const best = Math.min(...orders([0, 1, 2, 3, 4, 5]).map((each) => length(each, stops)));
      expect(minutes).toBeGreaterThan(best - 1e-9);
      expect(minutes).toBeLessThan(best * 1.03);
    }
  });
});

function orders(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first) => orders(list.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}

function length(order: readonly number[], stops: readonly Point[]): number {
  const way = [at(0.5, 0.5), ...order.map((i) => stops[i]!), at(0.5, 0.5)];
  return way.slice(1).reduce((sum, point, i) => sum + flat(way[i]!, point), 0);
}

describe('drive minutes', () => {
  test('60 km on the highway: 60 × 1.3 ÷ 85 hours; no way takes no time', () => {
    const degree = 60 / 111.19492664;
    expect(driveMinutes(at(42, -71), at(42 + degree, -71), DEFAULT_TRAVEL)).toBeCloseTo((60 * 1.3 * 60) / 85, 2);
    expect(driveMinutes(at(42, -71), at(42, -71), DEFAULT_TRAVEL)).toBe(0);
  });
});
