import DriftPanel from 'c/driftPanel';
import HourBars from 'c/hourBars';
import HoursPanel from 'c/hoursPanel';
import { find, findAll, mount, pressable, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

describe('c-hours-panel', () => {
  const tier = { callsPerYear: 24, minutesPerCall: 45 };
  const callPlan = { tiers: { A: tier, B: tier, C: tier }, caseShare: 0.04, hoursPerCase: 2, administrationHours: 180, workingHours: 1840 }; // prettier-ignore
  const travel = { circuity: 1.3, tourConstant: 1.1, stopsPerDay: 6, cyclesPerYear: 12, localSpeedKmh: 35, highwaySpeedKmh: 85, highwayFromKm: 60 }; // prettier-ignore
  const seats = { A: { fte: 1, leaveWeeks: 0, quotaUsd: null } };
  const answer = { version: 2, isDraft: true, parameters: { callPlan, travel, seats }, defaults: { callPlan, travel }, territories: [{ id: 'A', name: 'North', repName: 'Ana' }] }; // prettier-ignore
  const row = (utilization: number) => ({ index: 0, name: 'North', workloadHours: 1000, capacityHours: 1840, utilization, band: 'healthy', quotaUsd: null, quotaFairness: null, ofTarget: { workloadHours: 1 } }); // prettier-ignore

  it('tries a change at once, saves it with the draft, and is accessible', async () => {
    const calls = serve({
      'GET /api/insights/d/parameters': answer,
      'GET /api/insights/d/balance': { territories: [row(0.54)] },
      'POST /api/insights/d/parameters/preview': { territories: [row(1.2)] },
      'PUT /api/insights/d/parameters': { version: 3 },
    });
    const element = mount('c-hours-panel', HoursPanel, { planId: 'd' });
    const details = find(element, 'details') as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new CustomEvent('toggle'));
    await until('the fields', () => findAll(element, 'fieldset').length === 3);
    await expect(element).toBeAccessible();
    const hours = find(element, 'input[data-field="callPlan.workingHours"]') as HTMLInputElement;
    hours.value = '1600';
    hours.dispatchEvent(new CustomEvent('input'));
    await until('the effect', () => textOf(element).includes('54 % → 120 % of the hours'));
    const sent = calls.find(({ method }) => method === 'POST')?.body as { parameters: typeof answer.parameters };
    expect(sent.parameters.callPlan).toEqual({ ...callPlan, workingHours: 1600 });
    pressable(element, 'Save with the draft').click();
    await until('it is saved', () => textOf(element).includes('Saved with the draft.'));
    expect(calls.find(({ method }) => method === 'PUT')?.body).toMatchObject({ version: 2 });
  });

  it('fits road ÷ straight line to roads where there is a routing server, as a figure to look at', async () => {
    const calls = serve({
      'GET /api/insights/d/parameters': { ...answer, hasRoads: true },
      'GET /api/insights/d/balance': { territories: [row(0.54)] },
      'POST /api/insights/d/parameters/roads': { ways: 240, circuity: 1.42, errorBefore: 0.12, errorAfter: 0.06 },
      'POST /api/insights/d/parameters/preview': { territories: [row(0.6)] },
    });
    const element = mount('c-hours-panel', HoursPanel, { planId: 'd' });
    const details = find(element, 'details') as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new CustomEvent('toggle'));
    await until('the fields', () => findAll(element, 'fieldset').length === 3);
    pressable(element, 'Fit to road times').click();
    await until('the sentence', () =>
      textOf(element).includes('Road ÷ straight line is 1.42 on 240 ways of this plan'),
    );
    await until('the effect', () => textOf(element).includes('54 % → 60 % of the hours'));
    const tried = calls.findLast(({ path }) => path.endsWith('/preview'))?.body as {
      parameters: typeof answer.parameters;
    };
    expect(tried.parameters.travel).toEqual({ ...travel, circuity: 1.42 });
    expect(calls.some(({ method }) => method === 'PUT')).toBe(false);
  });
});

describe('c-drift-panel', () => {
  const parts = { demand: 0.3, accounts: -0.05, reps: 0, parameters: 0 };
  const drift = {
    ...{ planName: 'Today', since: '2026-05-03T00:00:00Z', now: '2026-11-01T00:00:00Z' },
    nation: [{ measure: 'potentialUsd', before: 100, after: 92, change: -0.08, parts: { ...parts, demand: -8 } }],
    territories: [{ id: 'A', name: 'North', measure: 'potentialUsd', before: 1, after: 1.25, parts, hasLeft: true }],
    waitingUsd: { low: 12_000, high: 25_000 },
    trend: [1, 1.25].map((potentialOfTarget, i) => ({ at: `2026-0${i + 5}-03T00:00:00Z`, points: [{ id: 'A', workloadOfTarget: 1, potentialOfTarget }] })), // prettier-ignore
  };
  const show = () => mount('c-drift-panel', DriftPanel, { planId: 'live', version: 1, canEdit: true });

  it('tells who left and why, what waiting costs, and what is everybody’s; accessible', async () => {
    serve({ 'GET /api/insights/live/drift?since=live': drift });
    const element = show();
    await until('the sentence', () => textOf(element).includes('1 territory left the target range'));
    for (const text of [
      'market potential −8 %',
      '$12k to $25k of sales a month',
      'North: market potential 100 % → 125 % of target',
      'demand +30, accounts −5',
      'demand −8',
    ])
      // prettier-ignore
      expect(textOf(element)).toContain(text);
    expect(find(element, 'svg').getAttribute('aria-label')).toBe('Trend in % of target: 100 %, 125 %');
    await expect(element).toBeAccessible();
  });

  it('says that it watches from now on where nothing was before', async () => {
    serve({ 'GET /api/insights/live/drift?since=live': { ...drift, since: null } });
    const element = show();
    await until('the sentence', () => textOf(element).includes('is watched since'));
  });
});

describe('c-hour-bars', () => {
  const row = (index: number, utilization: number, flag: string | null) => ({
    ...{ index, name: `T${index}`, repName: 'Ana', isVacant: false, callHours: 900, caseHours: 300, travelHours: 400 },
    ...{ administrationHours: 180, workloadHours: 1780, capacityHours: 1840, utilization, band: 'healthy', flag },
    ...{ travelShare: 0.22, potentialUsd: 2e6, salesUsd: 1e6, headroomUsd: 1e6, providers: 40, procedures: 900 },
    ...{ quotaUsd: 1e6, quotaFairness: 0.8, potentialRange: { low: 0.9, high: 1.3 }, isNoise: true },
    ofTarget: { workloadHours: 1, potentialUsd: 1.1, salesUsd: 1, headroomUsd: 1, providers: 1, procedures: 1 },
  });

  it('shows the parts of the hours, flags, and the figures of the picked territory; accessible', async () => {
    const calls = serve({
      'GET /api/insights/live/balance': {
        territories: [row(0, 0.6, 'underUse'), row(1, 1.3, 'burnout'), row(2, 1, null)],
      },
    });
    const element = mount('c-hour-bars', HourBars, { planId: 'live', version: 1, planName: 'Today', selected: 1 });
    await until('the bars', () => findAll(element, '.line').length === 3);
    expect(findAll(element, '.line').map(({ dataset }) => dataset.index)).toEqual(['1', '2', '0']);
    for (const text of [
      '2 outside 70 to 115 % of the hours',
      'burns out',
      'under-used',
      'calls 900 h, cases 300 h',
      '110 %, 90 % to 130 % ≈ too close to call',
      '80 %',
    ])
      // prettier-ignore
      expect(textOf(element)).toContain(text);
    await expect(element).toBeAccessible();
    const told: number[] = [];
    element.addEventListener('pick', (event) => told.push((event as CustomEvent<number>).detail));
    findAll(element, '.line')[2]!.click();
    expect(told).toEqual([0]);
    (element as unknown as { version: number }).version = 2;
    await until('it is asked anew', () => calls.filter(({ path }) => path.includes('balance')).length === 2);
  });
});
