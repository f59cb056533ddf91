import UnitAccounts from 'c/unitAccounts';
import { fail, find, findAll, labelled, mount, pressable, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const unit = { unit: 3, zip: '02115', name: 'Boston, MA', version: 1 };
const account = (n: number, more = {}) => ({
  ...{ accountId: `001${n}`, accountName: `Hospital ${n}`, kind: 'Hospital', canEdit: true, territory: 0, held: false },
  ...{ part: { potentialUsd: 1e6, salesUsd: 4e5, callHours: 10, caseHours: 5 } },
  ...more,
});
const choices = [
  { label: 'North · Ana', value: '0' },
  { label: 'South · Ben', value: '1' },
];
const held = [
  { accountId: '0012', accountName: 'Hospital 2', zip: '02115', zipTerritory: 'North', territory: 'South' },
  {
    accountId: null,
    accountName: 'An account that is not shared with you',
    zip: '02116',
    zipTerritory: 'North',
    territory: 'South',
  },
];
const accounts = [account(1), account(2, { held: true, territory: 1 }), account(3, { canEdit: false })];
const show = (more = {}) =>
  mount('c-unit-accounts', UnitAccounts, { ...{ planId: 'draft', unit, held: [], choices, canEdit: true }, ...more });
const asked = (element: HTMLElement) => {
  const list: unknown[] = [];
  element.addEventListener('desk', (event) => list.push((event as CustomEvent).detail));
  return list;
};
const loaded = (element: Element) => until('the accounts', () => findAll(element, 'tr[data-account]').length > 0);

describe('c-unit-accounts', () => {
  it('says how to get there while no ZIP is looked at, and that nothing is held', async () => {
    const element = show({ unit: null });
    expect(textOf(element)).toContain('Pick the tool “Accounts” and click a ZIP');
    expect(textOf(element)).toContain('every one follows its ZIP');
    await expect(element).toBeAccessible();
  });

  it('gives an account to another territory, with what goes with it told before', async () => {
    const calls = serve({ 'GET /api/alignments/draft/accounts': { accounts } });
    const element = show();
    await loaded(element);
    expect(calls.at(-1)!.path).toBe('/api/alignments/draft/accounts?unit=02115');
    const told = asked(element);
    const give = () => find<HTMLButtonElement>(element, '[data-do=give][data-account="0011"]');
    expect(give().disabled).toBe(true);
    const select = find<HTMLSelectElement>(element, 'select[data-account="0011"]');
    select.value = '1';
    select.dispatchEvent(new CustomEvent('change'));
    await until('the effect', () =>
      textOf(element).includes(
        '$1.0M market potential, $400k of sales and 15 h of calls and cases go from North to South.',
      ),
    );
    await expect(element).toBeAccessible();
    give().click();
    expect(told).toEqual([{ do: 'hold', accountId: '0011', accountName: 'Hospital 1', to: 1 }]);
  });

  it('holds an account where it is, lets it go again, and offers nothing that is not hers', async () => {
    serve({ 'GET /api/alignments/draft/accounts': { accounts } });
    const element = show();
    await loaded(element);
    const told = asked(element);
    find(element, '[data-do=lock][data-account="0011"]').click();
    find(element, '[data-do=lock][data-account="0012"]').click();
    expect(told).toEqual([
      { do: 'hold', accountId: '0011', accountName: 'Hospital 1', to: 0 },
      { do: 'hold', accountId: '0012', accountName: 'Hospital 2', to: null },
    ]);
    expect(find(element, 'select[data-account="0013"]')).toBeNull();
    expect(textOf(element)).toContain('not to change');
  });

  it('lists all that are held and lets them go; one that is not shared stays unnamed', async () => {
    const element = show({ unit: null, held });
    const told = asked(element);
    expect(textOf(element)).toContain('An account that is not shared with you');
    expect(findAll(element, 'tr[data-held] button')).toHaveLength(1);
    pressable(element, 'Remove').click();
    expect(told).toEqual([{ do: 'hold', accountId: '0012', accountName: 'Hospital 2', to: null }]);
    await expect(element).toBeAccessible();
  });

  it('says when there is no account, what went wrong, and tries again', async () => {
    serve({ 'GET /api/alignments/draft/accounts': fail(503, 'The org does not answer.', 'Try again.') });
    const element = show();
    await until('the problem', () => find(element, 'c-error-panel'));
    serve({ 'GET /api/alignments/draft/accounts': { accounts: [] } });
    labelled(find(element, 'c-error-panel'), 'Try again').click();
    await until('nothing', () => textOf(element).includes('No account that you may see.'));
  });

  it('reads the accounts again when the plan has a new version', async () => {
    serve({ 'GET /api/alignments/draft/accounts': { accounts } });
    const element = show();
    await loaded(element);
    serve({ 'GET /api/alignments/draft/accounts': { accounts: [account(1, { held: true, territory: 1 })] } });
    element.unit = { ...unit, version: 2 };
    await until('the newer one', () => findAll(element, 'tr[data-account]').length === 1);
    expect(textOf(element)).toContain('held by name');
  });
});
