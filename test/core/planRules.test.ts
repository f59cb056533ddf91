import { describe, expect, test } from 'vitest';
import { keptTogether } from '../../service/core/keepTogether.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { Forbidden } from '../../service/core/optimize/problem.ts';
import {
  assertConsistent,
  forbiddenPairs,
  NO_RULES,
  unitsOfTopAccounts,
  unreachable,
  type PlanRules,
} from '../../service/core/planRules.ts';
import { assertRangesFit } from '../../service/core/rangesFit.ts';
import { gridProblem } from '../kit/gridProblem.ts';

const ground = gridProblem(`
  A A A B B B
  A A A B B B`);
const names = ground.owners.map((_, u) => `ZIP ${u}`);
const homes = [
  { name: 'North', home: { lat: 42, lon: -72 } },
  { name: 'South', home: { lat: 42, lon: -71.5 } },
];
const rulesGround = (given: object = {}) => ({
  ...ground.problem,
  unitNames: names,
  territories: homes,
  current: ground.owners,
  ...given,
});
const rules = (given: Partial<PlanRules>): PlanRules => ({ ...NO_RULES, ...given });
const refusal = (given: Partial<PlanRules>, at: object = {}) => {
  try {
    assertConsistent(rules(given), rulesGround(at));
  } catch (error) {
    return (error as Error).message;
  }
  return null;
};

describe('rules of a computed plan', () => {
  test('each rep keeps the accounts with most sales, and so their units', () => {
    const accounts = [
      { unit: 0, salesUsd: 10 },
      { unit: 1, salesUsd: 30 },
      { unit: 1, salesUsd: 20 },
      { unit: 3, salesUsd: 5 },
      { unit: 4, salesUsd: 0 },
      { unit: -1, salesUsd: 99 },
    ];
    expect(unitsOfTopAccounts(accounts, ground.owners, 0)).toEqual([]);
    expect(unitsOfTopAccounts(accounts, ground.owners, 1)).toEqual([1, 3]);
    expect(unitsOfTopAccounts(accounts, ground.owners, 3)).toEqual([0, 1, 3]);
  });

  test('no unit joins a rep who lives too far away, but each may stay', () => {
    // columns are about 8.2 km apart; North lives in the first one, South in the last
    const forbidden = forbiddenPairs(rules({ maxKm: [{ territory: null, km: 20 }] }), rulesGround())!;
    const mayJoin = (j: number) => ground.owners.flatMap((_, u) => (forbidden.has(u, j) ? [] : [u]));
    expect(mayJoin(0)).toEqual([0, 1, 2, 6, 7, 8]);
    expect(mayJoin(1)).toEqual([3, 4, 5, 9, 10, 11]);
    const far = forbiddenPairs(rules({ maxKm: [{ territory: 0, km: 1 }] }), rulesGround())!;
    expect(far.has(2, 0)).toBe(false);
    expect(far.has(3, 0)).toBe(true);
    expect(far.has(0, 1)).toBe(false);
    expect(forbiddenPairs(NO_RULES, rulesGround())).toBeNull();
  });

  test('what nobody may take stays without a rep; a clean slate refuses it with the distance that would do', () => {
    const current = ground.owners.map((owner, u) => (u === 2 ? -1 : owner));
    const near = rules({ maxKm: [{ territory: null, km: 1 }] });
    const forbidden = forbiddenPairs(near, rulesGround({ current }));
    expect(unreachable(forbidden, current, 2)).toEqual([2]);
    expect(unreachable(forbidden, ground.owners, 2)).toEqual([]);
    expect(() => forbiddenPairs(near, rulesGround({ current: null }))).toThrow(/ZIP 1 may go to no territory/);
  });

  test('contradictions name what, where and what to do', () => {
    expect(refusal({ apart: [[0, 1]], together: [[1, 0]] })).toContain(
      'ZIP 0 and ZIP 1 must be apart, but they must also stay together',
    );
    const locked = ground.owners.map((_, u) => u === 0 || u === 1 || u === 5);
    expect(refusal({ apart: [[0, 1]] }, { locked })).toContain('both are locked in North');
    expect(refusal({ apart: [[0, 5]] }, { locked })).toBeNull();
    expect(refusal({ together: [[0, 5]] }, { locked })).toContain('locked in North and South');
    expect(refusal({ bounds: [{ territory: 0, measure: 'accounts', min: 9, max: 3 }] })).toContain(
      'North must have at least 9 accounts and at most 3 accounts.',
    );
    expect(refusal({}, { frozen: [true, true] })).toContain('No territory may change');
    expect(refusal({}, { frozen: [false, true] })).toContain('Only North may change');
    expect(refusal({})).toBeNull();
  });

  test('least and most must fit the target range and the total', () => {
    const fits = (min: (number | null)[], max: (number | null)[]) => {
      const [measure] = ground.problem.measures;
      assertRangesFit({ ...ground.problem, measures: [{ ...measure!, min, max }] }, ground.owners, ['North', 'South']);
    };
    expect(() => fits([5.5, null], [null, 6.5])).not.toThrow();
    expect(() => fits([7, null], [null, null])).toThrow(/asked for North lie outside its target range of 5 to 7/);
    expect(() => fits([6.4, 6.4], [null, null])).toThrow(/together must have 13 to 13 of hours, but there is 12/);
  });
});

describe('units that stay together', () => {
  test('become one unit with all that they hold, and come back as they were', () => {
    const { problem, expand } = keptTogether(ground.problem, [[0, 7]], (u) => names[u]!);
    // 0 and 7 touch only by a corner: one of the units between goes along
    expect(problem.lat).toHaveLength(10);
    const group = problem.measures[0]!.perUnit.indexOf(3);
    expect(group).toBeGreaterThanOrEqual(0);
    expect(problem.disruption!.accounts[group]).toBe(3);
    const owners = expand(problem.lat.map((_, node) => (node === group ? 1 : 0)));
    expect(owners[0]).toBe(1);
    expect(owners[7]).toBe(1);
    expect(owners.filter((owner) => owner === 1)).toHaveLength(3);
    for (const [node, list] of problem.neighbors.entries())
      for (const next of list) expect(problem.neighbors[next]).toContain(node);
    expect([...new Plan(problem, problem.current!).loads]).toEqual([...new Plan(ground.problem, ground.owners).loads]);
  });

  test('groups that share a unit are one; a lock and a forbidden pair hold for the whole group', () => {
    const forbidden = new Forbidden(12, 2);
    forbidden.add(2, 1);
    const locked = ground.owners.map((_, u) => u === 3);
    const { problem } = keptTogether(
      { ...ground.problem, forbidden, locked },
      [
        [1, 2],
        [2, 3],
      ],
      (u) => names[u]!,
    );
    expect(problem.lat).toHaveLength(10);
    const group = problem.measures[0]!.perUnit.indexOf(3);
    expect(problem.locked[group]).toBe(true);
    expect(problem.current![group]).toBe(1);
    expect(problem.forbidden!.has(group, 1)).toBe(true);
    expect(problem.forbidden!.has(group, 0)).toBe(false);
  });

  test('without groups nothing changes; one that cannot be joined is named', () => {
    expect(keptTogether(ground.problem, [[4]], (u) => names[u]!).problem).toBe(ground.problem);
    const islands = {
      ...ground.problem,
      neighbors: ground.problem.neighbors.map((list, u) => (u === 0 ? [] : list.filter((v) => v !== 0))),
    };
    expect(() => keptTogether(islands, [[0, 5]], (u) => names[u]!)).toThrow(/kept together with ZIP 0 lie in pieces/);
  });
});
