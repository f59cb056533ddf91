import { describe, expect, test } from 'vitest';
import { parseCsv } from '../../service/core/csv.ts';
import { readAccounts } from '../../service/core/optimize/readAccounts.ts';
import { readTerritories } from '../../service/core/optimize/readTerritories.ts';
import { readEdges, readUnits } from '../../service/core/optimize/readUnits.ts';
import { requestOf, solveTexts, squareTexts } from '../kit/planTexts.ts';

const units = (text: string, measures = ['hours']) => readUnits(parseCsv(text, 'units.csv'), measures);
const ids = ['a', 'B', 'c'];
const edges = (text: string) => readEdges(parseCsv(text, 'edges.csv'), ids);

describe('units.csv', () => {
  test('only the named measures must be numbers; the rest is left alone', () => {
    const table = units(
      '\ufeffUnit,Lat,Lon,Hours,name,Group,Lock,Current,County\r\n01001,42,-72,3,x,g1,no,North,25\r\n"a,b",41,-71,0.5,"y, z",,1,,\r\n',
    );
    expect(table.ids).toEqual(['01001', 'a,b']);
    expect([...table.measures]).toEqual([['hours', [3, 0.5]]]);
    expect(table.groups).toEqual(['g1', '']);
    expect(table.locks).toEqual(['', '1']);
    expect(table.current).toEqual(['North', '']);
    expect(table.counties).toEqual(['25', '']);
  });

  test.each([
    ['unit,lat,lon,hours\na,1,2,x', 'units, line 2: hours is "x", not a number.'],
    ['unit,lat,lon,hours\na,1,2,', 'units, line 2: hours is "", not a number.'],
    ['unit,lat,lon,hours\na,1,2,NaN', 'units, line 2: hours is "NaN", not a number.'],
    ['unit,lat,lon,hours\n\na,1,2,-1', 'units, line 3: hours is -1, below 0.'],
    ['unit,lat,lon,hours\na,1,2,1e300', 'units, line 2: hours is 1e300, above 1000000000000000.'],
    ['unit,lat,lon,hours\na,1,2,1\na,1,2,1', 'units, line 3: unit a stands twice.'],
    ['unit,lat,lon,hours\n,1,2,1', 'units, line 2: the unit has no name.'],
    ['unit,lat,lon,hours\na,-120,40,1', 'units, line 2: -120, 40 is no place on Earth.'],
    ['unit,lat,lon,hours\na,42,5,-71,5,3', 'units, line 2: 6 cells under 4 columns.'],
    ['unit,lon,hours\na,1,1', 'units: the column "lat" is missing.'],
    ['unit,lat,lon,hours,hours\na,1,1,1,1', 'units: the column "hours" stands twice.'],
    ['unit,lat,lon,dollars\na,1,1,1', 'The units file has no measure "hours".'],
    ['unit,lat,lon,hours\n"a,1,1,1', 'units.csv, line 2: a quote is opened and never closed.'],
    ['', 'units.csv is empty.'],
  ])('%j is refused with its line', (text, message) => {
    expect(() => units(text)).toThrow(message);
  });
});

describe('edges.csv', () => {
  test('with a header, with none, with bridges; loops and doubled edges are skipped', () => {
    const wanted = [new Set([1]), new Set([0, 2]), new Set([1])];
    expect(edges('unit,unit\na,B\nB,c')).toEqual(wanted);
    expect(edges('B,a\nB,c')).toEqual(wanted);
    expect(edges('from,to,bridge\na,B,\nB,c,1\na,a,\nB,a,\nc,B,1')).toEqual(wanted);
    expect(edges('unit,unit')).toEqual([new Set(), new Set(), new Set()]);
  });

  test('a unit that does not exist is named with its line', () => {
    expect(() => edges('unit,unit\na,q')).toThrow('edges, line 2: q is no unit of the units file.');
    expect(() => edges('a,q\na,B')).toThrow('edges, line 1: q is no unit');
    expect(() => edges('unit,unit\na')).toThrow('edges, line 2: an empty cell is no unit');
  });
});

describe('territories.csv', () => {
  const read = (text: string) => readTerritories(parseCsv(text, 'territories.csv'));

  test('homes and shares are optional, row by row', () => {
    expect(read('territory,lat,lon,share\nNorth,42,-71,2\nSouth,,,')).toEqual({
      names: ['North', 'South'],
      homes: [{ lat: 42, lon: -71 }, null],
      shares: [2, 1],
    });
    expect(read('territory\nNorth').homes).toEqual([null]);
  });

  test.each([
    ['name\nNorth', 'the column "territory" is missing'],
    ['territory', 'territories: there is none.'],
    ['territory\nA\nA', 'territories, line 3: territory A stands twice.'],
    ['territory,lat\nA,1', 'only one of lat and lon is there'],
    ['territory,lat,lon\nA,1,', 'territories, line 2: lon is ""'],
    ['territory,lat,lon\nA,99,1', 'territories, line 2: 99, 1 is no place on Earth.'],
    ['territory,share\nA,0', 'territories, line 2: the share is 0.'],
    ['territory,share\nA,-1', 'territories, line 2: share is -1, below 0.'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe('accounts.csv', () => {
  const table = units('unit,lat,lon,hours\na,1,2,3\nb,1,2,0');
  const read = (text: string) => readAccounts(parseCsv(text, 'accounts.csv'), table);

  test('accounts know their unit and hold the balanced measures', () => {
    expect(read('account,unit,hours,note\nx,a,1.5,\ny,a,1.5,z')).toEqual({
      ids: ['x', 'y'],
      unitOf: [0, 0],
      measures: new Map([['hours', [1.5, 1.5]]]),
    });
  });

  test.each([
    ['account,unit\nx,a', 'accounts: the column "hours" is missing.'],
    ['account,unit,hours\nx,q,1', 'accounts, line 2: q is no unit of the units file.'],
    ['account,unit,hours\nx,a,1\nx,a,1', 'accounts, line 3: account x stands twice.'],
    ['account,unit,hours\nx,a,2\ny,a,1.1', 'accounts: those of unit a add up to 3.1 of hours, but the unit holds 3.'],
    ['account,unit,hours\nx,b,1', 'accounts: those of unit b add up to 1 of hours, but the unit holds 0.'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe('rules.csv', () => {
  const { units: unitText, edges: edgeText } = squareTexts({ size: 3 });
  const read = (rules: string, territories = 'territory,lat,lon\nT1,42,-72\nT2,,') =>
    requestOf({ units: unitText, edges: edgeText, territories, rules }).rules!;

  test('every rule is read', () => {
    const rules = read(
      'rule,a,b,value\napart,u0,u8,\nforbid,u0,T1,\nmax_km,T1,,12.5\nmin,T1,hours,3\nmax,,Dollars,40\nmay_change,T1,,\n',
    );
    expect(rules.map(({ text }) => text)).toEqual([
      'apart,u0,u8',
      'forbid,u0,T1',
      'max_km,T1,,12.5',
      'min,T1,hours,3',
      'max,,Dollars,40',
      'may_change,T1',
    ]);
    expect(rules[3]).toMatchObject({ kind: 'min', territory: 'T1', measure: 'hours', value: 3 });
    expect(rules[4]).toMatchObject({ kind: 'max', territory: null, measure: 'dollars', value: 40 });
  });

  test.each([
    ['near,u0,u1,', 'rules, line 2: "near" is no rule. The rules are apart'],
    ['apart,u0,u99,', 'rules, line 2: "u99" is no unit of the units file.'],
    ['apart,u0,u0,', 'rules, line 2: unit u0 cannot be apart from itself.'],
    ['forbid,u0,T9,', 'rules, line 2: "T9" is no territory.'],
    ['max_km,T2,,5', 'rules, line 2: territory T2 has no home to measure from.'],
    ['max_km,,,5', 'rules, line 2: territory T2 has no home to measure from.'],
    ['max_km,T1,,far', 'rules, line 2: value is "far", not a number.'],
    ['min,T1,calls,5', 'rules, line 2: "calls" is no balanced measure.'],
    ['may_change,T9,,', 'rules, line 2: "T9" is no territory.'],
  ])('%s is refused', (line, message) => {
    const told = (error: unknown) => `${(error as Error).message} ${(error as { action?: string }).action ?? ''}`;
    let said = '';
    try {
      read(`rule,a,b,value\n${line}`);
    } catch (error) {
      said = told(error);
    }
    expect(said).toContain(message);
  });
});

describe('plans from files', () => {
  const { units: plain, edges: whole } = squareTexts({ size: 12 });
  // the middle column of edges is missing, so that a bridge is needed
  const torn = whole
    .split('\n')
    .filter((line) => !/^u(\d+),u(\d+)$/.test(line) || !isMiddle(line))
    .join('\n');

  function isMiddle(line: string): boolean {
    const [a, b] = line.split(',').map((id) => Number(id.slice(1)));
    return a! % 12 === 5 && b === a! + 1;
  }

  test('an honest plan passes its check; a missing link is named as a bridge', () => {
    const { plan, untrue } = solveTexts({ units: plain, edges: torn }, { k: 4 });
    expect(untrue()).toEqual([]);
    expect(plan.bridges).toHaveLength(1);
    expect(plan.gap).toBeGreaterThanOrEqual(0);
    // every unit's detour counts at most once, and nothing else is in it
    expect(plan.contiguity).toBeGreaterThanOrEqual(0);
    expect(plan.contiguity).toBeLessThanOrEqual(plan.gap! + 1e-9);
    expect(plan.disruption).toEqual({ lambda: 0, preset: 'none', moved: 0 });
  });

  test('targets follow the shares, fixed centres are the homes', () => {
    const territories = 'territory,lat,lon,share\nEast,41.5,-71.1,3\nWest,41.5,-71.9,1\n';
    const { plan, untrue } = solveTexts({ units: plain, edges: whole, territories });
    expect(untrue()).toEqual([]);
    expect(plan.centers).toEqual({ East: [41.5, -71.1], West: [41.5, -71.9] });
    const { targets } = plan.measures[0]!;
    expect(targets['East']! / targets['West']!).toBeCloseTo(3, 9);
  });

  const today = (u: number) => (u % 12 < 8 ? 'West' : 'East');

  test("today's map is held by default, and less by the other presets", () => {
    const { units } = squareTexts({ size: 12, columns: { current: today } });
    const moved = ([undefined, 'balanced', 'cleanSlate'] as const).map((preset) => {
      const { plan, untrue } = solveTexts({ units, edges: whole }, preset ? { preset, effort: 0.5 } : { effort: 0.5 });
      expect(untrue()).toEqual([]);
      expect(Object.keys(plan.totals)).toEqual(['East', 'West']);
      expect(plan.outside).toEqual([]);
      return plan.disruption;
    });
    expect(moved.map(({ preset }) => preset)).toEqual(['fewestChanges', 'balanced', 'cleanSlate']);
    expect(moved[0]!.lambda / moved[1]!.lambda).toBeCloseTo(30 / 0.3, 9);
    expect(moved[2]!.lambda).toBe(0);
    expect(moved[0]!.moved).toBeGreaterThan(0);
    expect(moved[0]!.moved).toBeLessThan(moved[2]!.moved);
    expect(moved[1]!.moved).toBeLessThan(moved[2]!.moved);
    const given = solveTexts({ units, edges: whole }, { lambda: 12.5 });
    expect(given.plan.disruption).toMatchObject({ lambda: 12.5, preset: 'given' });
    expect(given.untrue()).toEqual([]);
  });

  test('--k adds territories to those of today; a territory that is gone opens its units', () => {
    const { units } = squareTexts({ size: 12, columns: { current: today } });
    const more = solveTexts({ units, edges: whole }, { k: 3 });
    expect(Object.keys(more.plan.totals)).toEqual(['East', 'West', 'T1']);
    expect(more.untrue()).toEqual([]);
    const gone = solveTexts({ units, edges: whole, territories: 'territory\nWest\nNorth\n' });
    expect(new Set(gone.territoryOf)).toEqual(new Set(['West', 'North']));
    expect(gone.untrue()).toEqual([]);
  });

  test('groups stay together, even when they are scattered', () => {
    const { units } = squareTexts({
      size: 12,
      columns: { group: (u) => ([0, 1, 12].includes(u) ? 'g' : [70, 94].includes(u) ? 'far' : '') },
    });
    const { territoryOf, untrue } = solveTexts({ units, edges: whole }, { k: 6 });
    expect(untrue()).toEqual([]);
    expect(new Set([0, 1, 12].map((u) => territoryOf[u])).size).toBe(1);
    expect(territoryOf[70]).toBe(territoryOf[94]);
  });

  test('locks hold: to a territory by name, else to the one of today', () => {
    const { units } = squareTexts({
      size: 12,
      columns: { current: today, lock: (u) => (u === 0 ? 'East' : u === 7 || u === 19 ? 'yes' : '') },
    });
    const { territoryOf, untrue } = solveTexts({ units, edges: whole });
    expect(untrue()).toEqual([]);
    expect([0, 7, 19].map((u) => territoryOf[u])).toEqual(['East', 'West', 'West']);
  });

  test('locks name territories where nobody has anything today', () => {
    const { units } = squareTexts({
      size: 12,
      columns: { lock: (u) => (u === 0 ? 'North' : u === 143 ? 'South' : '') },
    });
    const { territoryOf, untrue, plan } = solveTexts({ units, edges: whole }, { k: 3 });
    expect(untrue()).toEqual([]);
    expect([territoryOf[0], territoryOf[143]]).toEqual(['North', 'South']);
    expect(Object.keys(plan.totals)).toEqual(['North', 'South', 'T1']);
  });

  test('rules are kept: apart, forbid, max_km, min, max, may_change', () => {
    const { units } = squareTexts({
      size: 12,
      columns: { current: (u) => ['A', 'B', 'C'][Math.floor((u % 12) / 4)]! },
    });
    const territories = 'territory,lat,lon\nA,41.5,-71.9\nB,41.5,-71.5\nC,41.5,-71.1\n';
    const rules =
      'rule,a,b,value\napart,u4,u5,\nforbid,u76,B,\nmax_km,,,75\nmin,A,hours,60\nmay_change,A,,\nmay_change,B,,\n';
    const { territoryOf, untrue, plan } = solveTexts({ units, edges: whole, territories, rules });
    expect(untrue()).toEqual([]);
    expect(plan.rules).toHaveLength(6);
    expect(territoryOf[4]).not.toBe(territoryOf[5]);
    expect(territoryOf[76]).toBe('A');
    territoryOf.forEach((territory, u) => expect(territory === 'C').toBe(u % 12 >= 8));
  });

  test('the same inputs, seed and effort give the same plan to the byte', () => {
    const one = solveTexts({ units: plain, edges: torn }, { k: 5, seed: 3 });
    const two = solveTexts({ units: plain, edges: torn }, { k: 5, seed: 3 });
    expect(JSON.stringify(two.plan)).toBe(JSON.stringify(one.plan));
    expect(two.territoryOf).toEqual(one.territoryOf);
  });
});
