import { describe, expect, it } from 'vitest';
import { innerPoint } from '../../service/core/innerPoint.ts';
import { isInside } from '../../service/core/polygon.ts';
import { sharedArcs, sharedLines } from '../../service/core/sharedArcs.ts';

/** A square with its north-west corner at x, y. */
const square = (x: number, y: number, side = 1) => [x, y, x + side, y, x + side, y + side, x, y + side];
const pairs = (arcs: readonly { left: number; right: number }[]) =>
  [...new Set(arcs.map(({ left, right }) => [left, right].sort((a, b) => a - b).join(' ')))].sort();
const length = (path: readonly number[]) => {
  let sum = 0;
  for (let i = 2; i < path.length; i += 2) sum += Math.hypot(path[i]! - path[i - 2]!, path[i + 1]! - path[i - 1]!);
  return sum;
};

describe('sharedArcs', () => {
  it('gives each stretch once with both owners; corners alone do not make neighbours', () => {
    // 0 1
    // 2 3
    const arcs = sharedArcs([[square(0, 0)], [square(1, 0)], [square(0, 1)], [square(1, 1)]]);
    expect(pairs(arcs)).toEqual(['-1 0', '-1 1', '-1 2', '-1 3', '0 1', '0 2', '1 3', '2 3']);
    expect(arcs.reduce((sum, { path }) => sum + length(path), 0)).toBe(12);
  });

  it('drops the seam between two parts of one shape and keeps a hole', () => {
    const arcs = sharedArcs([[square(0, 0), square(1, 0)], [square(4, 0, 3), square(5, 1)], [square(5, 1)]]);
    expect(
      arcs.filter(({ left, right }) => left === 0 || right === 0).reduce((sum, { path }) => sum + length(path), 0),
    ).toBe(6);
    expect(
      arcs.filter(({ left, right }) => Math.min(left, right) === 1).reduce((sum, { path }) => sum + length(path), 0),
    ).toBe(4);
  });

  it('gives a third owner of a stretch its own copy', () => {
    const arcs = sharedArcs([[square(0, 0)], [square(1, 0)], [square(1, 0)]]);
    const touching = arcs.filter(({ path }) => path.every((value, i) => i % 2 === 1 || value === 1));
    expect(touching.map(({ left, right }) => [left, right])).toEqual([
      [0, 1],
      [2, -1],
    ]);
  });

  it('finds what lines of two owners have in common, cut where either ends', () => {
    const arcs = sharedLines([
      { owner: 0, path: [0, 0, 1, 0, 2, 0, 3, 0] },
      { owner: 1, path: [1, 0, 2, 0] },
      { owner: 2, path: [2, 0, 3, 0, 4, 0] },
    ]);
    expect(arcs.map(({ left, right, path }) => [left, right, path[0], path.at(-2)]).sort()).toEqual([
      [0, -1, 0, 1],
      [0, 1, 1, 2],
      [0, 2, 2, 3],
      [2, -1, 3, 4],
    ]);
  });
});

describe('innerPoint', () => {
  it.each([
    ['a square', [square(0, 0, 4)]],
    ['a ring with a hole in its middle', [square(0, 0, 9), square(1, 1, 7)]],
    ['a horseshoe', [[0, 0, 9, 0, 9, 9, 8, 9, 8, 1, 1, 1, 1, 9, 0, 9]]],
    ['an island beside a bigger one', [square(0, 0), square(5, 5, 3)]],
  ])('lies inside of %s', (_, rings) => {
    expect(isInside(...innerPoint(rings), rings)).toBe(true);
  });
});
