import { describe, expect, test } from 'vitest';
import { distanceKm } from '../../service/core/geography.ts';
import { below, seeded } from '../../service/core/random.ts';
import { dueByRound, spacingKm } from '../../service/core/spacing.ts';
import { UnitsAround } from '../../service/core/unitsAround.ts';

/** Units along a meridian, some 11 km from one to the next, with 9 km² each. */
const row = (units: number) => ({
  lat: Array.from({ length: units }, (_, i) => 42 + i / 10),
  lon: Array.from({ length: units }, () => -71),
  areaKm2: Array.from({ length: units }, () => 9),
});

describe('stops of every round', () => {
  test('twice a cycle, once, and a third of the cycles; no unit counts nowhere', () => {
    const places = [
      { unit: 0, perCycle: 2 },
      { unit: 0, perCycle: 1 },
      { unit: 1, perCycle: 1 / 3 },
      { unit: -1, perCycle: 1 },
      { unit: 1, perCycle: 0 },
    ];
    expect(dueByRound(places, 2)).toEqual([
      [2, 1 / 3],
      [1, 0],
    ]);
    expect(dueByRound([], 2)).toEqual([]);
  });
});

describe('how far apart stops are', () => {
  test('four stops in the unit: its own land, √(9 ÷ 4) = 1.5 km', () => {
    expect(spacingKm([[4, 0, 0]], row(3))).toEqual([1.5, 0, 0]);
  });

  test('fewer: with the nearest units, empty ones included, until there are four', () => {
    // unit 0 takes 1 (empty) and 2: √(27 ÷ 4); unit 2 takes 1 or 3 first, both 11 km away, then unit 0 makes four
    const [first, , third] = spacingKm([[1, 0, 3, 0, 0, 0]], row(6));
    expect(first).toBeCloseTo(Math.sqrt(27 / 4), 12);
    expect(third).toBeCloseTo(Math.sqrt(36 / 4), 12);
  });

  test('thirds add up: twelve of them are four stops', () => {
    expect(spacingKm([[11 / 3, 1 / 3, 0]], row(3))[0]).toBeCloseTo(Math.sqrt(18 / 4), 12);
  });

  test('a market of fewer than four stops: up to the last of them', () => {
    expect(spacingKm([[1, 0, 0]], row(3))).toEqual([3, 0, 0]);
    expect(spacingKm([], row(2))).toEqual([0, 0]);
  });

  test('two rounds: the mean over all stops, 4 of them 1.5 km apart and 1 of them 3 km', () => {
    expect(spacingKm([[4], [1]], row(1))[0]).toBeCloseTo((4 * 1.5 + 1 * 3) / 5, 12);
  });

  test('twice the stops everywhere lie no farther apart', () => {
    const random = seeded(3);
    const ground = row(40);
    const stops = ground.lat.map(() => below(random, 3));
    const before = spacingKm([stops], ground);
    const after = spacingKm([stops.map((n) => 2 * n)], ground);
    after.forEach((km, unit) => expect(km).toBeLessThanOrEqual(before[unit]! + 1e-12));
  });
});

describe('units around a place', () => {
  test('holds all within the distance, over the date line and near the pole too', () => {
    const random = seeded(7);
    const lat = Array.from({ length: 3000 }, () => 180 * random() - 90);
    const lon = Array.from({ length: 3000 }, () => 360 * random() - 180);
    const around = new UnitsAround({ lat, lon });
    for (const [at, km] of [
      [{ lat: 60, lon: 179.9 }, 700],
      [{ lat: 88, lon: 0 }, 500],
      [{ lat: 0, lon: -179 }, 300],
      [{ lat: 40, lon: -75 }, 25000],
    ] as const) {
      // prettier-ignore
      const found = new Set(around.within(at, km));
      const near = lat.flatMap((y, unit) => (distanceKm(at, { lat: y, lon: lon[unit]! }) <= km ? [unit] : []));
      expect(near.length).toBeGreaterThan(0);
      expect(near.filter((unit) => !found.has(unit))).toEqual([]);
      expect(new Set(around.within(at, km)).size).toBe(around.within(at, km).length);
    }
  });
});
