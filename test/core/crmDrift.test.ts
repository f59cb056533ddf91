import { describe, expect, it } from 'vitest';
import { accountDrift, memberDrift, territoryDrift, type DriftInput } from '../../service/core/crmDrift.ts';
import { recordId } from '../../service/core/ids.ts';

const id = (prefix: string, name: string | number) => recordId(`${prefix}${String(name).padStart(15, '0')}`);
const T = (name: string) => id('0MI', name);
const U = (name: string) => id('005', name);
const A = id('001', 1);

const row = (name: string, territory: string, cause: 'rule' | 'manual' = 'manual') => ({
  id: id('0Ma', name),
  accountId: A,
  territoryId: T(territory),
  cause,
});
const kinds = (more: Partial<DriftInput>) =>
  accountDrift({
    wishes: [{ accountId: A, territoryId: T('A'), why: 'zip', zip: '02115' }],
    rows: [],
    ours: new Map(),
    owners: new Map(),
    reps: new Map(),
    ...more,
  }).map(({ kind, found, rowId }) => [kind, found?.slice(-1) ?? null, rowId?.slice(-1) ?? null]);

describe('how the CRM differs from the plan, for an account', () => {
  it.each<[string, Partial<DriftInput>, unknown[]]>([
    ['as planned', { rows: [row('1', 'A')] }, []],
    ['as planned by a rule', { rows: [row('1', 'A', 'rule')] }, []],
    ['elsewhere', { rows: [row('1', 'B')] }, [['moved', 'B', '1']]],
    ['beside its place', { rows: [row('1', 'A'), row('2', 'B')] }, [['foreignRow', 'B', '2']]],
    ['beside its place by a rule', { rows: [row('1', 'A'), row('2', 'B', 'rule')] }, [['ruleRow', 'B', '2']]],
    ['nowhere', {}, [['missing', null, null]]],
    [
      'only by a rule elsewhere',
      { rows: [row('2', 'B', 'rule')] },
      [
        ['ruleRow', 'B', '2'],
        ['missing', null, null],
      ],
    ],
    [
      'a row of ours taken away',
      { ours: new Map([[id('0Ma', '7'), { accountId: A, territoryId: T('A') }]]) },
      [['removed', null, '7']],
    ],
    [
      'a row of ours taken away where the plan does not want it any more',
      { ours: new Map([[id('0Ma', '7'), { accountId: A, territoryId: T('B') }]]) },
      [['missing', null, null]],
    ],
    ['no ZIP', { wishes: [{ accountId: A, territoryId: null, why: 'unplaced', zip: null }] }, [['noZip', null, null]]],
    [
      'a ZIP on no map, and no word against its place',
      { wishes: [{ accountId: A, territoryId: null, why: 'unplaced', zip: '99999' }], rows: [row('1', 'B')] },
      [['unknownZip', null, null]],
    ],
    ['wanted nowhere and nowhere', { wishes: [{ accountId: A, territoryId: null, why: 'zip', zip: '02115' }] }, []],
    [
      'wanted nowhere and somewhere',
      { wishes: [{ accountId: A, territoryId: null, why: 'zip', zip: '02115' }], rows: [row('1', 'B')] },
      [['moved', 'B', '1']],
    ],
  ])('%s', (_name, given, expected) => expect(kinds(given)).toEqual(expected));
  it('tells another owner than the rep, and nothing where the territory is vacant or owners are not asked', () => {
    const rows = [row('1', 'A')];
    const owners = new Map([[A, U('x')]]);
    expect(kinds({ rows, owners, reps: new Map([[T('A'), U('ann')]]) })).toEqual([['owner', null, null]]);
    expect(kinds({ rows, owners, reps: new Map([[T('A'), U('x')]]) })).toEqual([]);
    expect(kinds({ rows, owners })).toEqual([]);
    expect(kinds({ rows, reps: new Map([[T('A'), U('ann')]]) })).toEqual([]);
  });
});

describe('territories and who sits in them', () => {
  it('tells renamed, deleted and added ones', () => {
    const plan = [
      { id: T('A'), name: 'East A' },
      { id: T('B'), name: 'East B' },
      { id: T('C'), name: 'East C' },
    ];
    const crm = [
      { id: T('A'), name: 'East A' },
      { id: T('B'), name: 'East Bay' },
      { id: T('D'), name: 'East D' },
    ];
    expect(territoryDrift(plan, crm).map(({ kind, plan: p, crm: c }) => [kind, p, c])).toEqual([
      ['territoryRenamed', 'East B', 'East Bay'],
      ['territoryDeleted', 'East C', null],
      ['territoryAdded', null, 'East D'],
    ]);
  });
  it('tells a missing rep, another member and one who has left', () => {
    const plan = [{ id: T('A'), repId: U('ann'), repName: 'Ann' }];
    const seat = (user: string, isActive = true) => ({
      territoryId: T('A'),
      userId: U(user),
      userName: user,
      isActive,
    });
    const told = (seats: Parameters<typeof memberDrift>[1]) =>
      memberDrift(plan, seats).map(({ kind, plan: p, crm }) => [kind, p, crm]);
    expect(told([seat('ann')])).toEqual([]);
    expect(told([])).toEqual([['member', 'Ann', null]]);
    expect(told([seat('bob'), seat('ann'), seat('gone', false)])).toEqual([
      ['member', 'Ann', 'bob'],
      ['inactiveMember', 'Ann', 'gone'],
    ]);
    expect(memberDrift([{ id: T('A'), repId: null, repName: null }], [])).toEqual([]);
  });
});
