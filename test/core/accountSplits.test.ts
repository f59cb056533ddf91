import { describe, expect, test } from 'vitest';
import { splitUnits } from '../../service/core/optimize/splits.ts';
import { prepareFiles } from '../../service/core/optimize/solveFiles.ts';
import { seeded } from '../../service/core/random.ts';
import { requestOf, solveTexts, squareTexts } from '../kit/planTexts.ts';

const SIZE = 12;

/** Towns: some units hold a multiple of the others, spread over many accounts. */
function townTexts(seed: number, columns: Record<string, (u: number) => string> = {}) {
  const random = seeded(seed);
  const { units, edges } = squareTexts({ size: SIZE, seed, columns });
  const [head, ...rows] = units.trim().split('\n');
  const accounts: string[] = [];
  const grown = rows.map((row, u) => {
    const cells = row.split(',');
    if (u % 17 !== 5) return row;
    const [hours, dollars] = [20 + 20 * random(), 20 + 20 * random()];
    const count = 8 + Math.floor(30 * random());
    const shares = Array.from({ length: count }, () => 0.1 + random() ** 3);
    const sum = shares.reduce((total, share) => total + share, 0);
    shares.forEach((share, i) =>
      accounts.push(
        `a${u}-${i},u${u},${((0.9 * hours * share) / sum).toFixed(4)},${((0.9 * dollars * share) / sum).toFixed(4)}`,
      ),
    );
    return [...cells.slice(0, 3), hours.toFixed(4), dollars.toFixed(4), ...cells.slice(5)].join(',');
  });
  return {
    units: `${head}\n${grown.join('\n')}\n`,
    edges,
    accounts: `account,unit,hours,dollars\n${accounts.join('\n')}\n`,
  };
}

describe('account groups', () => {
  const request = requestOf(townTexts(1), { k: 12 });
  const asked = {
    units: request.units,
    accounts: request.accounts!,
    measures: ['hours', 'dollars'],
    k: 12,
    isWhole: () => false,
  };
  const parts = splitUnits(asked);

  test('only units above a tenth of a target are split, each account once, into at most 12 groups', () => {
    expect(new Set(parts.map(({ unit }) => unit))).toEqual(new Set([5, 22, 39, 56, 73, 90, 107, 124, 141]));
    const all = parts.flatMap(({ accounts }) => accounts);
    expect(new Set(all).size).toBe(all.length);
    for (const { unit, accounts } of parts) for (const a of accounts) expect(asked.accounts.unitOf[a]).toBe(unit);
    for (const unit of [5, 22]) expect(parts.filter((part) => part.unit === unit).length).toBeLessThanOrEqual(12);
  });

  test('groups are small enough to fill a range, and the same again', () => {
    const target = request.units.measures.get('hours')!.reduce((sum, value) => sum + value, 0) / 12;
    const held = parts.map(({ accounts }) =>
      accounts.reduce((sum, a) => sum + asked.accounts.measures.get('hours')![a]!, 0),
    );
    expect(Math.max(...held) / target).toBeLessThan(0.15);
    expect(splitUnits(asked)).toEqual(parts);
  });

  test('few territories, units that stay whole or no accounts: nothing is split', () => {
    expect(splitUnits({ ...asked, k: 1 })).toEqual([]);
    expect(splitUnits({ ...asked, isWhole: () => true })).toEqual([]);
    expect(splitUnits({ ...asked, accounts: null })).toEqual([]);
  });

  test('locked units and those of a group are whole', () => {
    const { units, edges, accounts } = townTexts(1, {
      lock: (u) => (u === 5 ? 'T01' : ''),
      group: (u) => (u === 22 || u === 23 ? 'g' : ''),
    });
    const { parts: left } = prepareFiles(requestOf({ units, edges, accounts }, { k: 12 }));
    expect(left.some(({ unit }) => unit === 5 || unit === 22)).toBe(false);
    expect(left.some(({ unit }) => unit === 39)).toBe(true);
  });
});

describe('plans with split units', () => {
  test('accounts of towns go to neighbours, and more territories are in range than without (4 seeds)', () => {
    let [before, after] = [0, 0];
    for (const seed of [1, 2, 3, 4]) {
      const texts = townTexts(seed);
      const asked = { k: 14, effort: 0.3 };
      const split = solveTexts(texts, asked);
      expect(split.untrue()).toEqual([]);
      const whole = solveTexts({ units: texts.units, edges: texts.edges }, asked);
      expect(whole.untrue()).toEqual([]);
      expect(split.plan.splits.length).toBeGreaterThan(0);
      expect(split.overrides.length).toBeGreaterThan(0);
      expect(JSON.stringify(solveTexts(texts, asked))).toBe(JSON.stringify(split));
      before += whole.plan.outside.length;
      after += split.plan.outside.length;
    }
    expect(before).toBeGreaterThan(0);
    expect(after).toBeLessThan(before);
  });

  test('without need nothing is split', () => {
    const { plan, overrides, untrue } = solveTexts(townTexts(1), { k: 1 });
    expect(untrue()).toEqual([]);
    expect(plan.splits).toEqual([]);
    expect(overrides).toEqual([]);
  });

  test('rules of a unit hold for its accounts', () => {
    const texts = {
      ...townTexts(2),
      rules: 'rule,a,b,value\napart,u5,u6\nforbid,u22,T01\nforbid,u22,T02\nforbid,u22,T03\n',
    };
    const { untrue } = solveTexts(texts, { k: 12 });
    expect(untrue()).toEqual([]);
  });
});
