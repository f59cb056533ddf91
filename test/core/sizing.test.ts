import { describe, expect, test } from 'vitest';
import { hireRoi, hireVerdict, incrementalSales, roiBand } from '../../service/core/hireVerdict.ts';
import { leftOver } from '../../service/core/rebalance.ts';
import { responseShare } from '../../service/core/salesResponse.ts';
import { bordering, headCount, mergedShare, sizeVerdicts } from '../../service/core/sizing.ts';
import { grid } from '../kit/grid.ts';

const seat = (share: number) => ({ workloadHours: share * 1000, administrationHours: 100, capacityHours: 1000 });

describe('head count', () => {
  test('field hours ÷ what a head has left beside administration, at 100, 115 and 90 %', () => {
    // 16,600 ÷ (1,840 − 180) = 10; ÷ (2,116 − 180) = 8.574; ÷ (1,656 − 180) = 11.247
    const count = headCount(16_600, { capacityHours: 1840, administrationHours: 180 });
    expect(count.heads).toBeCloseTo(10, 12);
    expect(count.low).toBeCloseTo(16_600 / 1936, 12);
    expect(count.high).toBeCloseTo(16_600 / 1476, 12);
    expect(headCount(100, { capacityHours: 100, administrationHours: 200 }).heads).toBe(0);
  });
});

describe('rebalance', () => {
  test('over one border only', () => {
    // 0 – 1 – 2: what 0 has too much, 2 cannot take
    expect(leftOver([30, 0, 0], [0, 10, 100], [[1], [0, 2], [1]])).toEqual([20, 0, 0]);
  });

  test('one gives way to another: the way through what was handed over before', () => {
    // 0 may give to 2 and 3, 1 to 2 only; 0 comes first and takes 2, then has to leave it to 1
    expect(leftOver([10, 11, 0, 0], [0, 0, 11, 10], [[2, 3], [2], [0, 1], [0]])).toEqual([0, 0, 0, 0]);
  });

  test('two that share one neighbour cannot both be helped', () => {
    expect(leftOver([10, 20, 0], [0, 0, 15], [[2], [2], [0, 1]])).toEqual([0, 15, 0]);
  });
});

describe('verdicts', () => {
  test('two neighbours that fill at most 90 % of one capacity merge; one administration falls away', () => {
    expect(mergedShare(seat(0.5), seat(0.5))).toBeCloseTo(0.9, 12);
    const sized = sizeVerdicts([seat(0.5), seat(0.5), seat(0.45)], [[1], [0, 2], [1]]);
    // 0.5 + 0.45 − 0.1 = 0.85 is the emptier pair, and everybody merges once
    expect(sized.map(({ verdict }) => verdict)).toEqual(['rightSized', 'merge', 'merge']);
    expect(sized[1]).toMatchObject({ mergeWith: 2 });
    expect(sized[1]!.capacityShare).toBeCloseTo(0.85, 12);
    const above = sizeVerdicts([seat(0.51), seat(0.5)], [[1], [0]]);
    expect(above.map(({ verdict }) => verdict)).toEqual(['rightSized', 'rightSized']);
  });

  test('overloaded, but the neighbours can take it: right-sized; else a hire with donors, or a split', () => {
    const helped = sizeVerdicts([seat(1.25), seat(1.0)], [[1], [0]]);
    expect(helped.map(({ verdict }) => verdict)).toEqual(['rightSized', 'rightSized']);
    const [one, two] = sizeVerdicts([seat(1.25), seat(1.1)], [[1], [0]]);
    expect(one).toMatchObject({ verdict: 'hire', donors: [{ territory: 0, hours: 250 }, { territory: 1 }] });
    expect(one!.leftOverHours).toBeCloseTo(50, 9);
    expect(one!.donors[1]!.hours).toBeCloseTo(100, 9);
    expect(two!.verdict).toBe('rightSized');
    // 1.3 + 0.1 = two seats at 70 %
    expect(sizeVerdicts([seat(1.3)], [[]])[0]).toMatchObject({ verdict: 'split', donors: [] });
  });

  test('who borders whom', () => {
    const map = grid(`
      A A B
      A . C`);
    expect(bordering(map.owners, map.neighbors, 3)).toEqual([[1], [0, 2], [1]]);
  });
});

const MONEY = {
  margin: 0.5,
  costUsd: 200_000,
  carryOver: { second: 0.6, third: 0.3 },
  response: { low: 0.2, high: 0.4 },
};

describe('money of a hire', () => {
  test('response: min(1, available ÷ needed)^ε', () => {
    expect(responseShare(1000, 1600, 0.5)).toBeCloseTo(0.790569, 6);
    expect(responseShare(2000, 1600, 0.5)).toBe(1);
    expect(responseShare(0, 0, 0.3)).toBe(1);
  });

  test('ROI of the formula: (0.5 × 400,000 × 1.9 − 200,000) ÷ 200,000 = 90 %', () => {
    expect(hireRoi(400_000, MONEY)).toBeCloseTo(0.9, 12);
    expect(hireRoi(0, MONEY)).toBe(-1);
  });

  test('a band is a verdict only where all of it says the same', () => {
    expect(hireVerdict(1.6, 2)).toBe('hire');
    expect(hireVerdict(0.5, 1.5)).toBe('rightSized');
    expect(hireVerdict(-1, 0.4)).toBe('doNotHire');
    expect(hireVerdict(0.4, 0.6)).toBe('unclear');
  });

  test('incremental sales: full coverage after 800 of 1,600 hours are given', () => {
    const givers = [{ salesUsd: 790_569, workloadHours: 1600, capacityHours: 1000, givenHours: 800 }];
    const room = { capacityHours: 1000, administrationHours: 100 };
    // now (1000 ÷ 1600)^0.5 = 0.790569 of full coverage; then all of it: 1,000,000 − 790,569
    expect(incrementalSales(givers, room, 0.5)).toBeCloseTo(209_431, -1);
    const calm = [{ salesUsd: 500_000, workloadHours: 900, capacityHours: 1000, givenHours: 300 }];
    expect(incrementalSales(calm, room, 0.5)).toBeCloseTo(0, 6);
    const { low, high } = roiBand(givers, room, MONEY);
    expect(low).toBeCloseTo(hireRoi(incrementalSales(givers, room, 0.2), MONEY), 12);
    expect(high).toBeGreaterThan(low);
  });
});
