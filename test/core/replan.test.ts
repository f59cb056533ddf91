import { describe, expect, test } from 'vitest';
import type { Territory } from '../../service/core/alignment.ts';
import { pieces } from '../../service/core/contiguity.ts';
import { PLANNED_ID, replan, type Change } from '../../service/core/replan.ts';
import { gridProblem } from '../kit/gridProblem.ts';

/** Five territories in a row of blocks, each of 3 × 4 units; C holds three times as much as each other one. */
const picture = Array.from({ length: 3 }, () => 'A A A A B B B B C C C C D D D D E E E E').join('\n');
const heavy = gridProblem(picture).owners.map((owner) => (owner === 2 ? 3 : 1));
const world = gridProblem(picture, {}, heavy);
const territories: Territory[] = world.letters.map((name, j) => ({
  id: `0MI00000000000000${j}` as never,
  name,
  parentId: null,
  parentName: j < 3 ? 'West' : 'East',
  repId: null,
  repName: null,
  homeZip: null,
  home: null,
  capacityHours: 1840,
  targetShare: 1,
  administrationHours: 0,
}));
const ground = { territories, owners: world.owners, geography: world.problem, problem: world.problem };
const after = (change: Change) => replan(ground, change);
const unitsOf = (owners: readonly number[], j: number) => owners.flatMap((owner, u) => (owner === j ? [u] : []));

describe('re-planning', () => {
  test('a new rep begins in the middle of what is too much, in one piece, with a planned id', () => {
    const { added, territories: list, owners, indexOf } = after({ kind: 'addRep' });
    expect(list).toHaveLength(6);
    expect(list[5]!.id).toMatch(PLANNED_ID);
    expect(list[5]!.id).toHaveLength(18);
    expect(list[5]!.home).toEqual({ lat: world.lat[added!.unit], lon: world.lon[added!.unit] });
    expect(indexOf).toEqual([0, 1, 2, 3, 4, 5]);
    const own = unitsOf(owners, 5);
    expect(own).toEqual([...added!.units]);
    expect(own.every((u) => world.owners[u] === 2)).toBe(true);
    expect(pieces(own, world.neighbors)).toHaveLength(1);
    // a sixth of 84 is 14, five units of C and a bit
    expect(own.reduce((sum, u) => sum + heavy[u]!, 0)).toBeGreaterThanOrEqual(14);
    expect(own.reduce((sum, u) => sum + heavy[u]!, 0)).toBeLessThanOrEqual(17);
  });

  test('a split leaves two halves in one piece each, of the one territory only', () => {
    const { owners, territories: list } = after({ kind: 'split', territory: 2 });
    expect(list[5]!.name).toContain('C');
    expect(list[5]!.parentName).toBe('West');
    const [rest, half] = [unitsOf(owners, 2), unitsOf(owners, 5)];
    expect([...rest, ...half].sort((a, b) => a - b)).toEqual(unitsOf(world.owners, 2));
    expect(Math.abs(rest.length - half.length)).toBeLessThanOrEqual(2);
    for (const units of [rest, half]) expect(pieces(units, world.neighbors)).toHaveLength(1);
  });

  test('whoever leaves leaves units to nobody, and the others keep their place in the plan', () => {
    const { owners, territories: list, indexOf } = after({ kind: 'removeRep', territory: 1 });
    expect(list.map(({ name }) => name)).toEqual(['A', 'C', 'D', 'E']);
    expect(indexOf).toEqual([0, 2, 3, 4]);
    expect(unitsOf(owners, -1)).toEqual(unitsOf(world.owners, 1));
    expect(unitsOf(owners, 1)).toEqual(unitsOf(world.owners, 2));
  });

  test('during a leave everybody else keeps all units, and what nobody had stays so', () => {
    const owners = world.owners.map((owner, u) => (u === 0 ? -1 : owner));
    const { locked, owners: start } = replan({ ...ground, owners }, { kind: 'leave', territory: 3 });
    expect(start.flatMap((owner, u) => (locked[u] ? [] : [u]))).toEqual(unitsOf(world.owners, 3));
    expect(start[0]).toBe(-1);
  });

  test('merged territories are one under the name that stays; only neighbours can be merged', () => {
    const { owners, indexOf } = after({ kind: 'merge', territory: 3, other: 4 });
    expect(indexOf).toEqual([0, 1, 2, 3]);
    expect(unitsOf(owners, 3)).toHaveLength(24);
    expect(() => after({ kind: 'merge', territory: 0, other: 4 })).toThrow(/A and E do not touch/);
    expect(() => after({ kind: 'merge', territory: 2, other: 2 })).toThrow(/itself/);
  });

  test('only territories near the change may move, as many rings as balance needs and one more', () => {
    const even = gridProblem(Array.from({ length: 2 }, () => 'A A B B C C D D E E F F G G H H').join('\n'));
    const names = even.letters.map((name, j) => ({
      ...territories[0]!,
      name,
      id: `0MI0000000000000${10 + j}` as never,
    }));
    const near = replan(
      { territories: names, owners: even.owners, geography: even.problem, problem: even.problem },
      { kind: 'removeRep', territory: 0 },
    );
    // a target of 32 ÷ 7 units ±10 %: four neighbours can hold 4 + 16 units, three cannot; one more is left for choice
    expect(near.frozen).toEqual([false, false, false, false, false, true, true]);
    const wide = {
      ...even.problem,
      measures: even.problem.measures.map((measure) => ({ ...measure, tolerance: 0.5 })),
    };
    const far = replan(
      { territories: names, owners: even.owners, geography: wide, problem: wide },
      { kind: 'removeRep', territory: 0 },
    );
    expect(far.frozen).toEqual([false, false, false, true, true, true, true]);
    expect(far.locked).toEqual(far.owners.map((owner) => owner >= 3));
  });

  test('a change of demand leaves all as it is', () => {
    expect(after({ kind: 'demand' })).toMatchObject({ territories, owners: world.owners, added: null });
    expect(after({ kind: 'demand' }).locked).not.toContain(true);
  });

  test('what is locked is neither given to a new rep nor split', () => {
    const locked = world.owners.map((owner) => owner === 2);
    const problem = { ...world.problem, locked };
    const { owners } = replan({ ...ground, problem }, { kind: 'addRep' });
    expect(unitsOf(owners, 2)).toEqual(unitsOf(world.owners, 2));
    expect(() => replan({ ...ground, problem }, { kind: 'split', territory: 2 })).toThrow(/C cannot be split/);
  });
});
