import { expect, test } from 'vitest';
import { optimize } from '../../service/core/optimize/optimize.ts';
import type { Problem } from '../../service/core/optimize/problem.ts';
import { seeded } from '../../service/core/random.ts';

const WIDE = 14;
const LONG = 170;
const K = 80;

/** A coast of 80 territories whose first tenth holds 14 % more of one measure: what evens that out lies further along. */
function coast(seed: number): Problem {
  const random = seeded(seed);
  const units = Array.from({ length: LONG * WIDE }, (_, u) => ({ row: u % WIDE, column: Math.floor(u / WIDE) }));
  const hours = [];
  const dollars = [];
  for (const { column } of units) {
    const held = 1 + random();
    hours.push(held);
    dollars.push(held * (column < LONG / 10 ? 1.14 : 1) * (0.6 + 0.8 * random()));
  }
  const beside = ({ row, column }: (typeof units)[number]) =>
    [
      [row, column - 1],
      [row - 1, column],
      [row + 1, column],
      [row, column + 1],
    ].flatMap(([y, x]) => (y! >= 0 && y! < WIDE && x! >= 0 && x! < LONG ? [x! * WIDE + y!] : []));
  return {
    lat: units.map(({ row }) => 30 + row / 10),
    lon: units.map(({ column }) => -90 + column / 10),
    neighbors: units.map(beside),
    k: K,
    shares: Array<number>(K).fill(1),
    measures: Object.entries({ hours, dollars }).map(([name, perUnit]) => ({
      ...{ name, perUnit, tolerance: 0.05, perPair: null },
      base: Array<number>(K).fill(0),
    })),
    homes: Array<null>(K).fill(null),
    current: null,
    locked: units.map(() => false),
    frozen: Array<boolean>(K).fill(false),
    disruption: null,
    limits: null,
    disruptionWeight: 0,
  };
}

test('a coast is evened out to its end: rounds that bring little are followed by others until all are on target', () => {
  // seed 2 stays one short where four rounds in vain are the last
  for (const seed of [1, 2, 3]) expect(optimize(coast(seed), { seed, effort: 1 }).onTarget).toBe(K);
});
