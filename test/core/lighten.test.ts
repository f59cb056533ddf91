import { expect, test } from 'vitest';
import { Energy } from '../../service/core/optimize/energy.ts';
import { Rims } from '../../service/core/optimize/border.ts';
import { lightenRegion, type Turn } from '../../service/core/optimize/neighbourhood.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { regionsHandedOver } from '../../service/core/optimize/regions.ts';
import { below, seeded } from '../../service/core/random.ts';
import { gridProblem } from '../kit/gridProblem.ts';
import { expectLegal, ruled } from '../kit/ruledGround.ts';

const turn = (seed: number, isStopped = false): Turn => ({
  ...{ effort: 1, random: seeded(seed), turn: 0, inVain: 0, stop: () => isStopped, report: () => undefined },
});

/** Every region in which much changes rep is searched for less. */
function lightened(plan: Plan, energy: Energy, how: Turn): void {
  for (const region of regionsHandedOver(plan)) lightenRegion(plan, energy, region, how);
  energy.refresh();
}

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

test('regions keep every rule and limit, put nothing further outside and, where all is inside, hand over less (200 plans)', () => {
  let [before, after, wasOff] = [0, 0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const { ground, problem, plan, energy } = wandered(seed);
    const outside = energy.outside();
    wasOff += Number(outside > 0);
    if (outside === 0) before += handedOver(plan);
    lightened(plan, energy, turn(seed));
    expectLegal(ground, problem, plan.owner);
    expect(energy.outside()).toBeLessThanOrEqual(outside + 1e-9);
    if (outside === 0) after += handedOver(plan);
  }
  expect(wasOff).toBeGreaterThan(5);
  expect(after).toBeLessThan(0.9 * before);
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
  lightened(plan, energy, turn(7));
  expect(energy.onTarget()).toBe(2);
  expect(handedOver(plan)).toBe(0);
});

test('the same numbers lead to the same plan, and a stop leaves a legal one', () => {
  const [one, two, stopped] = [wandered(4), wandered(4), wandered(4)];
  const before = [...stopped.plan.owner];
  lightened(one.plan, one.energy, turn(1));
  lightened(two.plan, two.energy, turn(1));
  expect([...one.plan.owner]).not.toEqual(before);
  expect([...two.plan.owner]).toEqual([...one.plan.owner]);
  lightened(stopped.plan, stopped.energy, turn(1, true));
  expectLegal(stopped.ground, stopped.problem, stopped.plan.owner);
});

test('regions are those around the territories that give and take most, and none where nothing has moved', () => {
  const { problem } = gridProblem('A A B B C C D D\nA A B B C C D D', {});
  const plan = new Plan(problem, problem.current!);
  expect(regionsHandedOver(plan)).toEqual([]);
  plan.move(6, 2);
  expect(regionsHandedOver(plan)).toEqual([[1, 2, 3]]);
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
