import TerritoryWorkbench from 'c/territoryWorkbench';
import { fail, find, findAll, labelled, me, mount, plan, serve, textOf, unmountAll, until, world, zips } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(() => {
  unmountAll();
  localStorage.clear();
});

const summary = (id: string, state: string) => ({
  id,
  name: id,
  teamId: 'team',
  state,
  version: 1,
  updatedAt: '2026-01-01',
});
const draft = { ...plan, id: 'draft', name: 'Draft', state: 'draft' };
const inputs = {
  inputs: world.inputs,
  travel: world.travel,
  callPlan: world.callPlan,
  source: { label: 'Claims', period: '2025', formula: 'x' },
  suppressedShare: 0,
  uncertainty: { varianceUsd2: world.owners.map(() => 1e6), unplacedShare: 0 },
};
const answers = {
  'GET /api/alignments?team': { alignments: [summary('live', 'live'), summary('draft', 'draft')] },
  'GET /api/alignments/draft/inputs': inputs,
  'GET /api/alignments/draft': draft,
  'POST /api/alignments/draft/moves': { version: 2, applied: 3 },
};
const pane = (element: Element) => find(element, 'c-plan-pane');
const bars = (element: Element) => pane(element) && find(pane(element), 'c-balance-bars');
const step = (element: Element, name: string) => find(find(element, 'c-step-path'), `[data-step=${name}]`).click();
const draw = (element: Element, units: number[], phase: string) =>
  find(element, 'c-territory-map').dispatchEvent(new CustomEvent('draw', { detail: { units, phase } }));
const changed = (element: Element) => findAll(bars(element), '.row-changed').length;

async function opened(more = {}) {
  const calls = serve({ ...answers, ...more });
  const element = mount('c-territory-workbench', TerritoryWorkbench);
  await until('the bars', () => bars(element) && findAll(bars(element), 'tr[data-index]').length === 4);
  return { element, calls };
}
async function designing(more = {}) {
  const workbench = await opened(more);
  step(workbench.element, 'design');
  await until('the tools', () => find(workbench.element, 'c-design-step'));
  find(bars(workbench.element), 'tr[data-index="1"]').click();
  return workbench;
}
const westOfSouthEast = world.owners.flatMap((owner, unit) => (owner === 0 && unit < 8 ? [unit] : []));

describe('c-territory-workbench', () => {
  it('opens with today’s territories on map and bars and is accessible', async () => {
    const { element } = await opened();
    await until('the findings', () => textOf(find(element, 'c-today-step')).includes('All is well.'));
    expect(find(find(element, 'c-territory-map'), '.leaflet-pane')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('moves the bars while a lasso is drawn, keeps them on release, and undoes to the start', async () => {
    const { element } = await designing();
    expect(changed(element)).toBe(0);
    draw(element, westOfSouthEast, 'drag');
    await until('two changed bars before release', () => changed(element) === 2);
    expect((labelled(find(element, 'c-design-step'), 'Undo') as unknown as { disabled: boolean }).disabled).toBe(true);
    draw(element, westOfSouthEast, 'end');
    await until(
      'the step in the history',
      () => !(labelled(find(element, 'c-design-step'), 'Undo') as unknown as { disabled: boolean }).disabled,
    );
    expect(changed(element)).toBe(2);
    labelled(find(element, 'c-design-step'), 'Undo').click();
    await until('the start', () => changed(element) === 0);
    labelled(find(element, 'c-design-step'), 'Redo').click();
    await until('the step again', () => changed(element) === 2);
  });

  it('takes an accepted plan back by undo and makes it again by redo', async () => {
    const { element, calls } = await designing({ 'POST /api/alignments/draft/moves': { version: 3, applied: 1 } });
    const owners = world.owners.map((owner, unit) => (westOfSouthEast.includes(unit) ? 1 : owner));
    const step = () => find(element, 'c-design-step');
    const accepted = { detail: { owners, version: 2 } };
    step().dispatchEvent(new CustomEvent('accepted', accepted));
    await until('the comparison', () => find(element, 'c-compare-step'));
    expect(changed(element)).toBe(2);
    find(find(element, 'c-step-path'), '[data-step=design]').click();
    await until('the tools', () => step());
    expect(textOf(step())).toContain('All moves saved');
    expect(calls.some(({ path }) => path.endsWith('/moves'))).toBe(false);
    labelled(step(), 'Undo').click();
    await until('the start', () => changed(element) === 0);
    labelled(step(), 'Save').click();
    await until('the request', () => calls.some(({ path }) => path.endsWith('/moves')));
    const [south, east] = [world.territories[0]!.id, world.territories[1]!.id];
    const sent = calls.find(({ path }) => path.endsWith('/moves'))?.body as { moves: { unit: string }[] };
    expect({ ...sent, moves: sent.moves.sort((a, b) => a.unit.localeCompare(b.unit)) }).toEqual({
      version: 2,
      moves: westOfSouthEast.map((unit) => ({ unit: zips[unit], from: east, to: south })),
    });
    labelled(step(), 'Redo').click();
    await until('the plan again', () => changed(element) === 2);
  });

  it('loads the plan again where others have edited it before the acceptance', async () => {
    const { element, calls } = await designing();
    const before = calls.filter(({ path }) => path === '/api/alignments/draft').length;
    const accepted = { detail: { owners: world.owners, version: 5 } };
    find(element, 'c-design-step').dispatchEvent(new CustomEvent('accepted', accepted));
    await until('the comparison', () => find(element, 'c-compare-step'));
    expect(calls.filter(({ path }) => path === '/api/alignments/draft')).toHaveLength(before + 1);
  });

  it('stays in the design step with the reason when moves cannot be saved', async () => {
    const { element } = await designing({ 'POST /api/alignments/draft/moves': fail(503, 'Not now.', 'Later.') });
    draw(element, westOfSouthEast, 'end');
    await until('the save button', () => labelled(find(element, 'c-design-step'), 'Save'));
    step(element, 'publish');
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(find(element, 'c-design-step')).not.toBeNull();
    expect(find(element, 'c-publish-step')).toBeNull();
  });

  it('keeps as unsaved what is drawn while a save travels', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const { element } = await designing();
    const quick = globalThis.fetch;
    globalThis.fetch = (async (url: string, options?: RequestInit) => {
      const response = quick(url, options);
      if (options?.method === 'POST') await new Promise((resolve) => (answer = resolve));
      return response;
    }) as typeof fetch;
    draw(element, westOfSouthEast.slice(0, 1), 'end');
    await until('the save button', () => labelled(find(element, 'c-design-step'), 'Save'));
    labelled(find(element, 'c-design-step'), 'Save').click();
    await until('the save', () => textOf(find(element, 'c-design-step')).includes('Saving'));
    draw(element, westOfSouthEast.slice(1, 3), 'end');
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer(null);
    await until('two left', () => textOf(find(element, 'c-design-step')).includes('2 ZIPs moved, not saved yet'));
  });

  it('says which ZIPs lie apart after a move', async () => {
    const { element } = await designing();
    const far = world.owners.flatMap((owner, unit) => (owner === 2 ? [unit] : [])).at(-8)!;
    draw(element, [far], 'end');
    await until('the sentence', () =>
      textOf(find(element, 'c-design-step')).includes('1 ZIP of South East lies apart'),
    );
    labelled(find(element, 'c-design-step'), 'Undo').click();
    await until('no sentence', () => !find(find(element, 'c-design-step'), '.strays'));
  });

  it('forgets a lasso that was given up', async () => {
    const { element } = await designing();
    draw(element, westOfSouthEast, 'drag');
    await until('changed bars', () => changed(element) === 2);
    draw(element, [], 'cancel');
    await until('the start', () => changed(element) === 0);
  });

  it('saves moves by ZIP and territory id against the version it knows', async () => {
    const { element, calls } = await designing();
    draw(element, westOfSouthEast, 'end');
    await until('the save button', () => labelled(find(element, 'c-design-step'), 'Save'));
    labelled(find(element, 'c-design-step'), 'Save').click();
    await until('the request', () => calls.some(({ path }) => path.endsWith('/moves')));
    const [south, east] = [world.territories[0]!.id, world.territories[1]!.id];
    expect(calls.find(({ path }) => path.endsWith('/moves'))?.body).toEqual({
      version: 1,
      moves: westOfSouthEast.map((unit) => ({ unit: zips[unit], from: south, to: east })),
    });
    await until('all saved', () => textOf(find(element, 'c-design-step')).includes('All moves saved'));
  });

  it('sends a rep to the page of the own territory', async () => {
    serve({ ...answers, 'GET /api/me': { ...me, role: 'rep' } });
    const element = mount('c-territory-workbench', TerritoryWorkbench);
    await until('the sentence', () => textOf(element).includes('for Territory Admins and Sales Ops'));
    expect(labelled(element, 'Open my territory')).toBeDefined();
  });

  it('says what is wrong when the service does not answer, and tries again', async () => {
    serve({ ...answers, 'GET /api/me': fail(503, 'The org does not answer.', 'Try again in a minute.') });
    const element = mount('c-territory-workbench', TerritoryWorkbench);
    await until('the problem', () => find(element, 'c-error-panel'));
    serve(answers);
    labelled(find(element, 'c-error-panel'), 'Try again').click();
    await until('the bars', () => bars(element) && findAll(bars(element), 'tr[data-index]').length === 4);
    expect(find(element, 'c-error-panel')).toBeNull();
  });

  it('starts a draft from today’s map where there is none', async () => {
    const { element, calls } = await opened({
      'GET /api/alignments?team': { alignments: [summary('live', 'live')] },
      'POST /api/alignments': { id: 'draft' },
    });
    step(element, 'design');
    await until('the offer', () => labelled(element, 'Start from today’s map'));
    labelled(element, 'Start from today’s map').click();
    await until('the draft', () => find(element, 'c-design-step'));
    expect(calls.find(({ method, path }) => method === 'POST' && path === '/api/alignments')?.body).toMatchObject({
      teamId: 'team',
      from: 'live',
    });
  });
});
