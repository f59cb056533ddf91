import ComputeForm from 'c/computeForm';
import { deep, find, labelled, mount, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const territories = [
  { label: 'North', value: 'n' },
  { label: 'South · Bo Lind', value: 's' },
];
const totals = { accounts: 5000, salesUsd: 9e6, pipelineUsd: 2e6, counties: 12, homes: 2 };
const show = () => {
  const element = mount('c-compute-form', ComputeForm, { planId: 'd', territories });
  const told: (Record<string, unknown> | null)[] = [];
  element.addEventListener('request', (event) => told.push((event as CustomEvent).detail));
  return { element, last: () => told.at(-1) };
};
const set = async (element: HTMLElement, label: string, detail: unknown) => {
  labelled(element, label).dispatchEvent(new CustomEvent('change', { detail }));
  await Promise.resolve();
};
const open = (element: HTMLElement) => find(element, 'details').dispatchEvent(new Event('toggle'));

describe('c-compute-form', () => {
  it('offers the presets, the gentlest first, and is accessible', async () => {
    serve();
    const { element } = show();
    const presets = labelled(element, 'How much may change') as unknown as {
      value: string;
      options: { value: string }[];
    };
    expect(presets.value).toBe('fewestChanges');
    expect(presets.options.map(({ value }) => value)).toEqual(['fewestChanges', 'balanced', 'cleanSlate']);
    expect(textOf(element)).toContain('at most 15 % of accounts · 15 % of sales');
    await expect(element).toBeAccessible();
  });

  it('puts every limit into the request', async () => {
    serve({ 'GET /api/alignments/d/limits': totals });
    const { element, last } = show();
    open(element);
    await until('the totals', () => textOf(element).includes('5,000 accounts'));
    await set(element, 'Accounts changing rep, at most %', { value: '5' });
    await set(element, 'Open pipeline changing rep, at most % of $2.0M', { value: '8' });
    await set(element, 'Each rep’s top accounts that stay', { value: '3' });
    await set(element, 'No ZIP joins a rep farther away than km', { value: '150' });
    await set(element, 'Counties stay whole unless balance needs the split', { checked: true });
    await set(element, 'Only these territories may change (none: all)', { value: ['n'] });
    expect(last()).toEqual({
      preset: 'fewestChanges',
      task: { kind: 'balance' },
      limits: { accountsShare: 0.05, salesShare: 0.15, pipelineShare: 0.08 },
      rules: {
        topAccounts: 3,
        wholeCounties: true,
        onlyTerritories: ['n'],
        maxKm: [{ territory: null, km: 150 }],
        bounds: [],
      },
    });
    expect(textOf(element)).toContain('top 3 accounts stay');
    await expect(element).toBeAccessible();
  });

  it('takes the least and most of hours and potential, and asks for nothing while they contradict each other', async () => {
    serve();
    const { element, last } = show();
    const rows = find(element, 'c-bound-rows');
    const type = (label: string, value: string, at = 0) => {
      const inputs = [...rows.shadowRoot!.querySelectorAll('*')].filter(
        (one) => (one as { label?: string }).label === label,
      );
      inputs[at]!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
      return Promise.resolve();
    };
    const press = async (text: string) => {
      [...rows.shadowRoot!.querySelectorAll('button')].find((one) => one.textContent === text)!.click();
      await Promise.resolve();
    };
    await press('Add a least or most');
    await type('Most hours', '1800');
    expect(last()).toMatchObject({
      rules: { bounds: [{ territory: null, measure: 'workloadHours', min: null, max: 1800 }] },
    });
    expect(textOf(element)).toContain('1 least or most');
    await press('Add another');
    await type('Territory', 's', 1);
    await type('Least hours', '1900', 1);
    expect(last()).toBeNull();
    expect(deep(element, '[role=alert]').textContent).toBe(
      'At least 1,900 hours and at most 1,800 hours cannot both hold for South, as one limit is on every territory.',
    );
    await expect(element).toBeAccessible();
    await type('Of', 'potentialUsd', 1);
    await type('Most US$', '2500000', 0);
    expect(last()).toMatchObject({
      rules: {
        bounds: [
          { territory: null, measure: 'workloadHours', min: null, max: 1800 },
          { territory: 's', measure: 'potentialUsd', min: 1900, max: 2_500_000 },
        ],
      },
    });
    await press('Remove');
    expect((last() as { rules: { bounds: unknown[] } }).rules.bounds).toHaveLength(1);
  });

  it('says so where the CRM shows no pipeline, and leaves the field out', async () => {
    serve({ 'GET /api/alignments/d/limits': { ...totals, pipelineUsd: null } });
    const { element } = show();
    open(element);
    await until('the sentence', () => textOf(element).includes('no limit on it'));
    expect(find(element, '[data-field=pipeline]')).toBeNull();
  });

  it('has no limits on a clean slate, and none but typed ones when reps change', async () => {
    serve();
    const { element, last } = show();
    await set(element, 'How much may change', { value: 'cleanSlate' });
    expect(last()).toMatchObject({ preset: 'cleanSlate', limits: null });
    await set(element, 'How much may change', { value: 'fewestChanges' });
    await set(element, 'What should be computed', { value: 'addRep' });
    expect(last()).toMatchObject({ task: { kind: 'addRep' }, limits: null });
    await set(element, 'Sales changing rep, at most %', { value: '4' });
    expect(last()).toMatchObject({ limits: { accountsShare: 0.15, salesShare: 0.04 } });
  });

  it('asks for the territories that a change is about, and says nothing until they are picked', async () => {
    serve();
    const { element, last } = show();
    await set(element, 'What should be computed', { value: 'merge' });
    expect(last()).toBeNull();
    await set(element, 'Territory that stays', { value: 'n' });
    await set(element, 'Territory that goes into it', { value: 'n' });
    expect(last()).toBeNull();
    await set(element, 'Territory that goes into it', { value: 's' });
    expect(last()).toMatchObject({ task: { kind: 'merge', territory: 'n', other: 's' } });
  });

  it('repairs all or one, in one to ten moves', async () => {
    serve();
    const { element, last } = show();
    await set(element, 'What should be computed', { value: 'repair' });
    expect(last()).toMatchObject({ task: { kind: 'repair', moves: 5, territories: null } });
    await set(element, 'At most so many moves (1 to 10)', { value: '40' });
    await set(element, 'Repair', { value: 's' });
    expect(last()).toMatchObject({ task: { kind: 'repair', moves: 10, territories: ['s'] } });
  });
});
