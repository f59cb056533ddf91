import { describe, expect, test } from 'vitest';
import { gabriel, neighborLists } from '../../service/core/adjacency.ts';
import { assign, invert } from '../../service/core/alignment.ts';
import { deviations } from '../../service/core/balance.ts';
import { pieces, strayPieces, unitsByTerritory } from '../../service/core/contiguity.ts';
import { EARTH_RADIUS_KM, unitVector } from '../../service/core/geography.ts';
import { Kernel } from '../../service/core/kernel.ts';
import { LivePieces } from '../../service/core/livePieces.ts';
import { MEASURES, totals, type TerritoryTotals } from '../../service/core/measures.ts';
import { below, seeded } from '../../service/core/random.ts';
import { makeWorld } from '../kit/cannedWorld.ts';
import { grid } from '../kit/grid.ts';

const SIDE = 24;
const UNITS = SIDE * SIDE;
const random = seeded(3);
const lat = Array.from({ length: UNITS }, (_, u) => 40 + (Math.floor(u / SIDE) + 0.7 * random()) / 20);
const lon = Array.from({ length: UNITS }, (_, u) => -75 + ((u % SIDE) + 0.7 * random()) / 20);
const neighbors = neighborLists(UNITS, gabriel(lat, lon));
const towns = [4, 12, 20].flatMap((x) =>
  [4, 12, 20].map((y) => ({ name: `${x}/${y}`, lat: 40 + y / 20, lon: -75 + x / 20 })),
);
const world = makeWorld({ lat, lon, neighbors }, towns);
// two seats without a home, so that both kinds of centre are met
const seats = world.territories.map((seat, j) => (j % 4 === 1 ? { ...seat, home: null } : seat));
const overrides = [
  { unit: 7, territory: 4, part: { potentialUsd: 1000, stops: 2, accounts: 1 } },
  { unit: 100, territory: 8, part: { potentialUsd: 500, callHours: 3, accounts: 2 } },
];
const data = { ...world, seats, overrides };

/** Σ p d² of a territory's units to its home or weighted mean direction, p the mean share of work and potential. */
function slowSquaredKm(owners: readonly number[], territory: number): number {
  const { callHours, caseHours, potentialUsd } = world.inputs;
  const sum = (vector: readonly number[]) => vector.reduce((total, value) => total + value, 0);
  const work = callHours.map((hours, u) => hours + caseHours[u]!);
  const weight = (u: number) => (work[u]! / sum(work) + potentialUsd[u]! / sum(potentialUsd)) / 2;
  const units = owners.flatMap((owner, u) => (owner === territory ? [u] : []));
  const at = (u: number) => unitVector({ lat: lat[u]!, lon: lon[u]! });
  const mean = [0, 1, 2].map((d) => units.reduce((total, u) => total + weight(u) * at(u)[d]!, 0));
  const length = Math.hypot(...mean);
  const home = seats[territory]!.home;
  const center = home ? unitVector(home) : mean.map((value) => value / length);
  return units.reduce(
    (total, u) =>
      total + weight(u) * EARTH_RADIUS_KM ** 2 * at(u).reduce((s, value, d) => s + (value - center[d]!) ** 2, 0),
    0,
  );
}

function expectFresh(kernel: Kernel): void {
  const owners = [...kernel.owners];
  const fresh = totals(owners, data);
  fresh.forEach((sum, j) => {
    for (const [name, value] of Object.entries(sum)) {
      const live = kernel.totals[j]![name as keyof TerritoryTotals];
      expect(Math.abs(live - value), `${name} of ${j}: ${live}, not ${value}`).toBeLessThanOrEqual(
        1e-9 * (1 + Math.abs(value)),
      );
    }
    expect(kernel.pieces(j)).toBe(pieces(unitsByTerritory(owners, seats.length)[j]!, neighbors).length);
    const squared = slowSquaredKm(owners, j);
    expect(Math.abs(kernel.squaredKm(j) - squared)).toBeLessThanOrEqual(1e-9 * (squared + 1));
  });
  for (const measure of MEASURES)
    kernel
      .deviations(measure)
      .forEach((value, j) => expect(value).toBeCloseTo(deviations(fresh, seats, measure)[j]!, 9));
  expect(kernel.strays()).toEqual(strayPieces(owners, seats.length, neighbors));
}

/** Nine moves of ten at a border, as a hand makes them; the tenth anywhere. */
function drawn(kernel: Kernel, many: number): { units: number[]; to: number } {
  const start = below(random, UNITS);
  const near = [start];
  for (const unit of near)
    if (near.length < many) near.push(...neighbors[unit]!.filter((next) => !near.includes(next)));
  const touching = neighbors[start]!.map((next) => kernel.owners[next]!).filter(
    (owner) => owner !== kernel.owners[start],
  );
  const to = random() < 0.9 && touching.length > 0 ? touching[below(random, touching.length)]! : below(random, 10) - 1;
  return { units: near.slice(0, many), to };
}

describe('the kernel', () => {
  test('equals what is computed from scratch after each of 3,000 moves of one unit', () => {
    const kernel = new Kernel(data);
    for (let round = 0; round < 3000; round++) {
      const { units, to } = drawn(kernel, 1);
      kernel.make(assign([...kernel.owners], units, to));
      if (round % 20 === 0) expectFresh(kernel);
      else expect(kernel.strays()).toEqual(strayPieces([...kernel.owners], seats.length, neighbors));
    }
    expectFresh(kernel);
  });

  test('equals what is computed from scratch after lassos of up to 200 units, territories emptied included', () => {
    const kernel = new Kernel(data);
    for (let round = 0; round < 300; round++) {
      const { units, to } = drawn(kernel, 1 + below(random, 200));
      kernel.make(assign([...kernel.owners], units, to));
      expectFresh(kernel);
    }
  });

  test('undo gives back every figure to the last bit; the inverse moves give the same owners too', () => {
    const kernel = new Kernel(data);
    const shot = () => ({
      owners: [...kernel.owners],
      totals: kernel.totals.map((sum) => ({ ...sum })),
      spread: seats.map((_, j) => kernel.squaredKm(j)),
      strays: kernel.strays(),
    });
    const steps = Array.from({ length: 200 }, (_, i) => {
      const before = shot();
      const { units, to } = drawn(kernel, 1 + (i % 40));
      return { before, change: kernel.make(assign([...kernel.owners], units, to)) };
    });
    for (const { before, change } of steps.reverse()) {
      kernel.undo(change);
      expect(shot()).toEqual(before);
    }
    const { moves } = kernel.make(assign([...kernel.owners], [0, 1, 2, 50], 3));
    kernel.make(invert(moves));
    expect([...kernel.owners]).toEqual(world.owners);
    expectFresh(kernel);
  });

  test('an account held against geography goes with its unit, into its own territory and out of it', () => {
    const kernel = new Kernel(data);
    for (const to of [4, 2, -1, 4, 0, 8]) {
      kernel.make(assign([...kernel.owners], [7, 100], to));
      expectFresh(kernel);
    }
  });

  test('the centre of a territory without a home is its weighted mean; with one it is the home', () => {
    const kernel = new Kernel(data);
    const [y, x] = kernel.center(0);
    expect([y, x]).toEqual([expect.closeTo(seats[0]!.home!.lat, 9), expect.closeTo(seats[0]!.home!.lon, 9)]);
    const least = kernel.squaredKm(1);
    const shifted = seats.map((seat, j) => {
      const [atLat, atLon] = kernel.center(1);
      return j === 1 ? { ...seat, home: { lat: atLat + 0.01, lon: atLon } } : seat;
    });
    expect(new Kernel({ ...data, seats: shifted }).squaredKm(1)).toBeGreaterThan(least);
  });
});

describe('live pieces', () => {
  test('a ring that is cut stays whole, cut twice it falls apart, mended it is whole again', () => {
    const ring = grid(`
      A A A A
      A B B A
      A B B A
      A A A A`);
    const live = new LivePieces(ring.owners, 2, ring.neighbors);
    live.move(1, 1);
    expect(live.count(0)).toBe(1);
    live.move(13, 1);
    expect(live.count(0)).toBe(2);
    expect(live.strays()).toEqual([{ territory: 0, units: [0, 4, 8, 12] }]);
    live.move(13, 0);
    expect(live.strays()).toEqual([]);
  });

  test('an emptied territory has no piece, units of nobody belong to none', () => {
    const pair = grid('A B .');
    const live = new LivePieces(pair.owners, 2, pair.neighbors);
    live.move(1, -1);
    expect([live.count(0), live.count(1)]).toEqual([1, 0]);
    live.move(2, 0);
    expect(live.count(0)).toBe(2);
    live.move(1, 0);
    expect(live.count(0)).toBe(1);
  });
});
