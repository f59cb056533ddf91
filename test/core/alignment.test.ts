import { describe, expect, test } from 'vitest';
import { apply, assign, difference, invert } from '../../service/core/alignment.ts';
import { disruption } from '../../service/core/disruption.ts';
import { EMPTY_HISTORY, record, redo, undo } from '../../service/core/history.ts';
import { pieces, staysConnectedWithout, strayPieces } from '../../service/core/contiguity.ts';
import { below, seeded } from '../../service/core/random.ts';
import { todaysMap } from '../../service/core/todaysMap.ts';
import { grid } from '../kit/grid.ts';

const map = grid(`
  A A B
  A B B
  C C .`);

describe('edits are values', () => {
  test('assigning gives moves only for units that change, and applying them leaves the old owners alone', () => {
    const before = map.owners.slice();
    const moves = assign(map.owners, [0, 1, 2, 2], 1);
    expect(moves).toEqual([
      { unit: 0, from: 0, to: 1 },
      { unit: 1, from: 0, to: 1 },
    ]);
    expect(map.draw(apply(map.owners, moves))).toBe('B B B\nA B B\nC C .');
    expect(map.owners).toEqual(before);
  });

  test('undo restores exactly and redo repeats, over random edits', () => {
    const random = seeded(7);
    let owners = map.owners;
    let history = EMPTY_HISTORY;
    const seen = [owners];
    for (let step = 0; step < 50; step++) {
      const moves = assign(owners, [below(random, 9), below(random, 9)], below(random, 3));
      const next = record(history, moves);
      if (next === history) continue;
      history = next;
      owners = apply(owners, moves);
      seen.push(owners);
    }
    const last = owners;
    for (let step = undo(history), at = seen.length - 2; step; step = undo(history), at--) {
      owners = apply(owners, step.moves);
      history = step.history;
      expect(owners).toEqual(seen[at]);
    }
    for (let step = redo(history); step; step = redo(history)) {
      owners = apply(owners, step.moves);
      history = step.history;
    }
    expect(owners).toEqual(last);
  });

  test('the difference of two plans leads from one to the other and back', () => {
    const after = [0, 0, 0, 2, 1, 1, 2, -1, 0];
    const moves = difference(map.owners, after);
    expect(apply(map.owners, moves)).toEqual(after);
    expect(apply(after, invert(moves))).toEqual(map.owners);
  });
});

describe('contiguity', () => {
  const { owners, neighbors, unitsOf } = grid(`
    A B A
    A B A
    A A A
    B C C`);

  test('pieces come biggest first', () => {
    expect(pieces(unitsOf('B'), neighbors)).toEqual([[1, 4], [9]]);
    expect(pieces([], neighbors)).toEqual([]);
  });

  test('a stray piece is what lies beyond the biggest', () => {
    expect(strayPieces(owners, 3, neighbors)).toEqual([{ territory: 1, units: [9] }]);
  });

  test('a unit may leave unless it holds its territory together', () => {
    expect(staysConnectedWithout(7, owners, neighbors)).toBe(false);
    expect(staysConnectedWithout(0, owners, neighbors)).toBe(true);
    expect(staysConnectedWithout(9, owners, neighbors)).toBe(true);
  });

  test('the local answer equals counting pieces, on random maps', () => {
    const random = seeded(3);
    for (let round = 0; round < 40; round++) {
      const drawn = grid(
        Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => 'AB'[below(random, 2)]).join(' ')).join('\n'),
      );
      for (let unit = 0; unit < 36; unit++) {
        const own = drawn.owners.flatMap((owner, other) => (owner === drawn.owners[unit] ? [other] : []));
        const before = pieces(own, drawn.neighbors).find((piece) => piece.includes(unit))!;
        const after = pieces(
          before.filter((other) => other !== unit),
          drawn.neighbors,
        );
        expect(staysConnectedWithout(unit, drawn.owners, drawn.neighbors)).toBe(after.length <= 1);
      }
    }
  });
});

test('disruption counts what changes rep, not what had none', () => {
  const inputs = { accounts: [1, 2, 3, 4], salesUsd: [0, 0, 50, 50] };
  expect(disruption([0, 1, 1, -1], [0, 0, 1, 1], inputs)).toEqual({ accountsShare: 0.2, salesShare: 0 });
  expect(disruption([0], [1], { accounts: [0], salesUsd: [0] })).toEqual({ accountsShare: 0, salesShare: 0 });
});

test("today's map follows most accounts, leaves uncovered what has accounts without territory, and fills empty units", () => {
  const { neighbors, draw } = grid('A . . .\n. . B .');
  const accounts = [
    { unit: 0, territory: 0 },
    { unit: 0, territory: 0 },
    { unit: 0, territory: 1 },
    { unit: 6, territory: 1 },
    { unit: 3, territory: -1 },
    { unit: -1, territory: 0 },
  ];
  expect(draw(todaysMap(accounts, neighbors))).toBe('A A B .\nA B B B');
});
