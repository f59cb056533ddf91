import FeedbackForm from 'c/feedbackForm';
import FeedbackList from 'c/feedbackList';
import { change, deepText, fail, find, findAll, labelled, mount, pressable, serve, textOf, unmountAll, until } from './kit'; // prettier-ignore

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
  managers: ['Gideon Ullmark'],
};
const isDisabled = (element: Element, label: string) => (pressable(element, label) as unknown as { disabled: boolean }).disabled; // prettier-ignore

describe('c-feedback-form', () => {
  const show = () => mount('c-feedback-form', FeedbackForm, { accountId: '001', teamId: 'team', subject: 'St. Alban' });
  const fill = async (element: Element) => {
    change(labelled(element, 'What is wrong?'), { value: 'relationship' });
    change(labelled(element, 'In your words'), { value: 'I cover that surgeon.' });
    await until('the button', () => !isDisabled(element, 'Send'));
  };

  it('asks for a reason and words, sends them, and says with whom it is and until when', async () => {
    const calls = serve({ 'POST /api/feedback': said });
    const element = show();
    expect(isDisabled(element, 'Send')).toBe(true);
    await expect(element).toBeAccessible();
    await fill(element);
    pressable(element, 'Send').click();
    await until('the answer', () =>
      textOf(element).includes('It is with your manager, Gideon Ullmark, due Nov 9, 2026.'),
    );
    expect(calls.at(-1)?.body).toEqual({ accountId: '001', teamId: 'team', reason: 'relationship', text: 'I cover that surgeon.' }); // prettier-ignore
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

  it('whoever may decide accepts, or declines with a reason', async () => {
    let state = 'open';
    const calls = serve({
      'GET /api/feedback': () => ({ feedback: [{ ...said, isMine: false, state, canDecide: state === 'open' }] }),
      'POST /api/feedback/f1/decision': ({ verdict }: { verdict: string }) => ((state = verdict), said),
    });
    const element = show();
    await until('the inbox', () => textOf(element).includes('1 for you to decide'));
    expect(isDisabled(element, 'Decline')).toBe(true);
    change(labelled(element, 'What do you tell the rep?'), { value: 'It stays with her.' });
    await until('the button', () => !isDisabled(element, 'Decline'));
    await expect(element).toBeAccessible();
    pressable(element, 'Decline').click();
    await until('the decision', () => textOf(element).includes('Declined'));
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      verdict: 'declined',
      text: 'It stays with her.',
    });
    expect(find(element, '.decide')).toBeNull();
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
