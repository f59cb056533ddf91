import ComparePicker from 'c/comparePicker';
import { change, fail, find, labelled, mount, serve, textOf, unmountAll, until } from './kit';
import { compare, ownersIn } from '../../force-app/main/default/lwc/territoryWorkbench/comparison';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const summary = (id: string, state: 'live' | 'draft' | 'archived') => ({
  ...{ id, name: `Plan ${id}`, teamId: 'team', state, stage: 'draft', version: 3 },
  updatedAt: '2026-01-01',
});
const plans = [summary('live', 'live'), summary('draft', 'draft'), summary('old', 'archived')];
const version = (n: number, note: string | null) => ({
  ...{ version: n, at: '2026-11-01T10:00:00Z', byName: 'Ana', note, units: n, accounts: 0 },
});
const answers = {
  'GET /api/alignments/draft/versions': {
    versions: [version(3, null), version(2, null), version(1, 'The plan as it began.')],
  },
  'GET /api/alignments/live/versions': { versions: [version(1, 'The plan as it began.')] },
  'GET /api/alignments/old/versions': { versions: [version(1, null)] },
};
const show = () => mount('c-compare-picker', ComparePicker, { plans, liveId: 'live', draftId: 'draft' });
type Options = { options: { label: string; value: string }[] };

describe('c-compare-picker', () => {
  it('starts with the draft against today and offers every plan and version, and is accessible', async () => {
    serve(answers);
    const element = show();
    const versions = () => (labelled(element, 'After: version') as unknown as Options).options;
    await until('the versions', () => versions().length === 3);
    expect(versions().map(({ value }) => value)).toEqual(['', '2', '1']);
    expect(versions()[1]!.label).toContain('Ana · 2 ZIPs');
    const labels = (labelled(element, 'Before') as unknown as Options).options.map(({ label }) => label);
    expect(labels).toEqual(['Plan live (today)', 'Plan draft (draft)', 'Plan old (former)']);
    await expect(element).toBeAccessible();
  });

  it('compares two versions of one plan, and goes back to the draft against today', async () => {
    serve(answers);
    const element = show();
    const told: unknown[] = [];
    element.addEventListener('compare', (event) => told.push((event as CustomEvent).detail));
    change(labelled(element, 'Before'), { value: 'draft' });
    await until('the same', () => textOf(element).includes('Both sides are the same'));
    change(labelled(element, 'Before: version'), { value: '1' });
    await until('two sides', () => !textOf(element).includes('Both sides are the same'));
    labelled(element, 'Compare these').click();
    await Promise.resolve();
    labelled(element, 'Draft against today').click();
    expect(told).toEqual([{ before: { id: 'draft', version: 1 }, after: { id: 'draft', version: null } }, null]);
  });

  it('says what is wrong and tries again', async () => {
    serve({ ...answers, 'GET /api/alignments/draft/versions': fail(503, 'Not now.', 'Later.') });
    const element = show();
    await until('the problem', () => find(element, 'c-error-panel'));
    serve(answers);
    labelled(find(element, 'c-error-panel'), 'Try again').click();
    await until('no problem', () => !find(element, 'c-error-panel'));
  });
});

describe('what two plans differ in', () => {
  const territory = (id: string, repName: string) => ({ id, name: id.toUpperCase(), repName });
  const inputs = { inputs: { accounts: [1, 2, 4, 8], salesUsd: [10, 20, 40, 80], potentialUsd: [100, 200, 400, 800] } };
  const standing = { utilization: 1, workloadHours: 100, workloadDeviation: 0 };
  const working = (territories: object[], owners: number[], overrides: object[] = []) =>
    ({
      plan: { territories, overrides },
      inputs,
      draft: { owners, now: () => territories.map(() => standing) },
    }) as never;
  const [a, b, c] = [territory('a', 'Ana'), territory('b', 'Ben'), territory('c', 'Cleo')];

  it('is told by territory and rep, whatever the order of the territories', () => {
    const result = compare(working([a, b], [0, 0, 1, -1]), working([b, a, c], [1, 0, 2, 0]));
    expect(result).toMatchObject({ units: 3, accounts: 6, salesUsd: 60, newlyCovered: 8 });
    const of = (name: string) => result.perTerritory.find((row) => row.name === name);
    expect(of('A')).toMatchObject({ gains: 0, loses: 2, losesSalesUsd: 20 });
    expect(of('B')).toMatchObject({ gains: 10, loses: 4, gainsPotentialUsd: 1000 });
    expect(of('C')).toMatchObject({ gains: 4, loses: 0, repBefore: 'no rep' });
    expect(result.perRep.find(({ repName }) => repName === 'Ben')).toMatchObject({ gains: 10, loses: 4 });
  });

  it('counts an account held by name where it goes, not where its ZIP goes', () => {
    const part = { accounts: 1, salesUsd: 15, potentialUsd: 150 };
    const held = { accountId: '001', accountName: 'H', unit: 1, territory: 0, part };
    // the ZIP moves from A to B, the account stays in A
    const stays = compare(working([a, b], [0, 0, 1, 1]), working([a, b], [0, 1, 1, 1], [held]));
    expect(stays).toMatchObject({ units: 1, accounts: 1, salesUsd: 5, potentialUsd: 50 });
    // nothing moves but the account
    const goes = compare(working([a, b], [0, 0, 1, 1]), working([a, b], [0, 0, 1, 1], [{ ...held, territory: 1 }]));
    expect(goes).toMatchObject({ units: 0, accounts: 1, salesUsd: 15 });
    expect(goes.perTerritory.map(({ name, gains, loses }) => [name, gains, loses])).toEqual([
      ['A', 0, 1],
      ['B', 1, 0],
    ]);
  });

  it('leaves owners as they are where both plans have the same territories', () => {
    const owners = [0, 1, -1];
    const plan = { territories: [a, b] } as never;
    expect(ownersIn(plan, owners, plan)).toBe(owners);
    expect(ownersIn(plan, owners, { territories: [b] } as never)).toEqual([-1, 0, -1]);
  });
});
