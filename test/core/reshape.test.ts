import { expect, test } from 'vitest';
import { objectiveOf } from '../../service/core/optimize/certify.ts';
import { Energy } from '../../service/core/optimize/energy.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import type { Problem } from '../../service/core/optimize/problem.ts';
import { reshape } from '../../service/core/optimize/reshape.ts';
import { seeded } from '../../service/core/random.ts';
import { gridProblem } from '../kit/gridProblem.ts';
import { expectLegal, ruled } from '../kit/ruledGround.ts';

const chains = (tries: number, seed: number, after: (share: number) => boolean = () => false) => ({
  ...{ tries, start: 0.05, end: 0.005, random: seeded(seed), after },
});

/** A legal map with rules as a plan from nothing: nobody minds who has what today. */
function fresh(seed: number) {
  const { ground, problem: given } = ruled(seed);
  const problem: Problem = {
    ...given,
    measures: given.measures.map((measure) => ({ ...measure, tolerance: 0.4 })),
    disruptionWeight: 0,
    regions: null,
  };
  const plan = new Plan(problem, ground.owners);
  return { ground, problem, plan, energy: new Energy(plan) };
}

test('chains for shape keep every rule and limit, put nobody further outside and shorten distances (200 plans)', () => {
  let [before, after] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const { ground, problem, plan, energy } = fresh(seed);
    const off = Array.from({ length: plan.k }, (_, j) => energy.violation(j));
    before += objectiveOf(plan);
    reshape(plan, energy, chains(2000, seed));
    expectLegal(ground, problem, plan.owner);
    plan.recount();
    energy.refresh();
    off.forEach((one, j) => expect(energy.violation(j)).toBeLessThanOrEqual(one + 1e-9));
    after += objectiveOf(plan);
  }
  expect(after).toBeLessThan(0.95 * before);
});

test('two units between full territories change places, which single moves cannot', () => {
  // six each, ± 10 %: the B in the midst of A and the A in the midst of B
  const { problem } = gridProblem('A A B B\nA B A B\nA A B B', { current: null });
  const mixed = new Plan(problem, [0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1]);
  const energy = new Energy(mixed);
  reshape(mixed, energy, chains(500, 3));
  expect([...mixed.owner]).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]);
  expect(energy.onTarget()).toBe(2);
});

test('what stands in the reserve does not get deeper into it', () => {
  const side = 40;
  const units = Array.from({ length: side * side }, (_, u) => u);
  const row = Array.from({ length: side }, (_, x) => (x < 18 ? 'A' : 'B')).join(' ');
  const { problem } = gridProblem(
    Array.from({ length: side }, () => row).join('\n'),
    { current: null },
    units.map(() => 1),
  );
  const plan = new Plan(
    problem,
    units.map((u) => Number(u % side >= 18)),
  );
  const energy = new Energy(plan);
  expect(energy.reserve).toBeGreaterThan(0.1);
  const deep = [0, 1].map((j) => energy.violation(j, energy.reserve));
  expect(Math.min(...deep)).toBeGreaterThan(0.01);
  reshape(plan, energy, chains(20_000, 1));
  plan.recount();
  energy.refresh();
  deep.forEach((one, j) => expect(energy.violation(j, energy.reserve)).toBeLessThanOrEqual(one + 1e-9));
});

test('the same numbers make the same shape, and a stop ends the search', () => {
  const [one, two, short] = [fresh(3), fresh(3), fresh(3)];
  expect(reshape(one.plan, one.energy, chains(6000, 1))).toBe(6000);
  reshape(two.plan, two.energy, chains(6000, 1));
  expect([...two.plan.owner]).toEqual([...one.plan.owner]);
  const stopped = chains(6000, 1, (share) => share > 0.3);
  expect(reshape(short.plan, short.energy, stopped)).toBe(2000);
});
