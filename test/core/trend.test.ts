import { describe, expect, it } from 'vitest';
import { localChange, territoryTrends } from '../../service/core/trend.ts';

describe('territories from year to year', () => {
  const year = (...units: number[]) => ({ units, nation: units.reduce((a, b) => a + b, 0) });

  it('share a drop of the whole nation: none of them drifts', () => {
    const trends = territoryTrends([year(100, 200, 60), year(70, 140, 42)], [[0, 1], [2]]);
    expect(trends.map(({ change }) => change!.toFixed(2))).toEqual(['-0.30', '-0.30']);
    expect(trends.map(({ localChange }) => localChange!.toFixed(6))).toEqual(['0.000000', '0.000000']);
    expect(trends.map(({ hasDrifted }) => hasDrifted)).toEqual([false, false]);
  });

  it('tell the one that fell further than the nation', () => {
    const before = year(100, 100, 100, 100, 100, 100, 100, 100, 100, 100);
    const after = year(70, 70, 70, 70, 70, 70, 70, 70, 70, 35);
    const trends = territoryTrends([before, after], [[0, 1, 2], [3, 4, 5], [9]]);
    expect(trends.map(({ hasDrifted }) => hasDrifted)).toEqual([false, false, true]);
    expect(trends[2]!.localChange).toBeCloseTo(0.35 / 0.665 - 1, 12);
    expect(trends[0]!.figures).toEqual([300, 210]);
  });

  it('have not changed where there is nothing to compare', () => {
    expect(territoryTrends([year(5)], [[0]])).toEqual([
      { figures: [5], change: null, localChange: null, hasDrifted: false },
    ]);
    expect(territoryTrends([year(0, 3), year(4, 3)], [[0]])[0]).toMatchObject({ change: null, hasDrifted: false });
    expect(localChange(0.1, -1)).toBeNull();
  });
});
