import FeedbackForm from 'c/feedbackForm';
import FeedbackList from 'c/feedbackList';
import FeedbackRules from 'c/feedbackRules';
import { change, deepAll, deepText, fail, findAll, findPressable, labelled, mount, pressable, serve, textOf, unmountAll, until } from './kit'; // prettier-ignore

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const said = {
  id: 'f1',
  teamId: 'team',
  territoryId: 't',
  territoryName: 'South East',
  accountId: '001',
  accountName: 'St. Alban',
  reason: 'relationship',
  text: 'I cover that surgeon.',
  byName: 'Ben Cole',
  isMine: true,
  at: '2026-11-02T00:00:00Z',
  dueAt: '2026-11-09T12:00:00Z',
  state: 'open',
  decision: null,
  decidedByName: null,
  decidedAt: null,
  canDecide: false,
  kind: 'feedback',
  zips: [] as string[],
  toTerritoryId: null as string | null,
  toTerritoryName: null as string | null,
  isOverdue: false,
  askedName: 'South East',
  managers: ['Gideon Ullmark'],
  becomes: null as string | null,
  draftName: null as string | null,
  steps: [{ at: '2026-11-02T00:00:00Z', what: 'said', byName: 'Ben Cole', territoryName: null as string | null, note: 'I cover that surgeon.' }], // prettier-ignore
};
const places = {
  at: 't',
  suggested: 'n',
  places: [
    { id: 't', name: 'South East', parentName: 'East' },
    { id: 'n', name: 'North East', parentName: 'East' },
    { id: 'w', name: 'Far West', parentName: 'West' },
  ],
  drafts: [{ id: 'd1', name: 'Spring' }],
};
const PLACES = 'GET /api/feedback/places';
/** A base component in one of the decisions, by its label. */
const inside = (element: Element, label: string) =>
  deepAll(element, '*').find((one) => (one as unknown as { label?: string }).label === label)!;
const isDisabled = (element: Element, label: string) => (pressable(element, label) as unknown as { disabled: boolean }).disabled; // prettier-ignore

describe('c-feedback-form', () => {
  const show = () => mount('c-feedback-form', FeedbackForm, { accountId: '001', teamId: 'team', subject: 'St. Alban' });
  const fill = async (element: Element) => {
    change(labelled(element, 'What is wrong?'), { value: 'relationship' });
    change(labelled(element, 'In your words'), { value: 'I cover that surgeon.' });
    await until('the button', () => !isDisabled(element, 'Send'));
  };

  it('asks for a reason and words, sends them, and says with whom it is and until when', async () => {
    const calls = serve({ 'POST /api/feedback': said, [PLACES]: places });
    const element = show();
    expect(isDisabled(element, 'Send')).toBe(true);
    await until('the places', () => textOf(element) !== '' && findAll(element, 'lightning-combobox').length === 2);
    await expect(element).toBeAccessible();
    await fill(element);
    pressable(element, 'Send').click();
    await until('the answer', () =>
      textOf(element).includes('It is with your manager, Gideon Ullmark, due Nov 9, 2026.'),
    );
    expect(calls.at(-1)?.body).toEqual({ accountId: '001', teamId: 'team', toTerritoryId: 'n', reason: 'relationship', text: 'I cover that surgeon.' }); // prettier-ignore
    await expect(element).toBeAccessible();
  });

  it('is about a territory where no account is named', async () => {
    const calls = serve({ 'POST /api/feedback': said });
    const element = mount('c-feedback-form', FeedbackForm, { territoryId: 't', subject: 'South East' });
    await fill(element);
    pressable(element, 'Send').click();
    await until('the answer', () => textOf(element).includes('It is with your manager'));
    expect(calls.at(-1)?.body).toMatchObject({ territoryId: 't' });
    expect(calls.at(-1)?.body).not.toHaveProperty('accountId');
  });

  it('loses nothing when it is refused', async () => {
    serve({ 'POST /api/feedback': fail(409, 'You said so already.', 'Wait for the decision.') });
    const element = show();
    await fill(element);
    pressable(element, 'Send').click();
    await until('the problem', () => deepText(element).includes('Wait for the decision.'));
    expect((labelled(element, 'In your words') as unknown as { value: string }).value).toBe('I cover that surgeon.');
    expect(isDisabled(element, 'Send')).toBe(false);
  });
});

describe('c-feedback-list', () => {
  const show = (accountId: string | null = null) => mount('c-feedback-list', FeedbackList, { accountId });

  it('shows the rep what became of hers', async () => {
    const decided = { ...said, state: 'declined', decision: 'It stays.', decidedByName: 'Gideon Ullmark', decidedAt: '2026-11-04T12:00:00Z' }; // prettier-ignore
    serve({ 'GET /api/feedback': { feedback: [said, { ...decided, id: 'f2' }] } });
    const element = show();
    await until('both', () => findAll(element, 'li').length === 2);
    expect(textOf(element)).toContain('with your manager, Gideon Ullmark, due Nov 9, 2026');
    expect(textOf(element)).toContain('Gideon Ullmark declined it on Nov 4, 2026: “It stays.”');
    await expect(element).toBeAccessible();
  });

  const effect = {
    planName: 'Live plan',
    before: [
      { id: 't', name: 'South East', workloadHours: 1900, utilization: 1.04, potentialUsd: 2e6, salesUsd: 1e6 },
      { id: 'n', name: 'North East', workloadHours: 1500, utilization: 0.82, potentialUsd: 1e6, salesUsd: 5e5 },
    ],
    after: [
      { id: 't', name: 'South East', workloadHours: 1880, utilization: 1.02, potentialUsd: 1.9e6, salesUsd: 9e5 },
      { id: 'n', name: 'North East', workloadHours: 1520, utilization: 0.83, potentialUsd: 1.1e6, salesUsd: 6e5 },
    ],
  };
  /** An inbox with one open piece, and what is asked of the service about it. */
  const inbox = (one: object, answer: (body: { verdict: string }) => object) =>
    serve({
      'GET /api/feedback': () => ({ feedback: [{ ...said, isMine: false, canDecide: true, ...one }] }),
      [PLACES]: places,
      'GET /api/feedback/f1/effect': effect,
      'POST /api/feedback/f1/decision': answer,
    });

  it('whoever may decide sees both territories, and accepts into a draft', async () => {
    const accepted = { ...said, state: 'accepted', becomes: 'draft', draftName: 'Spring' };
    const calls = inbox({ toTerritoryId: 'n', toTerritoryName: 'North East' }, () => accepted);
    const element = show();
    await until('the effect', () => deepText(element).includes('in “Live plan”'));
    expect(textOf(element)).toContain('1 for you to decide');
    expect(deepText(element)).toContain('83 % +1');
    await expect(element).toBeAccessible();
    change(inside(element, 'Into which draft?'), { value: 'd1' });
    await until('the draft is asked', () => calls.some(({ path }) => path.includes('draftId=d1')));
    pressable(element, 'Accept and move').click();
    await until('what became of it', () => textOf(element).includes('it is a move in the draft “Spring”'));
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      verdict: 'accepted',
      text: '',
      toTerritoryId: 'n',
      draftId: 'd1',
    });
  });

  it('declines with a reason only', async () => {
    const calls = inbox({}, () => ({ ...said, state: 'declined' }));
    const element = show();
    await until('the inbox', () => textOf(element).includes('1 for you to decide'));
    await until('the form', () => findPressable(element, 'Decline'));
    expect(isDisabled(element, 'Decline')).toBe(true);
    change(inside(element, 'What do you tell who said it?'), { value: 'It stays with her.' });
    await until('the button', () => !isDisabled(element, 'Decline'));
    await expect(element).toBeAccessible();
    pressable(element, 'Decline').click();
    await until('the decision', () => textOf(element).includes('Declined. Who said it reads why.'));
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      verdict: 'declined',
      text: 'It stays with her.',
    });
  });

  it('passes it on to whose branch it is, and says with whom it is then', async () => {
    const calls = inbox({}, () => ({ ...said, askedName: 'Far West', managers: ['Mara Voss'] }));
    const element = show();
    await until('the form', () => findPressable(element, 'Decline'));
    pressable(element, 'Pass on…').click();
    await until('the choice', () => inside(element, 'To whose territory does it belong?'));
    expect(isDisabled(element, 'Pass it on')).toBe(true);
    change(inside(element, 'To whose territory does it belong?'), { value: 'w' });
    await until('the button', () => !isDisabled(element, 'Pass it on'));
    await expect(element).toBeAccessible();
    pressable(element, 'Pass it on').click();
    await until('the sentence', () => textOf(element).includes('It is with Mara Voss now, for Far West.'));
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ verdict: 'passed', text: '', passTo: 'w' });
  });

  it('tells what was done about it', async () => {
    const step = { at: '2026-11-03T12:00:00Z', byName: 'Gideon Ullmark', territoryName: 'South East', note: 'Fine.' };
    const steps = [...said.steps, { ...step, what: 'agreed' }];
    serve({ 'GET /api/feedback': { feedback: [{ ...said, isOverdue: true, steps }] } });
    const element = show();
    await until('the way', () => textOf(element).includes('Gideon Ullmark agreed for South East: “Fine.”'));
    expect(textOf(element)).toContain('Overdue');
  });

  it('holds to one account where one is named, says so where there is none, and what went wrong', async () => {
    serve({ 'GET /api/feedback': { feedback: [said] } });
    const other = show('002');
    await until('the sentence', () => textOf(other).includes('Nobody said that something is wrong.'));
    unmountAll();
    serve({ 'GET /api/feedback': fail(503, 'The org does not answer.', 'Try later.') });
    const broken = show();
    await until('the problem', () => deepText(broken).includes('Try later.'));
  });
});

describe('c-feedback-rules', () => {
  const rules = { version: 1, acceptUnderUsd: 5000, toOpsFromUsd: null as number | null, dueDays: 7, byName: 'Ann', at: null }; // prettier-ignore
  const URL = '/api/feedback/rules/team';

  it('says in words what holds; Sales Ops changes it', async () => {
    const calls = serve({
      [`GET ${URL}`]: rules,
      [`PUT ${URL}`]: (body: object) => ({ ...rules, ...body, version: 2 }),
    });
    const element = mount('c-feedback-rules', FeedbackRules, { canEdit: true, teamId: 'team' });
    await until('the words', () => textOf(element).includes('below $5k a year are given within their region at once'));
    await expect(element).toBeAccessible();
    change(labelled(element, 'Decide within (days)'), { value: '' });
    await until('no day is no rule', () => isDisabled(element, 'Save the rules'));
    change(labelled(element, 'Decide within (days)'), { value: '3' });
    await until('the button', () => !isDisabled(element, 'Save the rules'));
    pressable(element, 'Save the rules').click();
    await until('saved', () => textOf(element).includes('Saved.'));
    expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({
      version: 1,
      acceptUnderUsd: 5000,
      toOpsFromUsd: null,
      dueDays: 3,
    });
    expect(textOf(element)).toContain('due within 3 days');
  });

  it('others read it; what went wrong has a way out', async () => {
    serve({ [`GET ${URL}`]: rules });
    const element = mount('c-feedback-rules', FeedbackRules, { canEdit: false, teamId: 'team' });
    await until('the words', () => textOf(element).includes('Everything else is due within 7 days.'));
    expect(findAll(element, 'lightning-input')).toHaveLength(0);
    unmountAll();
    serve({ [`GET ${URL}`]: fail(503, 'The service does not answer.', 'Try later.') });
    const broken = mount('c-feedback-rules', FeedbackRules, { canEdit: true, teamId: 'team' });
    await until('the problem', () => deepText(broken).includes('Try later.'));
  });
});
