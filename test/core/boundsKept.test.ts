import { describe, expect, test } from 'vitest';
import { boundsKept } from '../../service/core/boundsKept.ts';
import { amountOf, measureWord } from '../../service/core/measureWords.ts';
import type { TerritoryTotals } from '../../service/core/measures.ts';

const row = (id: string, workloadHours: number, potentialUsd: number) => ({
  ...({ workloadHours, potentialUsd } as TerritoryTotals),
  id,
  name: `Name of ${id}`,
});
const rows = [row('n', 1800, 2e6), row('s', 1200, 3e6)];

describe('rules on least and most', () => {
  test('one on a territory is told of it alone, one on all of every territory', () => {
    const kept = boundsKept(
      [
        { territory: 'n', measure: 'workloadHours', min: 1500, max: 1800 },
        { territory: null, measure: 'potentialUsd', min: 2.5e6, max: null },
      ],
      rows,
    );
    expect(kept).toEqual([
      {
        territory: 'Name of n',
        measure: 'workloadHours',
        min: 1500,
        max: 1800,
        value: 1800,
        isKept: true,
        isNamed: true,
      },
      {
        territory: 'Name of n',
        measure: 'potentialUsd',
        min: 2.5e6,
        max: null,
        value: 2e6,
        isKept: false,
        isNamed: false,
      },
      {
        territory: 'Name of s',
        measure: 'potentialUsd',
        min: 2.5e6,
        max: null,
        value: 3e6,
        isKept: true,
        isNamed: false,
      },
    ]);
  });

  test('either side can be broken; rounding breaks none; a territory that is gone has no rule', () => {
    const isKept = (min: number | null, max: number | null) =>
      boundsKept([{ territory: 's', measure: 'workloadHours', min, max }], rows)[0]!.isKept;
    expect([isKept(1201, null), isKept(null, 1199), isKept(1200 + 1e-7, 1200 - 1e-7)]).toEqual([false, false, true]);
    expect(boundsKept([{ territory: 'gone', measure: 'accounts', min: 1, max: null }], rows)).toEqual([]);
    expect(boundsKept([], rows)).toEqual([]);
  });

  test('amounts are told with their unit', () => {
    expect(amountOf('workloadHours', 1800.4)).toBe('1,800 hours');
    expect(amountOf('potentialUsd', 2_500_000)).toBe('$2,500,000 of market potential');
    expect([measureWord('headroomUsd'), measureWord('Beds')]).toEqual(['headroom', 'Beds']);
  });
});
