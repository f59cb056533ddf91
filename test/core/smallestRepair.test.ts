import { describe, expect, test } from 'vitest';
import { pieces, unitsByTerritory } from '../../service/core/contiguity.ts';
import { Forbidden } from '../../service/core/optimize/problem.ts';
import { seeded } from '../../service/core/random.ts';
import { smallestRepair } from '../../service/core/smallestRepair.ts';
import { gridProblem } from '../kit/gridProblem.ts';

describe('the smallest repair', () => {
  test('moves one group from the one that has too much to the one that has too little', () => {
    const { problem, owners, draw } = gridProblem(`
      A A A A A A B B B B
      A A A A A A B B B B`);
    const { moves, owners: after, offBefore, offAfter } = smallestRepair(problem, owners, { moves: 1 });
    expect([offBefore, offAfter]).toEqual([2, 0]);
    expect(moves).toEqual([{ units: [5, 15], from: 0, to: 1 }]);
    expect(draw(after)).toBe('A A A A A B B B B B\nA A A A A B B B B B');
  });

  test('passes the excess on through territories that are full themselves', () => {
    // in range is 9 to 11 of 10; B and C stand at the upper edge, only D has room
    const { problem, owners } = gridProblem(`
      A A A A A A A A A A A A B B B B B B B B B B B C C C C C C C C C C C D D D D D D`);
    expect(smallestRepair(problem, owners, { moves: 1 }).offAfter).toBeGreaterThan(0);
    const { moves, owners: after, offAfter } = smallestRepair(problem, owners, { moves: 3 });
    expect(offAfter).toBe(0);
    expect(moves.map(({ from, to }) => `${from}${to}`).sort()).toEqual(['01', '12', '23']);
    const sizes = unitsByTerritory(after, 4).map((units) => units.length);
    expect(sizes.every((size) => size >= 9 && size <= 11)).toBe(true);
  });

  test('leaves a plan alone that is on target, and one that nothing helps', () => {
    const fine = gridProblem('A A B B');
    expect(smallestRepair(fine.problem, fine.owners, { moves: 5 })).toEqual({
      moves: [],
      owners: fine.owners,
      offBefore: 0,
      offAfter: 0,
    });
    // just inside its range is inside, though a repair would aim a little deeper
    const near = gridProblem('A A B B', {}, [5, 5.99, 4, 5.01]);
    expect(smallestRepair(near.problem, near.owners, { moves: 5 }).offBefore).toBe(0);
    // one unit holds nearly everything: no whole unit can mend that
    const heavy = gridProblem('A A B B', {}, [1, 100, 1, 1]);
    const { moves, offAfter } = smallestRepair(heavy.problem, heavy.owners, { moves: 5 });
    expect([moves, offAfter]).toEqual([[], 2]);
  });

  test('keeps locks, forbidden pairs, units apart and frozen territories', () => {
    const picture = `
      A A A A A A B B B B
      A A A A A A B B B B`;
    const open = gridProblem(picture);
    const moved = (given: object) => {
      const { problem, owners } = gridProblem(picture, given);
      return smallestRepair(problem, owners, { moves: 3 }).moves.flatMap(({ units }) => units);
    };
    expect(moved({})).toEqual([5, 15]);
    expect(moved({ locked: open.owners.map((_, u) => u === 5) })).not.toContain(5);
    const forbidden = new Forbidden(20, 2);
    forbidden.add(15, 1);
    expect(moved({ forbidden })).not.toContain(15);
    expect(moved({ apart: [[5, 9]] })).not.toContain(5);
    expect(moved({ frozen: [false, true] })).toEqual([]);
  });

  test('keeps the limit on accounts, counted from today and not from the plan given', () => {
    const picture = `
      A A A A A A A A A A B B B B B B
      A A A A A A A A A A B B B B B B`;
    const all = gridProblem(picture);
    expect(
      smallestRepair(all.problem, all.owners, { moves: 3 }).owners.filter((o, u) => o !== all.owners[u]),
    ).toHaveLength(3);
    const limits = { accountsShare: 2 / 32, salesShare: 1 };
    const { problem, owners } = gridProblem(picture, { limits });
    expect(
      smallestRepair(problem, owners, { moves: 3 }).owners.filter((o, u) => o !== owners[u]).length,
    ).toBeLessThanOrEqual(2);
  });

  test('repairs only the territories asked for, and takes back nobody else', () => {
    const { problem, owners, letters } = gridProblem(`
      A A A A A B B C C C C C D D
      A A A A A B B C C C C C D D`);
    const focus = [letters.indexOf('A')];
    const { owners: after, moves } = smallestRepair(problem, owners, { moves: 5, focus });
    expect(moves.every(({ from, to }) => from === 0 && to === 1)).toBe(true);
    expect(unitsByTerritory(after, 4)[0]!.length).toBeLessThanOrEqual(7);
    expect(after.filter((owner, u) => owner !== owners[u] && owners[u]! >= 2)).toEqual([]);
  });

  test('covers what nobody has where that is asked, by whoever has most room', () => {
    const { problem, owners, draw } = gridProblem(`
      A A A . B B
      A A A . B B`);
    expect(
      smallestRepair(problem, owners, { moves: 3 }).owners.filter((owner) => owner < 0).length,
    ).toBeLessThanOrEqual(2);
    const { owners: after, moves } = smallestRepair(problem, owners, { moves: 3, covers: true });
    expect(draw(after)).toBe('A A A B B B\nA A A B B B');
    expect(moves).toEqual([]);
    const locked = owners.map((owner) => owner < 0);
    expect(smallestRepair({ ...problem, locked }, owners, { moves: 3, covers: true }).owners).toEqual(owners);
  });

  test('a cut-off corner goes along, so that the giver stays in one piece', () => {
    const { problem, owners } = gridProblem(`
      A A A A A A A A
      B B B B B B . A
      B B B B B B . A`);
    const { owners: after } = smallestRepair(problem, owners, { moves: 4 });
    for (const units of unitsByTerritory(after, 2)) expect(pieces(units, problem.neighbors).length).toBe(1);
  });

  test.each([1, 2, 3, 4, 5, 6])('territories stay whole, moves add up and never make it worse (seed %i)', (seed) => {
    const random = seeded(seed);
    const size = 18;
    const picture = Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, column) => 'ABCDEFGHI'[Math.floor(row / 6) * 3 + Math.floor(column / 6)]).join(
        ' ',
      ),
    ).join('\n');
    const weights = Array.from({ length: size * size }, () => 1 + 4 * random() ** 3);
    const { problem, owners } = gridProblem(picture, {}, weights);
    const found = smallestRepair(problem, owners, { moves: 10 });
    expect(smallestRepair(problem, owners, { moves: 10 })).toEqual(found);
    expect(found.offAfter).toBeLessThanOrEqual(found.offBefore);
    expect(found.moves.length).toBeLessThanOrEqual(10);
    const replayed = [...owners];
    for (const { units, from, to } of found.moves) {
      for (const u of units) {
        expect(replayed[u]).toBe(from);
        replayed[u] = to;
      }
    }
    expect(replayed).toEqual(found.owners);
    for (const units of unitsByTerritory(found.owners, 9)) expect(pieces(units, problem.neighbors)).toHaveLength(1);
  });
});
