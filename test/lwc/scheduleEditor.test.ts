import ScheduleEditor from 'c/scheduleEditor';
import {
  change,
  deep,
  deepAll,
  deepText,
  fail,
  find,
  findPressable,
  mount,
  pressable,
  serve,
  textOf,
  unmountAll,
  until,
} from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
jest.mock('@salesforce/user/Id', () => ({ default: '0055g0000000002AAA' }), { virtual: true });
afterEach(unmountAll);

const settings = {
  isOn: true,
  isPaused: false,
  strategy: {
    associations: true,
    owners: true,
    teamRole: null,
    stampField: null,
    runRules: true,
    structure: true,
    deals: 'stay',
    dealStage: null,
    batchSize: 200,
  },
  schedule: '0 2 * * *',
  fullComparison: '30 3 * * *',
  onClaims: true,
  sheetName: null,
  onChanges: true,
  pollMinutes: 15,
  quiet: [{ from: '07:00', to: '19:00' }],
  fuse: { movedShare: 0.02, territoryShare: 0.1, vanishedShare: 0.05, newShare: 0.05, dealStage: null },
  webhookUrl: null,
  tellUserIds: [],
};
const answer = {
  teamId: 'team',
  teamName: 'Sales',
  version: 3,
  settings,
  hasWebhookSecret: false,
  savedByName: 'Dana',
  savedAt: '2026-01-02T00:00:00Z',
  timeZone: 'America/New_York',
  nextRunAt: '2026-01-03T07:00:00Z',
  nextTimes: ['2026-01-03T07:00:00Z'],
  isQuietNow: false,
  stages: ['Prospecting', 'Negotiation'],
};
const counts = { accounts: 900, moved: 300, placed: 0, add: 300, remove: 300, owners: 290, deals: 4, conflicts: 0 };
const waiting = {
  id: 'w',
  trigger: 'schedule',
  state: 'waiting',
  startedAt: '2026-01-02T07:00:00Z',
  finishedAt: '2026-01-02T07:00:09Z',
  durationMs: 9000,
  alignmentId: 'a',
  alignmentName: 'Today',
  alignmentVersion: 4,
  counts,
  apiCalls: 12,
  publishId: null,
  reason: 'The run would move too much.',
  action: 'Look at what changed.',
  fuse: [
    {
      kind: 'moved',
      sentence: '300 of 900 accounts would move: 33 %, above 2 %.',
      n: 300,
      of: 900,
      territoryName: null,
    },
  ],
  previewHash: 'hash',
  byName: null,
  notified: ['Task for Dana.'],
};
const done = { ...waiting, id: 'd', state: 'done', publishId: 'x', reason: null, action: null, fuse: [], notified: [] };
const base = {
  'GET /api/teams/team/sync-settings': answer,
  'GET /api/teams/team/sync-runs': { runs: [waiting, done], waiting, isRunning: false },
};
const mounted = async (more = {}) => {
  const calls = serve({ ...base, ...more });
  const element = mount('c-schedule-editor', ScheduleEditor, { teamId: 'team' });
  await until('the form', () => deepAll(element, 'c-sync-runs').length > 0);
  await until('runs', () => (deep(element, '[data-do=run]').textContent ?? '') !== '');
  return { calls, element };
};

describe('c-schedule-editor', () => {
  it('says when it runs, in which time zone, what stops it and what it did; and is accessible', async () => {
    const { element } = await mounted();
    const text = deepText(element);
    expect(text).toMatch(/Next run Jan \d, 2026/);
    expect(text).toContain('Saved by Dana');
    expect(text).toContain('America/New_York');
    expect((pressable(element, '% of all accounts would change territory') as HTMLInputElement).value).toBe(2);
    await until('the runs', () => deepText(element).includes('900 accounts compared, 300 to move'));
    expect(deepText(element)).toContain('Task for Dana.');
    await expect(element).toBeAccessible();
  });

  it('saves what was changed, on the version that was read', async () => {
    const { calls, element } = await mounted({ 'PUT /api/teams/team/sync-settings': { ...answer, version: 4 } });
    change(pressable(element, 'When'), { value: '*' });
    await until('room for cron', () =>
      findPressable(element, 'Minute, hour, day of the month, month, day of the week'),
    );
    change(pressable(element, 'Minute, hour, day of the month, month, day of the week'), { value: '15 4 * * 1-5' });
    change(pressable(element, '% of all accounts would change territory'), { value: '0' });
    change(pressable(element, '% of all accounts would change territory'), { value: '1.5' });
    change(pressable(element, 'Paused: compare, but write nothing'), { checked: true });
    change(pressable(element, 'Me, by a task in Salesforce'), { checked: true });
    change(pressable(element, 'Account owner becomes the territory’s rep'), { checked: false });
    pressable(element, 'Add quiet hours').click();
    await until('two', () => deepAll(element, '[data-side=from]').length === 2);
    pressable(element, 'Save the schedule').click();
    await until('it is saved', () => textOf(element).includes('Saved.'));
    expect(calls.find(({ method }) => method === 'PUT')?.body).toMatchObject({
      version: 3,
      schedule: '15 4 * * 1-5',
      isPaused: true,
      fuse: { movedShare: 0.015, territoryShare: 0.1 },
      strategy: { owners: false, deals: 'stay' },
      quiet: [settings.quiet[0], { from: '07:00', to: '19:00' }],
      tellUserIds: ['0055g0000000002AAA'],
    });
  });

  it('tells why a run waits, and writes it once only after a question', async () => {
    let approved = false;
    const { calls, element } = await mounted({
      'GET /api/teams/team/sync-runs': () => ({ runs: [done], waiting: approved ? null : waiting, isRunning: false }),
      'POST /api/sync-runs/w/approve': () => {
        approved = true;
        return { id: 'x' };
      },
    });
    await until('the reason', () => deepText(element).includes('300 of 900 accounts would move: 33 %, above 2 %.'));
    deep(element, '[data-do=approve]').click();
    await until('the question', () => deepAll(element, '[role=dialog]').length === 1);
    await expect(element).toBeAccessible();
    deep(element, '[data-do=confirm]').click();
    await until('nothing waits', () => deepAll(element, 'c-waiting-run').length === 0);
    expect(calls.find(({ path }) => path.endsWith('/approve'))?.body).toEqual({ previewHash: 'hash' });
  });

  it('dismisses a waiting run, and runs now', async () => {
    const { calls, element } = await mounted({
      'POST /api/sync-runs/w/dismiss': {},
      'POST /api/teams/team/sync-runs': { id: 'n' },
    });
    await until('the run', () => deepAll(element, '[data-do=dismiss]').length === 1);
    deep(element, '[data-do=dismiss]').click();
    await until('the question', () => deepAll(element, '[role=dialog]').length === 1);
    deep(element, '[data-do=confirm]').click();
    await until('the request', () => calls.some(({ path }) => path === '/api/sync-runs/w/dismiss'));
    await until('it is free', () => !(deep(element, '[data-do=run]') as HTMLButtonElement).disabled);
    deep(element, '[data-do=run]').click();
    await until('the request', () => calls.some(({ method, path }) => method === 'POST' && path === '/api/teams/team/sync-runs')); // prettier-ignore
  });

  it('says that somebody else saved meanwhile, and that nothing can be read', async () => {
    const { element } = await mounted({ 'PUT /api/teams/team/sync-settings': fail(409, 'Cleo saved meanwhile.', 'Read it again.') }); // prettier-ignore
    pressable(element, 'Save the schedule').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(deepText(element)).toContain('Cleo saved meanwhile.');
    serve({ 'GET /api/teams/team/sync-settings': fail(503, 'No answer.', 'Wait.') });
    const broken = mount('c-schedule-editor', ScheduleEditor, { teamId: 'team' });
    await until('the problem', () => find(broken, 'c-error-panel'));
    expect(textOf(broken)).not.toContain('Reading the settings');
  });
});
