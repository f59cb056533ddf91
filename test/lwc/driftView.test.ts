import DriftView from 'c/driftView';
import { deep, deepAll, deepText, fail, find, findAll, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const line = (n: number) => ({
  key: `k${n}`,
  kind: 'moved',
  accountId: `00${n}`,
  accountName: `Clinic ${n}`,
  zip: '02115',
  plan: 'North',
  crm: 'South',
  sentence: 'Is in South, and the plan says North.',
  byName: 'Cleo',
  at: '2026-01-02T00:00:00Z',
  actions: ['accept', 'putBack'],
});
const counts = [
  {
    kind: 'moved',
    n: 150,
    title: 'In another territory',
    about: 'Moved in Salesforce.',
    actions: ['accept', 'putBack'],
  },
  { kind: 'noZip', n: 0, title: 'Without a ZIP', about: 'Cannot be placed.', actions: [] },
];
const drift = { teamId: 'team', alignmentId: 'a', alignmentName: 'Today', readAt: '2026-01-02T00:00:00Z', counts, total: 150, items: [line(1), line(2)], offset: 0 }; // prettier-ignore
const preview = { previewHash: 'h', action: 'putBack', n: 1, sentences: ['1 account goes back to North.'], leftOut: [{ key: 'k9', why: 'Its owner is inactive.' }], items: [] }; // prettier-ignore
const mounted = async (more = {}) => {
  const calls = serve({ 'GET /api/teams/team/drift': drift, ...more });
  const element = mount('c-drift-view', DriftView, { teamId: 'team' });
  await until(
    'the kinds',
    () => findAll(element, '[data-kind]').length > 0 || textOf(element).includes('nothing differs'),
  );
  return { calls, element };
};

describe('c-drift-view', () => {
  it('lists kinds with counts, and the rows of one; is accessible', async () => {
    const { calls, element } = await mounted();
    expect(findAll(element, '[data-kind]')).toHaveLength(1);
    find(element, '[data-kind=moved]').click();
    await until('rows', () => textOf(element).includes('Plan: North · Salesforce: South'));
    expect(textOf(element)).toContain('2 of 150 shown');
    expect(calls.at(-1)?.path).toContain('kind=moved');
    await expect(element).toBeAccessible();
  });

  it('shows further pages of one reading, and finds', async () => {
    const { calls, element } = await mounted({
      'GET /api/teams/team/drift?kind=moved&limit=100&offset=2': { ...drift, items: [line(3), line(4)], offset: 2 },
    });
    find(element, '[data-kind=moved]').click();
    await until('rows', () => findAll(element, '[data-key]').length === 2);
    find(element, '[data-do=more]').click();
    await until('the next page', () => findAll(element, '[data-key]').length === 4);
    expect(calls.at(-1)?.path).toContain('offset=2&search=');
    const box = find<HTMLInputElement>(element, '[data-do=find]');
    box.value = 'Clinic & Co';
    box.dispatchEvent(new CustomEvent('change'));
    await until('what was found', () => calls.at(-1)?.path.includes('search=Clinic%20%26%20Co') ?? false);
    expect(calls.at(-1)?.path).toContain('offset=0');
    await expect(element).toBeAccessible();
  });

  it('puts ticked rows back after its own list', async () => {
    const { calls, element } = await mounted({
      'POST /api/teams/team/drift/preview': preview,
      'POST /api/teams/team/drift/act': { action: 'putBack', done: 1, problems: ['One is locked.'], publishId: null, alignmentId: null }, // prettier-ignore
    });
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    find(element, '[data-kind=moved]').click();
    await until('rows', () => findAll(element, '[data-key]').length === 2);
    expect(find(element, '[data-action=putBack]').textContent).toContain('Put back: all 150');
    find(element, '[data-key=k2]').click();
    await until('its count', () => find(element, '[data-action=putBack]').textContent?.includes('1 ticked'));
    find(element, '[data-action=putBack]').click();
    await until('the question', () => deepAll(element, '[role=dialog]').length === 1);
    expect(textOf(element)).toContain('1 account goes back to North.');
    expect(textOf(element)).toContain('1 row left out: Its owner is inactive.');
    await expect(element).toBeAccessible();
    deep(element, '[data-do=confirm]').click();
    await until('it is done', () => textOf(element).includes('1 row put back. One is locked.'));
    expect(calls.find(({ path }) => path.endsWith('/act'))?.body).toEqual({
      action: 'putBack',
      keys: ['k2'],
      previewHash: 'h',
    });
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('says that nothing differs, and what went wrong', async () => {
    const clean = await mounted({
      'GET /api/teams/team/drift': { ...drift, counts: [counts[1]], items: [], total: 0 },
    });
    expect(textOf(clean.element)).toContain('nothing differs');
    serve({ 'GET /api/teams/team/drift': fail(503, 'No answer.', 'Wait.') });
    const broken = mount('c-drift-view', DriftView, { teamId: 'team' });
    await until('the problem', () => find(broken, 'c-error-panel'));
    expect(deepText(broken)).toContain('No answer.');
  });
});
