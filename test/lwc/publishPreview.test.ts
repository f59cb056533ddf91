import PublishPreview from 'c/publishPreview';
import { deep, deepAll, deepText, fail, find, findAll, mount, serve, textOf, unmountAll, until } from './kit';
import { preview } from './publishWorld';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const request = { alignmentId: 'd', version: 1 };
const show = (properties = {}) =>
  mount('c-publish-preview', PublishPreview, { preview, request, leftOut: [], ...properties });
const open = async (element: Element, tab: string) => {
  deep(element, `[data-tab=${tab}]`).click();
  await until(tab, () => deep(element, `[data-tab=${tab}]`).getAttribute('aria-selected') === 'true');
};

describe('c-publish-preview', () => {
  it('lists what will change, list by list, and is accessible', async () => {
    serve();
    const element = show();
    expect(textOf(element)).toContain('gains 1 account, $5k sales');
    await open(element, 'deals');
    expect(textOf(element)).toContain('Negotiation, $20k · stays with Ana');
    expect(textOf(element)).toContain('Prospecting, no amount · Ana → Ben');
    await open(element, 'kept');
    expect(textOf(element)).toContain('made by an assignment rule');
    await open(element, 'territories');
    expect(textOf(element)).toContain('Create the territory Cape.');
    await open(element, 'teams');
    expect(textOf(element)).toContain('Ben joins the account team');
    await open(element, 'unplaced');
    expect(textOf(element)).toContain('None.');
    expect(deepText(element)).toContain('Needs 30 API calls; 10 of 1,000 used today.');
    await expect(element).toBeAccessible();
  });

  it('says how many rows there are beyond those that the screen gets', async () => {
    serve();
    const element = show();
    await open(element, 'add');
    expect(deep(element, '[data-tab=add]').textContent?.trim()).toBe('Moves 1,200');
    expect(textOf(element)).toContain('1 of 1,200 shown; the screen lists 1 at most, the file has all.');
  });

  it('leaves conflicts out by a tick, and takes them in again', async () => {
    serve();
    const element = show({ leftOut: [{ ...preview.conflicts[0], accountId: '009', accountName: 'Mercy' }] });
    const told: { accountId: string }[][] = [];
    element.addEventListener('leaveout', (event) => told.push((event as CustomEvent<{ accountId: string }[]>).detail));
    await open(element, 'conflicts');
    expect(textOf(element)).toMatch(/Was put into North\. Cleo, Jan 2, 2026/);
    const box = (id: string) => find<HTMLInputElement>(element, `[data-account="${id}"]`);
    expect([box('009').checked, box('001').checked]).toEqual([true, false]);
    expect(find(element, '[data-do=leave]')).toBeNull();
    box('001').click();
    await until('the button', () => find(element, '[data-do=leave]'));
    expect(find(element, '[data-do=leave]').textContent).toContain('Leave 2 accounts out');
    find(element, '[data-do=leave]').click();
    box('009').click();
    await Promise.resolve();
    find(element, '[data-do=leave]').click();
    expect(told.map((list) => list.map(({ accountId }) => accountId))).toEqual([['009', '001'], []]);
    await expect(element).toBeAccessible();
  });

  it('saves everything as a file, with what the preview was asked for', async () => {
    const calls = serve({ 'POST /api/publishes/preview.csv': {} });
    URL.createObjectURL = jest.fn(() => 'blob:x');
    URL.revokeObjectURL = jest.fn();
    const element = show();
    find(element, '[data-do=save]').click();
    await until('the file', () => (URL.createObjectURL as jest.Mock).mock.calls.length === 1);
    expect(calls.at(-1)).toMatchObject({ path: '/api/publishes/preview.csv', body: request });
  });

  it('says why a file could not be made', async () => {
    serve({ 'POST /api/publishes/preview.csv': fail(503, 'Salesforce does not answer.', 'Wait.') });
    const element = show();
    find(element, '[data-do=save]').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(deepText(element)).toContain('Salesforce does not answer.');
  });

  it('shows a long list piece by piece, and tabs go by arrow keys', async () => {
    serve();
    const many = Array.from({ length: 70 }, (_, i) => ({ ...preview.owners[0]!, accountName: `Clinic ${i}` }));
    const counts = { ...preview.counts, owners: 70 };
    const element = show({ preview: { ...preview, owners: many, counts } });
    const tab = (name: string) => deep(element, `[data-tab=${name}]`);
    tab('reps').focus();
    tab('reps').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    await until('the next tab', () => tab('add').getAttribute('aria-selected') === 'true');
    tab('add').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    await until('owners', () => tab('owners').tabIndex === 0);
    expect(findAll(element, 'li')).toHaveLength(50);
    find(element, '[data-do=more]').click();
    await until('all', () => findAll(element, 'li').length === 70);
    tab('owners').dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    await until('the last', () => tab('unplaced').getAttribute('aria-selected') === 'true');
    expect(deepAll(element, '[role=tab]').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });
});
