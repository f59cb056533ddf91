import AuditPanel from 'c/auditPanel';
import SizePanel from 'c/sizePanel';
import WhiteSpacePanel from 'c/whiteSpacePanel';
import YieldPanel from 'c/yieldPanel';
import { change, deepText, fail, find, findAll, labelled, mount, pressable, serve, source, textOf, unmountAll, until } from './kit'; // prettier-ignore

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const provider = { key: '290', name: 'Dr. Open', zip: '17602', suppressed: true, why: 'noOwner', opportunityUsd: 5000 };
const pocket = {
  ...{ pocket: 1, place: '18 ZIPs around Lancaster', zips: ['17602'], units: [1, 2], opportunityUsd: 3_500_000 },
  ...{ workloadHours: 159, fte: 0.09, qValue: 0.02, providers: 32, topProviders: [provider], topFacilities: [] },
};
const figures = {
  territories: 25,
  fairness: [{ measure: 'workloadHours', tolerance: 0.1, onTarget: 13, worst: -0.56, variation: 0.21 }],
  bands: { 'under-used': 2, healthy: 10, stretched: 12, overloaded: 1 },
  travelHours: 5931,
};
const audit = {
  ...{ key: 'k', basis: 'plan', planName: 'Today', at: '2026-11-01T10:00:00Z', source, today: figures },
  withoutOwner: { units: 40, potentialUsd: 3_600_000 },
  ...{ demandUsd: 300e6, uncoveredUsd: 59e6, pockets: [pocket], furtherPockets: 2, impossible: null },
  merges: [{ a: 'Southern Tier', b: 'Central Pennsylvania', share: 0.72 }],
  best: { onTarget: 23, figures: { ...figures, fairness: [{ ...figures.fairness[0]!, onTarget: 24 }] }, accountsShare: 0.11, salesShare: 0.1, zips: 405 }, // prettier-ignore
  travel: { checked: 12, territories: 25, median: 0.05, p90: 0.15 },
};

describe('c-audit-panel', () => {
  it('shows how far it is, then today beside a good plan, and is accessible', async () => {
    let asked = 0;
    serve({
      'POST /api/insights/live/audit': () =>
        asked++ === 0 ? { state: 'running', share: 0.4, audit: null } : { state: 'done', share: 1, audit },
    });
    const element = mount('c-audit-panel', AuditPanel, { planId: 'live' });
    await until('progress', () => textOf(element).includes('40 %'));
    await until('the audit', () => findAll(element, 'tbody tr').length > 3);
    for (const text of [
      '13 of 25',
      'has 24',
      '18 ZIPs around Lancaster: $3.5M',
      'Southern Tier and Central Pennsylvania together fill 72 %',
      'And 2 smaller pockets',
    ])
      // prettier-ignore
      expect(textOf(element)).toContain(text);
    await expect(element).toBeAccessible();
  });

  it('says what went wrong and asks again', async () => {
    serve({ 'POST /api/insights/live/audit': fail(503, 'No claims are loaded yet.', 'Import a file.') });
    const element = mount('c-audit-panel', AuditPanel, { planId: 'live' });
    await until('the problem', () => find(element, 'c-error-panel'));
    serve({ 'POST /api/insights/live/audit': { state: 'done', share: 1, audit } });
    find(element, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    await until('the audit', () => textOf(element).includes('13 of 25'));
  });
});

describe('c-white-space-panel', () => {
  const answer = { since: '2025-11-01', demandUsd: 300e6, uncoveredUsd: 59e6, unplaced: 3, source, pockets: [pocket] };
  const leads = {
    counts: { createLead: 2, createAccount: 1, giveOwner: 29, visitAgain: 0 },
    leads: [{ key: '290', name: 'Dr. Open', step: 'createLead', town: 'Lancaster', zip: '17602', opportunityUsd: 5000, suppressed: true }], // prettier-ignore
  };

  it('ranks pockets, outlines them on the map, opens one with its providers and leads; nothing is written', async () => {
    const calls = serve({
      'GET /api/insights/live/white-space': answer,
      'GET /api/insights/live/leads?pocket=1': leads,
    });
    const element = mount('c-white-space-panel', WhiteSpacePanel, { planId: '', zips: 1800 });
    const told: unknown[] = [];
    for (const name of ['pockets', 'show'])
      element.addEventListener(name, (event) => told.push((event as CustomEvent).detail));
    (element as unknown as { planId: string }).planId = 'live';
    await until('the pockets', () => findAll(element, '.pocket').length === 1);
    expect(told[0]).toEqual([{ id: '1', label: '1', units: [1, 2], kind: 'whiteSpace' }]);
    find(element, '.pocket').click();
    await until('its providers', () => deepText(element).includes('Dr. Open'));
    expect(told[1]).toEqual({ units: [1, 2] });
    expect(deepText(element)).toContain('about $5k · 17602 · in no territory');
    await expect(element).toBeAccessible();
    pressable(element, 'What leads and accounts would this give?').click();
    await until('the leads', () => deepText(element).includes('2 leads and 1 account would be created'));
    expect(deepText(element)).toContain('Nothing is written to Salesforce');
    expect(calls.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('says so where nothing stands out', async () => {
    serve({ 'GET /api/insights/live/white-space': { ...answer, pockets: [] } });
    const element = mount('c-white-space-panel', WhiteSpacePanel, { planId: 'live' });
    await until('the sentence', () => deepText(element).includes('0 pockets stand out'));
    expect(deepText(element)).toContain('less than chance would leave');
  });
});

const region = (name: string | null, verdict: string) => ({
  ...{ region: name, territories: 7, reps: 7, vacant: 1, fieldHours: 11_000, heads: 7, low: 6, high: 7.8, verdict },
  oneMore: { hours: 812, fte: 0.49, givers: [{ index: 0, name: 'Boston Metro', hours: 683 }], roi: null },
});
const size = {
  limits: { mergeBelow: 0.9, overloaded: 1.15 },
  hasMoney: false,
  regions: [region('New England', 'rebalance'), region(null, 'enough')],
  territories: [
    { ...{ index: 0, id: 'A', name: 'Boston Metro', region: 'New England', verdict: 'rightSized', capacityShare: 1.37 }, mergeWith: null, mergeWithName: null, leftOverHours: 0, donors: [], roi: null }, // prettier-ignore
    { ...{ index: 1, id: 'B', name: 'South', region: null, verdict: 'merge', capacityShare: 0.72 }, mergeWith: 2, mergeWithName: 'Centre', leftOverHours: 0, donors: [], roi: null }, // prettier-ignore
    { ...{ index: 2, id: 'C', name: 'Centre', region: null, verdict: 'merge', capacityShare: 0.72 }, mergeWith: 1, mergeWithName: 'South', leftOverHours: 0, donors: [], roi: null }, // prettier-ignore
  ],
};
const standing = { id: 'A', index: 0, utilization: 0.9 };
const result = {
  ...{ moves: [], before: [], after: [standing, { id: 'N', index: 3, utilization: 0.92 }], onTargetBefore: 10 },
  ...{ onTargetAfter: 13, accountsShare: 0.04, salesShare: 0.03, owners: [0, 3, 3], outside: [], notes: [] },
  added: { id: 'N', name: 'New', zip: '02186', place: 'Milton, MA', givers: [{ name: 'Boston Metro', accounts: 109, salesUsd: 1.9e6, workloadHours: 894 }] }, // prettier-ignore
};
const progress = { phase: 'balance', share: 0.3, onTarget: 2, territories: 4 };

describe('c-size-panel', () => {
  const show = () => mount('c-size-panel', SizePanel, { planId: 'live', version: 4, canEdit: true });

  it('tells heads as a band and a verdict in hours and FTE, and is accessible', async () => {
    serve({ 'GET /api/insights/live/size?mergeBelow=0.9&overloaded=1.15': size });
    const element = show();
    await until('the table', () => deepText(element).includes('6.0 to 7.8'));
    pressable(element, 'New England').click();
    await until('the verdict', () => deepText(element).includes('Enough reps: rebalance before hiring.'));
    expect(deepText(element)).toContain('812 h that are above others’ hours: 0.49 FTE, from Boston Metro 683 h');
    expect(deepText(element)).toContain('Merge: South and Centre together fill 72 % of one rep’s hours.');
    expect(findAll(element, 'li').length).toBe(1);
    await expect(element).toBeAccessible();
  });

  it('tries one more rep: home, who gives what, outlined on the map, saved as a draft', async () => {
    const calls = serve({
      'GET /api/insights/live/size?mergeBelow=0.9&overloaded=1.15': size,
      'POST /api/proposals': { id: 'p' },
      'GET /api/proposals/p': { id: 'p', state: 'done', progress, error: null, result },
      'POST /api/proposals/p/draft': { id: 'd', name: 'One more rep in New England', version: 2, notes: [] },
    });
    const element = show();
    const told: [string, unknown][] = [];
    for (const name of ['pockets', 'planopened'])
      element.addEventListener(name, (event) => told.push([name, (event as CustomEvent).detail]));
    await until('the table', () => deepText(element).includes('6.0 to 7.8'));
    pressable(element, 'New England').click();
    await until('the question', () => deepText(element).includes('Where would one more rep live?'));
    pressable(element, 'Where would one more rep live?').click();
    await until('the home', () => deepText(element).includes('Best home: Milton, MA (02186).'));
    expect(calls.find(({ method, path }) => method === 'POST' && path === '/api/proposals')?.body).toMatchObject({ alignmentId: 'live', version: 4, task: { kind: 'addRep' }, rules: { onlyTerritories: ['A'] }, limits: null }); // prettier-ignore
    expect(told).toContainEqual(['pockets', [{ id: 'newRep', label: 'Milton, MA', units: [1, 2], kind: 'newRep' }]]);
    for (const text of ['109', '$1.9M', '894 h']) expect(deepText(element)).toContain(text);
    await expect(element).toBeAccessible();
    pressable(element, 'Save as draft').click();
    await until('it is saved', () => deepText(element).includes('Nothing in Salesforce has changed.'));
    expect(told.at(-1)).toEqual(['planopened', { value: 'd' }]);
  });

  it('tries a rep on leave from a form', async () => {
    const calls = serve({
      'GET /api/insights/live/size?mergeBelow=0.9&overloaded=1.15': size,
      'POST /api/proposals': { id: 'p' },
      'GET /api/proposals/p': { id: 'p', state: 'failed', progress, error: { message: 'Too far.', action: 'Try another.' }, result: null }, // prettier-ignore
    });
    const element = show();
    await until('the table', () => textOf(element).includes('6.0 to 7.8'));
    const form = find(element, 'c-what-if-form');
    expect((pressable(form, 'Try this') as unknown as { disabled: boolean }).disabled).toBe(true);
    change(find(form, '[data-field=kind]'), { value: 'leave' });
    change(find(form, '[data-field=territory]'), { value: 'B' });
    await until('it can be tried', () => !(pressable(form, 'Try this') as unknown as { disabled: boolean }).disabled);
    await expect(element).toBeAccessible();
    pressable(form, 'Try this').click();
    await until('the failure', () => deepText(element).includes('Too far.'));
    expect(calls.find(({ path }) => path === '/api/proposals')?.body).toMatchObject({ task: { kind: 'leave', territory: 'B' } }); // prettier-ignore
    expect(deepText(element)).toContain('A rep is on leave: South');
  });

  it('asks for all parts of the money before a return is told', async () => {
    const calls = serve({ 'GET /api/insights/live/size?mergeBelow=0.9&overloaded=1.15': size });
    const element = show();
    await until('the table', () => deepText(element).includes('6.0 to 7.8'));
    const margin = labelled(element, 'Margin, % of sales') as HTMLInputElement;
    margin.value = '60';
    margin.dispatchEvent(new CustomEvent('change', { detail: { value: '60' } }));
    await until('what is missing', () => deepText(element).includes('A return needs margin, cost and both ends'));
    expect(calls).toHaveLength(1);
  });
});

describe('c-yield-panel', () => {
  it('tells a band with what it assumes', async () => {
    serve({
      'GET /api/insights/d/yield': {
        ...{ effectUsd: { low: 100_000, high: 220_000 }, movedSalesUsd: 1e6, lossUsd: { low: 130_000, high: 180_000 } },
        ...{ netUsd: { low: -80_000, high: 90_000 }, assumptions: ['A band from assumptions, not a forecast.'] },
      },
    });
    const element = mount('c-yield-panel', YieldPanel, { planId: 'd', version: 2 });
    await until('the band', () => textOf(element).includes('+$100k to +$220k'));
    expect(textOf(element)).toContain('−$80k to +$90k');
    expect(textOf(element)).toContain('not a forecast');
    await expect(element).toBeAccessible();
  });
});
