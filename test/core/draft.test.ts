import { describe, expect, it } from 'vitest';
import { neighborLists } from '../../service/core/adjacency.ts';
import { strayPieces } from '../../service/core/contiguity.ts';
import { Draft } from '../../force-app/map/draft.ts';
import { below, seeded } from '../../service/core/random.ts';
import { totals } from '../../service/core/measures.ts';
import { makeWorld } from '../kit/cannedWorld.ts';

const side = 20;
const cells = Array.from({ length: side * side }, (_, i) => ({ x: i % side, y: Math.floor(i / side) }));
const towns = [3, 10, 17].flatMap((x) =>
  [4, 15].map((y) => ({ name: `${x}/${y}`, lat: 40 + y / 10, lon: -75 + x / 10 })),
);
const neighbors = neighborLists(
  side * side,
  cells.flatMap(({ x }, i) => [
    [i, x + 1 < side ? i + 1 : i] as const,
    [i, i + side < side * side ? i + side : i] as const,
  ]),
);
const world = makeWorld(
  { lat: cells.map(({ y }) => 40 + y / 10), lon: cells.map(({ x }) => -75 + x / 10), neighbors },
  towns,
);
const overrides = [{ unit: 7, territory: 4, part: { potentialUsd: 1000, stops: 2, accounts: 1 } }];
const draft = (more: object = {}) => new Draft({ ...world, seats: world.territories, overrides, ...more }, neighbors);
const slow = (owners: readonly number[]) => totals(owners, { ...world, seats: world.territories, overrides });

describe('draft', () => {
  it('previews without changing anything, equal to the slow totals, for 200 random lassos', () => {
    const random = seeded(5);
    const plan = draft();
    for (let round = 0; round < 200; round++) {
      const units = Array.from({ length: below(random, 30) }, () => below(random, side * side));
      const moves = plan.movesTo(below(random, towns.length), units);
      const before = plan.owners;
      const seen = plan.preview(moves);
      expect(plan.owners).toBe(before);
      plan.commit(moves);
      slow(plan.owners).forEach((sum, i) => {
        expect(seen[i]?.workloadHours).toBeCloseTo(sum.workloadHours, 6);
        expect(seen[i]?.potentialUsd).toBeCloseTo(sum.potentialUsd, 4);
      });
      expect(plan.strays()).toEqual(strayPieces(plan.owners, towns.length, neighbors));
    }
  });

  it('undoes to the exact start and repeats to the exact end', () => {
    const plan = draft();
    const start = plan.owners.slice();
    plan.commit(plan.movesTo(0, [5, 6, 7]));
    plan.commit(plan.movesTo(1, [7, 8]));
    const end = plan.owners.slice();
    plan.undo();
    plan.undo();
    expect(plan.owners).toEqual(start);
    expect(plan.unsaved()).toEqual([]);
    plan.redo();
    plan.redo();
    expect(plan.owners).toEqual(end);
  });

  it('knows what the service does not know yet, one move a unit', () => {
    const plan = draft();
    const from = plan.owners[0]!;
    plan.commit(plan.movesTo(2, [0]));
    plan.commit(plan.movesTo(3, [0]));
    expect(plan.unsaved()).toEqual([{ unit: 0, from, to: 3 }]);
    plan.markSaved();
    expect(plan.unsaved()).toEqual([]);
  });

  it('moves no locked unit, nothing of or into a locked territory, and nothing that is not shown', () => {
    const other = (unit: number) => (world.owners[unit] === 0 ? 1 : 0);
    expect(draft({ locked: [3] }).movesTo(other(3), [3])).toEqual([]);
    expect(draft({ lockedTerritories: [other(3)] }).movesTo(other(3), [3])).toEqual([]);
    expect(draft({ lockedTerritories: [world.owners[3]!] }).movesTo(other(3), [3])).toEqual([]);
    expect(draft({ owners: world.owners.map(() => -2), overrides: [] }).movesTo(0, [3])).toEqual([]);
  });
});
