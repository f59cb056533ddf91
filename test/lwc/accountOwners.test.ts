import AccountOwners from 'c/accountOwners';
import { deepText, fail, find, findAll, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const move = (n: number) => ({
  at: `2026-01-${String(n).padStart(2, '0')}T12:00:00Z`,
  what: 'Change owner',
  from: 'Ana',
  to: 'Ben',
  why: 'Its ZIP lies in South.',
  planName: 'Spring',
  byName: 'Dana',
});
const moves = Array.from({ length: 12 }, (_, i) => move(i + 1));
const mounted = async (answers: object) => {
  const calls = serve(answers as never);
  const element = mount('c-account-owners', AccountOwners, { accountId: '001' });
  await until('an answer', () => !textOf(element).includes('Reading the history'));
  return { calls, element };
};

describe('c-account-owners', () => {
  it('tells the newest moves first, each with who and why; is accessible', async () => {
    const { element } = await mounted({ 'GET /api/accounts/001/owners': { on: null, moves } });
    const rows = findAll(element, 'li').map(({ textContent }) => textContent);
    expect(rows).toHaveLength(10);
    expect(rows[0]).toContain('Change owner: Ana → Ben');
    expect(rows[0]).toContain('Its ZIP lies in South.');
    expect(rows[0]).toMatch(/Jan 12, 2026.*Dana, plan “Spring”/);
    find(element, '[data-do=more]').click();
    await until('all', () => findAll(element, 'li').length === 12);
    await expect(element).toBeAccessible();
  });

  it('says who had it on a day', async () => {
    const on = { territory: 'North', owner: 'Ana', date: '2026-01-05' };
    const { calls, element } = await mounted({ 'GET /api/accounts/001/owners': { on: null, moves }, 'GET /api/accounts/001/owners?on=2026-01-05': { on, moves } }); // prettier-ignore
    const day = find<HTMLInputElement>(element, '[data-day]');
    day.value = '2026-01-05';
    day.dispatchEvent(new CustomEvent('change'));
    await until('the holder', () => textOf(element).includes('On Jan 5, 2026: North, owner Ana.'));
    expect(calls.at(-1)?.path).toBe('/api/accounts/001/owners?on=2026-01-05');
  });

  it('says that nothing was written yet, and what went wrong', async () => {
    const empty = await mounted({ 'GET /api/accounts/001/owners': { on: null, moves: [] } });
    expect(textOf(empty.element)).toContain('No change to this account was written from here yet.');
    const broken = await mounted({ 'GET /api/accounts/001/owners': fail(503, 'No answer.', 'Wait.') });
    expect(deepText(broken.element)).toContain('No answer.');
  });
});
