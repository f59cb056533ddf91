import AccountPeers from 'c/accountPeers';
import AccountTrend from 'c/accountTrend';
import NearAccounts from 'c/nearAccounts';
import { change, deep, deepAll, deepText, fail, find, findAll, mount, pressable, serve, textOf, unmountAll, until } from './kit'; // prettier-ignore

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

describe('c-account-trend', () => {
  const periods = [
    { period: '2024', file: 'a.csv', procedures: 800, opportunityUsd: 2e6, suppressed: true, change: null },
    { period: '2025', file: 'b.csv', procedures: 880, opportunityUsd: 2.2e6, suppressed: false, change: 0.1 },
  ];
  const show = () => mount('c-account-trend', AccountTrend, { accountId: '001' });

  it('shows every period with its change; is accessible', async () => {
    serve({ 'GET /api/accounts/001/past': { periods } });
    const element = show();
    await until('the rows', () => findAll(element, 'tbody tr').length === 2);
    expect(textOf(element)).toContain('800 *');
    expect(textOf(element)).toContain('+10 %');
    await expect(element).toBeAccessible();
  });

  it('one period is said to be alone, and a small count is never told', async () => {
    const small = { ...periods[0], procedures: 5.5 };
    serve({ 'GET /api/accounts/001/past': { periods: [small] } });
    const element = show();
    await until('the sentence', () => textOf(element).includes('There is one period only'));
    expect(textOf(element)).toContain('< 11');
    expect(textOf(element)).not.toContain('5.5');
  });

  it('says what went wrong and tries again', async () => {
    serve({ 'GET /api/accounts/001/past': fail(503, 'The claims are closed.', 'Try later.') });
    const element = show();
    await until('the problem', () => deepText(element).includes('Try later.'));
    serve({ 'GET /api/accounts/001/past': { periods } });
    change(find(element, 'c-error-panel'), {}, 'retry');
    await until('the rows', () => findAll(element, 'tbody tr').length === 2);
  });
});

describe('c-account-peers', () => {
  it('stands among nameless others; is accessible', async () => {
    const row = { measure: 'salesShare', mine: 0.2, others: 30, average: 0.3, low: 0.1, high: 0.4, position: 21 };
    serve({ 'GET /api/accounts/001/peers': { group: 'Hospital', others: 31, rows: [row] } });
    const element = mount('c-account-peers', AccountPeers, { accountId: '001' });
    await until('the row', () => deepText(element).includes('Number 21 of 31; average of the others 30 %'));
    expect(textOf(element)).toContain('Against 31 other accounts of its kind: Hospital');
    await expect(element).toBeAccessible();
  });
});

describe('c-near-accounts', () => {
  const one = (id: string, headroomUsd: number) => ({ id, name: `Clinic ${id}`, kind: 'Clinic', city: 'Town', tier: 'B', driveMinutes: 12.4, headroomUsd, potentialUsd: 9e5, salesUsd: 1e5, lastActivity: null }); // prettier-ignore
  const near = {
    territoryId: 't',
    territoryName: 'South East',
    hasPlace: true,
    accounts: Array.from({ length: 10 }, (_, i) => one(`a${i}`, 1e6 - i)),
  };
  const visit = (id: string, arrive: number) => ({ id, name: `Clinic ${id}`, kind: null, street: '1 Main St', city: 'Town', tier: 'B', headroomUsd: 1e6, driveMinutes: 10, arrive, leave: arrive + 35 }); // prettier-ignore
  const day = {
    territoryName: 'South East',
    date: '2026-12-01',
    visits: [visit('a1', 520), visit('001', 565), visit('a0', 610)],
    driveMinutes: 42,
    visitMinutes: 105,
    backMinutes: 12,
    fromHome: true,
    withoutPlace: ['Clinic a9'],
  };
  const show = () => mount('c-near-accounts', NearAccounts, { accountId: '001', teamId: 'team' });

  it('lists own accounts, eight at first, and plans a day with the chosen ones and this account', async () => {
    const calls = serve({ 'GET /api/accounts/001/near': near, 'GET /api/day-plan': day });
    const element = show();
    await until('the rows', () => findAll(element, 'li').length === 8);
    expect(calls.find(({ path }) => path.includes('/near'))?.path).toContain('minutes=30&team=team');
    pressable(element, 'Show 2 more').click();
    await until('all rows', () => findAll(element, 'li').length === 10);
    for (const id of ['a0', 'a1']) {
      const box = find<HTMLInputElement>(element, `input[data-id="${id}"]`);
      box.checked = true;
      box.dispatchEvent(new CustomEvent('change', { bubbles: true }));
    }
    await until('the count', () => deepAll(element, '*').some((each) => (each as { label?: string }).label === 'Day plan with 3 visits')); // prettier-ignore
    pressable(element, 'Day plan with 3 visits').click();
    await until('the plan', () =>
      deepText(element).includes('3 visits, 42 min on the road, 1 h 45 min with customers.'),
    );
    expect(deepText(element)).toContain('back home after 12 min at 10:57 AM');
    expect(deepText(element)).toContain('Left out, because the address is no place on the map: Clinic a9.');
    const asked = calls.find(({ path }) => path.includes('/day-plan'))!.path;
    expect(asked).toContain('territory=t&accounts=001,a0,a1&date=');
    expect(asked).toContain('&begin=510');
    await expect(element).toBeAccessible();
  });

  it('an error of the day plan leaves the choice as it is', async () => {
    serve({
      'GET /api/accounts/001/near': near,
      'GET /api/day-plan': fail(404, 'One is not shared.', 'Choose again.'),
    });
    const element = show();
    await until('the rows', () => findAll(element, 'li').length === 8);
    const box = find<HTMLInputElement>(element, 'input[data-id="a0"]');
    box.checked = true;
    box.dispatchEvent(new CustomEvent('change', { bubbles: true }));
    await until('the count', () => deepAll(element, '*').some((each) => (each as { label?: string }).label === 'Day plan with 2 visits')); // prettier-ignore
    pressable(element, 'Day plan with 2 visits').click();
    await until('the problem', () => deepText(element).includes('Choose again.'));
    expect(find<HTMLInputElement>(element, 'input[data-id="a0"]').checked).toBe(true);
  });

  it('says why nothing is near', async () => {
    serve({ 'GET /api/accounts/001/near': { ...near, hasPlace: false, accounts: [] } });
    const element = show();
    await until('the sentence', () => textOf(element).includes('Correct its ZIP in Salesforce'));
    expect(deep(element, 'input')).toBeUndefined();
    await expect(element).toBeAccessible();
  });
});
