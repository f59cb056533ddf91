import PublishRun from 'c/publishRun';
import { change, deep, deepAll, deepText, fail, find, mount, pressable, serve, textOf, unmountAll, until } from './kit';
import { handover, run, running, takeBack } from './publishWorld';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const show = () => mount('c-publish-run', PublishRun, { publishId: 'x' });
const base = { 'GET /api/publishes/x': run, 'GET /api/publishes/x/handover': handover };

describe('c-publish-run', () => {
  it('shows progress with its number and phase, and stops only after a question', async () => {
    let isStopped = false;
    const calls = serve({
      ...base,
      'GET /api/publishes/x': () => (isStopped ? { ...run, state: 'partial', canGoOn: true } : running),
      'POST /api/publishes/x/cancel': () => {
        isStopped = true;
        return { id: 'x' };
      },
    });
    const element = show();
    const finished: { isNews: boolean }[] = [];
    element.addEventListener('finished', (event) => finished.push((event as CustomEvent<{ isNews: boolean }>).detail));
    await until('progress', () => textOf(element).includes('1 of 3 changes · Changing owners'));
    await expect(element).toBeAccessible();
    find(element, '[data-do=cancel]').focus();
    find(element, '[data-do=cancel]').click();
    await until('the question', () => deepAll(element, '[role=dialog]').length === 1);
    deep(element, '[role=dialog]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await until('no question', () => deepAll(element, '[role=dialog]').length === 0);
    expect(calls.some(({ path }) => path.endsWith('/cancel'))).toBe(false);
    find(element, '[data-do=cancel]').click();
    await until('the question', () => deepAll(element, '[role=dialog]').length === 1);
    deep(element, '[data-do=confirm]').click();
    await until('the end', () => textOf(element).includes('Done, except for some records'));
    expect(finished.map(({ isNews }) => isNews)).toEqual([true]);
  });

  it('goes on with the rest, and lists what failed with its reason', async () => {
    const failure = {
      accountId: '002',
      accountName: 'Old Mill',
      what: 'Change owner',
      code: 'X',
      message: 'The record is locked.',
      action: 'Go on later.',
    };
    let asked = 0;
    const partial = {
      ...run,
      state: 'partial',
      canGoOn: true,
      failures: [failure],
      outcomes: { ...run.outcomes, failed: 40 },
      error: { code: 'org_limit', message: 'The limit is used up.', action: 'Wait.' },
    };
    const calls = serve({
      ...base,
      'GET /api/publishes/x': () => (asked++ === 0 ? partial : run),
      'POST /api/publishes/x/go-on': { id: 'x' },
    });
    const element = show();
    await until('the failure', () => textOf(element).includes('The record is locked. Go on later.'));
    expect(textOf(element)).toContain('20 of 40 are listed here');
    expect(textOf(element)).toContain('The limit is used up. Wait.');
    pressable(element, 'Go on with the rest').click();
    await until('the end', () => textOf(element).includes('Published and verified'));
    expect(calls.some(({ path }) => path === '/api/publishes/x/go-on')).toBe(true);
  });

  it('says who was asked about, and asks about all', async () => {
    const some = { checked: 3, asPlanned: 3, differences: [], access: { asked: 1250, of: 100000, blind: 10 } };
    const all = { ...some, access: { asked: 100000, of: 100000, blind: 0 } };
    serve({
      ...base,
      'GET /api/publishes/x': { ...run, verified: some },
      'POST /api/publishes/x/check-access': { ...run, verified: all },
    });
    const element = show();
    await until('the line', () =>
      textOf(element).includes('1,240 of 1,250 accounts seen by their reps; asked about 1,250 of 100,000.'),
    );
    find(element, '[data-do=check]').click();
    await until('all', () => textOf(element).includes('100,000 of 100,000 accounts seen by their reps.'));
    expect(find(element, '[data-do=check]')).toBeNull();
  });

  it('lists the handover by pairs of reps', async () => {
    serve(base);
    const element = show();
    await until('the pair', () => deepText(element).includes('Ana → Ben'));
    expect(deepText(element)).toContain('1 account, $5k sales, 1 open deal of $20k');
    expect(deepText(element)).not.toContain('Knee set');
    deep(element, '[data-pair]').click();
    await until('its accounts', () => deepText(element).includes('Knee set (next: Call)'));
    await expect(element).toBeAccessible();
  });

  it('takes back some territories only, after its own list', async () => {
    const calls = serve({
      ...base,
      'POST /api/publishes/x/take-back/preview': takeBack,
      'POST /api/publishes/x/take-back': { id: 'y' },
      'GET /api/alignments/d': { territories: [{ id: 'T1', name: 'North', canEdit: true }, null] },
    });
    const element = show();
    const started: string[] = [];
    element.addEventListener('started', (event) => started.push((event as CustomEvent<string>).detail));
    await until('the end', () => textOf(element).includes('Published and verified'));
    pressable(element, 'Take it back').click();
    await until('its list', () => deepText(element).includes('Ben → Ana'));
    deep(element, '[data-tab=stays]').click();
    await until('what stays', () => deepText(element).includes('Somebody else changed it since.'));
    const details = deep(deep(element, 'c-take-back-preview'), 'details') as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new CustomEvent('toggle'));
    await until('territories', () => deepAll(element, 'lightning-checkbox-group').length === 1);
    change(deep(element, 'lightning-checkbox-group'), { value: ['T1'] });
    await until('a second list', () => calls.filter(({ path }) => path.endsWith('take-back/preview')).length === 2);
    expect(calls.at(-1)?.body).toEqual({ territoryIds: ['T1'] });
    await until('the list', () => deepText(element).includes('Is undone 1'));
    await expect(element).toBeAccessible();
    pressable(deep(element, 'c-take-back-preview'), 'Take it back').click();
    await until('the question', () => deepAll(element, '[role=dialog]').length === 1);
    deep(element, '[data-do=confirm]').click();
    await until('it began', () => started.length === 1);
    expect(calls.at(-1)?.body).toEqual({ territoryIds: ['T1'], previewHash: 'back' });
  });

  it('says what went wrong and looks again', async () => {
    let asked = 0;
    serve({ ...base, 'GET /api/publishes/x': () => (asked++ === 0 ? fail(503, 'No answer.', 'Wait.') : run) });
    const element = show();
    await until('the problem', () => find(element, 'c-error-panel'));
    change(find(element, 'c-error-panel'), {}, 'retry');
    await until('the end', () => textOf(element).includes('Published and verified'));
  });
});
