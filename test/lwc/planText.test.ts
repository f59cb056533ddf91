import PlanText from 'c/planText';
import { change, fail, findAll, labelled, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const plans = [{ id: 'draft', name: 'Spring', teamId: 'team', state: 'draft', version: 3 }];
const show = () => mount('c-plan-text', PlanText, { planId: 'draft', planName: 'Spring', plans });
const file = (text: string, size = text.length) => ({ name: 'plan.txt', size, text: async () => text });
const choose = (element: Element, one: object) => change(labelled(element, 'Open a plan text…'), { files: [one] });

describe('c-plan-text', () => {
  it('saves the plan as a file under its name, and is accessible', async () => {
    const calls = serve({ 'GET /api/alignments/draft/plan.txt': 'Bailiwick' });
    const saved: string[] = [];
    URL.createObjectURL = () => 'blob:plan';
    URL.revokeObjectURL = () => undefined;
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push(this.download);
    });
    const element = show();
    await expect(element).toBeAccessible();
    labelled(element, 'Save plan as text').click();
    await until('the word', () => textOf(element).includes('Spring is saved as text.'));
    expect(saved).toEqual(['Spring.plan.txt']);
    expect(calls.map(({ path }) => path)).toEqual(['/api/alignments/draft/plan.txt']);
    click.mockRestore();
  });

  it('opens a text as a draft of the team and tells the workbench', async () => {
    const notes = ['2 accounts were hidden.'];
    const calls = serve({ 'POST /api/alignments/import': { id: 'new', name: 'Spring', version: 1, notes } });
    const element = show();
    const told: unknown[] = [];
    element.addEventListener('planopened', (event) => told.push((event as CustomEvent).detail), { once: true });
    choose(element, file('the text'));
    await until('the word', () =>
      textOf(element).includes('“Spring” is opened as a new draft. 2 accounts were hidden.'),
    );
    expect(told).toEqual([{ value: 'new' }]);
    expect(calls[0]!.body).toEqual({ teamId: 'team', text: 'the text' });
  });

  it('lists every fault with its line and what to do; other trouble can be tried again', async () => {
    const faults = [
      { line: 12, what: 'There is no territory "Atlantis".', fix: 'Write a known one.' },
      { line: null, what: '3 ZIPs are missing.', fix: 'Add their lines.' },
    ];
    const error = { code: 'bad_request', message: 'Faults.', action: '', details: { faults, more: 5 } };
    serve({ 'POST /api/alignments/import': { fails: 400, error } });
    const element = show();
    choose(element, file('wrong'));
    await until('the faults', () => findAll(element, 'li').length === 2);
    expect(textOf(element)).toContain('7 faults: nothing was opened');
    expect(findAll(element, 'li')[0]!.textContent).toBe('Line 12 There is no territory "Atlantis". Write a known one.');
    expect(textOf(element)).toContain('5 more are told');
    await expect(element).toBeAccessible();
    serve({ 'POST /api/alignments/import': fail(503, 'Not now.', 'Wait.') });
    choose(element, file('again'));
    await until('the problem', () => findAll(element, 'c-error-panel').length === 1);
    expect(findAll(element, 'li')).toHaveLength(0);
  });

  it('sends no file that is too large', async () => {
    const calls = serve();
    const element = show();
    choose(element, file('x', 4_000_000));
    await until('the problem', () => findAll(element, 'c-error-panel').length === 1);
    expect(calls).toEqual([]);
  });
});
