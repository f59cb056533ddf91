import AccountComing from 'c/accountComing';
import IntroductionList from 'c/introductionList';
import LeaveCovers from 'c/leaveCovers';
import PlanFairness from 'c/planFairness';
import PlanLife from 'c/planLife';
import { change, deepText, fail, find, findAll, findPressable, labelled, mount, pressable, serve, textOf, unmountAll, until } from './kit'; // prettier-ignore

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const settings = {
  approvalRequired: true,
  approverIsAnother: false,
  smallChangesAreFree: true,
  tellReps: true,
  tellManagers: true,
  introductionDays: 14,
  keepYears: null as number | null,
};
const LABELS = ['draft', 'review', 'announced', 'approved', 'scheduled', 'live'];
const life = (stage: string, more: object = {}) => ({
  id: 'd',
  name: 'Spring',
  teamId: 'team',
  state: 'draft',
  stage,
  version: 3,
  path: LABELS.map((each, k) => ({
    stage: each,
    label: each,
    isNow: each === stage,
    isDone: k < LABELS.indexOf(stage),
    at: k <= LABELS.indexOf(stage) && k > 0 ? '2026-11-02T10:00:00Z' : null,
    byName: k === 0 ? 'Ana Bell' : 'Gideon Ullmark',
    note: null,
  })),
  steps: [{ at: '2026-11-02T10:00:00Z', what: 'submitted', note: 'Look at Boston.', byName: 'Ana Bell', version: 3 }],
  can: ['submit', 'drop'],
  settings,
  touched: 2,
  accounts: 31,
  needsApproval: true,
  approval: { missing: [], approvers: [], approvals: [] },
  schedule: null,
  timeZone: 'America/New_York',
  cover: null,
  notices: [],
  ...more,
});
const isDisabled = (element: Element, label: string) => (pressable(element, label) as unknown as { disabled: boolean }).disabled; // prettier-ignore

describe('c-plan-life', () => {
  const show = async (answers: Record<string, unknown>) => {
    const calls = serve(answers);
    const element = mount('c-plan-life', PlanLife, { planId: 'd', version: 3 });
    expect(textOf(element)).toContain('Asking where the plan is…');
    await until('the path', () => findAll(element, 'ol li').length > 0 || findAll(element, 'c-error-panel').length > 0);
    return { calls, element };
  };

  it('shows the path, what holds, and one button that leads on, with a note', async () => {
    const { calls, element } = await show({
      'GET /api/alignments/d/life': life('draft'),
      'POST /api/alignments/d/steps': life('review', { can: ['return', 'announce', 'approve', 'drop'] }),
    });
    expect(findAll(element, 'ol li')).toHaveLength(6);
    expect(find(element, '[aria-current=step]').textContent).toContain('draft');
    expect(textOf(element)).toContain('It changes 2 territories and 31 accounts.');
    expect(textOf(element)).toContain('Only approved plans are published in this team.');
    await expect(element).toBeAccessible();
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    change(labelled(element, 'Note'), { value: 'Please look.' });
    pressable(element, 'Send to review').click();
    await until('the next step', () => findPressable(element, 'Announce to reps'));
    expect(calls.at(-1)?.body).toEqual({ step: 'submit', version: 3, note: 'Please look.' });
    expect(changed).toHaveBeenCalledTimes(1);
    // going back needs a reason
    expect(isDisabled(element, 'Return to draft')).toBe(true);
    expect(textOf(element)).toContain('“Return to draft”: say why');
    change(labelled(element, 'Note'), { value: 'Too many ZIPs.' });
    await until('the reason', () => !isDisabled(element, 'Return to draft'));
    await expect(element).toBeAccessible();
  });

  it('tells whoever holds it what it has read, at first and after a step', async () => {
    serve({
      'GET /api/alignments/d/life': life('draft'),
      'POST /api/alignments/d/steps': life('review', { can: ['announce'] }),
    });
    const element = mount('c-plan-life', PlanLife, { planId: 'd', version: 3 });
    const stages: string[] = [];
    document.body.addEventListener('liferead', (event) => stages.push((event as CustomEvent<{ stage: string }>).detail.stage)); // prettier-ignore
    await until('the button', () => findPressable(element, 'Send to review'));
    pressable(element, 'Send to review').click();
    await until('the step', () => stages.length === 2);
    expect(stages).toEqual(['draft', 'review']);
  });

  it('says which part of a leave cover is published', async () => {
    const cover = { id: 'c', territoryName: 'Boston Metro', repName: 'Ben Cole', backOn: '2027-01-01', state: 'covering', reason: 'Published for Cape Cod only: exactly that goes back.' }; // prettier-ignore
    const { element } = await show({ 'GET /api/alignments/d/life': life('draft', { cover }) });
    expect(textOf(element)).toContain('It covers Ben Cole and goes back on Jan 1, 2027.');
    expect(textOf(element)).toContain('Published for Cape Cod only: exactly that goes back.');
  });

  it('sets the date of an approved plan, and tells why a plan did not go live', async () => {
    const schedule = { effectiveOn: '2027-01-01', at: '2027-01-01T05:00:00Z', state: 'failed', reason: 'The org did not answer.', action: 'Try again.', byName: 'Ana Bell', runId: null }; // prettier-ignore
    const { calls, element } = await show({
      'GET /api/alignments/d/life': life('approved', { can: ['revoke', 'schedule'] }),
      'POST /api/alignments/d/schedule': life('scheduled', { can: ['revoke', 'unschedule', 'tryAgain'], schedule }),
      'POST /api/alignments/d/try-again': life('scheduled', { can: ['unschedule'], schedule: { ...schedule, state: 'waiting' } }), // prettier-ignore
    });
    expect(textOf(element)).toContain('Nobody can change it as long as it is approved.');
    expect(isDisabled(element, 'Set the date')).toBe(true);
    const date = find<HTMLInputElement>(element, '[data-date]');
    date.value = '2027-01-01';
    date.dispatchEvent(new Event('change'));
    await until('the button', () => !isDisabled(element, 'Set the date'));
    pressable(element, 'Set the date').click();
    await until('the failure', () =>
      textOf(element).includes('It did not go live. The org did not answer. Try again.'),
    );
    expect(calls.at(-1)?.body).toEqual({ version: 3, effectiveOn: '2027-01-01', note: '' });
    await expect(element).toBeAccessible();
    pressable(element, 'Try again').click();
    await until('the try', () => !textOf(element).includes('did not go live'));
    expect(textOf(element)).toContain('Live from Jan 1, 2027 on (America/New_York), by itself.');
  });

  it('shows who was told and everything that happened, and what went wrong with a way out', async () => {
    const notices = [
      { kind: 'change', userName: 'Ben Cole', subject: 's', state: 'sent', problem: null, at: '2026-11-02T10:00:00Z', sentAt: '2026-11-02T10:00:00Z' }, // prettier-ignore
      { kind: 'waits', userName: 'Gideon Ullmark', subject: 's', state: 'failed', problem: 'inactive user', at: '2026-11-02T10:00:00Z', sentAt: null }, // prettier-ignore
    ];
    const { element } = await show({ 'GET /api/alignments/d/life': life('announced', { notices, can: [] }) });
    expect(textOf(element)).toContain('Who was told: 2 people');
    expect(textOf(element)).toContain('Ben Cole: told of the change');
    expect(textOf(element)).toContain('not reached: inactive user');
    expect(textOf(element)).toContain('Sent to review: Look at Boston.');
    expect(findAll(element, 'lightning-button')).toHaveLength(0);
    unmountAll();
    const bad = await show({ 'GET /api/alignments/d/life': fail(403, 'You manage no territory.', 'Ask Sales Ops.') });
    await until('the error', () => deepText(bad.element).includes('Ask Sales Ops.'));
    await expect(bad.element).toBeAccessible();
  });
});

describe('c-plan-fairness', () => {
  it('is read when somebody opens it, and anew for another version', async () => {
    let turn = 0;
    const calls = serve({ 'GET /api/alignments/d/fairness': () => ({ sentences: [`Reading ${++turn}.`] }) });
    const element = mount('c-plan-fairness', PlanFairness, { planId: 'd', version: 1 });
    expect(calls).toHaveLength(0);
    const details = find<HTMLDetailsElement>(element, 'details');
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await until('the sentences', () => textOf(element).includes('Reading 1.'));
    await expect(element).toBeAccessible();
    element.version = 2;
    await until('the new ones', () => textOf(element).includes('Reading 2.'));
  });
});

describe('c-leave-covers', () => {
  const cover = { id: 'c1', alignmentId: 'd', proposalId: 'p', territoryId: 't', territoryName: 'South East', repName: 'Ben Cole', fromOn: '2026-12-01', backOn: '2027-02-01', state: 'planned', stayed: [], reason: null, action: null, byName: 'Ana' }; // prettier-ignore
  const split = {
    version: 2,
    takers: [{ name: 'South West', repName: 'Ida Moss', zips: 3, accounts: 12, utilizationBefore: 0.8, utilizationAfter: 1.1 }], // prettier-ignore
    stays: { zips: 1, accounts: 2 },
  };
  const territories = [{ label: 'South East', value: 't' }];

  it('splits a territory, says who takes what and what nobody has room for, and opens the plan', async () => {
    let covers: object[] = [];
    const calls = serve({
      'GET /api/teams/team/covers': () => ({ covers }),
      'POST /api/teams/team/covers': () => ((covers = [cover]), cover),
      'GET /api/proposals/p': { id: 'p', state: 'done', progress: { share: 1 }, error: null, result: null },
      'POST /api/covers/c1/take': split,
    });
    const element = mount('c-leave-covers', LeaveCovers, { teamId: 'team', territories });
    await until('the list', () => textOf(element).includes('No leave was covered yet.'));
    expect(isDisabled(element, 'Split the cover')).toBe(true);
    change(labelled(element, 'Who is on leave?'), { value: 't' });
    const [from, back] = findAll(element, 'input[type=date]') as HTMLInputElement[];
    for (const [input, value] of [
      [from, '2026-12-01'],
      [back, '2027-02-01'],
    ] as const) {
      input!.value = value;
      input!.dispatchEvent(new Event('input'));
    }
    await until('the button', () => !isDisabled(element, 'Split the cover'));
    pressable(element, 'Split the cover').click();
    await until('who takes what', () => textOf(element).includes('Ida Moss, South West: 12 accounts in 3 ZIPs'));
    expect(textOf(element)).toContain('80 % → 110 % of the hours');
    expect(textOf(element)).toContain('For 2 accounts in 1 ZIP nobody near has room: they stay with Ben Cole.');
    expect(calls.find(({ path, method }) => method === 'POST' && path === '/api/teams/team/covers')?.body).toEqual({ territoryId: 't', fromOn: '2026-12-01', backOn: '2027-02-01' }); // prettier-ignore
    await expect(element).toBeAccessible();
    const opened = jest.fn();
    element.addEventListener('planopened', (event) => opened((event as CustomEvent).detail));
    pressable(element, 'Open this plan').click();
    expect(opened).toHaveBeenCalledWith({ value: 'd' });
  });

  it('offers another try where the end failed, and tells what stayed', async () => {
    const failed = { ...cover, state: 'failed', reason: 'Salesforce refused it.', stayed: [] };
    const ended = { ...cover, id: 'c2', state: 'ended', stayed: ['ZIP 02110 was given to another territory since.'] };
    const calls = serve({
      'GET /api/teams/team/covers': { covers: [failed, ended] },
      'POST /api/covers/c1/try-again': { ...failed, state: 'returning' },
    });
    const element = mount('c-leave-covers', LeaveCovers, { teamId: 'team', territories });
    await until('the list', () => findAll(element, '[data-id]').length === 1);
    expect(textOf(element)).toContain('Salesforce refused it.');
    expect(textOf(element)).toContain('ZIP 02110 was given to another territory since.');
    find(element, '[data-id]').click();
    await until('the try', () => calls.some(({ path }) => path === '/api/covers/c1/try-again'));
  });
});

describe('c-account-coming', () => {
  const coming = {
    ...{ teamName: 'Sales', planName: 'Spring', stage: 'approved', effectiveOn: '2027-01-01', backOn: null },
    approvedBy: ['Gideon Ullmark'],
    from: { territoryName: 'South East', repName: 'Ben Cole', before: 1.3, after: 1.02 },
    to: { territoryName: 'South West', repName: 'Ida Moss', before: 0.8, after: 0.98 },
    reasons: ['South East uses 130 % of its hours today and 102 % with this plan.'],
    ...{ deals: 'stay', dealStage: null, openDeals: 2 },
  };
  it('says to whom, when and why, and what happens to the deals; nothing where nothing changes', async () => {
    serve({ 'GET /api/accounts/001/coming': { coming: [coming] }, 'GET /api/accounts/002/coming': { coming: [] } });
    const element = mount('c-account-coming', AccountComing, { accountId: '001' });
    await until('the change', () => findAll(element, 'section').length === 1);
    const text = textOf(element);
    expect(text).toContain('This account changes hands on Jan 1, 2027');
    expect(text).toContain('Ida Moss, South West (80 % → 98 % of the hours)');
    expect(text).toContain('“Spring”, approved by Gideon Ullmark');
    expect(text).toContain('2 deals: stay with their owner');
    expect(text).toContain('130 % of its hours today');
    await expect(element).toBeAccessible();
    element.accountId = '002';
    await until('nothing', () => findAll(element, 'section').length === 0);
  });
});

describe('c-introduction-list', () => {
  const pair = { fromName: 'Ben Cole', toName: 'Ida Moss', dueOn: '2027-01-15', done: 1, total: 3, open: ['St. Alban', 'Mercy'] }; // prettier-ignore
  it('makes tasks, and shows how far they are', async () => {
    const calls = serve({
      'GET /api/publishes/x/introductions': { pairs: [], done: 0, total: 0, refused: 0 },
      'POST /api/publishes/x/introductions': { pairs: [pair], done: 1, total: 3, refused: 1 },
    });
    const element = mount('c-introduction-list', IntroductionList, { publishId: 'x' });
    await until('the answer', () => textOf(element).includes('No tasks yet.'));
    pressable(element, 'Tasks for all accounts').click();
    await until('the pairs', () => textOf(element).includes('Ben Cole → Ida Moss: 1 of 3 done, due Jan 15, 2027'));
    expect(calls.at(-1)?.body).toEqual({ accounts: 'all' });
    expect(textOf(element)).toContain('Open: St. Alban; Mercy');
    expect(textOf(element)).toContain('Salesforce did not take 1 task.');
    await expect(element).toBeAccessible();
  });
});
