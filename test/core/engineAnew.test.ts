import { describe, expect, test } from 'vitest';
import { beginAnew, type Starts } from '../../service/core/optimize/anew.ts';
import { isWorth } from '../../service/core/optimize/best.ts';
import { Energy } from '../../service/core/optimize/energy.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { neighboursOf } from '../../service/core/optimize/regions.ts';
import { costsOf, risenMost } from '../../service/core/optimize/risen.ts';
import { below, seeded } from '../../service/core/random.ts';
import { groundProblem, randomGround } from '../kit/randomGround.ts';

function planOf(seed: number, { width, height, k, tolerance = 0.05 }: Record<string, number>) {
  const random = seeded(seed);
  const ground = randomGround(random, { width: width!, height: height!, k: k!, parts: 0 });
  const problem = { ...groundProblem(random, ground, k!, {}), current: null };
  const measures = problem.measures.map((measure) => ({ ...measure, tolerance }));
  const plan = new Plan({ ...problem, measures }, ground.owners);
  return { random, plan, energy: new Energy(plan) };
}

test('what less is outside may cost so much for each target, and nothing where it is no dearer', () => {
  const before = { outside: 0.4, objective: 100 };
  expect(isWorth({ outside: 0.2, objective: 102 }, before, 11)).toBe(true);
  expect(isWorth({ outside: 0.2, objective: 102 }, before, 9)).toBe(false);
  expect(isWorth({ outside: 0.2, objective: 102 }, before, Infinity)).toBe(true);
  expect(isWorth({ outside: 0.4, objective: 99 }, before, 0)).toBe(true);
});

describe('what has risen most', () => {
  // ranges that hold everything: no territory is off target
  const wide = { width: 30, height: 20, k: 60, tolerance: 50 };

  test('is the territory that did, with 23 around it, each at the border of another (20 grounds)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { random, plan, energy } = planOf(seed, wide);
      expect(energy.onTarget()).toBe(60);
      const now = costsOf(plan);
      const all = now.reduce((sum, cost) => sum + cost, 0);
      const first = below(random, 60);
      const before = now.map((cost, j) => cost - (j === first ? 0.1 : 0.01 * random()) * all);
      const region = risenMost(energy, before, new Set())!;
      expect(region).toHaveLength(24);
      expect(new Set(region).size).toBe(24);
      expect(region).toContain(first);
      const around = neighboursOf(plan);
      for (const j of region) if (j !== first) expect(around[j]!.some((next) => region.includes(next))).toBe(true);
      // the rise of the next ones is small, but those around it count too, done or not
      const rest = [...Array(60).keys()]
        .filter((j) => j !== first)
        .sort((a, b) => now[b]! - before[b]! - now[a]! + before[a]!);
      expect(risenMost(energy, before, new Set([first]))).toContain(rest[0]);
    }
  });

  test('is nothing where little rose, where everything is done, or on a map that is hardly larger', () => {
    const { plan, energy } = planOf(1, wide);
    const now = costsOf(plan);
    const all = now.reduce((sum, cost) => sum + cost, 0);
    expect(risenMost(energy, now, new Set())).toBe(null);
    const little = now.map((cost, j) => (j === 7 ? cost - 0.02 * all : cost));
    expect(risenMost(energy, little, new Set())).toBe(null);
    const much = now.map((cost, j) => (j === 7 ? cost - 0.04 * all : cost));
    expect(risenMost(energy, much, new Set())).toContain(7);
    expect(risenMost(energy, much, new Set(now.keys()))).toBe(null);
    const small = planOf(1, { ...wide, k: 48 });
    expect(risenMost(small.energy, new Float64Array(48).fill(-Infinity), new Set())).toBe(null);
  });

  test('begins with what is off target', () => {
    const { plan, energy } = planOf(2, { ...wide, tolerance: 0.05 });
    const off = [...Array(60).keys()].filter((j) => energy.violation(j) > 0);
    expect(off.length).toBeGreaterThan(0);
    expect(risenMost(energy, costsOf(plan), new Set())!.some((j) => off.includes(j))).toBe(true);
  });
});

describe('territories begun anew', () => {
  const region = [0, 1, 2, 3];
  /** Starts that leave the plan as it is, and say that it is worth this. */
  function starts(plan: Plan, { states, ...rest }: { states: [number, number][] } & Partial<Starts>) {
    const tried: number[] = [];
    const all: Starts = {
      ...{ first: 5, count: states.length, price: Infinity, stop: () => false, isEnough: () => false },
      solve: (part, start) => {
        tried.push(start);
        // which start it was can be seen by who has the first unit that may change
        part.owner[0] = (start - 5) % 4;
        const [outside, objective] = states[start - 5]!;
        return { state: { outside, objective }, steps: 10 };
      },
      ...rest,
    };
    const energy = new Energy(plan);
    const steps = beginAnew(plan, energy, region, all);
    return { tried, steps, first: plan.owner[firstOf(plan)] };
  }
  const firstOf = (plan: Plan) => [...plan.owner.keys()].find((u) => region.includes(plan.owner[u]!))!;
  const fresh = () => planOf(3, { width: 8, height: 8, k: 5 }).plan;

  test('take over the best start, whichever it was, and all are tried', () => {
    const { tried, steps, first } = starts(fresh(), {
      states: [
        [0.01, 9],
        [0, 7],
        [0, 8],
      ],
    });
    expect(tried).toEqual([5, 6, 7]);
    expect(steps).toBe(30);
    expect(first).toBe(1);
  });

  test('stop at a start that is enough, and when they are told to', () => {
    const enough = starts(fresh(), {
      states: [
        [0, 9],
        [0, 7],
      ],
      isEnough: ({ outside }) => outside === 0,
    });
    expect(enough.tried).toEqual([5]);
    const before = fresh();
    expect(starts(before, { states: [[0, 0]], stop: () => true }).tried).toEqual([]);
    expect([...before.owner]).toEqual([...fresh().owner]);
  });

  test('stay as they are where every start is worse, or dearer than what it saves is worth', () => {
    const plan = fresh();
    starts(plan, { states: [[99, 1]] });
    expect([...plan.owner]).toEqual([...fresh().owner]);
    starts(plan, { states: [[0, 1e12]], price: 0.1 });
    expect([...plan.owner]).toEqual([...fresh().owner]);
    starts(plan, {
      states: [
        [0, 1e12],
        [0, 1e13],
      ],
    });
    expect(plan.owner[firstOf(plan)]).toBe(0);
  });
});
