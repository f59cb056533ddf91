import { describe, expect, it } from 'vitest';
import { seeded } from '../../service/core/random.ts';
import { shareGaps } from '../../service/core/shareGap.ts';
import {
  added,
  CMS_YEARLY_CHANGE,
  imputedVariance,
  isNoise,
  potentialInterval,
  variance,
  yearlySpread,
  Z80,
} from '../../service/core/uncertainty.ts';

const STILL = { p10: 0, median: 0, p90: 0 };
const part = (usd: number, imputedSquares = 0, providerSquares = 0) => ({ usd, imputedSquares, providerSquares });

describe('how far a potential may be off', () => {
  it('an imputed count is anywhere from 1 to 10', () => {
    const counts = Array.from({ length: 10 }, (_, i) => i + 1);
    expect(imputedVariance(11)).toBeCloseTo(counts.reduce((sum, count) => sum + (count - 5.5) ** 2, 0) / 10, 12);
    expect([imputedVariance(2), imputedVariance(1), imputedVariance(0)]).toEqual([0, 0, 0]);
  });

  it('the yearly spread gives the measured percentiles back', () => {
    expect(yearlySpread(CMS_YEARLY_CHANGE) * 2 * Z80).toBeCloseTo(0.9, 12);
    expect(yearlySpread(STILL)).toBe(0);
  });

  it('stands around the figure by hand: one imputed cell of 100 dollars a count, one provider of 10,000 dollars', () => {
    // imputed: 100² × 8.25 = 82,500; provider: 10,000² × (0.9 ÷ 2.5632)²
    const yearly = CMS_YEARLY_CHANGE;
    const one = part(10_550, 100 ** 2, 10_000 ** 2);
    const expected = 82_500 + 1e8 * (0.9 / 2.5632) ** 2;
    expect(variance(one, { below: 11, yearly })).toBeCloseTo(expected, 6);
    const { low, high } = potentialInterval(one, { below: 11, yearly, unplacedShare: 0.1 });
    expect(low).toBeCloseTo(10_550 - 1.2816 * Math.sqrt(expected), 6);
    expect(high).toBeCloseTo(10_550 * 1.1 + 1.2816 * Math.sqrt(expected), 6);
  });

  it('never goes below zero, and is a point where nothing is uncertain', () => {
    expect(potentialInterval(part(10, 1e6), { below: 11, yearly: STILL, unplacedShare: 0 }).low).toBe(0);
    expect(potentialInterval(part(10, 0, 25), { below: 11, yearly: STILL, unplacedShare: 0 })).toEqual({
      low: 10,
      high: 10,
    });
    expect(potentialInterval(added([]), { below: 11, yearly: CMS_YEARLY_CHANGE, unplacedShare: 0 })).toEqual({
      low: 0,
      high: 0,
    });
  });

  it('adds up over units in any order, and grows slower than the sum', () => {
    const parts = [part(100, 4, 9), part(200, 5, 7), part(50, 1, 2)];
    expect(added(parts)).toEqual(part(350, 10, 18));
    expect(added(parts.toReversed())).toEqual(added(parts));
    const rules = { below: 11, yearly: CMS_YEARLY_CHANGE };
    expect(Math.sqrt(variance(added(parts), rules))).toBeLessThan(
      parts.reduce((sum, each) => sum + Math.sqrt(variance(each, rules)), 0),
    );
  });

  it('covers four fifths of what chance makes of imputed counts', () => {
    const random = seeded(5);
    const rules = { below: 11, yearly: STILL, unplacedShare: 0 };
    const cells = Array.from({ length: 40 }, (_, i) => 10 + i);
    const { low, high } = potentialInterval(added(cells.map((usd) => part(5.5 * usd, usd ** 2))), rules);
    let inside = 0;
    for (let run = 0; run < 4000; run++) {
      const truth = cells.reduce((sum, usd) => sum + usd * (1 + Math.floor(10 * random())), 0);
      if (truth >= low && truth <= high) inside++;
    }
    expect(inside / 4000).toBeGreaterThan(0.77);
    expect(inside / 4000).toBeLessThan(0.83);
  });

  it('tells noise from a difference, whichever comes first', () => {
    const rules = { below: 11, yearly: CMS_YEARLY_CHANGE };
    const [a, b, c] = [part(1000, 0, 200 ** 2), part(1060, 0, 200 ** 2), part(1400, 0, 200 ** 2)];
    expect([isNoise(a, b, rules), isNoise(b, a, rules), isNoise(a, c, rules), isNoise(c, a, rules)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isNoise(a, a, { below: 11, yearly: STILL })).toBe(true);
    expect(isNoise(a, b, { below: 11, yearly: STILL })).toBe(false);
  });
});

describe('share of demand beside share of heads', () => {
  it('is biggest first, either way, and adds up to nothing', () => {
    const gaps = shareGaps([30, 0, 50, 20, 0], [25, 25, 25, 25, 0]);
    expect(gaps.map(({ unit, gap }) => [unit, gap])).toEqual([[1, -0.25], [2, 0.25], [0, 0.04999999999999999], [3, -0.04999999999999999]]); // prettier-ignore
    expect(gaps.reduce((sum, { gap }) => sum + gap, 0)).toBeCloseTo(0, 12);
  });

  it('looks at some units alone, and knows nothing of nothing', () => {
    expect(shareGaps([30, 10, 60], [1, 1, 8], [0, 1]).map(({ unit, demandShare, headShare }) => [unit, demandShare, headShare])).toEqual([[0, 0.75, 0.5], [1, 0.25, 0.5]]); // prettier-ignore
    expect(shareGaps([0, 0], [0, 0])).toEqual([]);
    expect(shareGaps([0, 0], [1, 3])[0]).toMatchObject({ unit: 1, demandShare: 0, headShare: 0.75 });
  });
});
