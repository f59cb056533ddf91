import TradeOffPicker from 'c/tradeOffPicker';
import { fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until, world } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const figures = { onTarget: 2, accountsShare: 0, salesShare: 0, travelHours: 900, spread: 0.3 };
const tradeOff = {
  territories: 4,
  today: figures,
  plans: [
    { ...figures, name: '4 moves', onTarget: 3, accountsShare: 0.02, owners: world.owners },
    {
      ...figures,
      name: 'Balanced',
      onTarget: 4,
      accountsShare: 0.1,
      travelHours: 850,
      owners: [...world.owners].reverse(),
    },
  ],
  stopped: false,
};
const progress = { phase: 'balance', share: 0.3, onTarget: 2, territories: 4 };
const done = { id: 'p', state: 'done', progress, error: null, result: null, tradeOff };
const show = () => mount('c-trade-off-picker', TradeOffPicker, { planId: 'd', version: 3 });
const compute = (element: HTMLElement) => labelled(element, 'Compute plans to choose from').click();

describe('c-trade-off-picker', () => {
  it('shows each plan as a point and a row, and is accessible', async () => {
    let asked = 0;
    const calls = serve({
      'POST /api/proposals': { id: 'p' },
      'GET /api/proposals/p': () => (asked++ === 0 ? { ...done, state: 'running', tradeOff: null } : done),
    });
    const element = show();
    compute(element);
    await until('progress', () => textOf(element).includes('30 %'));
    await until('the plans', () => findAll(element, 'tbody tr').length === 2);
    expect(calls[0]?.body).toMatchObject({ task: { kind: 'tradeOff' }, alignmentId: 'd', version: 3 });
    expect(findAll(element, 'circle')).toHaveLength(3);
    expect(textOf(element)).toContain('B · Balanced');
    expect(textOf(element)).toContain('territories on target, of 4');
    const places = findAll(element, 'circle').map((circle) => Number(circle.getAttribute('cx')));
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    await expect(element).toBeAccessible();
  });

  it('shows a picked plan on the map and takes it, by mouse and by keyboard', async () => {
    const calls = serve({
      'POST /api/proposals': { id: 'p' },
      'GET /api/proposals/p': done,
      'POST /api/proposals/p/accept': { version: 4 },
    });
    const element = show();
    const told: unknown[] = [];
    for (const name of ['look', 'accepted'])
      element.addEventListener(name, (event) => told.push((event as CustomEvent).detail));
    compute(element);
    await until('the plans', () => findAll(element, 'tbody tr').length === 2);
    expect((labelled(element, 'Take this plan') as unknown as { disabled: boolean }).disabled).toBe(true);
    find(element, 'input[data-row="1"]').dispatchEvent(new Event('change'));
    await until('the choice', () => textOf(element).includes('B: hours lie'));
    labelled(element, 'Take this plan').click();
    await until('the acceptance', () => told.length === 3);
    expect(told).toEqual([
      { owners: tradeOff.plans[1]!.owners },
      null,
      { owners: tradeOff.plans[1]!.owners, version: 4 },
    ]);
    expect(calls.at(-1)?.body).toEqual({ version: 3, plan: 1 });
  });

  it('tells why there are none', async () => {
    serve({ 'POST /api/proposals': fail(409, 'The plan is at version 9.', 'Reload the plan and ask again.') });
    const element = show();
    compute(element);
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('version 9');
  });
});
