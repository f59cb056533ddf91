import { describe, expect, test } from 'vitest';
import type { AccountOverride, Territory } from '../../service/core/alignment.ts';
import { coverWithin } from '../../service/core/coverWithin.ts';
import { fairnessStatement, type FairRow } from '../../service/core/fairnessStatement.ts';
import { recordId, type AccountId } from '../../service/core/ids.ts';
import type { MergePlan } from '../../service/core/mergePart.ts';
import { outlinePicture } from '../../service/core/outlinePicture.ts';
import { textPdf } from '../../service/core/textPdf.ts';
import { returning, touchedTerritories } from '../../service/core/touched.ts';
import { DEFAULT_TRAVEL } from '../../service/core/travel.ts';
import { evenInputs, grid } from '../kit/grid.ts';

const tid = (letter: string) => recordId(letter.padEnd(18, '0'));
const territory = (letter: string, change: Partial<Territory> = {}): Territory => ({
  ...{ id: tid(letter), name: letter, parentId: null, parentName: null, repId: null, repName: null },
  ...{ homeZip: null, home: null, capacityHours: 10, targetShare: 1, administrationHours: 0 },
  ...change,
});
const held = (n: number, unit: number, index: number): AccountOverride => ({
  accountId: recordId(`001${String(n).padStart(15, '0')}`) as AccountId,
  ...{ accountName: `Account ${n}`, unit, territory: index, part: {} },
});
/** "AB." → owners by letter; "." is nobody. */
const plan = (letters: string[], owners: string, overrides: AccountOverride[] = []): MergePlan => ({
  territories: letters.map((letter) => territory(letter)),
  owners: [...owners].map((letter) => letters.indexOf(letter)),
  overrides,
});
const ids = (found: Iterable<string>) => [...found].map((id) => id.slice(0, 1)).sort();

describe('territories that a plan touches', () => {
  const live = plan(['A', 'B', 'C'], 'AABBCC');
  test('are those that give or take a unit, also where the plan lists them otherwise', () => {
    expect(ids(touchedTerritories(live, plan(['A', 'B', 'C'], 'ABBBCC')))).toEqual(['A', 'B']);
    expect(ids(touchedTerritories(live, plan(['C', 'B', 'A'], 'AABBCC')))).toEqual([]);
    expect(ids(touchedTerritories(live, plan(['A', 'B', 'C'], 'AABB.C')))).toEqual(['C']);
  });
  test('that give or take an account held by name, but not one that is held where it lies', () => {
    expect(ids(touchedTerritories(live, plan(['A', 'B', 'C'], 'AABBCC', [held(1, 0, 2)])))).toEqual(['A', 'C']);
    expect(ids(touchedTerritories(live, plan(['A', 'B', 'C'], 'AABBCC', [held(1, 0, 0)])))).toEqual([]);
  });
  test('with another name, rep or target, new ones, and those that are gone', () => {
    const other = (change: Partial<Territory>) => ({ ...live, territories: live.territories.map((each) => (each.name === 'B' ? { ...each, ...change } : each)) }); // prettier-ignore
    for (const change of [{ name: 'Bee' }, { repId: tid('u') }, { targetShare: 0.7 }])
      expect(ids(touchedTerritories(live, other(change)))).toEqual(['B']);
    expect(ids(touchedTerritories(live, plan(['A', 'B', 'C', 'D'], 'AABBCC')))).toEqual(['D']);
    expect(ids(touchedTerritories(live, plan(['A', 'B'], 'AABB..')))).toEqual(['C']);
  });
});

describe('the way back', () => {
  const before = plan(['A', 'B', 'C'], 'AABBCC', [held(1, 4, 0)]);
  const changed = plan(['A', 'B', 'C'], 'BBBBCC', [held(2, 5, 0)]);
  test('gives back what the change moved, and leaves what somebody has moved on', () => {
    const all = returning(before, changed, changed);
    expect(all.units).toEqual([
      { unit: 0, to: tid('A') },
      { unit: 1, to: tid('A') },
    ]);
    expect(all.accounts.map(({ to }) => to)).toEqual([tid('A'), null]);
    const moved = plan(['A', 'B', 'C'], 'BCBBCC', [held(2, 5, 1)]);
    const some = returning(before, changed, moved);
    expect(some).toMatchObject({ units: [{ unit: 0 }], stayedUnits: [1], stayedAccounts: [held(2, 5, 0).accountId] });
  });
  test('finds nothing where all is back already, and gives nothing to a territory that is gone', () => {
    expect(returning(before, changed, before)).toEqual({
      units: [],
      accounts: [],
      stayedUnits: [],
      stayedAccounts: [],
    });
    const without = returning(before, changed, plan(['B', 'C'], 'BBBBCC'));
    expect([without.units, without.stayedUnits]).toEqual([[], [0, 1]]);
  });
});

describe('a cover within the hours', () => {
  const ground = grid(`
    A A B B B B
    A A B B B B`);
  const after = grid(`
    A A A C C C
    A A A C C C`);
  /** Ten hours a seat, one hour a unit. */
  const world = {
    territories: [
      territory('A', { capacityHours: 5, home: { lat: 42, lon: -72 } }),
      territory('B', { capacityHours: 8 }),
      territory('C', { capacityHours: 100 }),
    ],
    overrides: [],
    inputs: evenInputs(ground),
    travel: DEFAULT_TRAVEL,
    geography: ground,
    before: ground.owners,
    after: after.owners.map((owner) => (owner === 1 ? 2 : owner)),
    absent: 1,
    limit: 1,
  };
  test('leaves with the rep on leave what a taker has no room for, the farthest first', () => {
    const { owners, stays } = coverWithin(world);
    // A has four units and five hours: one of the two that it takes stays
    expect(stays).toHaveLength(1);
    expect(owners.filter((owner) => owner === 0)).toHaveLength(5);
    expect(owners.filter((owner) => owner === 1)).toHaveLength(1);
    expect(owners.filter((owner) => owner === 2)).toHaveLength(6);
    expect(ground.owners[stays[0]!]).toBe(1);
  });
  test('changes nothing where everybody has room, and takes nothing from who was full before', () => {
    expect(coverWithin({ ...world, limit: 2 })).toEqual({ owners: world.after, stays: [] });
    const full = coverWithin({ ...world, limit: 0.5 });
    expect(full.owners.filter((owner) => owner === 0)).toHaveLength(4);
  });
});

describe('fairness of a plan', () => {
  const row = (utilization: number, deviation: number, more: Partial<FairRow> = {}): FairRow => ({
    ...{ utilization, deviation: { workloadHours: deviation, potentialUsd: deviation } },
    ...{ targetShare: 1, isVacant: false },
    ...more,
  });
  const tolerance = { workloadHours: 0.1, potentialUsd: 0.15 };
  test('is told in figures that can be checked by hand', () => {
    const told = fairnessStatement({
      before: [row(1.4, 0.4), row(0.6, -0.4)],
      after: [row(1.05, 0.05), row(0.95, -0.12, { targetShare: 0.7 })],
      ...{ tolerance, accountsShare: 0.1, salesShare: 0.2 },
    });
    expect(told).toEqual([
      '1 of 2 territories are within ±10 % of their target in hours of work; today 0 of 2 are.',
      '2 of 2 territories are within ±15 % of their target in market potential; today 0 of 2 are.',
      'The rep with most work uses 105 % of the hours, the one with least 95 %; today 140 % and 60 %.',
      'Spread of the hours used (standard deviation ÷ mean): 5 %; today 40 %.',
      'One territory has another target than an equal share: 70 %.',
      '10 % of the accounts and 20 % of the sales change rep.',
    ]);
  });
  test('counts an empty seat among the territories and not among the reps', () => {
    const told = fairnessStatement({
      before: [row(1, 0)],
      after: [row(1, 0), row(0, -1, { isVacant: true })],
      ...{ tolerance, accountsShare: 0, salesShare: 0 },
    });
    expect(told.join(' ')).toContain('most work uses 100 % of the hours, the one with least 100 %');
    expect(told.at(-1)).toBe('No account changes rep.');
  });
});

describe('the outline on paper', () => {
  const square = (lon: number, lat: number, side = 1): [number, number][][][] => [
    [
      [
        [lon, lat],
        [lon + side, lat],
        [lon + side, lat + side],
        [lon, lat + side],
        [lon, lat],
      ],
    ],
  ];
  test('fits the frame with the territory in its middle, its neighbours around it and nothing beyond', () => {
    const shapes = [square(-72, 42), square(-71, 42), square(10, 42)];
    const found = outlinePicture(shapes, 0, { width: 500, height: 300 });
    expect(found.map(({ isFilled }) => isFilled)).toEqual([false, true]);
    const own = found.find(({ isFilled }) => isFilled)!.points;
    for (const [x, y] of found.flatMap(({ points }) => points))
      expect([x >= 0 && x <= 500, y >= 0 && y <= 300]).toEqual([true, true]);
    const [xs, ys] = [own.map(([x]) => x), own.map(([, y]) => y)];
    expect((Math.min(...xs) + Math.max(...xs)) / 2).toBeCloseTo(250);
    expect((Math.min(...ys) + Math.max(...ys)) / 2).toBeCloseTo(150);
    // a degree of longitude is as wide as the cosine of the latitude says
    expect((Math.max(...xs) - Math.min(...xs)) / (Math.max(...ys) - Math.min(...ys))).toBeCloseTo(Math.cos((42.5 * Math.PI) / 180)); // prettier-ignore
    expect(outlinePicture([[]], 0, { width: 500, height: 300 })).toEqual([]);
  });
  test('is drawn into the file as a filled path, still in ASCII', () => {
    const outlines = outlinePicture([square(-72, 42)], 0, { width: 500, height: 280 });
    const file = textPdf([{ text: '', outlines, keep: 20 }, { text: 'Figures' }], 'Bailiwick');
    expect(file).toMatch(/0\.72 0\.9 0\.98 rg [^Q]* m [^Q]* l [^Q]* h B Q/);
    expect([...file].every((character) => character.charCodeAt(0) < 128)).toBe(true);
  });
});
