import { describe, expect, test } from 'vitest';
import type { PlanFile } from '../../service/core/optimize/planFile.ts';
import { byHand } from '../kit/handPlan.ts';

const honest = byHand();
const { plan } = honest;

/** What the check says of the plan with these fields changed. */
const withPlan = (change: Partial<Record<keyof PlanFile, unknown>>) =>
  honest.untrue({ plan: { ...plan, ...change } as PlanFile }).join('\n');

describe('the shape of plan.json', () => {
  test.each(Object.keys(plan))('without %s it is refused', (field) => {
    const { [field as keyof PlanFile]: _gone, ...rest } = plan;
    const lies = honest.untrue({ plan: rest as PlanFile });
    expect(lies.length).toBeGreaterThan(0);
    expect(lies.join()).toContain(field);
  });

  test.each([
    ['objective', NaN],
    ['objective', '12'],
    ['bound', null],
    ['gap', 'small'],
    ['boundKind', 'guess'],
    ['centers', { A: [1, 2], B: [1, 2] }],
    ['centers', { ...plan.centers, A: [100, 2] }],
    ['centers', { ...plan.centers, A: [1] }],
    ['prices', { ...plan.prices, A: { hours: 1 } }],
    ['prices', { ...plan.prices, A: { hours: null, dollars: 1 } }],
    ['totals', {}],
    ['totals', []],
    ['measures', []],
    ['measures', [{ name: 'hours' }]],
    ['measures', [plan.measures[0], plan.measures[0]]],
    ['measures', plan.measures.map((measure) => ({ ...measure, tolerance: 0 }))],
    ['outside', [{ territory: 'A' }]],
    ['outside', [{ territory: 'D', cause: 'x', proof: false }]],
    ['bridges', [['u1']]],
    ['bridges', [['u1', 2]]],
    ['splits', 'u8'],
    ['rules', [3]],
    ['effort', 0],
    ['effort', 'high'],
    ['seed', 1.5],
    ['steps', -1],
    ['stopped', 'no'],
    ['engineVersion', ''],
    ['inputHash', 3],
    ['disruption', { lambda: -1, preset: 'given', moved: 0 }],
    ['disruption', { lambda: 1, preset: 'mine', moved: 0 }],
    ['disruption', { lambda: 1, preset: 'given', moved: 1.5 }],
  ])('%s as %j is refused', (field, value) => {
    expect(withPlan({ [field]: value })).toMatch(/plan\.json/);
  });

  test('no object at all', () => {
    for (const value of [null, 3, 'plan', []])
      expect(honest.untrue({ plan: value as unknown as PlanFile })).toEqual(['plan.json is no object.']);
  });
});
