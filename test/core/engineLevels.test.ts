import { describe, expect, test } from 'vitest';
import { together } from '../../service/core/optimize/levels.ts';
import { Shortlist } from '../../service/core/optimize/shortlist.ts';
import { spacingOf } from '../../service/core/optimize/spacing.ts';
import { below, seeded } from '../../service/core/random.ts';

function centersAround(seed: number, k: number): Float64Array {
  const random = seeded(seed);
  return Float64Array.from({ length: k * 3 }, (_, i) => (i % 3 === 2 ? 0 : 1000 * random()));
}

describe('groups of neighbours whose prices move alike', () => {
  test('every territory is in one group of each level; groups have room for no more than they may', () => {
    for (const k of [7, 48, 49, 200, 1000]) {
      const centers = centersAround(k, k);
      const levels = together(centers, spacingOf(centers));
      expect(levels).toHaveLength(k > 24 ? 2 : 1);
      for (const [i, { of, count }] of levels.entries()) {
        const sizes = Array<number>(count).fill(0);
        for (const g of of) sizes[g]!++;
        expect(Math.min(...sizes)).toBeGreaterThan(0);
        expect(Math.max(...sizes)).toBeLessThanOrEqual([6, 24][i]!);
      }
    }
  });

  test('there is no group of all: that would be no more than one price for everybody', () => {
    const centers = centersAround(1, 6);
    expect(together(centers, spacingOf(centers))).toEqual([]);
  });

  test('a group reaches at least as far as the next neighbour of each of its members', () => {
    const centers = centersAround(3, 120);
    const spacing = spacingOf(centers);
    for (const { of, reach } of together(centers, spacing))
      of.forEach((g, j) => expect(reach[g]!).toBeGreaterThanOrEqual(spacing[j]!));
  });
});

test('a short list holds the smallest keys in order, the first offered of equal ones, whatever comes (200 lists)', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seeded(seed);
    const length = 1 + below(random, 6);
    const list = new Shortlist(length);
    const offered: { key: number; j: number }[] = [];
    for (let j = 0; j < 30; j++) {
      const key = below(random, 12);
      list.offer(key, j);
      offered.push({ key, j });
      const first = [...offered].sort((a, b) => a.key - b.key || a.j - b.j).slice(0, length);
      expect([...list.keys].slice(0, first.length)).toEqual(first.map((one) => one.key));
      expect([...list.who].slice(0, first.length)).toEqual(first.map((one) => one.j));
      expect(list.limit).toBe(first.length < length ? Infinity : first.at(-1)!.key);
    }
  }
});
