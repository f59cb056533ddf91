import { describe, expect, test } from 'vitest';
import { splitCounties } from '../../service/core/countySplits.ts';
import { explain } from '../../service/core/explain.ts';
import { totals } from '../../service/core/measures.ts';
import { offTarget } from '../../service/core/offTarget.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { Forbidden, type Problem } from '../../service/core/optimize/problem.ts';
import { standingOf } from '../../service/core/standing.ts';
import { DEFAULT_TRAVEL } from '../../service/core/travel.ts';
import { evenInputs, grid, seat } from '../kit/grid.ts';
import { gridProblem } from '../kit/gridProblem.ts';

describe('moves explained', () => {
  const ground = grid(`
    A A A A A A B B .
    A A A A A A B B .`);
  const home = { lat: 42, lon: -71.2 };
  const inputs = evenInputs(ground, { accounts: ground.owners.map((_, u) => u), stops: ground.owners.map(() => 1) });
  const seats = [seat({ capacityHours: 10 }), seat({ capacityHours: 10, home })];
  const territories = ['North', 'South'].map((name, j) => ({ ...seats[j]!, name })) as never[];
  const after = ground.owners.map((owner, u) => (owner < 0 || u % 9 === 5 ? 1 : owner));
  const input = {
    before: ground.owners,
    after,
    territories,
    totalsBefore: totals(ground.owners, { inputs, seats, travel: DEFAULT_TRAVEL }),
    inputs,
    travel: DEFAULT_TRAVEL,
    neighbors: ground.neighbors,
    cities: ground.owners.map((_, u) => (u % 9 > 6 ? 'Pocket' : 'Woburn')),
    measures: [{ name: 'potentialUsd' as const, tolerance: 0.25 }],
  };

  test('each with what goes, what it does to both, to driving and to the number on target', () => {
    const moves = explain(input);
    expect(moves.map(({ units, from, to }) => ({ units, from, to }))).toEqual([
      { units: [5, 14], from: 0, to: 1 },
      { units: [8, 17], from: -1, to: 1 },
    ]);
    const [first, second] = moves;
    // 12 and 4 of 16: off; 10 and 6: still off at ±25 % of 8; 10 and 8 of 18 with the pocket: on target
    expect([first!.accounts, first!.workloadHours, first!.onTarget, second!.onTarget]).toEqual([19, 2, 2, 2]);
    expect(first!.travelHours).toBeGreaterThan(0);
    expect(first!.sentence).toMatch(
      /^2 ZIPs around Woburn go from North to South \(19 accounts change rep, 2 hours a year\): North goes from 120 % to 100 % of its hours, South goes from \d+ % to \d+ %, with \d+ hours more driving a year; 2 of 2 are then on target\.$/,
    );
    expect(second!.sentence).toMatch(
      /^2 ZIPs around Pocket that nobody covers \(\$2 of market potential, 25 accounts\) go to South/,
    );
  });

  test('in the order given, each after those before it', () => {
    const moves = [
      { units: [5], from: 0, to: 1 },
      { units: [14], from: 0, to: 1 },
    ];
    const told = explain({ ...input, moves });
    expect(told.map(({ onTarget }) => onTarget)).toEqual([0, 2]);
    expect(told[0]!.sentence).toContain('from 120 % to 110 %');
    expect(told[1]!.sentence).toContain('from 110 % to 100 %');
  });

  test('a territory that wants nothing is not counted', () => {
    const gone = [territories[0]!, { ...seats[1]!, name: 'South', targetShare: 0 } as never];
    expect(explain({ ...input, territories: gone })[0]!.sentence).toContain('of 1 are then on target');
  });

  test('a territory that is given up is not told in hours: it has none to fill', () => {
    const told = (targetShare: number) =>
      explain({ ...input, territories: [{ ...seats[0]!, name: 'North', targetShare } as never, territories[1]!] })[0]!
        .sentence;
    expect(told(0.5)).toContain('North goes from');
    expect(told(0)).not.toContain('North goes from');
    expect(told(0)).toContain('South goes from');
  });
});

describe('territories off target', () => {
  const names = { unit: (u: number) => `ZIP ${u}`, measure: () => 'Hours', limit: null };
  const causes = (given: Partial<Problem> = {}, perUnit?: number[], limit: string | null = null) => {
    const { problem, owners } = gridProblem('A A A A A A B B B B', given, perUnit);
    return offTarget(new Plan(problem, owners), { ...names, limit });
  };

  test('without a proof the cause is a price, with the least range that would hold', () => {
    expect(causes()).toEqual([
      {
        territory: 0,
        cause: 'Hours +20 % of target: not impossible, but nothing better was found; ±20 % on hours would hold it.',
        proof: false,
      },
      {
        territory: 1,
        cause: 'Hours −20 % of target: not impossible, but nothing better was found; ±20 % on hours would hold it.',
        proof: false,
      },
    ]);
    expect(causes({}, undefined, 'the limit on what may change rep')[0]!.cause).toContain(
      'the limit on what may change rep is used up',
    );
  });

  test('a unit too big for every range is a proof, one that fits elsewhere is not', () => {
    const perUnit = [19, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    const big = causes({}, perUnit)[0]!;
    expect(big).toMatchObject({ proof: true });
    expect(big.cause).toContain('ZIP 0 alone holds 136 % of its target');
    expect(causes({ shares: [1, 3] }, perUnit)[0]).toMatchObject({ proof: false });
  });

  test('locks and forbidden pairs too', () => {
    const locked = Array.from({ length: 10 }, (_, u) => u < 6);
    const [over, under] = causes({ locked });
    expect(over).toMatchObject({ proof: true });
    expect(over!.cause).toContain('its locked ZIPs alone hold 120 % of its target');
    expect(under!.cause).toContain('all ZIPs that it may have hold 80 % of its target');
    const forbidden = new Forbidden(10, 2);
    for (let u = 0; u < 6; u++) forbidden.add(u, 1);
    expect(causes({ forbidden })[1]).toMatchObject({ proof: true });
    expect(causes({ frozen: [false, true] })[1]!.cause).toContain('may not gain anything in this run');
  });

  test('none where all is on target', () => {
    const { problem, owners } = gridProblem('A A B B');
    expect(offTarget(new Plan(problem, owners), names)).toEqual([]);
  });
});

test('a plan stands by what is off, what is broken and what changes rep', () => {
  const { problem, owners } = gridProblem('A A A B . B', { apart: [[0, 1]] });
  expect(standingOf(problem, owners)).toMatchObject({
    off: 2,
    broken: 3,
    changed: 0,
    accountsShare: 0,
    pipelineShare: 0,
  });
  const better = [0, 0, 1, 1, 1, 1];
  expect(standingOf(problem, better)).toMatchObject({ off: 2, broken: 1, accountsShare: 1 / 6, salesShare: 1 / 6 });
});

test('a county is split where two territories have parts of it; uncovered parts do not count', () => {
  expect(splitCounties([0, 0, 1, -1, 1], ['x', 'y', 'y', 'x', ''])).toBe(1);
  expect(splitCounties([], [])).toBe(0);
});
