import { describe, expect, test } from 'vitest';
import { territoryKeys, writePlanText, type PlanText, type TextTerritory } from '../../service/core/planText.ts';
import { diffPlanTexts } from '../../service/core/planTextDiff.ts';
import { readName, written } from '../../service/core/planTextWords.ts';
import { seeded } from '../../service/core/random.ts';
import { readPlanText } from '../../service/core/readPlanText.ts';

const id = (prefix: string, n: number) => `${prefix}${String(n).padStart(15, '0')}`;
const NAMES = [
  'Boston Metro',
  'Cape & Islands',
  'O’Hara [North]',
  '-',
  '"Quoted" | rep -',
  '# hash',
  'Ñandú\u00a0Süd',
  '[ZIPs]',
  'tab\tand\nline',
  '\u202eevil',
  'boston metro',
  '🏥 East',
];

function randomPlan(seed: number): PlanText {
  const random = seeded(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const count = 2 + pick(NAMES.length - 2);
  const named = Array.from({ length: count }, (_, t) => ({
    id: id('0MI', t),
    name: NAMES[(t + seed) % NAMES.length]!,
  }));
  const keys = territoryKeys(named, new Map([[named[0]!.id, 'Name of today']]));
  const territories: TextTerritory[] = named.map((one, t) => ({
    ...one,
    key: keys.get(one.id)!,
    parent: pick(2) ? { id: id('0MI', 900), name: 'New “England”' } : null,
    rep: pick(3) ? { id: id('005', t), name: NAMES[pick(NAMES.length)]! } : null,
    targetShare: pick(2) ? 1 : 0.7,
    isLocked: pick(4) === 0,
  }));
  const owner = () => (pick(6) ? territories[pick(count)]!.id : null);
  const zips = Array.from({ length: 5 + pick(60) }, (_, u) => String(1000 + u * 7).padStart(5, '0'));
  const accounts = Array.from({ length: pick(20) }, (_, a) => {
    const name = pick(3) ? NAMES[pick(NAMES.length)]! : '';
    return [id('001', a), { name, territory: territories[pick(count)]!.id }] as const;
  });
  return {
    name: NAMES[pick(NAMES.length)]!,
    team: { id: id('0MI', 999), name: 'Cardio | Sales' },
    geography: 'abc123',
    market: pick(2) ? 'm-1' : null,
    basedOn: pick(2) ? { id: '8a8f4c1e-0000-4000-8000-000000000001', name: 'Today' } : null,
    computed: pick(2) ? { inputs: 'f00d', seed: seed, engine: 'e-4', effort: 1, gap: pick(2) ? 0.0321 : null } : null,
    leftOut: 0,
    territories,
    units: new Map(zips.map((zip) => [zip, owner()])),
    accounts: new Map(accounts),
    lockedUnits: zips.filter(() => pick(9) === 0),
  };
}

const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const random = seeded(seed);
  return list
    .map((value) => [random(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
};
const linesOf = (plan: PlanText) => writePlanText(plan).split('\n');
const changedLines = (a: PlanText, b: PlanText) => {
  const [one, two] = [linesOf(a), linesOf(b)];
  expect(one.length).toBe(two.length);
  return one.flatMap((line, k) => (line === two[k] ? [] : [`${line} → ${two[k]}`]));
};
const SEEDS = Array.from({ length: 200 }, (_, k) => k + 1);

describe('a plan as text', () => {
  test('is read back to the same bytes, whatever the names are', () => {
    for (const seed of SEEDS) {
      const text = writePlanText(randomPlan(seed));
      const { plan, faults } = readPlanText(text);
      expect(faults, `seed ${seed}`).toEqual([]);
      expect(writePlanText(plan!), `seed ${seed}`).toBe(text);
      const windows = readPlanText(`\uFEFF` + text.replaceAll('\n', '\r\n'));
      expect(writePlanText(windows.plan!)).toBe(text);
    }
  });
  test('does not depend on the order in which the plan holds things', () => {
    for (const seed of SEEDS.slice(0, 50)) {
      const plan = randomPlan(seed);
      const other = {
        ...plan,
        territories: shuffled(plan.territories, seed),
        units: new Map(shuffled([...plan.units], seed)),
        accounts: new Map(shuffled([...plan.accounts], seed)),
        lockedUnits: shuffled(plan.lockedUnits, seed),
      };
      expect(writePlanText(other)).toBe(writePlanText(plan));
    }
  });
  test('plans that differ in k ZIPs and accounts differ in exactly these lines', () => {
    for (const seed of SEEDS) {
      const plan = randomPlan(seed);
      const random = seeded(seed + 7_000);
      const ids = plan.territories.map((one) => one.id);
      const other = (now: string | null) =>
        ids.find((one) => one !== now && random() < 0.8) ?? (now === ids[0] ? ids[1]! : ids[0]!);
      const zips = [...plan.units.keys()].filter(() => random() < 0.3);
      const held = [...plan.accounts.keys()].filter(() => random() < 0.3);
      const units = new Map(plan.units);
      for (const zip of zips) units.set(zip, other(units.get(zip) ?? null));
      const accounts = new Map(plan.accounts);
      for (const one of held)
        accounts.set(one, { ...accounts.get(one)!, territory: other(accounts.get(one)!.territory) });
      const lines = changedLines(plan, { ...plan, units, accounts });
      expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([...zips, ...held].sort());
      const diff = diffPlanTexts(plan, { ...plan, units, accounts });
      expect([diff.units.length, diff.accounts.length]).toEqual([zips.length, held.length]);
      expect(diff.units.map(({ what }) => what)).toEqual(zips);
      expect([...diff.header, ...diff.territories, ...diff.locks]).toEqual([]);
    }
  });
  test('every name survives its line', () => {
    for (const name of [
      ...NAMES,
      'a\\b',
      "Men's",
      'x'.repeat(80),
      'A\u2028B',
      '1',
      'Ends with space ',
      '\u{1F468}\u200D\u{1F469}',
    ]) {
      expect(written(name)).not.toMatch(/[\n\r\u2028\u202e]|\|/);
      expect(readName(written(name))).toBe(name);
    }
    expect(written('Boston Metro')).toBe('Boston Metro');
  });
});
