import { expect, test } from 'vitest';
import { Energy } from '../../service/core/optimize/energy.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { polish } from '../../service/core/optimize/polish.ts';
import type { Problem } from '../../service/core/optimize/problem.ts';
import { takeBack } from '../../service/core/optimize/takeBack.ts';
import { below, seeded, type Random } from '../../service/core/random.ts';
import { gridProblem } from '../kit/gridProblem.ts';
import { groundProblem, hangingParts, piecesOf, randomGround } from '../kit/randomGround.ts';

const TERRITORIES = 6;

/** A problem whose second measure depends on the owner, as travel does, and a plan that has moved away from today's map. */
function moved(seed: number): { plan: Plan; problem: Problem; ground: ReturnType<typeof randomGround> } {
  const random = seeded(seed);
  const ground = randomGround(random, { width: 10, height: 10, k: TERRITORIES, parts: 4 });
  const given = groundProblem(random, ground, TERRITORIES, { disruptionWeight: 1 });
  const first = given.measures[0]!;
  const travel = { ...first, name: 'hours', perPair: Float64Array.from(pairs(random, ground.lat.length)) };
  const problem = {
    ...given,
    measures: [
      { ...first, tolerance: 0.25 },
      { ...travel, tolerance: 0.25 },
    ],
  };
  const plan = new Plan(problem, ground.owners);
  const energy = new Energy(plan);
  for (let i = 0; i < 400; i++) {
    const u = below(random, plan.n);
    const b = plan.owner[ground.neighbors[u]![below(random, ground.neighbors[u]!.length)]!]!;
    if (b !== plan.owner[u] && plan.touches(u, b) && energy.allowed(u, b) && plan.canLeave(u)) energy.move(u, b);
  }
  plan.recount();
  return { plan, problem, ground };
}

function* pairs(random: Random, n: number): Generator<number> {
  for (let i = 0; i < n * TERRITORIES; i++) yield 20 * random() ** 4;
}

/** What changes rep, as a share of all. */
const handedOver = ({ owner, problem, moving }: Plan) =>
  owner.reduce((sum, j, u) => (j === problem.current![u] ? sum : sum + moving[u]!), 0);

test('taking back and tidying leave as much on target when targets move with the owners (200 plans)', () => {
  let [takenBack, wasOnTarget] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const { plan, problem, ground } = moved(seed);
    const energy = new Energy(plan);
    const [before, share] = [energy.onTarget(), handedOver(plan)];
    wasOnTarget += before;
    if (seed % 2 === 0) polish(plan, energy, () => false);
    else {
      takeBack(plan, energy);
      expect(handedOver(plan)).toBeLessThanOrEqual(share + 1e-12);
      takenBack += share - handedOver(plan);
    }
    expect(new Energy(new Plan(problem, plan.owner)).onTarget()).toBeGreaterThanOrEqual(before);
    for (let j = 0; j < TERRITORIES; j++) {
      expect(piecesOf(ground, plan.owner, j)).toHaveLength(1);
      expect(hangingParts(ground, plan.owner, j)).toEqual([]);
    }
  }
  // a tenth of everything in each of a hundred plans
  expect(takenBack).toBeGreaterThan(10);
  expect(wasOnTarget).toBeGreaterThan(150);
});

/** Today's map, one unit moved from A to B, and what is moved once it has been taken back as far as can be. */
function replacing(picture: string, weights: readonly number[], unit: number): number[] {
  const disruption = { accounts: weights, salesUsd: weights };
  const { problem } = gridProblem(picture, { disruption, disruptionWeight: 1 }, weights);
  const plan = new Plan(problem, problem.current!);
  const energy = new Energy(plan);
  energy.move(unit, 1);
  energy.refresh();
  expect(energy.onTarget()).toBe(2);
  takeBack(plan, energy);
  expect(new Energy(new Plan(problem, plan.owner)).onTarget()).toBe(2);
  return weights.filter((_, u) => plan.owner[u] !== problem.current![u]);
}

test('a large unit that was moved goes back where a smaller one, or two, do as well', () => {
  // 38 in all, 19 ± 10 % each: A has 26 and must give 5.1
  const one = [3, 3, 8, 3, 3, 3, 3, 6, 3, 3];
  expect(replacing('A A A B B\nA A A B B', one, 2)).toEqual([6]);
  // 50 in all, 25 ± 10 % each: A has 32 and must give 4.5
  const two = [3, 3, 8, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3];
  expect(replacing('A A A B B\nA A A B B\nA A A B B', two, 2)).toEqual([3, 3]);
  // nothing smaller does: it stays moved
  expect(replacing('A A A B B\nA A A B B', [3, 3, 8, 1, 1, 3, 3, 1, 1, 1], 2)).toEqual([8]);
});
