import { describe, expect, test } from 'vitest';
import { differingShare, namesOf, spreadOf, tradeOffs } from '../../service/core/tradeOff.ts';

const units = 200;
const weight = new Array<number>(units).fill(1 / units);
/** A plan in which the first so many units have moved. */
const plan = (name: string, moved: number, onTarget: number, travelHours = 1000) => ({
  name,
  owners: weight.map((_, u) => (u < moved ? 1 : 0)),
  figures: { onTarget, accountsShare: moved / units, salesShare: moved / units, travelHours, spread: 0.1 },
});
const today = { onTarget: 0, accountsShare: 0, salesShare: 0, travelHours: 1000, spread: 0.3 };
const names = (plans: readonly { name: string }[]) => plans.map(({ name }) => name);

describe('plans to choose from', () => {
  test('stand in order of changes, none beaten by another', () => {
    const found = tradeOffs(
      [plan('most even', 60, 10), plan('few', 10, 6), plan('worse than few', 12, 6), plan('middle', 30, 8)],
      weight,
      today,
    );
    expect(names(found)).toEqual(['few', 'middle', 'most even']);
  });

  test('less driving is a reason to stay in the choice', () => {
    expect(names(tradeOffs([plan('few', 10, 8, 1000), plan('compact', 60, 8, 900)], weight, today))).toEqual([
      'few',
      'compact',
    ]);
    expect(names(tradeOffs([plan('few', 10, 8, 1000), plan('hardly', 60, 8, 999)], weight, today))).toEqual(['few']);
  });

  test('of two near duplicates one stays, that with more on target', () => {
    const found = tradeOffs([plan('a', 20, 8), plan('b', 21, 9), plan('c', 40, 10)], weight, today);
    expect(names(found)).toEqual(['b', 'c']);
    expect(names(tradeOffs([plan('a', 20, 8), plan('b', 23, 9)], weight, today))).toEqual(['a', 'b']);
  });

  test('there are six at most, and the two ends are among them', () => {
    const many = Array.from({ length: 11 }, (_, i) => plan(`p${i}`, 4 * (i + 1), i + 1));
    const found = tradeOffs(many, weight, today);
    expect(found).toHaveLength(6);
    expect(names(found)).toContain('p0');
    expect(names(found)).toContain('p10');
  });

  test('a plan that does no better than today is none to choose', () => {
    const even = { ...today, onTarget: 10 };
    expect(tradeOffs([plan('0 moves', 0, 10), plan('as good', 30, 10)], weight, even)).toEqual([]);
    expect(names(tradeOffs([plan('0 moves', 0, 10), plan('less driving', 30, 10, 900)], weight, even))).toEqual([
      'less driving',
    ]);
  });

  test('are called by what stands out', () => {
    const plans = [plan('4 moves', 5, 4), plan('', 20, 9), plan('', 30, 9, 990), plan('', 60, 8, 900)];
    expect(namesOf(plans)).toEqual(['4 moves', 'Most on target', 'In between', 'Least driving']);
    expect(namesOf([])).toEqual([]);
  });

  test('share of weight that differs, and the spread of deviations', () => {
    expect(differingShare([0, 0, 1], [0, 1, 1], [1, 3, 4])).toBe(3 / 8);
    expect(differingShare([0], [1], [0])).toBe(0);
    expect(spreadOf([0.3, -0.3])).toBeCloseTo(0.3, 12);
    expect(spreadOf([])).toBe(0);
  });
});
