import { describe, expect, test } from 'vitest';
import { pieces, unitsByTerritory } from '../../service/core/contiguity.ts';
import { lowerBound } from '../../service/core/optimize/bound.ts';
import { optimize } from '../../service/core/optimize/optimize.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { corridors, type Problem } from '../../service/core/optimize/problem.ts';
import { seeded } from '../../service/core/random.ts';
import { grid } from '../kit/grid.ts';

/** A square of units with two uneven measures. */
function square(size: number, k: number, given: Partial<Problem> = {}): Problem {
  const random = seeded(size * 31 + k);
  const n = size * size;
  const { neighbors, lat, lon } = grid(
    Array.from({ length: size }, () => Array.from({ length: size }, () => 'A').join(' ')).join('\n'),
  );
  const measure = (name: string) => ({
    name,
    tolerance: 0.1,
    perUnit: Array.from({ length: n }, () => 1 + 4 * random() ** 3),
    perPair: null,
    base: Array<number>(k).fill(0),
  });
  return {
    lat,
    lon,
    neighbors,
    k,
    shares: Array<number>(k).fill(1),
    measures: [measure('hours'), measure('dollars')],
    homes: Array<null>(k).fill(null),
    current: null,
    locked: lat.map(() => false),
    frozen: Array<boolean>(k).fill(false),
    disruption: null,
    limits: null,
    disruptionWeight: 0,
    ...given,
  };
}

const run = (problem: Problem, seed = 1) => optimize(problem, { effort: 1, seed });

describe('the engine', () => {
  test.each([1, 2, 3, 4, 5])('makes contiguous territories inside ±10 %% of two measures (seed %i)', (seed) => {
    const problem = square(24, 9);
    const { owners, onTarget, objective, bound } = run(problem, seed);
    for (const units of unitsByTerritory(owners, 9)) expect(pieces(units, problem.neighbors)).toHaveLength(1);
    expect(onTarget).toBe(9);
    expect(bound.value).toBeLessThanOrEqual(objective);
    expect(bound.value).toBeGreaterThan(0);
  });

  test("leaves a fifth of the tolerances free where territories are fine, and nothing of the sort from today's map", () => {
    const used = (problem: Problem, owners: readonly number[]) => {
      const plan = new Plan(problem, owners);
      return corridors(problem, plan.loads)
        .flatMap((row, m) => row.map(({ target }, j) => Math.abs(plan.loads[m * plan.k + j]! / target - 1) / 0.1))
        .sort((a, b) => a - b);
    };
    const problem = square(40, 8);
    const { owners, onTarget } = run(problem);
    expect(onTarget).toBe(8);
    expect(used(problem, owners).at(-2)).toBeLessThan(0.85);
    // each unit of the first rows doubles: what has to move ends at the ends of the ranges
    const measures = problem.measures.map((one) => ({
      ...one,
      perUnit: one.perUnit.map((a, u) => (u < 400 ? 2 * a : a)),
    }));
    const later = { ...problem, measures, current: owners, disruptionWeight: 1000 };
    expect(used(later, run(later).owners).filter((part) => part > 0.85).length).toBeGreaterThan(4);
  });

  test('the same seed gives the same plan, another seed may not', () => {
    const problem = square(16, 5);
    expect(run(problem, 4).owners).toEqual(run(problem, 4).owners);
  });

  test('never raises the number of territories off target, and keeps the limit on accounts changing rep', () => {
    const n = 400;
    const current = Array.from({ length: n }, (_, unit) => (unit % 20 < 14 ? 0 : 1));
    const ones = Array<number>(n).fill(1);
    const problem = square(20, 2, {
      current,
      disruption: { accounts: ones, salesUsd: ones },
      limits: { accountsShare: 0.1, salesShare: 0.1 },
      disruptionWeight: 1,
    });
    const moved = run(problem).owners.filter((owner, unit) => owner !== current[unit]).length;
    expect(moved).toBeLessThanOrEqual(0.1 * n);
    expect(moved).toBeGreaterThan(0);
  });

  test('locked units stay, frozen territories gain nothing, uncovered units find an owner', () => {
    const current = Array.from({ length: 400 }, (_, unit) => (unit % 20 < 14 ? 0 : unit < 40 ? -1 : 1));
    const locked = current.map((_, unit) => unit % 20 === 13);
    const kept = run(square(20, 2, { current, locked, disruptionWeight: 1 })).owners;
    locked.forEach((isLocked, unit) => isLocked && expect(kept[unit]).toBe(0));
    expect(kept.includes(-1)).toBe(false);
    const frozen = run(
      square(20, 2, {
        current: current.map((owner) => (owner < 0 ? 1 : owner)),
        frozen: [false, true],
        disruptionWeight: 1,
      }),
    ).owners;
    frozen.forEach((owner, unit) => owner === 1 && expect(current[unit]).not.toBe(0));
  });

  test('stops when told and still has a legal plan', () => {
    let looks = 0;
    const problem = square(24, 9);
    const { owners, stopped } = optimize(problem, { effort: 1, seed: 1, shouldStop: () => ++looks > 3 });
    expect(stopped).toBe(true);
    for (const units of unitsByTerritory(owners, 9)) expect(pieces(units, problem.neighbors)).toHaveLength(1);
  });

  test('says which input cannot be solved', () => {
    expect(() => run(square(3, 10))).toThrow('10 territories cannot be made of 9 units.');
    const zero = { name: 'hours', tolerance: 0.1, perUnit: Array<number>(9).fill(0), perPair: null, base: [0, 0] };
    expect(() => run(square(3, 2, { measures: [zero] }))).toThrow('hours is 0 everywhere.');
  });

  test('the bound holds against every plan inside the corridors (brute force)', () => {
    const problem = square(3, 2, {
      measures: [{ name: 'hours', tolerance: 0.3, perUnit: [3, 1, 2, 1, 4, 1, 2, 1, 3], perPair: null, base: [0, 0] }],
    });
    const plan = new Plan(problem, [0, 0, 0, 0, 1, 1, 1, 1, 1]);
    const ranges = corridors(problem, plan.loads);
    const { value } = lowerBound(plan, ranges);
    let best = Infinity;
    for (let code = 0; code < 512; code++) {
      const owners = Array.from({ length: 9 }, (_, unit) => (code >> unit) & 1);
      const load = [0, 1].map((j) =>
        owners.reduce((sum, owner, unit) => sum + (owner === j ? problem.measures[0]!.perUnit[unit]! : 0), 0),
      );
      if (load.some((sum, j) => sum < ranges[0]![j]!.low || sum > ranges[0]![j]!.high)) continue;
      best = Math.min(
        best,
        owners.reduce((sum, owner, unit) => sum + plan.weight[unit]! * plan.squaredKm(unit, owner), 0),
      );
    }
    expect(best).toBeLessThan(Infinity);
    expect(value).toBeLessThanOrEqual(best + 1e-9);
    expect(value).toBeGreaterThan(0.3 * best);
  });
});
