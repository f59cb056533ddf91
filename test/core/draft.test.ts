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

  it('swaps the units of two territories under one stroke and leaves all others', () => {
    const plan = draft();
    const of = (territory: number) => plan.owners.flatMap((owner, unit) => (owner === territory ? [unit] : []));
    const [a, b, c] = [of(0).slice(0, 3), of(1).slice(0, 5), of(2).slice(0, 2)];
    const stroke = [...a, ...b, ...c];
    const moves = plan.swapsWith(0, stroke);
    expect(moves.map(({ unit, to }) => [unit, to])).toEqual([...a.map((u) => [u, 1]), ...b.map((u) => [u, 0])]);
    expect(plan.swapsWith(0, stroke, 2).map(({ unit }) => unit)).toEqual([...a, ...c]);
    expect(plan.swapsWith(0, a)).toEqual([]);
  });

  it('tells what a lock keeps, and follows locks that change', () => {
    const plan = draft();
    const units = plan.owners.flatMap((owner, unit) => (owner === 1 ? [unit] : [])).slice(0, 4);
    plan.lock([units[0]!], []);
    expect(plan.movesTo(0, units).map(({ unit }) => unit)).toEqual(units.slice(1));
    expect(plan.held(0, units)).toEqual({ units: [units[0]], territories: [] });
    plan.lock([], [1]);
    expect(plan.held(0, units)).toEqual({ units, territories: [1] });
    plan.lock([], []);
    expect(plan.held(0, units)).toEqual({ units: [], territories: [] });
  });

  it('gives a stray part to the neighbour that is furthest below target, as one undoable step', () => {
    const plan = draft();
    const start = plan.owners.slice();
    const inner = start.findIndex((owner, u) => owner === 5 && neighbors[u]!.every((next) => start[next] === 5));
    plan.commit(plan.movesTo(0, [inner]));
    const parts = plan.strays();
    expect(parts).toEqual([{ territory: 0, units: [inner] }]);
    plan.commit(plan.repairs(parts));
    expect(plan.owners).toEqual(start);
    expect(plan.strays()).toEqual([]);
    plan.undo();
    expect(plan.strays()).toEqual(parts);
    plan.lock([], [5]);
    expect(plan.repairs(parts)).toEqual([]);
  });

  it('remembers steps and unsaved moves over a reload, and answers what others overtook', () => {
    const plan = draft();
    const home = (unit: number) => plan.owners[unit]!;
    const [a, b, c] = [3, 9, 15] as const;
    const targets = [a, b, c].map((unit) => (home(unit) + 1) % towns.length);
    const start = plan.owners.slice();
    [a, b, c].forEach((unit, i) => plan.commit(plan.movesTo(targets[i]!, [unit])));
    plan.undo();
    const kept = JSON.parse(JSON.stringify(plan.memory())) as ReturnType<typeof plan.memory>;
    const same = draft();
    expect(same.restore(kept)).toEqual([]);
    expect(same.owners).toEqual(plan.owners);
    same.redo();
    same.undo();
    same.undo();
    same.undo();
    expect(same.owners).toEqual(start);
    // somebody else moved b meanwhile: what lies before it in the history is gone with it
    const other = (targets[1]! + 1) % towns.length;
    const edited = draft({ owners: start.map((owner, unit) => (unit === b ? other : owner)) });
    expect(edited.restore(kept)).toEqual([{ unit: b, from: start[b], to: targets[1] }]);
    expect([edited.owners[a], edited.owners[b]]).toEqual([targets[0], other]);
    expect(edited.history.done).toEqual([]);
    expect(edited.history.undone).toHaveLength(1);
    expect(edited.unsaved()).toEqual([{ unit: a, from: start[a], to: targets[0] }]);
  });
});
