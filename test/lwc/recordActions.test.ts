import FieldPlan from 'c/fieldPlan';
import ReassignAction from 'c/reassignAction';
import { deepText, fail, find, findAll, mount, pressable, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);

jest.mock(
  'lightning/actions',
  () => ({
    CloseActionScreenEvent: class extends CustomEvent<unknown> {
      constructor() {
        super('lightning__actionsclosescreen', { bubbles: true, composed: true });
      }
    },
  }),
  { virtual: true },
);
afterEach(unmountAll);

describe('c-reassign-action', () => {
  const team = { teamId: 'team', teamName: 'Sales', version: 5, territory: { id: 'a', name: 'North' }, choices: [], canReassign: true, why: { kind: 'zip', text: '' }, unitIndexes: [] }; // prettier-ignore
  const page = { account: { id: '001', name: 'St. Alban', zip: '02115' }, teams: [team], siblings: 0, zipAccounts: 2 };
  type Action = HTMLElement & { recordId: string };

  it('waits for the id of the record, which comes late, and opens the same panel', async () => {
    const calls = serve({ 'GET /api/accounts/001/territory': page });
    const element = mount('c-reassign-action', ReassignAction) as Action;
    expect(textOf(element)).toContain('Looking up the territory');
    expect(calls).toEqual([]);
    element.recordId = '001';
    await until('the panel', () => find(element, 'c-reassign-panel'));
    await expect(element).toBeAccessible();
    const closed = jest.fn();
    element.addEventListener('lightning__actionsclosescreen', closed);
    find(element, 'c-reassign-panel').dispatchEvent(new CustomEvent('close'));
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('says whose it is to those who may not, and what went wrong', async () => {
    serve({ 'GET /api/accounts/001/territory': { ...page, teams: [{ ...team, canReassign: false }] } });
    const element = mount('c-reassign-action', ReassignAction, { recordId: '001' });
    await until('the sentence', () => textOf(element).includes('It is in North, which is not yours to change.'));
    unmountAll();
    serve({ 'GET /api/accounts/001/territory': fail(503, 'The org does not answer.', 'Try later.') });
    const broken = mount('c-reassign-action', ReassignAction, { recordId: '001' });
    await until('the problem', () => deepText(broken).includes('Try later.'));
  });
});

describe('c-field-plan', () => {
  const visit = (id: string) => ({ id, name: `Clinic ${id}`, kind: null, street: null, city: 'Town', tier: 'A', headroomUsd: 0, driveMinutes: 10, arrive: 520, leave: 565 }); // prettier-ignore
  const day = (date: string, id: string) => ({
    date,
    visits: [visit(id)],
    driveMinutes: 20,
    visitMinutes: 45,
    backMinutes: 10,
  });
  const plan = {
    territoryId: 't',
    territoryName: 'North',
    from: '2026-12-01',
    workdays: 6,
    tiers: [{ tier: 'A', accounts: 7, callsPerYear: 24, minutesPerCall: 45, visits: 14 }],
    days: ['01', '02', '03', '04', '07', '08', '09'].map((date, i) => day(`2026-12-${date}`, String(i))),
  };

  it('says who is called on how often, shows a week of days, and warns where a month is not enough', async () => {
    const calls = serve({ 'GET /api/territories/t/field-plan': plan });
    const element = mount('c-field-plan', FieldPlan, { territoryId: 't' });
    await until('the days', () => findAll(element, 'details').length === 5);
    expect(textOf(element)).toContain('7 visits take 7 days; a month has 6 working days. That is more than a month');
    expect(textOf(element)).toContain('Tue, Dec 1');
    await expect(element).toBeAccessible();
    pressable(element, 'Show the next 2 days').click();
    await until('all days', () => findAll(element, 'details').length === 7);
    const from = find<HTMLInputElement>(element, 'input[type=date]');
    from.value = '2027-01-04';
    from.dispatchEvent(new CustomEvent('change'));
    await until('the question', () => calls.some(({ path }) => path.endsWith('/field-plan?from=2027-01-04')));
  });

  it('says what went wrong', async () => {
    serve({ 'GET /api/territories/t/field-plan': fail(404, 'There is no such territory.', 'Open your own.') });
    const element = mount('c-field-plan', FieldPlan, { territoryId: 't' });
    await until('the problem', () => deepText(element).includes('Open your own.'));
  });
});
