import ProposalResult from 'c/proposalResult';
import { findAll, labelled, mount, textOf, unmountAll, zips } from './kit';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
afterEach(unmountAll);

const move = {
  units: [zips[0], zips[1]],
  fromId: null,
  fromName: null,
  toId: 'b',
  toName: 'South',
  sentence: 'Two ZIPs go south.',
  workloadHours: 12,
  potentialUsd: 1e6,
  accounts: 3,
};
const result = {
  moves: [move],
  before: [{}, {}, {}, {}],
  after: [{}, {}, {}, {}],
  onTargetBefore: 1,
  onTargetAfter: 3,
  accountsShare: 0.05,
  salesShare: 0.04,
  pipelineShare: 0.03,
  owners: [],
  outside: [
    {
      territory: 'North',
      cause: 'Hours +12 % of target: the limit is used up; ±12 % on hours would hold it.',
      proof: false,
    },
  ],
  counties: { before: 9, after: 11 },
  added: {
    id: 'n',
    name: 'New territory 5',
    zip: '11379',
    place: 'Middle Village, NY',
    givers: [{ name: 'North', accounts: 12 }],
  },
  notes: ['All 4 could be on target if 17 % of accounts changed rep.'],
};

describe('c-proposal-result', () => {
  it('tells what is gained, what it costs, what is new and what stays off target, and is accessible', async () => {
    const element = mount('c-proposal-result', ProposalResult, { result, rejected: 2 });
    for (const text of [
      '1 → 3 of 4',
      '5 % of accounts and 4 % of sales and 3 % of open pipeline change rep',
      'Counties in more than one territory: 9 → 11.',
      'best centre Middle Village, NY (11379). Accounts given by: North 12.',
      'All 4 could be on target',
      '2 ZIPs kept where they are',
      'Nobody → South',
      'North: Hours +12 %',
    ])
      expect(textOf(element)).toContain(text);
    await expect(element).toBeAccessible();
  });

  it('says who stays by name, also where the ZIP goes elsewhere', () => {
    const row = { accountId: 'x', accountName: 'Dr X', zip: '02115', zipTerritory: 'North', territory: 'North' };
    const held = [row, { ...row, accountName: 'Dr Y', zipTerritory: 'South' }];
    const element = mount('c-proposal-result', ProposalResult, { result, held });
    expect(textOf(element)).toContain('Dr X stays with North.');
    expect(textOf(element)).toContain('Dr Y stays with North, although 02115 goes to South.');
  });

  it('tells how many rules on least and most hold, those on single territories, and which are broken', async () => {
    const all = { min: null, max: 2000, measure: 'workloadHours', isNamed: false };
    const bounds = [
      { ...all, territory: 'North', value: 1800, isKept: true },
      { ...all, territory: 'South', value: 2100, isKept: false },
      {
        ...all,
        territory: 'West',
        measure: 'potentialUsd',
        min: 1e6,
        max: 3e6,
        value: 2e6,
        isKept: true,
        isNamed: true,
      },
    ];
    const element = mount('c-proposal-result', ProposalResult, { result: { ...result, bounds } });
    expect(textOf(element)).toContain('Least and most: 2 of 3 kept.');
    expect(textOf(element)).toContain('South: 2,100 h, at most 2,000 h – not kept.');
    expect(textOf(element)).toContain('West: $2.0M of market potential, at least $1.0M and at most $3.0M – kept.');
    expect(textOf(element)).not.toContain('North: 1,800 h');
    await expect(element).toBeAccessible();
  });

  it('tells both numbers of territories where one is new or given up', () => {
    const element = mount('c-proposal-result', ProposalResult, { result: { ...result, after: [{}, {}, {}] } });
    expect(textOf(element)).toContain('1 of 4 → 3 of 3 in range');
  });

  it('tells what was shown, rejected, accepted and discarded', () => {
    const element = mount('c-proposal-result', ProposalResult, { result });
    const told: unknown[] = [];
    for (const name of ['show', 'reject', 'accept', 'discard'])
      element.addEventListener(name, (event) => told.push([name, (event as CustomEvent).detail]));
    findAll(element, '.title')[0]!.click();
    for (const label of ['Reject', 'Accept into the draft', 'Discard']) labelled(element, label).click();
    expect(told).toEqual([
      ['show', { zips: move.units }],
      ['reject', move],
      ['accept', null],
      ['discard', null],
    ]);
  });

  it('counts what only tidies an outline instead of telling it', () => {
    const quiet = { ...move, toName: 'Quiet', accounts: 0, workloadHours: 0 };
    const element = mount('c-proposal-result', ProposalResult, { result: { ...result, moves: [quiet, move] } });
    expect(findAll(element, 'li')).toHaveLength(1);
    expect(textOf(element)).toContain('2 ZIPs without accounts or work change hands');
    const told: unknown[] = [];
    element.addEventListener('reject', (event) => told.push((event as CustomEvent).detail));
    labelled(element, 'Reject').click();
    expect(told).toEqual([move]);
  });

  it('says so when nothing was found', () => {
    const element = mount('c-proposal-result', ProposalResult, { result: { ...result, moves: [] } });
    expect(textOf(element)).toContain('Nothing better was found within these limits');
  });

  it('takes single moves where some are left out, and a new territory only as a whole', async () => {
    const second = { ...move, toId: 'c', toName: 'West', units: [zips[2]] };
    const plain = { ...result, added: null, moves: [move, second] };
    const element = mount('c-proposal-result', ProposalResult, { result: plain });
    const told: unknown[] = [];
    element.addEventListener('accept', () => told.push('all'));
    element.addEventListener('acceptsome', (event) => told.push((event as CustomEvent).detail));
    labelled(element, 'Accept into the draft').click();
    const [first, other] = findAll(element, 'input[type=checkbox]');
    first!.click();
    await Promise.resolve();
    expect(textOf(element)).toContain('Only the chosen moves go into the draft');
    await expect(element).toBeAccessible();
    labelled(element, 'Accept 1 of 2 moves').click();
    expect(told).toEqual(['all', [second]]);
    other!.click();
    await Promise.resolve();
    expect((labelled(element, 'Accept 0 of 2 moves') as unknown as { disabled: boolean }).disabled).toBe(true);
    element.result = result;
    await Promise.resolve();
    expect(findAll(element, 'input[type=checkbox]')).toHaveLength(0);
    expect(labelled(element, 'Accept into the draft')).toBeDefined();
  });
});
