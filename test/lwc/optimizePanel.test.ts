import OptimizePanel from 'c/optimizePanel';
import { fail, find, labelled, mount, serve, textOf, unmountAll, until, world, zips } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const move = {
  units: [zips[0], zips[1]],
  fromId: 'a',
  fromName: 'North',
  toId: 'b',
  toName: 'South',
  sentence: 'Two ZIPs go south.',
  workloadHours: 12,
  potentialUsd: 1e6,
  accounts: 3,
};
const result = {
  moves: [move],
  before: [{}, {}, {}, {}],
  after: [{}, {}, {}, {}],
  onTargetBefore: 1,
  onTargetAfter: 3,
  accountsShare: 0.05,
  salesShare: 0.04,
  owners: world.owners,
  outside: [],
};
const progress = { phase: 'improving', share: 0.4, onTarget: 2, territories: 4 };
const running = { id: 'p', state: 'running', progress, error: null, result: null };
const done = { id: 'p', state: 'done', progress: { ...progress, share: 1 }, error: null, result };
const show = () => mount('c-optimize-panel', OptimizePanel, { planId: 'd', version: 3, unsaved: 0, territories: [] });
const form = (element: HTMLElement) => find(element, 'c-compute-form');
const plan = (element: HTMLElement) => find(element, 'c-proposal-result');
const ask = (element: HTMLElement, detail: unknown) =>
  form(element).dispatchEvent(new CustomEvent('request', { detail }));

describe('c-optimize-panel', () => {
  it('shows progress with its numbers, then the plan', async () => {
    let asked = 0;
    serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': () => (asked++ === 0 ? running : done) });
    const element = show();
    const shown: unknown[] = [];
    element.addEventListener('proposal', (event) => shown.push((event as CustomEvent).detail?.onTargetAfter));
    labelled(element, 'Fix it').click();
    await until('progress', () => textOf(element).includes('40 % · 2 of 4'));
    await until('the result', () => plan(element));
    expect(textOf(plan(element))).toContain('Two ZIPs go south.');
    expect(shown).toEqual([3]);
    await expect(element).toBeAccessible();
  });

  it('asks for what the form says, and for nothing while it is not filled in', async () => {
    const calls = serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': done });
    const element = show();
    ask(element, null);
    const button = () => labelled(element, 'Compute') as unknown as { disabled: boolean } | undefined;
    await until('the button waits', () => button()?.disabled);
    const leave = { preset: 'fewestChanges', task: { kind: 'leave', territory: 'a' }, limits: null, rules: {} };
    ask(element, leave);
    await until('the button', () => button()?.disabled === false);
    labelled(element, 'Compute').click();
    await until('the result', () => plan(element));
    expect(calls[0]?.body).toMatchObject({ ...leave, alignmentId: 'd', version: 3, keepUnits: [] });
  });

  it('keeps the ZIPs of a rejected move and solves again', async () => {
    const calls = serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': done });
    const element = show();
    labelled(element, 'Fix it').click();
    await until('the result', () => plan(element));
    labelled(plan(element), 'Reject').click();
    await until('a second question', () => calls.filter(({ path }) => path === '/api/proposals').length === 2);
    const [first, second] = calls
      .filter(({ path }) => path === '/api/proposals')
      .map(({ body }) => (body as { keepUnits: string[] }).keepUnits);
    expect([first, second]).toEqual([[], [zips[0], zips[1]]]);
  });

  it('gives the ZIPs of a rejected move to somebody else where their rep leaves', async () => {
    const calls = serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': done });
    const element = show();
    const task = { kind: 'leave', territory: 'a' };
    ask(element, { preset: 'fewestChanges', task, limits: null, rules: { topAccounts: 2 } });
    await until('the button', () => labelled(element, 'Compute'));
    labelled(element, 'Compute').click();
    await until('the result', () => plan(element));
    labelled(plan(element), 'Reject').click();
    await until('a second question', () => calls.filter(({ path }) => path === '/api/proposals').length === 2);
    const { rules } = calls.filter(({ path }) => path === '/api/proposals')[1]!.body as { rules: object };
    expect(rules).toEqual({ topAccounts: 2, forbidden: move.units.map((unit) => ({ unit, territory: 'b' })) });
  });

  it('has unsaved moves saved first and then computes on their version', async () => {
    const calls = serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': done });
    const element = mount('c-optimize-panel', OptimizePanel, { planId: 'd', version: 3, unsaved: 2 });
    const saves = jest.fn();
    element.addEventListener('savefirst', saves);
    labelled(element, 'Fix it').click();
    expect(saves).toHaveBeenCalledTimes(1);
    expect(calls).toEqual([]);
    Object.assign(element, { unsaved: 0, version: 4 });
    await until('the result', () => plan(element));
    expect(calls[0]?.body).toMatchObject({ alignmentId: 'd', version: 4 });
  });

  it('shows the ZIPs of a move on the map', async () => {
    serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': done });
    const element = show();
    const shown = jest.fn();
    element.addEventListener('show', (event) => shown((event as CustomEvent).detail));
    labelled(element, 'Fix it').click();
    await until('the result', () => plan(element));
    find(plan(element), '.title').click();
    expect(shown).toHaveBeenCalledWith({ zips: move.units });
  });

  it('keeps the best plan so far when it is cancelled while it runs', async () => {
    let isCancelled = false;
    const calls = serve({
      'POST /api/proposals': { id: 'p' },
      'GET /api/proposals/p': () => (isCancelled ? { ...done, progress } : running),
      'POST /api/proposals/p/cancel': () => {
        isCancelled = true;
        return running;
      },
    });
    const element = show();
    labelled(element, 'Fix it').click();
    await until('progress', () => textOf(element).includes('40 %'));
    labelled(element, 'Cancel').click();
    await until('the best so far', () => plan(element));
    expect(textOf(plan(element))).toContain('Stopped early');
    expect(calls.some(({ path }) => path.endsWith('/cancel'))).toBe(true);
  });

  it('accepts against the version that was shown; one with a new territory is opened afresh', async () => {
    let added: object | null = null;
    const calls = serve({
      'POST /api/proposals': { id: 'p' },
      'GET /api/proposals/p': () => ({ ...done, result: { ...result, added } }),
      'POST /api/proposals/p/accept': { version: 4 },
    });
    const element = show();
    const accepted: unknown[] = [];
    element.addEventListener('accepted', (event) => accepted.push((event as CustomEvent).detail));
    for (const fresh of [null, { id: 'n', name: 'New', zip: '10001', place: 'Town', givers: [] }]) {
      added = fresh;
      labelled(element, 'Fix it').click();
      await until('the result', () => plan(element));
      labelled(plan(element), 'Accept into the draft').click();
      await until('the acceptance', () => !plan(element));
      expect(calls.at(-1)).toMatchObject({ path: '/api/proposals/p/accept', body: { version: 3 } });
    }
    expect(accepted).toEqual([
      { owners: world.owners, version: 4 },
      { owners: null, version: 4 },
    ]);
  });

  it('tells why there is no proposal', async () => {
    serve({ 'POST /api/proposals': fail(422, 'ZIP 80424 alone exceeds the cap.', 'Raise the cap.') });
    const element = show();
    labelled(element, 'Fix it').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('ZIP 80424 alone exceeds the cap.');
  });
});
