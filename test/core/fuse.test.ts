import { describe, expect, it } from 'vitest';
import { blownFuses, lateStages, type FuseInput } from '../../service/core/fuse.ts';
import { recordId } from '../../service/core/ids.ts';

const account = (n: number) => recordId(`001${String(n).padStart(15, '0')}`);
const [A, B] = ['A', 'B'].map((name) => recordId(`0MI${name.padStart(15, '0')}`)) as [never, never];
const LIMITS = { movedShare: 0.02, territoryShare: 0.1, vanishedShare: 0.05, newShare: 0.05 };
const input = (more: Partial<FuseInput> = {}): FuseInput => ({
  accounts: 1000,
  moves: [],
  handed: [],
  placed: 1000,
  vanished: 0,
  sizes: new Map([
    [A, 500],
    [B, 500],
  ]),
  names: new Map([
    [A, 'East A'],
    [B, 'East B'],
  ]),
  lateDeals: [],
  ...more,
});
const moves = (n: number, from: never | null = A, to: never | null = B) =>
  Array.from({ length: n }, (_, k) => ({ accountId: account(k), from, to }));
const kinds = (given: Partial<FuseInput>, limits = LIMITS) => blownFuses(input(given), limits).map(({ kind }) => kind);

describe('the fuse', () => {
  it('lets nothing and exactly the limit pass, and stops one account above', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ moves: moves(20) })).toEqual([]);
    expect(blownFuses(input({ moves: moves(21) }), LIMITS)).toEqual([
      {
        kind: 'moved',
        sentence: '21 accounts of 1000 (2.1 %) would change territory or owner; at most 2 % may without asking.',
        n: 21,
        of: 1000,
        share: 0.021,
        limit: 0.02,
        territoryName: null,
      },
    ]);
  });
  it('stops at more than a tenth of one territory, lost or gained', () => {
    const small = {
      sizes: new Map([
        [A, 30],
        [B, 500],
      ]) as never,
    };
    expect(kinds({ ...small, moves: moves(3) })).toEqual([]);
    const [lost] = blownFuses(input({ ...small, moves: moves(4) }), LIMITS);
    expect(lost).toMatchObject({ kind: 'territory', territoryName: 'East A', n: 4, of: 30 });
    expect(lost?.sentence).toContain('East A would lose 4 accounts (13.3 % of its 30)');
    const [gained] = blownFuses(input({ ...small, moves: moves(4, B, A) }), LIMITS);
    expect(gained?.sentence).toContain('East A would gain 4 accounts');
    // a territory that has nothing yet gains everything
    expect(kinds({ sizes: new Map([[A, 500]]) as never, moves: moves(1) })).toEqual(['territory']);
  });
  it('counts owners once, and an account that leaves for nowhere', () => {
    expect(kinds({ moves: moves(20), handed: moves(20).map(({ accountId }) => accountId) })).toEqual([]);
    expect(kinds({ handed: moves(21).map(({ accountId }) => accountId) })).toEqual(['moved']);
    expect(kinds({ moves: moves(21, A, null) })).toEqual(['moved']);
  });
  it('a first place with its first owner is no move, but too many of them ask as well', () => {
    const first = moves(50, null);
    expect(kinds({ moves: first, handed: first.map(({ accountId }) => accountId) })).toEqual([]);
    expect(kinds({ moves: moves(51, null) })).toEqual(['new']);
  });
  it('stops when places vanish, whatever else is small', () => {
    expect(kinds({ vanished: 50 })).toEqual([]);
    expect(kinds({ vanished: 51 })).toEqual(['vanished']);
    expect(kinds({ placed: 0, vanished: 0 })).toEqual([]);
  });
  it('one late deal is enough', () => {
    const [reason] = blownFuses(input({ lateDeals: [{ name: 'Big one', stage: 'Negotiation' }] }), LIMITS);
    expect(reason).toMatchObject({ kind: 'deals', n: 1, share: null });
    expect(reason?.sentence).toContain('"Big one" (Negotiation)');
  });
  it('late stages are the last third of the open ones', () => {
    const stages = [
      'Prospecting',
      'Qualification',
      'Needs',
      'Value',
      'Proposal',
      'Negotiation',
      'Closed Won',
      'Closed Lost',
    ];
    expect(lateStages(stages)).toEqual(['Proposal', 'Negotiation']);
    expect(lateStages(['Open', 'Closed Won'])).toEqual(['Open']);
    expect(lateStages([])).toEqual([]);
  });
});
