import { expect, test } from 'vitest';
import { Energy } from '../../service/core/optimize/energy.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { polish } from '../../service/core/optimize/polish.ts';
import type { Problem } from '../../service/core/optimize/problem.ts';
import { takeBack } from '../../service/core/optimize/takeBack.ts';
import { below, seeded, type Random } from '../../service/core/random.ts';
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

const handedOver = ({ owner, problem }: Plan) => owner.filter((j, u) => j !== problem.current![u]).length;

test('taking back and tidying leave as much on target when targets move with the owners (200 plans)', () => {
  let [takenBack, wasOnTarget] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const { plan, problem, ground } = moved(seed);
    const energy = new Energy(plan);
    const [before, units] = [energy.onTarget(), handedOver(plan)];
    wasOnTarget += before;
    if (seed % 2 === 0) polish(plan, energy, () => false);
    else {
      takeBack(plan, energy);
      expect(handedOver(plan)).toBeLessThanOrEqual(units);
      takenBack += units - handedOver(plan);
    }
    expect(new Energy(new Plan(problem, plan.owner)).onTarget()).toBeGreaterThanOrEqual(before);
    for (let j = 0; j < TERRITORIES; j++) {
      expect(piecesOf(ground, plan.owner, j)).toHaveLength(1);
      expect(hangingParts(ground, plan.owner, j)).toEqual([]);
    }
  }
  expect(takenBack).toBeGreaterThan(500);
  expect(wasOnTarget).toBeGreaterThan(150);
});
