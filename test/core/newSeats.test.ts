import { expect, test } from 'vitest';
import { Energy } from '../../service/core/optimize/energy.ts';
import { placeNewSeats } from '../../service/core/optimize/newSeats.ts';
import { optimize } from '../../service/core/optimize/optimize.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import type { Problem } from '../../service/core/optimize/problem.ts';
import { seeded } from '../../service/core/random.ts';
import { groundProblem, piecesOf, randomGround } from '../kit/randomGround.ts';
import { ruled } from '../kit/ruledGround.ts';

const REPS = 8;

/** Eight territories and one or two seats more that nobody has yet; some units are locked. */
function withSeats(seed: number, seats: number) {
  const random = seeded(seed);
  const ground = randomGround(random, { width: 16, height: 16, k: REPS, parts: 4 });
  const given = groundProblem(random, ground, REPS + seats, { disruptionWeight: 1 });
  const problem: Problem = { ...given, locked: ground.lat.map(() => random() < 0.03) };
  return { ground, problem };
}

test('a new seat gets one area of about its share, takes no locked unit and leaves nobody in pieces (100 grounds)', () => {
  const shares: number[] = [];
  for (let seed = 1; seed <= 100; seed++) {
    const seats = 1 + (seed % 2);
    const { ground, problem } = withSeats(seed, seats);
    const plan = new Plan(problem, ground.owners);
    placeNewSeats(plan);
    for (let j = 0; j < REPS + seats; j++) expect(piecesOf(ground, plan.owner, j)).toHaveLength(1);
    for (let j = REPS; j < REPS + seats; j++)
      shares.push((REPS + seats) * plan.owner.reduce((sum, owner, u) => sum + (owner === j ? plan.weight[u]! : 0), 0));
    problem.locked.forEach((isLocked, u) => {
      if (isLocked) expect(plan.owner[u]).toBe(ground.owners[u]);
    });
  }
  shares.sort((a, b) => a - b);
  expect(shares[Math.floor(shares.length / 10)]).toBeGreaterThan(0.7);
  expect(shares.at(-1)).toBeLessThan(1.3);
});

test('every rule and limit is kept (150 grounds)', () => {
  let placed = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const { ground, problem } = ruled(seed);
    const gone = problem.k - 1;
    // nobody has what the last territory has today
    const current = problem.current!.map((j) => (j === gone ? -1 : j));
    const wider = { ...problem, current, frozen: problem.frozen.map((isFrozen, j) => isFrozen && j !== gone) };
    const plan = new Plan(wider, current);
    placeNewSeats(plan);
    const taken = ground.owners.flatMap((_, u) => (plan.owner[u] === gone ? [u] : []));
    placed += Math.min(1, taken.length);
    for (const u of taken) {
      expect(wider.locked[u] || problem.frozen[current[u]!]).toBeFalsy();
      expect(wider.forbidden!.has(u, gone)).toBe(false);
    }
    for (const [a, b] of wider.apart!) expect(taken.includes(a) && taken.includes(b)).toBe(false);
    const { accounts } = wider.disruption!;
    const changed = taken.filter((u) => current[u]! >= 0).reduce((sum, u) => sum + accounts[u]!, 0);
    const all = accounts.reduce((sum, value) => sum + value, 0);
    if (wider.limits) expect(changed / all).toBeLessThanOrEqual(wider.limits.accountsShare + 1e-9);
  }
  expect(placed).toBeGreaterThan(75);
});

/** A row of four territories of 6 × 6 units; demand is even but in the one that has twice as much, and a fifth seat is free. */
function row(heavy: number): Problem {
  const [width, height] = [24, 6];
  const at = (column: number, line: number) => line * width + column;
  const units = Array.from({ length: width * height }, (_, u) => ({ column: u % width, line: Math.floor(u / width) }));
  const owner = ({ column }: { column: number }) => Math.floor(column / 6);
  return {
    lat: units.map(({ line }) => 40 + 0.1 * line),
    lon: units.map(({ column }) => -90 + 0.13 * column),
    neighbors: units.map(({ column, line }) =>
      [
        [column, line - 1],
        [column - 1, line],
        [column + 1, line],
        [column, line + 1],
      ].flatMap(([c, l]) => (c! >= 0 && c! < width && l! >= 0 && l! < height ? [at(c!, l!)] : [])),
    ),
    k: 5,
    shares: [1, 1, 1, 1, 1],
    measures: [
      {
        name: 'hours',
        tolerance: 0.1,
        perUnit: units.map((unit) => (owner(unit) === heavy ? 2 : 1)),
        perPair: null,
        base: [0, 0, 0, 0, 0],
      },
    ],
    homes: [null, null, null, null, null],
    current: units.map(owner),
    locked: units.map(() => false),
    frozen: [false, false, false, false, false],
    disruption: null,
    limits: null,
    disruptionWeight: 10,
  };
}

test('it starts where most can be spared, and the plan then changes little else', () => {
  for (const heavy of [0, 1, 2, 3]) {
    const problem = row(heavy);
    const plan = new Plan(problem, problem.current!);
    placeNewSeats(plan);
    const givers = problem.current!.filter((_, u) => plan.owner[u] === 4);
    expect(givers.filter((j) => j === heavy).length).toBeGreaterThan(givers.length / 2);
    const { owners, onTarget } = optimize(problem, { seed: 1, effort: 1 });
    expect(onTarget).toBe(5);
    const elsewhere = owners.filter((j, u) => j !== 4 && j !== problem.current![u]).length;
    expect(elsewhere).toBeLessThan(15);
  }
});

const trial = { effort: 0.1, stop: () => false, report: () => undefined };

test('sites that are tried keep everybody in one piece, locks and limits, and cost less than the first one (30 grounds)', () => {
  let [tried, untried] = [0, 0];
  const shares: number[] = [];
  for (let seed = 1; seed <= 30; seed++) {
    const { ground, problem: given } = withSeats(seed, 1 + (seed % 2));
    const limits = seed % 3 === 0 ? { accountsShare: 0.3, salesShare: 1 } : null;
    const ones = ground.lat.map(() => 1);
    const problem = { ...given, limits, disruption: { accounts: ones, salesUsd: ones } };
    const costs = [true, false].map((isTried) => {
      const plan = new Plan(problem, ground.owners);
      const moves = isTried
        ? placeNewSeats(plan, { ...trial, random: seeded(seed), report: (share) => void shares.push(share) })
        : 0;
      if (!isTried) placeNewSeats(plan);
      expect(moves > 0).toBe(isTried);
      for (let j = 0; j < problem.k; j++) expect(piecesOf(ground, plan.owner, j)).toHaveLength(1);
      const changed = ground.owners.filter((j, u) => plan.owner[u] !== j);
      problem.locked.forEach((isLocked, u) => {
        if (isLocked) expect(plan.owner[u]).toBe(ground.owners[u]);
      });
      if (limits) expect(changed.length / ground.owners.length).toBeLessThanOrEqual(0.3 + 1e-9);
      const energy = new Energy(plan);
      return energy.outside();
    });
    tried += costs[0]!;
    untried += costs[1]!;
  }
  expect(tried).toBeLessThan(untried * 0.8);
  expect(shares.some((share) => share > 0)).toBe(true);
  expect(shares.every((share) => share >= 0 && share < 1)).toBe(true);
});

test('a trial that is stopped at once still puts the seat at its best site', () => {
  const { problem, ground } = withSeats(5, 1);
  const plan = new Plan(problem, ground.owners);
  placeNewSeats(plan, { ...trial, random: seeded(1), stop: () => true });
  const first = new Plan(problem, ground.owners);
  placeNewSeats(first);
  expect([...plan.owner]).toEqual([...first.owner]);
});

test('a seat with a home, a frozen one and one that nobody may give to are left as they are', () => {
  const free = row(1);
  const cases: Partial<Problem>[] = [
    { homes: [null, null, null, null, { lat: 40, lon: -90 }] },
    { frozen: [false, false, false, false, true] },
    { locked: free.locked.map(() => true) },
  ];
  for (const given of cases) {
    const plan = new Plan({ ...free, ...given }, free.current!);
    placeNewSeats(plan);
    expect([...plan.owner]).toEqual(free.current);
  }
});
