import SetupChecks from 'c/setupChecks';
import { deepText, fail, find, findAll, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const check = (name: string, state: string, click: string | null) => ({
  name,
  title: `About ${name}`,
  state,
  what: `What of ${name}.`,
  click,
});
const answer = {
  checks: [
    check('cors', 'ok', null),
    check('rights', 'bad', 'Setup → Permission Sets → Bailiwick.'),
    check('budget', 'warn', null),
  ],
  state: 'bad',
  at: '2026-01-02T00:00:00Z',
};

describe('c-setup-checks', () => {
  it('lists every check with its state and what to click, and is accessible', async () => {
    serve({ 'GET /api/setup/checks': answer });
    const element = mount('c-setup-checks', SetupChecks);
    await until('the list', () => findAll(element, 'li').length === 3);
    expect(textOf(element)).toContain('2 checks of 3 to look at');
    expect(textOf(element)).toContain('Setup → Permission Sets → Bailiwick.');
    const words = findAll(element, 'lightning-icon').map((icon) => (icon as unknown as { alternativeText: string }).alternativeText); // prettier-ignore
    expect(words).toEqual(['Does not work', 'To look at', 'In order']);
    await expect(element).toBeAccessible();
  });

  it('checks again', async () => {
    let asked = 0;
    const good = { ...answer, checks: [answer.checks[0]], state: 'ok' };
    serve({ 'GET /api/setup/checks': () => (asked++ === 0 ? answer : good) });
    const element = mount('c-setup-checks', SetupChecks);
    await until('the list', () => findAll(element, 'li').length === 3);
    find(element, '[data-do=check]').click();
    await until('all is well', () => textOf(element).includes('All 1 checks are in order'));
  });

  it('says that the service does not answer', async () => {
    serve({ 'GET /api/setup/checks': fail(503, 'No answer.', 'Wait.') });
    const element = mount('c-setup-checks', SetupChecks);
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(deepText(element)).toContain('No answer.');
  });
});
