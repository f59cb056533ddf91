import { describe, expect, test } from 'vitest';
import { CAUSES, driftCauses } from '../../service/core/driftCauses.ts';
import { evenness } from '../../service/core/evenness.ts';
import { seeded } from '../../service/core/random.ts';

describe('causes of a drift', () => {
  test('two causes that multiply share what neither does alone', () => {
    // 2 × 3 → 4 × 5: demand first adds 2·3 = 6 or 2·5 = 10, mean 8; accounts 2·2 = 4 or 4·2 = 8, mean 6
    const [only] = driftCauses((mix) => [(mix.demand ? 4 : 2) * (mix.accounts ? 5 : 3)]);
    expect(only!.before).toBe(6);
    expect(only!.after).toBe(20);
    expect(only!.parts.demand).toBeCloseTo(8, 12);
    expect(only!.parts.accounts).toBeCloseTo(6, 12);
    expect(only!.parts.reps).toBe(0);
    expect(only!.parts.parameters).toBe(0);
  });

  test('parts add up to the change whatever the figures are', () => {
    const random = seeded(3);
    const table = Array.from({ length: 16 }, () => [random() * 100, random() * 100 - 50]);
    let asked = 0;
    for (const { before, after, parts } of driftCauses(() => table[asked++]!))
      expect(CAUSES.reduce((sum, cause) => sum + parts[cause], 0)).toBeCloseTo(after - before, 9);
    expect(asked).toBe(16);
  });
});

describe('evenness', () => {
  test('worked by hand: 1, 2, 3', () => {
    // mean 2, variance 2 ÷ 3; Gini (−2·1 + 0·2 + 2·3) ÷ (3·6) = 4 ÷ 18
    const { variation, mostToLeast, gini } = evenness([3, 1, 2]);
    expect(variation).toBeCloseTo(Math.sqrt(2 / 3) / 2, 12);
    expect(mostToLeast).toBe(3);
    expect(gini).toBeCloseTo(4 / 18, 12);
  });

  test('even, empty, one with nothing', () => {
    expect(evenness([5, 5])).toEqual({ variation: 0, mostToLeast: 1, gini: 0 });
    expect(evenness([])).toEqual({ variation: 0, mostToLeast: null, gini: 0 });
    expect(evenness([0, 4])).toEqual({ variation: 1, mostToLeast: null, gini: 0.5 });
  });
});
