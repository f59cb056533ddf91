import { describe, expect, test } from 'vitest';
import { fieldPlan, type FieldPlanOptions, type Target } from '../../service/core/fieldPlan.ts';
import type { Point } from '../../service/core/geography.ts';

const flat = (a: Point, b: Point) => Math.hypot(a.lat - b.lat, a.lon - b.lon);
const HOME = { lat: 0, lon: 0 };
const options: FieldPlanOptions = {
  home: HOME,
  way: flat,
  cyclesPerYear: 12,
  cycle: 0,
  stopsPerDay: 3,
  minutesPerDay: 480,
};
let number = 0;
const target = (lat: number, lon: number, rest: Partial<Target> = {}): Target => ({
  ...{ lat, lon, callsPerYear: 12, minutesPerCall: 30, address: String(number++) },
  ...rest,
});

describe('field plan', () => {
  test('over a year everybody is called on as often as planned', () => {
    const targets = [24, 12, 6, 4, 0].map((callsPerYear, i) => target(i + 1, i, { callsPerYear }));
    const calls = targets.map(() => 0);
    for (let cycle = 0; cycle < 12; cycle++)
      for (const day of fieldPlan(targets, { ...options, cycle })) for (const i of day.targets) calls[i]!++;
    expect(calls).toEqual([24, 12, 6, 4, 0]);
  });

  test('a day holds at most so many stops and minutes, and days go by direction', () => {
    // three in the north, three in the south; every second one is due in each round
    const north = [0.1, 0.2, 0.3].map((lon) => target(5, lon, { callsPerYear: 24 }));
    const south = [0.1, 0.2, 0.3].map((lon) => target(-5, lon, { callsPerYear: 24 }));
    const days = fieldPlan([...north, ...south], options);
    expect(days.map(({ stops }) => stops)).toEqual([3, 3, 3, 3]);
    for (const { targets } of days) expect(new Set(targets.map((i) => i < 3)).size).toBe(1);
    for (const { driveMinutes, callMinutes } of days) {
      expect(driveMinutes).toBeLessThan(10.5);
      expect(callMinutes).toBe(90);
    }
    const short = fieldPlan([...north, ...south], { ...options, minutesPerDay: 75 });
    expect(Math.max(...short.map(({ callMinutes, driveMinutes }) => callMinutes + driveMinutes))).toBeLessThan(75);
    expect(short.length).toBeGreaterThan(days.length);
  });

  test('targets at one address are one stop', () => {
    const together = [1, 2, 3, 4].map(() => target(1, 1, { address: 'here', callsPerYear: 24 }));
    const days = fieldPlan(together, { ...options, stopsPerDay: 1 });
    expect(days.map(({ stops, targets }) => [stops, targets.length])).toEqual([
      [1, 4],
      [1, 4],
    ]);
    for (const { ways, backMinutes, driveMinutes } of days) {
      expect(ways.slice(1)).toEqual([0, 0, 0]);
      expect((ways[0] ?? 0) + backMinutes).toBeCloseTo(driveMinutes, 9);
    }
  });

  test('a stop that alone takes more than a day still gets one; nobody makes no days', () => {
    expect(fieldPlan([target(1, 0, { minutesPerCall: 900 })], options)).toHaveLength(1);
    expect(fieldPlan([], options)).toEqual([]);
    expect(fieldPlan([target(1, 0, { callsPerYear: 0 })], { ...options, home: null })).toEqual([]);
  });
});
