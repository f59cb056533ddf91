import { describe, expect, test } from 'vitest';
import type { CheckInput } from '../../service/core/optimize/checkGround.ts';
import { parseCsv } from '../../service/core/csv.ts';
import type { PlanFile } from '../../service/core/optimize/planFile.ts';
import { readTerritories } from '../../service/core/optimize/readTerritories.ts';
import { byHand, handTexts as texts } from '../kit/handPlan.ts';
import { requestOf } from '../kit/planTexts.ts';

const honest = byHand();
const { plan, assignment, overrides } = honest;

/** What the check says of the plan with these fields changed. */
const withPlan = (change: Partial<Record<keyof PlanFile, unknown>>) =>
  honest.untrue({ plan: { ...plan, ...change } as PlanFile }).join('\n');
const moved = (unit: string, territory: string) =>
  assignment.map((row) => (row[0] === unit ? ([unit, territory] as const) : row));
const withUnits = (unit: string, territory: string) => honest.untrue({ assignment: moved(unit, territory) }).join('\n');
const withOverrides = (rows: CheckInput['overrides'], splits = plan.splits) =>
  honest.untrue({ overrides: rows!, plan: { ...plan, splits } }).join('\n');

describe('an honest plan', () => {
  test('passes, and uses everything that can be corrupted', () => {
    expect(honest.untrue()).toEqual([]);
    expect(plan.outside).toEqual([]);
    expect(plan.gap).toBeGreaterThan(0);
    expect(plan.bridges).toHaveLength(1);
    expect(plan.splits).toEqual(['u9']);
    expect(overrides).toEqual([['x', 'C']]);
    expect(plan.disruption.moved).toBeGreaterThan(0);
    expect(plan.rules).toHaveLength(4);
  });

  test('passes with its territories in any order of the file', () => {
    const reversed = 'territory,lat,lon,share\nC,41.75,-71.55,1\nB,,,1.1\nA,,,1\n';
    expect(byHand({ territories: reversed }).plan.outside.length).toBeGreaterThanOrEqual(0);
  });
});

describe('units', () => {
  test('lost, doubled, unknown; territories unknown or empty', () => {
    expect(honest.untrue({ assignment: assignment.slice(1) }).join()).toContain('Unit u0 is lost');
    expect(honest.untrue({ assignment: [] })).toContain('Territory B has no unit.');
    expect(honest.untrue({ assignment: [...assignment, assignment[4]!] }).join()).toContain(
      'Unit u4 is assigned twice',
    );
    expect(honest.untrue({ assignment: [...assignment, ['q', 'A']] }).join()).toContain('Unit q of the plan is not in');
    expect(withUnits('u5', 'D')).toContain('Unit u5 goes to D, which the plan does not list');
    expect(withUnits('u5', '')).toContain('Unit u5 goes to no territory');
    const nothing = assignment.map(([unit, territory]) => [unit, territory === 'B' ? 'C' : territory] as const);
    expect(honest.untrue({ assignment: nothing })).toContain('Territory B has no unit.');
  });

  test('every single unit given to another territory is found', () => {
    for (const [unit, owner] of assignment)
      for (const other of ['A', 'B', 'C'].filter((name) => name !== owner))
        expect(honest.untrue({ assignment: moved(unit, other) }).length, `${unit} to ${other}`).toBeGreaterThan(0);
  });
});

describe('shape', () => {
  test('a territory in two pieces', () => {
    expect(withUnits('u5', 'A')).toContain('Territory A is not in one piece: u0 and u5 do not meet.');
    expect(withUnits('u15', 'C')).toMatch(/./);
  });

  test('a bridge that is not listed, is invented, doubled, or joins what is joined', () => {
    const [bridge] = plan.bridges;
    const torn = honest.untrue({
      assignment: moved('u8', 'A').map(([unit, territory]) => [unit, territory] as const),
      plan: { ...plan, bridges: [] },
    });
    expect(torn.join()).toContain('is not in one piece');
    expect(withPlan({ bridges: [bridge, ['u2', 'u99']] })).toContain('names a unit that does not exist');
    expect(withPlan({ bridges: [['u2', 'u9']] })).toContain('joins units that are joined without it');
    expect(withPlan({ bridges: [bridge, ['u7', 'u8']] })).toContain(
      '2 bridges are listed, but 2 components need at most 1',
    );
  });
});

describe('groups, locks and rules', () => {
  test('group torn, lock broken, pair together, forbidden pair, too far', () => {
    expect(withUnits('u13', 'B')).toContain('Group g is torn apart at unit u13.');
    expect(withUnits('u34', 'B')).toContain('Unit u34 is locked to C but went to B.');
    expect(withUnits('u33', 'C')).toContain('Unit u33 is locked to B but went to C.');
    expect(withUnits('u2', 'A')).toContain('Units u1 and u2 must be apart, but both are in A.');
    expect(withUnits('u35', 'A')).toContain('Unit u35 is forbidden to A, which has it.');
    expect(withUnits('u2', 'C')).toMatch(/Unit u2 is \d+\.\d km from the home of C; at most 32 km are allowed\./);
    expect(withPlan({ rules: plan.rules.slice(1) })).toContain('other rules than the rules file');
    expect(withPlan({ rules: [...plan.rules, 'apart,u1,u3'] })).toContain('other rules than the rules file');
  });

  test('a territory that may not change has gained or lost', () => {
    const fixed = byHand({ rules: 'rule,a,b,value\nmay_change,A,,\nmay_change,B,,\n' });
    expect(fixed.untrue()).toEqual([]);
    const change = (unit: string, to: string) =>
      fixed.untrue({ assignment: fixed.assignment.map((row) => (row[0] === unit ? [unit, to] : row)) }).join();
    expect(change('u4', 'B')).toContain('Unit u4 left C, which may not change.');
    expect(change('u3', 'C')).toContain('Unit u3 came to C, which may not change.');
  });
});

describe('accounts', () => {
  test('unknown, doubled, of a whole unit, to nowhere, to where the unit is, too far', () => {
    expect(withOverrides([...overrides, ['q', 'A']])).toContain('Account q of the overrides is unknown.');
    expect(withOverrides([...overrides, ['x', 'C']])).toContain('Account x is overridden twice.');
    expect(withOverrides([...overrides, ['w', 'C']])).toContain('its unit u20 is not listed as split');
    expect(withOverrides([['x', 'D']])).toContain('Account x goes to D, which the plan does not list.');
    expect(
      withOverrides([
        ['x', 'C'],
        ['y', 'B'],
      ]),
    ).toContain('Account y is overridden to B, which has its unit u9 anyway.');
    expect(withOverrides([['x', 'A']])).toContain(
      'Account x goes to A, which has neither its unit u9 nor a neighbour of it.',
    );
    expect(
      withOverrides([
        ['x', 'C'],
        ['y', 'C'],
      ]),
    ).toContain('of hours, the plan says');
    expect(withOverrides([])).toContain('Unit u9 is listed as split, but no account of it is overridden.');
    expect(withOverrides(overrides, [])).toContain('is not listed as split');
    expect(withOverrides(overrides, ['u9', 'u9'])).toContain('listed as split twice');
    expect(withOverrides(overrides, ['u9', 'u20'])).toContain('Unit u20 is listed as split');
    expect(honest.untrue({ accounts: null }).join()).toContain('Account x of the overrides is unknown.');
  });

  test('an account may not leave a locked unit', () => {
    const locked = requestOf({ ...texts, units: texts.units.replace(/^(u9,.*),,,B$/m, '$1,,yes,B') }, {}).units;
    expect(honest.untrue({ units: locked }).join()).toContain('Account x leaves its unit, which a lock or group holds');
  });
});

describe('figures', () => {
  const more = (value: number, by = 1.00001) => value * by;

  test('totals, targets, centres, objective, share moved, bound, price of the ranges, gap', () => {
    const row = plan.totals['A']!;
    expect(withPlan({ totals: { ...plan.totals, A: { ...row, hours: more(row['hours']!) } } })).toContain(
      'of hours, the plan says',
    );
    const measures = plan.measures.map((measure) => ({
      ...measure,
      targets: { ...measure.targets, A: measure.targets['B']!, B: measure.targets['A']! },
    }));
    expect(withPlan({ measures })).toContain('The target of A is');
    expect(
      withPlan({ centers: { ...plan.centers, A: [plan.centers['A']![0] + 0.01, plan.centers['A']![1]] } }),
    ).toMatch(/The centre of A is \d\.\d km from the middle of its units\./);
    expect(withPlan({ centers: { ...plan.centers, C: plan.centers['B'] } })).toContain('km from its home');
    expect(withPlan({ objective: more(plan.objective) })).toContain('The objective is');
    expect(withPlan({ disruption: { ...plan.disruption, moved: 0 } })).toContain('The share moved is');
    expect(withPlan({ disruption: { ...plan.disruption, lambda: plan.disruption.lambda * 1.01 } })).toMatch(
      /λ|objective/,
    );
    expect(withPlan({ bound: more(plan.bound) })).toContain('The prices prove a bound of');
    expect(withPlan({ bound: more(plan.bound, 0.999) })).toContain('The prices prove a bound of');
    expect(withPlan({ corridorPrice: plan.corridorPrice! + 0.001 })).toContain('The price of the ranges is');
    expect(withPlan({ corridorPrice: null })).toContain('The price of the ranges is');
    expect(withPlan({ gap: plan.gap! * 0.9 })).toContain('The gap is');
    expect(withPlan({ gap: null })).toContain('prints no gap');
    expect(withPlan({ contiguity: plan.contiguity! + 0.001 })).toContain('Contiguity costs');
    expect(withPlan({ contiguity: null })).toContain('but not that contiguity costs');
    const prices = { ...plan.prices, A: { ...plan.prices['A']!, hours: 5 } };
    expect(withPlan({ prices })).toContain('The prices prove a bound of');
  });

  test('bound and gap raised together, and everything lowered together', () => {
    const bound = plan.bound * 1.05;
    expect(withPlan({ bound, gap: plan.objective / bound - 1 })).toContain('The prices prove a bound of');
    const objective = plan.objective * 0.95;
    expect(withPlan({ objective, gap: objective / plan.bound - 1 })).toContain('The objective is');
  });

  test('a range broken without being said, and said without being broken', () => {
    const measures = plan.measures.map((measure) => ({ ...measure, tolerance: 0.001 }));
    expect(withPlan({ measures })).toContain('and the plan does not say so');
    expect(withPlan({ measures })).toContain('prints a gap although');
    const outside = [{ territory: 'A', cause: 'hours', proof: false }];
    expect(withPlan({ outside })).toContain('Territory A is inside its ranges, but the plan says it is not.');
    expect(withPlan({ outside: [...outside, ...outside] })).toContain('listed as outside twice');
    const rules = 'rule,a,b,value\napart,u1,u2\nforbid,u35,A\nmax_km,C,,32\nmin,A,hours,15\n';
    const strict = requestOf({ ...texts, rules }, {}).rules!;
    expect(honest.untrue({ rules: strict }).join()).toContain('Territory A is outside its range of hours');
  });

  test('a proof that is none', () => {
    const strict = plan.measures.map((measure) => ({ ...measure, tolerance: 0.001 }));
    const outside = ['A', 'B', 'C'].map((territory) => ({ territory, cause: 'because', proof: true }));
    const said = honest.untrue({ plan: { ...plan, measures: strict, outside, gap: null } }).join('\n');
    for (const name of 'ABC')
      expect(said).toContain(`Territory ${name} is said to be impossible, but nothing proves it.`);
  });

  test('other inputs, other territories', () => {
    expect(honest.untrue({ inputHash: 'y' })[0]).toContain('made from other inputs');
    const two = readTerritories(parseCsv('territory\nA\nB\n', 'territories.csv'));
    expect(honest.untrue({ territories: two }).join()).toContain(
      'Territory C of the plan is not in the territories file',
    );
    const four = readTerritories(parseCsv('territory\nA\nB\nC\nD\n', 'territories.csv'));
    expect(honest.untrue({ territories: four }).join()).toContain(
      'Territory D stands in the inputs, but not in the plan',
    );
  });
});
