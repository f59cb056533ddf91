import OptimizePanel from 'c/optimizePanel';
import { fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until, world, zips } from './kit';

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
  before: [],
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
const show = () => mount('c-optimize-panel', OptimizePanel, { planId: 'd', version: 3, unsaved: 0 });

describe('c-optimize-panel', () => {
  it('offers the presets, the gentlest first, and is accessible', async () => {
    const element = show();
    const presets = labelled(element, 'How much may change') as unknown as {
      value: string;
      options: { value: string }[];
    };
    expect(presets.value).toBe('fewestChanges');
    expect(presets.options.map(({ value }) => value)).toEqual(['fewestChanges', 'balanced', 'cleanSlate']);
    await expect(element).toBeAccessible();
  });

  it('shows progress with its numbers, then a sentence for every move', async () => {
    let asked = 0;
    serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': () => (asked++ === 0 ? running : done) });
    const element = show();
    const shown: unknown[] = [];
    element.addEventListener('proposal', (event) => shown.push((event as CustomEvent).detail?.onTargetAfter));
    labelled(element, 'Fix it').click();
    await until('progress', () => textOf(element).includes('40 % · 2 of 4'));
    await until('the result', () => textOf(element).includes('Two ZIPs go south.'));
    expect(textOf(element)).toContain('1 → 3 of 4');
    expect(shown).toEqual([3]);
    await expect(element).toBeAccessible();
  });

  it('keeps the ZIPs of a rejected move and solves again', async () => {
    const calls = serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': done });
    const element = show();
    labelled(element, 'Fix it').click();
    await until('the result', () => findAll(element, 'li').length === 1);
    labelled(element, 'Reject').click();
    await until('a second question', () => calls.filter(({ path }) => path === '/api/proposals').length === 2);
    const [first, second] = calls
      .filter(({ path }) => path === '/api/proposals')
      .map(({ body }) => (body as { keepUnits: string[] }).keepUnits);
    expect([first, second]).toEqual([[], [zips[0], zips[1]]]);
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
    await until('the result', () => findAll(element, 'li').length === 1);
    expect(calls[0]?.body).toMatchObject({ alignmentId: 'd', version: 4 });
  });

  it('shows the ZIPs of a move on the map', async () => {
    serve({ 'POST /api/proposals': { id: 'p' }, 'GET /api/proposals/p': done });
    const element = show();
    const shown = jest.fn();
    element.addEventListener('show', (event) => shown((event as CustomEvent).detail));
    labelled(element, 'Fix it').click();
    await until('the result', () => findAll(element, 'li').length === 1);
    find(element, '.title').click();
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
    await until('the best so far', () => textOf(element).includes('Two ZIPs go south.'));
    expect(textOf(element)).toContain('Stopped early');
    expect(calls.some(({ path }) => path.endsWith('/cancel'))).toBe(true);
  });

  it('accepts against the version that was shown', async () => {
    const calls = serve({
      'POST /api/proposals': { id: 'p' },
      'GET /api/proposals/p': done,
      'POST /api/proposals/p/accept': { version: 4 },
    });
    const element = show();
    const accepted = jest.fn();
    element.addEventListener('accepted', accepted);
    labelled(element, 'Fix it').click();
    await until('the result', () => findAll(element, 'li').length === 1);
    labelled(element, 'Accept into the draft').click();
    await until('the acceptance', () => accepted.mock.calls.length === 1);
    expect(calls.at(-1)).toMatchObject({ path: '/api/proposals/p/accept', body: { version: 3 } });
    expect(accepted.mock.calls[0][0].detail).toEqual({ owners: world.owners, version: 4 });
  });

  it('tells why there is no proposal', async () => {
    serve({ 'POST /api/proposals': fail(422, 'ZIP 80424 alone exceeds the cap.', 'Raise the cap.') });
    const element = show();
    labelled(element, 'Fix it').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('ZIP 80424 alone exceeds the cap.');
  });
});
