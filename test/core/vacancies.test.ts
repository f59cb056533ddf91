import { describe, expect, test } from 'vitest';
import { disruptedShare } from '../../service/core/optimize/certify.ts';
import { optimize } from '../../service/core/optimize/optimize.ts';
import { sharesOfArea } from '../../service/core/optimize/passOn.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import type { Problem } from '../../service/core/optimize/problem.ts';
import { tryStarts } from '../../service/core/optimize/trials.ts';
import { fillVacancies } from '../../service/core/optimize/vacancies.ts';
import { seeded } from '../../service/core/random.ts';
import { gridProblem } from '../kit/gridProblem.ts';
import { groundProblem, hangingParts, piecesOf, randomGround } from '../kit/randomGround.ts';
import { ruled } from '../kit/ruledGround.ts';

const quiet = { stop: () => false, report: () => undefined };
const trial = (seed: number, effort = 0.1) => ({ ...quiet, effort, random: seeded(seed) });

/** A row of territories A, B, … of these lengths; those with a minus sign stand vacant. All have the same target. */
function row(lengths: readonly number[], given: Partial<Problem> = {}, target?: number) {
  const letters = lengths.flatMap((length, i) => Array<string>(Math.abs(length)).fill('ABCDEFGH'[i]!));
  const { problem } = gridProblem(letters.join(' '));
  const seats = lengths.flatMap((length, i) => (length > 0 ? [i] : []));
  const k = seats.length;
  const current = problem.current!.map((i) => seats.indexOf(i));
  const [measure] = problem.measures;
  const targets = target === undefined ? {} : { targets: Array<number>(k).fill(target) };
  const whole: Problem = {
    ...{ ...problem, k, current, disruptionWeight: 10, shares: Array<number>(k).fill(1) },
    ...{ homes: Array<null>(k).fill(null), frozen: Array<boolean>(k).fill(false) },
    measures: [{ ...measure!, base: Array<number>(k).fill(0), ...targets }],
    ...given,
  };
  const plan = new Plan(whole, current);
  return { plan, area: [...current.keys()].filter((u) => current[u]! < 0), all: letters.length };
}

describe('shares of an area that nobody has', () => {
  test('each neighbour takes what it has room for', () => {
    const { plan, area, all } = row([20, -6, 18], {}, 20);
    const shares = sharesOfArea(plan, area);
    expect([...shares].map(([j, share]) => [j, Math.round(share * all * 10) / 10])).toEqual([
      [0, 2],
      [1, 4],
    ]);
  });

  test('what a full one takes it passes on, over as few borders as that needs', () => {
    const { plan, area, all } = row([10, 22, -8, 22, 22, 10], {}, 20);
    const shares = sharesOfArea(plan, area);
    // both sides are full, and beyond the left one there is room for all
    expect(shares.get(1)! * all).toBeCloseTo(8, 6);
    expect(shares.get(2)! * all).toBeCloseTo(0, 6);
  });

  test('nobody takes more than two and a half times its part of the border, and what is frozen nothing', () => {
    const wide = row([10, -8, 22], {}, 20);
    for (const share of sharesOfArea(wide.plan, wide.area).values())
      expect(share * wide.all).toBeLessThanOrEqual(8 + 1e-9);
    const held = row([10, -8, 10], { frozen: [true, false] }, 20);
    expect([...sharesOfArea(held.plan, held.area).keys()]).toEqual([1]);
  });

  test('on any ground the shares are those of the whole area where there is room for it (60 grounds)', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { plan, area } = withVacancy(seed);
      const sum = [...sharesOfArea(plan, area).values()].reduce((all, share) => all + share, 0);
      expect(sum).toBeCloseTo(
        area.reduce((all, u) => all + plan.weight[u]!, 0),
        6,
      );
    }
  });
});

/** Seven territories of random ground and what an eighth had, with room for it. */
function withVacancy(seed: number) {
  const random = seeded(seed);
  const ground = randomGround(random, { width: 16, height: 16, k: 8, parts: 4 });
  const given = groundProblem(random, ground, 7, { disruptionWeight: 1 });
  const current = ground.owners.map((j) => (j === 7 ? -1 : j));
  const measures = given.measures.map((measure) => ({ ...measure, tolerance: 0.5 }));
  const problem: Problem = { ...given, measures, current };
  const area = [...current.keys()].filter((u) => current[u]! < 0 && (given.partOf?.[u] ?? -1) < 0);
  return { ground, problem, plan: new Plan(problem, current), area };
}

describe('vacancies', () => {
  test('all have an owner, all stay in one piece, and the progress is told (30 grounds)', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { ground, problem, plan } = withVacancy(seed);
      const shares: number[] = [];
      fillVacancies(plan, { ...trial(seed), report: (share) => void shares.push(share) });
      expect([...plan.owner].every((j) => j >= 0)).toBe(true);
      for (let j = 0; j < problem.k; j++) {
        expect(piecesOf(ground, plan.owner, j)).toHaveLength(1);
        expect(hangingParts(ground, plan.owner, j)).toEqual([]);
      }
      expect(shares.every((share) => share >= 0 && share < 1)).toBe(true);
    }
  });

  test('locks and forbidden places are kept (40 grounds)', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { problem } = ruled(seed);
      const gone = problem.k - 1;
      const current = problem.current!.map((j) => (j === gone ? -1 : j));
      const plan = new Plan({ ...problem, current, disruptionWeight: 1 }, current);
      fillVacancies(plan, trial(seed));
      current.forEach((j, u) => {
        if (problem.locked[u]) expect(plan.owner[u]).toBe(j);
        else if (plan.owner[u]! >= 0)
          expect(problem.forbidden!.has(u, plan.owner[u]!) && plan.owner[u] !== j).toBe(false);
      });
    }
  });

  test('a rep who leaves beside full neighbours: what hands over least stays, and all are on target', () => {
    const { plan } = row([10, 22, -8, 22, 22, 10, 26, 20]);
    const { owners, onTarget } = optimize(plan.problem, { seed: 1, effort: 1 });
    expect(onTarget).toBe(plan.k);
    expect(owners.every((j) => j >= 0)).toBe(true);
  });

  test('where most of a map stands vacant each unit goes to the nearest', () => {
    const { plan } = row([2, -9, -9, -9, -9, -9, -9, 2]);
    const wide = { ...plan.problem, k: 40, shares: Array<number>(40).fill(1), homes: Array<null>(40).fill(null) };
    const base = Array<number>(40).fill(0);
    const measures = wide.measures.map((measure) => ({ ...measure, base }));
    const frozen = Array<boolean>(40).fill(false);
    expect(fillVacancies(new Plan({ ...wide, measures, frozen }, plan.owner), trial(1))).toBe(0);
  });

  test('without effort each unit goes to the nearest, and nothing is tried', () => {
    const { plan } = row([20, -9, 20]);
    expect(fillVacancies(plan, trial(1, 0))).toBe(0);
    expect(plan.owner.filter((j) => j === 0)).toHaveLength(24);
    expect(plan.owner.filter((j) => j === 1)).toHaveLength(25);
  });
});

describe('starts that are tried', () => {
  test('the plan is left as after the one that hands over least, and the best are tried once more', () => {
    const { plan } = row([20, 20, 20]);
    const put = (units: readonly number[], j: number) => () => {
      for (const u of units) plan.move(u, j);
      return [j];
    };
    let calls = 0;
    const counted = (start: () => number[]) => () => {
      calls++;
      return start();
    };
    const starts = [put([18, 19], 1), put([19], 1), put([38, 39], 2)].map(counted);
    tryStarts(plan, starts, { trial: trial(1), rounds: 1, part: 1, again: 2 });
    expect(calls).toBe(5);
    expect(plan.owner[18]).toBe(0);
    expect(plan.owner[19]).toBe(1);
    expect(disruptedShare(plan)).toBeCloseTo(1 / 60, 9);
  });

  test('one that is stopped at once leaves the first', () => {
    const { plan } = row([20, 20, 20]);
    const start = () => {
      plan.move(19, 1);
      return [1];
    };
    tryStarts(plan, [start, () => []], { trial: { ...trial(1), stop: () => true }, rounds: 1, part: 1, again: 1 });
    expect(plan.owner[19]).toBe(1);
  });
});
