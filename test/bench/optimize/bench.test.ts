import { describe, expect, test } from 'vitest';
import { certify } from '../../../service/core/optimize/certify.ts';
import { optimize } from '../../../service/core/optimize/optimize.ts';
import { Plan } from '../../../service/core/optimize/plan.ts';
import type { Problem } from '../../../service/core/optimize/problem.ts';
import { seeded } from '../../../service/core/random.ts';
import { grid } from '../../kit/grid.ts';
import { figures } from './figures.ts';
import { greedyGrowth } from './greedy.ts';
import { hopVolume } from './hops.ts';
import { country, instance } from './instances.ts';
import { exactPlan } from './tinyMip.ts';
import { exactTransport } from './transport.ts';

/** One measure of 1 a unit over a picture's ground. */
function even(picture: string, given: Partial<Problem> = {}): Problem {
  const { owners, letters, lat, lon, neighbors } = grid(picture);
  const k = given.k ?? letters.length;
  return {
    lat,
    lon,
    neighbors,
    k,
    shares: Array<number>(k).fill(1),
    measures: [
      { name: 'hours', tolerance: 0.1, perUnit: owners.map(() => 1), perPair: null, base: Array<number>(k).fill(0) },
    ],
    homes: Array<null>(k).fill(null),
    current: owners,
    locked: owners.map(() => false),
    frozen: Array<boolean>(k).fill(false),
    disruption: null,
    limits: null,
    disruptionWeight: 0,
    ...given,
  };
}

/** A strip of land where the one measure is more at one end and less at the other than the other measure. */
function coast({ columns, rows, k, tilt }: { columns: number; rows: number; k: number; tilt: number }): Problem {
  const random = seeded(columns);
  const land = even(Array.from({ length: rows }, () => Array<string>(columns).fill('A').join(' ')).join('\n'), { k });
  const [measure] = land.measures;
  const some = () => 0.7 + 0.6 * random();
  const more = (u: number) => 1 + tilt * Math.cos((Math.PI * (u % columns)) / (columns - 1));
  const measures = [
    { ...measure!, name: 'hours', tolerance: 0.05, perUnit: land.lat.map((_, u) => more(u) * some()) },
    { ...measure!, name: 'sales', tolerance: 0.05, perUnit: land.lat.map(some) },
  ];
  return { ...land, measures, current: null };
}

describe('what the bench compares with', () => {
  test('figures of a picture: deviations, cut pairs, torn territories', () => {
    const problem = even(`
      A A B A
      A A B B`);
    const { within5, within15, worst, cutEdges, broken } = figures(problem, problem.current!);
    expect([within5, within15]).toEqual([0, 0]);
    expect(worst).toBeCloseTo(0.25, 12);
    expect(cutEdges).toBeCloseTo(4 / 10, 12);
    expect(broken).toBe(1);
  });

  test('the least flow crosses every border between what is too much and what is too little', async () => {
    // A has 6, C has 2, B between them 4: two units must cross both borders; ranges of nothing but the target
    const problem = even('A A A A A A B B B B C C');
    const exactly = [[4, 4, 4].map((target) => ({ target, low: target, high: target }))];
    expect(await hopVolume(problem, exactly, problem.current!)).toBeCloseTo(4 / 12, 9);
  });

  test("nobody's units leave to where they touch; a new territory takes from those beside it", async () => {
    const gone = even('A A A . . . B B B', { k: 2 });
    const ranges = (k: number, target: number) => [Array.from({ length: k }, () => ({ target, low: 0, high: 9 }))];
    expect(await hopVolume(gone, ranges(2, 4.5), gone.current!)).toBeCloseTo(3 / 9, 9);
    const fresh = even('A A A A B B B B', { k: 3 });
    const after = [0, 0, 0, 2, 2, 1, 1, 1];
    const wanted = [[3, 3, 2].map((target) => ({ target, low: target, high: target }))];
    expect(await hopVolume(fresh, wanted, after)).toBeCloseTo(2 / 8, 9);
  });

  test('bound ≤ exact transport ≤ best contiguous plan ≤ plan, all at the same centres', async () => {
    const problem = instance('points:36', { seed: 1, k: 2, tolerance: 0.15, measures: 2 });
    const solution = optimize(problem, { seed: 1, effort: 0.2 });
    const exact = await exactTransport(problem, solution);
    const best = await exactPlan(problem, solution);
    expect(solution.bound.value).toBeLessThanOrEqual(exact!.value * (1 + 1e-9));
    expect(exact!.value).toBeLessThanOrEqual(best! * (1 + 1e-6));
    expect(best).toBeLessThanOrEqual(solution.squaredDistance * (1 + 1e-6));
  });

  test('the bound is within 0.2 % of the exact transport where what a coast lacks comes from its other end', async () => {
    for (const [columns, rows, k, tilt] of [
      [200, 5, 100, 0.11],
      [120, 8, 60, 0.14],
    ] as const) {
      const problem = coast({ columns, rows, k, tilt });
      const owners = problem.lat.map((_, u) => Math.floor(((u % columns) / columns) * k));
      const solution = {
        ...certify(new Plan(problem, owners)),
        owners,
        onTarget: 0,
        stopped: false,
        start: 0,
        steps: 0,
      };
      const exact = await exactTransport(problem, solution);
      // holding the ranges costs a multiple of what the plan costs without them
      expect(exact!.value).toBeGreaterThan(1.5 * solution.withoutCorridor);
      expect(solution.bound.value).toBeLessThanOrEqual(exact!.value * (1 + 1e-9));
      expect(solution.bound.value).toBeGreaterThan(exact!.value * 0.998);
    }
  });

  test('greedy growth gives every unit to a territory in one piece', () => {
    const problem = instance('points:400', { seed: 2, k: 8, tolerance: 0.05, measures: 2 });
    const owners = greedyGrowth(problem);
    expect(owners.every((owner) => owner >= 0)).toBe(true);
    expect(figures(problem, owners).broken).toBe(0);
  });

  test('the same seed gives the same numbers, another seed others; accounts never hold more than their unit', () => {
    const options = { k: 25, tolerance: 0.05, measures: 2 };
    const { problem, accounts } = country('state', { ...options, seed: 1 });
    expect(country('state', { ...options, seed: 1 }).problem.measures).toEqual(problem.measures);
    expect(country('state', { ...options, seed: 2 }).problem.measures).not.toEqual(problem.measures);
    expect(accounts.length).toBeGreaterThan(0);
    const held = new Map<number, number>();
    for (const { unit, amounts } of accounts) held.set(unit, (held.get(unit) ?? 0) + amounts[0]!);
    for (const [unit, sum] of held) expect(sum).toBeLessThanOrEqual(problem.measures[0]!.perUnit[unit]!);
  });
});
