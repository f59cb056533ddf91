import { expect, test } from 'vitest';
import { Energy } from '../../service/core/optimize/energy.ts';
import { lighten } from '../../service/core/optimize/lighten.ts';
import { Newcomers } from '../../service/core/optimize/newcomers.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { Rims } from '../../service/core/optimize/border.ts';
import { below, seeded } from '../../service/core/random.ts';
import { gridProblem } from '../kit/gridProblem.ts';
import { expectLegal, ruled } from '../kit/ruledGround.ts';

const chains = (tries: number, seed: number, after: (share: number) => boolean = () => false) => ({
  ...{ tries, start: 2, end: 0.05, random: seeded(seed), after },
});

/** A plan that has wandered away from today's map within rules and ranges. */
function wandered(seed: number) {
  const { random, ground, problem: given } = ruled(seed);
  const measures = given.measures.map((measure) => ({ ...measure, tolerance: 0.6 }));
  const problem = { ...given, measures, disruptionWeight: 50 };
  const plan = new Plan(problem, ground.owners);
  const energy = new Energy(plan);
  for (let i = 0; i < 300; i++) {
    const u = below(random, plan.n);
    const next = ground.neighbors[u]![below(random, ground.neighbors[u]!.length)]!;
    const b = plan.owner[next]!;
    if (b === plan.owner[u] || !plan.touches(u, b)) continue;
    if (energy.allowed(u, b) && plan.canLeave(u)) energy.move(u, b);
  }
  energy.refresh();
  return { ground, problem, plan, energy };
}

const handedOver = ({ owner, problem, moving }: Plan) =>
  owner.reduce((sum, j, u) => (j === problem.current![u] ? sum : sum + moving[u]!), 0);

test('chains keep every rule and limit, put nobody further outside and leave less handed over (200 plans)', () => {
  let [before, after, wasOff] = [0, 0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const { ground, problem, plan, energy } = wandered(seed);
    const off = Array.from({ length: plan.k }, (_, j) => energy.violation(j));
    wasOff += off.filter((one) => one > 0).length;
    before += handedOver(plan);
    lighten(
      plan,
      energy,
      chains(4000, seed, () => {
        expectLegal(ground, problem, plan.owner);
        return false;
      }),
    );
    expectLegal(ground, problem, plan.owner);
    plan.recount();
    energy.refresh();
    off.forEach((one, j) => expect(energy.violation(j)).toBeLessThanOrEqual(one + 1e-9));
    after += handedOver(plan);
  }
  expect(wasOff).toBeGreaterThan(20);
  expect(after).toBeLessThan(0.8 * before);
});

test('two units that only together may go home do so', () => {
  // 16 each, ± 10 %: A gave B one unit and took another from it
  const { problem } = gridProblem('A A B B\nA A B B', { disruptionWeight: 1000 }, Array<number>(8).fill(4));
  const plan = new Plan(problem, problem.current!);
  const energy = new Energy(plan);
  energy.move(1, 1);
  energy.move(6, 0);
  energy.refresh();
  expect(energy.onTarget()).toBe(2);
  expect(handedOver(plan)).toBeCloseTo(0.25, 12);
  lighten(plan, energy, chains(500, 7));
  expect(energy.onTarget()).toBe(2);
  expect(handedOver(plan)).toBe(0);
});

test('the same numbers make the same chains, and a stop ends them', () => {
  const [one, two, short] = [wandered(3), wandered(3), wandered(3)];
  expect(lighten(one.plan, one.energy, chains(6000, 1))).toBe(6000);
  lighten(two.plan, two.energy, chains(6000, 1));
  expect([...two.plan.owner]).toEqual([...one.plan.owner]);
  expect(
    lighten(
      short.plan,
      short.energy,
      chains(6000, 1, (share) => share > 0.3),
    ),
  ).toBe(2000);
});

test('rims list the free border units of each territory, each once, whatever moves', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const { random, problem } = ruled(seed);
    const plan = new Plan(problem, problem.current!);
    const rims = new Rims(plan);
    for (let i = 0; i < 40; i++) {
      const u = below(random, plan.n);
      plan.move(u, below(random, plan.k));
      rims.moved(u);
    }
    const isFree = (u: number) => !problem.locked[u] && !problem.frozen[problem.current![u]!];
    for (let j = 0; j < plan.k; j++) {
      const expected = [...plan.owner.keys()].filter(
        (u) => plan.owner[u] === j && isFree(u) && problem.neighbors[u]!.some((v) => plan.owner[v] !== j),
      );
      expect([...rims.of(j)].sort((a, b) => a - b)).toEqual(expected);
    }
  }
});

test('a new territory is not stretched to more neighbours than it has', () => {
  // D is new; it stands on what A has, beside B; C is further on
  const { problem } = gridProblem('A A B C\nA A B C', {});
  const grown = {
    ...problem,
    k: 4,
    shares: [1, 1, 1, 1],
    homes: [null, null, null, null],
    frozen: Array<boolean>(4).fill(false),
  };
  const measures = problem.measures.map((measure) => ({ ...measure, base: [0, 0, 0, 0] }));
  const plan = new Plan({ ...grown, measures }, [0, 3, 1, 2, 0, 0, 1, 2]);
  const newcomers = new Newcomers(plan);
  expect(newcomers.allow(5, 3)).toBe(true);
  expect(newcomers.allow(2, 3)).toBe(false);
  expect(newcomers.allow(2, 0)).toBe(true);
});

test('how far outside a unit would put a territory is what it puts it once it has moved (100 plans)', () => {
  let off = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const { random } = ruled(seed);
    const { plan, energy } = wandered(seed);
    const u = below(random, plan.n);
    const [from, to] = [plan.owner[u]!, below(random, plan.k)];
    if (from < 0 || from === to) continue;
    const told = [
      energy.ranges.violationWith(from, u, { sign: -1, reserve: 0 }),
      energy.ranges.violationWith(to, u, { sign: 1, reserve: 0 }),
    ];
    plan.move(u, to);
    expect(told[0]).toBeCloseTo(energy.violation(from), 9);
    expect(told[1]).toBeCloseTo(energy.violation(to), 9);
    off += Number(told[0]! > 0) + Number(told[1]! > 0);
  }
  expect(off).toBeGreaterThan(5);
});
