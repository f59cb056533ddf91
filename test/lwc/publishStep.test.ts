import PublishStep from 'c/publishStep';
import { change, deep, deepAll, deepText, fail, find, mount, pressable, serve, textOf, unmountAll, until } from './kit';
import { handover, preview, run, takeBack } from './publishWorld';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const answers = {
  'POST /api/publishes/preview': preview,
  'GET /api/publishes?team': { publishes: [] },
  'POST /api/publishes': { id: 'x' },
  'GET /api/publishes/x': run,
  'GET /api/publishes/x/handover': handover,
};
const plan = { draftId: 'd', draftName: 'Draft', version: 2 };
const show = (properties = {}) =>
  mount('c-publish-step', PublishStep, { plan, teamId: 'team', territories: [], states: [], ...properties });
const listed = (element: Element) => until('the list', () => deepAll(element, '[data-tab]').length > 0);
const previews = (calls: { path: string; body: unknown }[]) =>
  calls.filter(({ path }) => path === '/api/publishes/preview').map(({ body }) => body);

describe('c-publish-step', () => {
  it('publishes exactly what was previewed, shows the proof, and takes it back after its own list', async () => {
    const running = { ...run, state: 'running', finishedAt: null, verified: null };
    let asked = 0;
    const calls = serve({
      ...answers,
      'GET /api/publishes/x': () => (asked++ === 0 ? running : run),
      'POST /api/publishes/x/take-back/preview': takeBack,
      'POST /api/publishes/x/take-back': { id: 'y' },
      'GET /api/publishes/y': { ...run, id: 'y', kind: 'takeBack', canTakeBack: false },
    });
    const element = show();
    const published = jest.fn();
    element.addEventListener('published', published);
    await listed(element);
    pressable(element, 'Publish to the CRM').click();
    await until('the proof', () => deepText(element).includes('3 of 3 changes read back are as planned'));
    expect(calls.find(({ path, method }) => method === 'POST' && path === '/api/publishes')?.body).toEqual({
      alignmentId: 'd',
      version: 2,
      previewHash: 'hash',
      leaveOut: [],
    });
    expect(published).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
    pressable(element, 'Take it back').click();
    await until(
      'its list',
      () => deepText(element).includes('Somebody else') || deepAll(element, '[data-tab=stays]')[0],
    );
    pressable(deep(element, 'c-take-back-preview'), 'Take it back').click();
    await until('the question', () => deepAll(element, '[role=dialog]').length === 1);
    deep(element, '[data-do=confirm]').click();
    await until('the way back', () => deepText(element).includes('as they were before'));
    expect(calls.find(({ path }) => path === '/api/publishes/x/take-back')?.body).toEqual({
      territoryIds: null,
      previewHash: 'back',
    });
  });

  it('asks again with another choice, and with what is left out', async () => {
    const calls = serve(answers);
    const element = show();
    await listed(element);
    change(pressable(element, 'Account owner becomes the territory’s rep'), { checked: false });
    await until('a second list', () => previews(calls).length === 2);
    expect(previews(calls)[1]).toMatchObject({ owners: false, associations: true, deals: 'stay', part: null });
    deep(element, '[data-tab=conflicts]').click();
    await until('conflicts', () => deepAll(element, '[data-account="002"]').length === 1);
    deep(element, '[data-account="002"]').click();
    await until('the button', () => deepAll(element, '[data-do=leave]').length === 1);
    deep(element, '[data-do=leave]').click();
    await until('a third list', () => previews(calls).length === 3);
    expect(previews(calls)[2]).toMatchObject({ owners: false, leaveOut: ['002'] });
  });

  it('lists anew when another draft is opened, and not when nothing changed', async () => {
    const calls = serve(answers);
    const element = show();
    await listed(element);
    Object.assign(element, { plan: { ...plan } });
    Object.assign(element, { plan: { ...plan, version: 3 } });
    await until('a second list', () => previews(calls).length === 2);
    await listed(element);
    expect(previews(calls)).toHaveLength(2);
    expect(previews(calls)[1]).toMatchObject({ version: 3 });
  });

  it('has nothing to write when nothing differs', async () => {
    const zero = Object.fromEntries(Object.keys(preview.counts).map((name) => [name, 0]));
    serve({ ...answers, 'POST /api/publishes/preview': { ...preview, counts: zero, structure: [] } });
    const element = show();
    await until('it is said', () => textOf(element).includes('Nothing to do'));
    expect((pressable(element, 'Publish to the CRM') as HTMLButtonElement).disabled).toBe(true);
  });

  it('says that the org changed since, and makes the list again', async () => {
    const calls = serve({
      ...answers,
      'POST /api/publishes': fail(409, 'The org changed since the preview.', 'Look at the list again.'),
    });
    const element = show();
    await listed(element);
    pressable(element, 'Publish to the CRM').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('The org changed since the preview.');
    change(find(element, 'c-error-panel'), {}, 'retry');
    await until('a new list', () => previews(calls).length === 2);
  });

  it('has nothing to publish without a draft but still lists and takes back an earlier publish', async () => {
    const calls = serve({
      ...answers,
      'GET /api/publishes?team': { publishes: [run] },
      'POST /api/publishes/x/take-back/preview': takeBack,
    });
    const element = show({ plan: { draftId: '', draftName: '', version: 0 } });
    await until('the earlier one', () => deepAll(element, '[data-run]').length === 1);
    expect(textOf(element)).toContain('There is no draft to publish');
    expect(previews(calls)).toEqual([]);
    deep(element, '[data-run]').click();
    await until('the run', () => deepText(element).includes('Published and verified'));
    pressable(element, 'Take it back').click();
    await until('the list', () => calls.some(({ path }) => path === '/api/publishes/x/take-back/preview'));
  });

  it('is not pressed before an approval, says what comes next, and is as soon as it is approved', async () => {
    serve(answers);
    const element = show();
    await listed(element);
    const isDisabled = () => (pressable(element, 'Publish to the CRM') as HTMLButtonElement).disabled;
    const read = (needsApproval: boolean, stage = 'draft', approval: object = { missing: [], approvers: [] }) =>
      change(find(element, 'slot'), { id: 'd', needsApproval, stage, approval }, 'liferead');
    expect(isDisabled()).toBe(false);
    read(true);
    await until('the reason', () => isDisabled());
    expect(textOf(element)).toContain('Only approved plans are published in this team, as a whole or by parts. Send this one to review first'); // prettier-ignore
    await expect(element).toBeAccessible();
    read(true, 'announced', { missing: ['Boston Metro', 'Cape Cod'], approvers: ['Gideon Ullmark', 'Ana Bell'] });
    const next = 'Still to be approved: Boston Metro, Cape Cod, by Gideon Ullmark, Ana Bell or by Sales Ops.';
    await until('who', () => textOf(element).includes(next));
    read(true, 'review', { missing: ['A', 'B', 'C', 'D', 'E', 'F'], approvers: [] });
    await until('how many', () => textOf(element).includes('Still to be approved: 6 territories, by Sales Ops.'));
    // what is read of another plan says nothing about this one
    change(find(element, 'slot'), { id: 'e', needsApproval: true, stage: 'draft', approval: { missing: [], approvers: [] } }, 'liferead'); // prettier-ignore
    await until('another plan', () => !isDisabled());
    read(true);
    await until('the reason', () => isDisabled());
    read(false, 'approved');
    await until('the approval', () => !isDisabled());
    expect(textOf(element)).not.toContain('Only approved plans');
  });
});
