import { describe, expect, it } from 'vitest';
import { unitInputs, type WorkAccount } from '../../service/core/unitInputs.ts';
import { DEFAULT_CALL_PLAN } from '../../service/core/workload.ts';

const geography = { ids: ['02115', '02116'] as never, lat: [42, 42], lon: [-71, -71], areaKm2: [2, 3] };
const demand = { potentialUsd: [1000, 50], procedures: [100, 5], providers: [2, 1] };
const account = (id: string, more: Partial<WorkAccount>): WorkAccount => ({
  id,
  kind: 'physician',
  unit: 0,
  keys: [id],
  address: id,
  salesUsd: 0,
  ...more,
});
const volume = (procedures: number, opportunityUsd: number, involvedProcedures = procedures) => ({
  procedures,
  opportunityUsd,
  involvedProcedures,
});
const of = (accounts: WorkAccount[], volumes: [string, ReturnType<typeof volume>][]) =>
  unitInputs({
    accounts,
    volumes: new Map(volumes),
    demand,
    geography,
    callPlan: DEFAULT_CALL_PLAN,
    travel: { cyclesPerYear: 12 },
  });

describe('unitInputs', () => {
  it('takes potential from demand and work from accounts', () => {
    const { inputs } = of([account('h', { kind: 'facility', salesUsd: 400 })], [['h', volume(90, 900)]]);
    expect(inputs.potentialUsd).toEqual([1000, 50]);
    expect(inputs.callHours).toEqual([18, 0]); // tier A: 24 calls of 45 minutes
    expect(inputs.caseHours[0]).toBeCloseTo(90 * 0.04 * 2);
    expect(inputs.headroomUsd).toEqual([600, 50]); // 900 − 400, and 100 that no account holds; 50 in the other unit
    expect(inputs.stops).toEqual([2, 0]); // 24 calls in 12 cycles
  });

  it('floors headroom per account before it sums', () => {
    const accounts = [account('a', { salesUsd: 900 }), account('b', { salesUsd: 0 })];
    const { inputs } = of(accounts, [
      ['a', volume(10, 500)],
      ['b', volume(10, 500)],
    ]);
    expect(inputs.headroomUsd[0]).toBe(500);
    expect(inputs.salesUsd[0]).toBe(900);
  });

  it('counts accounts at one address as one stop, and its parts add up to it', () => {
    const accounts = [account('a', { address: 'x' }), account('b', { address: 'x' }), account('c', { address: 'x' })];
    const { inputs, parts } = of(accounts, [
      ['a', volume(0, 0, 90)],
      ['b', volume(0, 0, 5)],
      ['c', volume(0, 0, 5)],
    ]);
    expect(parts.get('a')?.tier).toBe('A');
    expect(inputs.stops[0]).toBeCloseTo(2);
    expect([...parts.values()].reduce((sum, part) => sum + part.stops, 0)).toBeCloseTo(2);
  });

  it('gives no work to a parent and no unit to an account without a place', () => {
    const { inputs, parts } = of(
      [account('p', { kind: 'parent' }), account('lost', { unit: -1 })],
      [['lost', volume(9, 90)]],
    );
    expect(parts.get('p')).toMatchObject({ callHours: 0, stops: 0, tier: null });
    expect(inputs.accounts).toEqual([1, 0]);
    expect(inputs.callHours).toEqual([0, 0]);
  });

  it('tells physicians from facilities when it ranks them', () => {
    const { parts } = of(
      [account('h', { kind: 'facility' }), account('d', {})],
      [
        ['h', volume(5000, 1)],
        ['d', volume(0, 0, 20)],
      ],
    );
    expect([parts.get('h')?.tier, parts.get('d')?.tier]).toEqual(['A', 'A']);
  });
});
