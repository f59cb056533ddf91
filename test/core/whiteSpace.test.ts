import { describe, expect, test } from 'vitest';
import { uncoveredProviders, unitCoverage, type UnitCoverage } from '../../service/core/coverage.ts';
import { falseDiscoveryRates } from '../../service/core/falseDiscovery.ts';
import { localExcess } from '../../service/core/localExcess.ts';
import { seeded } from '../../service/core/random.ts';
import { DEFAULT_TRAVEL } from '../../service/core/travel.ts';
import { DEFAULT_FALSE_DISCOVERY, whiteSpace } from '../../service/core/whiteSpace.ts';
import { DEFAULT_CALL_PLAN } from '../../service/core/workload.ts';
import { grid } from '../kit/grid.ts';

const OPTIONS = { falseDiscovery: DEFAULT_FALSE_DISCOVERY, seed: 1, workingHours: 1840, travel: DEFAULT_TRAVEL };

describe('false discovery', () => {
  test('the worked example: p·m ÷ rank, never more than that of a larger p (Benjamini, Hochberg 1995)', () => {
    // 0.01·4/1 = 0.04 · 0.02·4/2 = 0.04 · 0.03·4/3 = 0.04 · 0.5·4/4 = 0.5
    expect(falseDiscoveryRates([0.03, 0.5, 0.01, 0.02])).toEqual([0.04, 0.5, 0.04, 0.04]);
    expect(falseDiscoveryRates([0.9, 0.001])).toEqual([0.9, 0.002]);
    expect(falseDiscoveryRates([])).toEqual([]);
  });
});

describe('coverage', () => {
  const providers = ['P1', 'P2', 'P3', 'P4', 'P5'].map((key) => ({ key }));
  const account = (key: string, hasOwner: boolean, lastActivity: string | null) => ({ key, hasOwner, lastActivity });
  const accounts = [
    account('P1', true, '2025-06-01'),
    account('P2', false, '2025-06-01'),
    account('P3', true, '2023-01-01'),
    account('P4', true, null),
    // the better of two accounts counts
    account('P3', false, null),
  ];

  test('no account, no owner, no recent activity; without a day activity is not asked for', () => {
    expect(uncoveredProviders(providers, accounts, '2025-01-01')).toEqual([
      null,
      'noOwner',
      'noActivity',
      'noActivity',
      'noAccount',
    ]);
    expect(uncoveredProviders(providers, accounts, null)).toEqual([null, 'noOwner', null, null, 'noAccount']);
  });

  test('sums by unit; hours are the calls of the tier', () => {
    // volumes 50, 30, 20 of 100: tiers A, B, C
    const list = [
      { key: 'a', unit: 0, procedures: 50, potentialUsd: 500 },
      { key: 'b', unit: 0, procedures: 30, potentialUsd: 300 },
      { key: 'c', unit: 1, procedures: 20, potentialUsd: 200 },
      { key: 'd', unit: -1, procedures: 0, potentialUsd: 7 },
    ];
    const sums = unitCoverage(list, ['noAccount', null, 'noOwner', 'noAccount'], {
      units: 2,
      callPlan: DEFAULT_CALL_PLAN,
    });
    expect(sums.demandUsd).toEqual([800, 200]);
    expect(sums.uncoveredUsd).toEqual([500, 200]);
    // A: 24 × 45 min = 18 h; C: 4 × 25 min = 100 min
    expect(sums.uncoveredHours[0]).toBe(18);
    expect(sums.uncoveredHours[1]).toBeCloseTo(100 / 60, 12);
    expect(sums.uncoveredProviders).toEqual([1, 1]);
  });
});

/** A square of n × n units with 100 dollars each, a quarter of them without coverage; a block in the middle holds nothing else. */
function square(n: number, block: (row: number, column: number) => boolean) {
  const map = grid(Array.from({ length: n }, () => 'A '.repeat(n).trim()).join('\n'));
  const random = seeded(5);
  const demandUsd = map.owners.map(() => 100);
  const uncoveredUsd = map.owners.map((_, u) => (block(Math.floor(u / n), u % n) ? 95 : Math.round(random() * 50)));
  const coverage: UnitCoverage = {
    demandUsd,
    uncoveredUsd,
    uncoveredHours: uncoveredUsd,
    uncoveredProviders: uncoveredUsd.map((usd) => usd / 10),
  };
  return { map, coverage, ground: { ...map, areaKm2: map.owners.map(() => 50) } };
}

describe('local excess', () => {
  test('a place that chance always reaches has p 1; one without demand around has none', () => {
    const neighbors = [[1], [0], []];
    const found = localExcess({ demandUsd: [10, 10, 0], uncoveredUsd: [0, 10, 0] }, [neighbors], {
      random: seeded(1),
      falseDiscovery: 0.05,
    });
    // two units with one sum for both, alone in their groups of like demand: chance has nothing else to draw
    expect(found).toEqual([
      { unit: 0, p: 1 },
      { unit: 1, p: 1 },
    ]);
  });
});

describe('white space', () => {
  const inBlock = (row: number, column: number) => row >= 8 && row < 12 && column >= 8 && column < 12;

  test('finds a planted block, ranks and sizes it', () => {
    const { coverage, ground } = square(20, inBlock);
    const [first, ...rest] = whiteSpace(coverage, ground, OPTIONS);
    expect(rest).toEqual([]);
    expect(first!.units.length).toBeGreaterThanOrEqual(12);
    expect(first!.units.every((u) => inBlock(Math.floor(u / 20), u % 20))).toBe(true);
    expect(first!.opportunityUsd).toBe(95 * first!.units.length);
    expect(first!.workloadHours).toBeGreaterThan(first!.opportunityUsd);
    expect(first!.fte).toBeCloseTo(first!.workloadHours / 1840, 12);
    expect(first!.qValue).toBeLessThanOrEqual(0.05);
  });

  test('the same seed gives the same answer; without a block there is nothing', () => {
    const { coverage, ground } = square(20, inBlock);
    expect(whiteSpace(coverage, ground, OPTIONS)).toEqual(whiteSpace(coverage, ground, OPTIONS));
    const even = square(20, () => false);
    expect(whiteSpace(even.coverage, even.ground, OPTIONS)).toEqual([]);
  });

  test('no demand at all: no pocket', () => {
    const { ground } = square(4, () => false);
    const none = new Array<number>(16).fill(0);
    const empty = { demandUsd: none, uncoveredUsd: none, uncoveredHours: none, uncoveredProviders: none };
    expect(whiteSpace(empty, ground, OPTIONS)).toEqual([]);
  });
});
