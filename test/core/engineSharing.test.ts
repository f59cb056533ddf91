import { describe, expect, test } from 'vitest';
import { Energy } from '../../service/core/optimize/energy.ts';
import { Improvement } from '../../service/core/optimize/improvement.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { corridors, type Problem } from '../../service/core/optimize/problem.ts';
import { sharingProblem, WAYS, type Way } from '../../service/core/optimize/sharing.ts';
import { seeded } from '../../service/core/random.ts';
import { gridProblem } from '../kit/gridProblem.ts';
import { groundProblem, hangingParts, piecesOf, randomGround } from '../kit/randomGround.ts';

/** The same with the same target for every territory: a share of what there is on average. */
function targeted(problem: Problem, share: number): Problem {
  const measures = problem.measures.map((measure) => {
    const mean = measure.perUnit.reduce((sum, value) => sum + value, 0) / problem.k;
    return { ...measure, targets: Array<number>(problem.k).fill(mean / share) };
  });
  return { ...problem, measures, current: null };
}

/** Territories of 15, 17, 18, 18 and 18 units in a row, where each should have 20, ±10 %. */
function short(given: Partial<Problem> = {}): Plan {
  const row = [15, 17, 18, 18, 18].flatMap((length, j) => Array<string>(length).fill('ABCDE'[j]!));
  const { problem, owners } = gridProblem(row.join(' '));
  return new Plan({ ...targeted(problem, 86 / 100), ...given }, owners);
}

const TWICE: Way = { givenUp: 8, wider: 2 };

function shared(plan: Plan, way = TWICE): void {
  new Improvement(plan, { effort: 1, random: seeded(1) }).share([0, 1], way, 1);
}

/** How many are on target, and how many are further off than twice the tolerance. */
function standing(plan: Plan): { onTarget: number; far: number } {
  const rows = corridors(plan.problem, plan.loads);
  let far = 0;
  for (let j = 0; j < plan.k; j++) {
    const isFar = rows.some((row, m) => {
      const { target } = row[j]!;
      return Math.abs(plan.loads[m * plan.k + j]! - target) > (2 * plan.problem.measures[m]!.tolerance + 1e-9) * target;
    });
    if (isFar) far++;
  }
  return { onTarget: new Energy(plan).onTarget(), far };
}

describe('sharing', () => {
  test('gives those off target twice the tolerance and leaves the others and every rule their ranges', () => {
    const plan = short();
    const [measure] = plan.problem.measures;
    const max = [19, null, null, null, null];
    const ruled = new Plan({ ...plan.problem, measures: [{ ...measure!, max }] }, plan.owner);
    const [row] = corridors(sharingProblem(new Energy(ruled), TWICE), ruled.loads);
    expect(row!.map(({ low }) => Math.round(low * 1e6) / 1e6)).toEqual([16, 16, 18, 18, 18]);
    expect(row!.map(({ high }) => Math.round(high * 1e6) / 1e6)).toEqual([19, 24, 22, 22, 22]);
  });

  test('what is far off goes to a neighbour that is off anyway; nobody on target loses it', () => {
    const plan = short();
    expect(standing(plan)).toEqual({ onTarget: 3, far: 1 });
    shared(plan);
    expect([...plan.loads]).toEqual([16, 16, 18, 18, 18]);
  });

  test('who is given up takes what a neighbour has too little or too much of, so that the neighbour is on target', () => {
    const row = [12, 17, 18, 18, 18].flatMap((length, j) => Array<string>(length).fill('ABCDE'[j]!));
    const { problem, owners } = gridProblem(row.join(' '));
    const plan = new Plan(targeted(problem, 83 / 100), owners);
    expect(standing(plan)).toEqual({ onTarget: 3, far: 1 });
    shared(plan, { givenUp: 3, wider: 1 });
    expect(standing(plan)).toEqual({ onTarget: 4, far: 1 });
    expect(plan.loads[0]).toBeLessThan(12);
  });

  test('and is given no more than it may be: what is off by less is not given up', () => {
    const row = [12, 17, 19, 19, 19].flatMap((length, j) => Array<string>(length).fill('ABCDE'[j]!));
    const { problem, owners } = gridProblem(row.join(' '));
    const plan = new Plan(targeted(problem, 86 / 100), owners);
    const wide = ({ givenUp }: { givenUp: number }) =>
      corridors(sharingProblem(new Energy(plan), { givenUp, wider: 1 }), plan.loads)[0]!.map(({ low }) =>
        Math.round(low),
      );
    expect(wide({ givenUp: 3 })).toEqual([-4, 18, 18, 18, 18]);
    expect(wide({ givenUp: 5 })).toEqual([18, 18, 18, 18, 18]);
  });

  test("today's map is left alone: it would hand over more for nobody's target", () => {
    const { owner, problem } = short();
    const plan = new Plan({ ...problem, current: [...owner], disruptionWeight: 10 }, owner);
    shared(plan);
    expect([...plan.owner]).toEqual([...owner]);
  });

  test('on any ground no fewer are on target; with wider ranges no more are far off; and often it helps (60 plans)', () => {
    const helped = { onTarget: 0, far: 0 };
    let had = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const ground = randomGround(random, { width: 9, height: 9, k: 6, parts: 6, edges: 0.6 });
      const problem = targeted(groundProblem(random, ground, 6), 0.8);
      const plan = new Plan(problem, ground.owners);
      const work = new Improvement(plan, { effort: 0.1, random });
      work.search(0.3, [0, 1]);
      work.finish();
      let before = standing(plan);
      if (before.far > 0) had++;
      for (const way of WAYS) {
        work.share([0, 1], way, 1);
        const after = standing(plan);
        expect(after.onTarget).toBeGreaterThanOrEqual(before.onTarget);
        if (way.wider > 1) expect(after.far).toBeLessThanOrEqual(before.far);
        if (after.onTarget > before.onTarget) helped.onTarget++;
        else if (after.far < before.far) helped.far++;
        before = after;
      }
      for (let j = 0; j < plan.k; j++) {
        expect(piecesOf(ground, plan.owner, j)).toHaveLength(1);
        expect(hangingParts(ground, plan.owner, j)).toEqual([]);
      }
    }
    expect(had).toBeGreaterThan(20);
    expect(helped.far / had).toBeGreaterThan(0.25);
    expect(helped.onTarget / had).toBeGreaterThan(0.1);
  });
});
