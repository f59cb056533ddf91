import { describe, expect, it } from 'vitest';
import { cellBorders, cellRings } from '../../service/core/cells.ts';
import { isInside, ringArea, wound } from '../../service/core/polygon.ts';
import { simplify } from '../../service/core/simplify.ts';
import { seeded } from '../../service/core/random.ts';

/** Two squares side by side; the line x = 10 belongs to both. */
const TWO_SQUARES = [
  { path: [10, 0, 10, 10], left: 0, right: 1 },
  { path: [10, 10, 0, 10, 0, 0, 10, 0], left: 0, right: -1 },
  { path: [10, 0, 20, 0, 20, 10, 10, 10], left: 1, right: -1 },
];
const area = (rings: readonly (readonly number[])[]) => rings.reduce((sum, ring) => sum + Math.abs(ringArea(ring)), 0);

describe('cellBorders', () => {
  it('cuts a square in two by hand-computable cells', () => {
    const borders = cellBorders({ x: [2, 8, 15], y: [5, 5, 5], region: [0, 0, 1] }, TWO_SQUARES);
    expect(cellRings(borders, 3).map(area)).toEqual([50, 50, 100]);
    const between = borders.find(
      ({ left, right }) => left + right === 1 && left * right === 0 && left >= 0 && right >= 0,
    );
    expect([between?.path[0], between?.path[2]]).toEqual([5, 5]);
    expect(borders.some(({ left, right }) => Math.min(left, right) === 1 && Math.max(left, right) === 2)).toBe(true);
  });

  it('covers every region exactly, and every cell holds its own site', () => {
    const random = seeded(5);
    const region = Array.from({ length: 200 }, (_, i) => i % 2);
    const sites = { x: region.map((r) => r * 10 + random() * 10), y: region.map(() => random() * 10), region };
    const rings = cellRings(cellBorders(sites, TWO_SQUARES), 200);
    expect(rings.filter((_, i) => region[i] === 0).reduce((sum, cell) => sum + area(cell), 0)).toBeCloseTo(100, 6);
    expect(rings.filter((_, i) => region[i] === 1).reduce((sum, cell) => sum + area(cell), 0)).toBeCloseTo(100, 6);
    rings.forEach((cell, i) => expect(isInside(sites.x[i]!, sites.y[i]!, cell)).toBe(true));
  });

  it('gives a far island to the nearest site of its region', () => {
    const island = { path: [30, 0, 31, 0, 31, 1, 30, 1, 30, 0], left: 1, right: -1 };
    const rings = cellRings(cellBorders({ x: [5, 15], y: [5, 5], region: [0, 1] }, [...TWO_SQUARES, island]), 2);
    expect(rings[1]?.map((ring) => Math.abs(ringArea(ring))).sort()).toEqual([1, 100]);
  });

  it('leaves a site without a cell where its region ends before it', () => {
    const rings = cellRings(cellBorders({ x: [5, 5], y: [5, 900], region: [0, 0] }, TWO_SQUARES), 2);
    expect(rings.map(area)).toEqual([100, 0]);
  });
});

describe('rings and lines', () => {
  it('winds holes against their shell', () => {
    const [shell, hole] = wound([
      [0, 0, 9, 0, 9, 9, 0, 9],
      [3, 3, 6, 3, 6, 6, 3, 6],
    ]);
    expect(Math.sign(ringArea(shell!))).toBe(-Math.sign(ringArea(hole!)));
  });

  it('simplifies within the tolerance and keeps both ends', () => {
    expect(simplify([0, 0, 5, 0.4, 10, 0], 0.5)).toEqual([0, 0, 10, 0]);
    expect(simplify([0, 0, 5, 0.6, 10, 0], 0.5)).toEqual([0, 0, 5, 0.6, 10, 0]);
  });
});
