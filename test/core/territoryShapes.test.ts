import { describe, expect, test } from 'vitest';
import type { Border } from '../../service/core/cells.ts';
import { mercator } from '../../service/core/polygon.ts';
import { territoryShapes } from '../../service/core/territoryShapes.ts';

/** A grid of square cells, one degree wide, with every border between two cells or to the outside once. */
function squares(rows: readonly string[]): { borders: Border[]; owners: number[] } {
  const [height, width] = [rows.length, rows[0]!.length];
  const corner = (x: number, y: number) => mercator(-75 + x, 45 - y);
  const node = (x: number, y: number) => y * (width + 1) + x;
  const cell = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? -1 : y * width + x);
  const borders: Border[] = [];
  const add = (a: readonly [number, number], b: readonly [number, number], left: number, right: number) => {
    const path = [...corner(...a), ...corner(...b)];
    borders.push({ left, right, path, ends: [node(...a), node(...b)] });
  };
  for (let y = 0; y <= height; y++)
    for (let x = 0; x <= width; x++) {
      if (x < width && cell(x, y) !== cell(x, y - 1)) add([x, y], [x + 1, y], cell(x, y - 1), cell(x, y));
      if (y < height && cell(x, y) !== cell(x - 1, y)) add([x, y], [x, y + 1], cell(x - 1, y), cell(x, y));
    }
  return { borders, owners: rows.flatMap((row) => [...row].map((letter) => 'AB'.indexOf(letter))) };
}

/** Signed area in degrees²; positive counter-clockwise. */
const area = (ring: readonly (readonly [number, number])[]) =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0) / 2;

describe('territory shapes', () => {
  test('leave out borders inside a territory; shells run counter-clockwise and close', () => {
    const { borders, owners } = squares(['AAB', 'AAB']);
    const [a, b] = territoryShapes(borders, owners, 2);
    expect([a!.length, b!.length]).toEqual([1, 1]);
    expect([a![0]!.length, b![0]!.length]).toEqual([1, 1]);
    expect(area(a![0]![0]!)).toBeCloseTo(4, 3);
    expect(area(b![0]![0]!)).toBeCloseTo(2, 3);
    expect(a![0]![0]![0]).toEqual(a![0]![0]!.at(-1));
    const lons = a![0]![0]!.map(([lon]) => lon);
    expect([Math.min(...lons), Math.max(...lons)]).toEqual([-75, -73]);
  });

  test('have a hole where another territory lies inside, running the other way', () => {
    const { borders, owners } = squares(['AAA', 'ABA', 'AAA']);
    const [a, b] = territoryShapes(borders, owners, 2);
    expect(a![0]!.map(area).map(Math.round)).toEqual([9, -1]);
    expect(b![0]!.map(area).map(Math.round)).toEqual([1]);
  });

  test('are several polygons where a territory lies apart, and none without a unit', () => {
    const { borders, owners } = squares(['ABA']);
    const [a, b, c] = territoryShapes(borders, owners, 3);
    expect([a!.length, b!.length, c!.length]).toEqual([2, 1, 0]);
    const nobody = squares(['A.A']);
    expect(territoryShapes(nobody.borders, nobody.owners, 1)[0]).toHaveLength(2);
  });
});
