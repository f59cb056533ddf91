import TerritoryMap from 'c/territoryMap';
import {
  deepAll as everywhere,
  fail,
  find,
  mount,
  plan,
  serve,
  source,
  unmountAll,
  until,
  world,
  zips,
  type Answers,
} from './kit';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
const open = jest.requireMock<{ default: jest.Mock }>('@salesforce/apex/BailiwickSession.open').default;

const points = (kind: string) => ({ ids: ['a'], names: [`A ${kind}`], notes: ['Boston'], lat: [42.1], lon: [-71.9] });
const ANSWERS: Answers = {
  'GET /api/demand?market=market': {
    suppressed: zips.map((_, i) => Number(i === 1)),
    noData: zips.map((_, i) => Number(i === 2)),
  },
  'GET /api/accounts/points': { physicians: points('physician'), facilities: points('facility'), leftOut: 0 },
  'GET /api/accounts?q=': {
    accounts: [
      { id: '001', name: 'Mercy Hospital', city: 'Town', zip: '10005', unit: 5, territoryName: 'South West' },
      { id: '002', name: 'Mercy Nowhere', city: 'Gone', zip: null, unit: -1, territoryName: null },
    ],
  },
};
/** "c-part inner": what matches inside that component. */
function deepAll(element: Element, selector: string): HTMLElement[] {
  const [part = '', ...inner] = selector.split(' ');
  if (!part.startsWith('c-') || inner.length === 0) return everywhere(element, selector);
  return everywhere(element, part).flatMap((one) => everywhere(one, inner.join(' ')));
}
type View = import('../../force-app/map/mapView').MapView;
type Element = HTMLElement & {
  pockets: unknown[];
  open(url: string, info: unknown): Promise<{ view: View } | null>;
  setDescribe(describe: (unit: number) => unknown): void;
};

beforeEach(() => {
  open.mockResolvedValue({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' });
});
afterEach(unmountAll);

async function opened(answers: Answers = {}) {
  const calls = serve({ ...ANSWERS, ...answers });
  const element = mount('c-territory-map', TerritoryMap) as Element;
  const info = JSON.parse(await (await fetch('http://service/api/geography')).text()) as object;
  const { view } = (await element.open('http://service', { ...info, key: 'tools' }))!;
  const deviation = { workload: [0.4, 0, 0, -0.4], potential: [0, 0, 0, 0] };
  view.setPaint({ colorBy: 'territory', owners: world.owners, colors: [0, 1, 2, 3], plan: plan as never, deviation });
  await Promise.resolve();
  return { element, view, calls };
}

const legend = (element: Element) => deepAll(element, '.legend li').map((row) => row.textContent.trim());
const press = async (element: Element, selector: string) => {
  deepAll(element, selector)[0]!.click();
  await Promise.resolve();
};
async function choose(element: Element, field: string, value: string) {
  const select = deepAll(element, `select[data-field=${field}]`)[0] as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new CustomEvent('change'));
  await Promise.resolve();
}
async function turn(element: Element, field: string, isOn: boolean) {
  const box = deepAll(element, `input[data-field=${field}]`)[0] as HTMLInputElement;
  box.checked = isOn;
  box.dispatchEvent(new CustomEvent('change'));
  await Promise.resolve();
}
async function layered(answers: Answers = {}) {
  const world = await opened(answers);
  await press(world.element, 'c-map-layers button');
  return world;
}

describe('layers of the map', () => {
  it('colour by any measure of the plan, told in the legend with what is missing, and back', async () => {
    const { element, calls } = await layered();
    await choose(element, 'color', 'headroomUsd');
    await until('the legend', () => legend(element)[0]?.startsWith('Headroom per ZIP'));
    expect(legend(element)).toEqual(expect.arrayContaining(['no data', 'part estimated (small cells not shown)']));
    await choose(element, 'color', 'salesUsd');
    await until('sales', () => legend(element)[0]?.startsWith('Current sales per ZIP'));
    // sales come from the CRM: claims say nothing of them
    expect(legend(element)).not.toContain('no data');
    expect(calls.filter(({ path }) => path.endsWith('/inputs'))).toHaveLength(1);
    await press(element, 'c-map-layers .foot .button');
    await until('territories', () => legend(element).includes('one colour = one territory'));
    await expect(element).toBeAccessible();
  });

  it('cut classes by own bounds, and say what is wrong with them', async () => {
    const { element } = await layered();
    await choose(element, 'color', 'workload');
    await until('the legend', () => legend(element)[0]?.includes('equally many'));
    await choose(element, 'method', 'own');
    await until('a field for bounds', () => deepAll(element, 'c-map-layers input[type=text]').length > 0);
    const box = deepAll(element, 'c-map-layers input[type=text]')[0] as HTMLInputElement;
    box.value = '9 3';
    box.dispatchEvent(new CustomEvent('change'));
    await until('the problem', () => deepAll(element, 'c-map-layers .problem')[0]?.textContent.includes('rise'));
    box.value = '5 30';
    box.dispatchEvent(new CustomEvent('change'));
    await until('own classes', () => legend(element).some((row) => row === '5 – 30 h'));
    expect(legend(element)[0]).toBe('Workload per ZIP · own bounds');
  });

  it('show how far territories are off target', async () => {
    const { element } = await layered();
    await choose(element, 'color', 'workloadDeviation');
    await until('the legend', () => legend(element)[0] === 'Workload against target');
    expect(legend(element)).toContain('over 30 % above target');
  });

  it('show physicians, facilities and homes, and drive times as an estimate', async () => {
    const { element } = await layered();
    for (const field of ['physicians', 'facilities', 'homes']) await turn(element, field, true);
    await until('points', () => legend(element).some((row) => row.startsWith('4 rep homes')));
    expect(legend(element)).toContain('1 physician');
    await choose(element, 'rings', '0');
    await until('rings', () =>
      legend(element).some((row) => /^30, 60, 90 min by car from the home ZIP of .*estimate/.test(row)),
    );
  });

  it('offer no homes to whom the service gives none', async () => {
    const territories = world.territories.map((one) => ({ ...one, home: null }));
    const { element, view } = await layered();
    view.setPaint({
      colorBy: 'territory',
      owners: world.owners,
      colors: [0, 1, 2, 3],
      plan: { ...plan, territories } as never,
    });
    await until('no switch', () => deepAll(element, 'input[data-field=homes]').length === 0);
    await choose(element, 'color', 'workload');
    await until('the legend', () => legend(element)[0]?.startsWith('Workload without travel'));
  });

  it('say what did not load, and go on', async () => {
    const { element } = await layered({
      'GET /api/alignments/live/inputs': fail(503, 'The figures are away.', 'Wait.'),
    });
    await choose(element, 'color', 'salesUsd');
    await until(
      'the problem',
      () => deepAll(element, 'c-map-layers .problem')[0]?.textContent === 'The figures are away.',
    );
    expect(legend(element)).toContain('one colour = one territory');
  });

  it('show measures by county from afar, unless that is switched off', async () => {
    const { element, view } = await layered();
    await choose(element, 'color', 'salesUsd');
    await until('ZIPs', () => legend(element)[0]?.includes('per ZIP'));
    view.leaflet.setZoom(6, { animate: false });
    await until('counties', () => legend(element)[0]?.includes('per county'));
    await turn(element, 'counties', false);
    await until('ZIPs again', () => legend(element)[0]?.includes('per ZIP'));
  });
});

describe('pockets of the page', () => {
  const pockets = [{ id: 'p1', label: '1', units: [26, 27, 28], kind: 'whiteSpace' }];
  const row = 'white space: high demand that nobody works, by rank';
  const has = (element: Element) => legend(element).includes(row);

  it('are outlined and explained, switched off and on with the layers, and gone with the page’s list', async () => {
    const { element } = await layered();
    const switches = () => deepAll(element, 'c-map-layers input[data-field=pockets]');
    expect([switches().length, has(element)]).toEqual([0, false]);
    element.pockets = pockets;
    await until('the legend', () => has(element) && switches().length === 1);
    await expect(element).toBeAccessible();
    await turn(element, 'pockets', false);
    await until('no outline', () => !has(element));
    await turn(element, 'pockets', true);
    await until('the outline again', () => has(element));
    element.pockets = [];
    await until('neither', () => !has(element) && switches().length === 0);
  });

  it('given before the map is there they are shown with it; a click on a label says which, on a unit says the unit', async () => {
    serve(ANSWERS);
    const element = mount('c-territory-map', TerritoryMap) as Element;
    element.pockets = pockets;
    const said: unknown[] = [];
    for (const name of ['pocketpick', 'unitpick'])
      element.addEventListener(name, (event) => said.push([name, (event as CustomEvent).detail]));
    const info = JSON.parse(await (await fetch('http://service/api/geography')).text()) as object;
    const { view } = (await element.open('http://service', { ...info, key: 'tools' }))!;
    element.setDescribe((unit) => ({ title: `Unit ${unit}`, lines: ['ours'] }));
    view.setPaint({ colorBy: 'territory', owners: world.owners, colors: [0, 1, 2, 3], plan: plan as never });
    expect(has(element) || (await Promise.resolve(), has(element))).toBe(true);
    const { x, y } = view.leaflet.latLngToContainerPoint([world.lat[27]!, world.lon[27]!]);
    const map = find(element, '.map');
    const at = { clientX: x, clientY: y, bubbles: true };
    await until('the label', () => {
      map.dispatchEvent(new PointerEvent('pointermove', at));
      return find(element, '.bailiwick-card').textContent === 'White space 13 ZIPsClick to pick it';
    });
    map.dispatchEvent(new MouseEvent('click', at));
    expect(said).toEqual([['pocketpick', 'p1']]);
    view.point(27);
    expect(find(element, '.bailiwick-card').textContent).toBe('Unit 27oursWhite space 1');
  });
});

describe('search on the map', () => {
  const input = (element: Element) => deepAll(element, 'c-map-search input')[0] as HTMLInputElement;
  const found = (element: Element) => deepAll(element, 'c-map-search li').map((row) => row.textContent.trim());
  async function type(element: Element, text: string) {
    input(element).value = text;
    input(element).dispatchEvent(new CustomEvent('input'));
    await until(`something for ${text}`, () => deepAll(element, 'c-map-search .found').length > 0);
  }
  const key = (element: Element, name: string) =>
    input(element).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));

  it('finds ZIPs, cities, reps and accounts with a place; Enter goes there', async () => {
    const { element, view } = await opened();
    await type(element, '1000');
    expect(found(element)[0]).toMatch(/^10000.*Town, MA.*ZIP$/);
    await type(element, 'mercy');
    await until('accounts', () => found(element).some((row) => row.includes('Mercy Hospital')));
    expect(found(element).some((row) => row.includes('Nowhere'))).toBe(false);
    const before = view.leaflet.getCenter();
    key(element, 'Enter');
    await until('the place', () => view.leaflet.getZoom() === 10);
    expect(view.leaflet.getCenter().distanceTo(before)).toBeGreaterThan(100);
    expect(deepAll(element, 'c-map-search [role=status]')[0]!.textContent).toContain('Mercy Hospital');
    expect(deepAll(element, 'c-map-search li')).toHaveLength(0);
  });

  it('walks with the arrows, and picks a rep’s territory on the page', async () => {
    const { element } = await opened({ 'GET /api/accounts?q=': { accounts: [] } });
    const picked: unknown[] = [];
    element.addEventListener('unitpick', (event) => picked.push((event as CustomEvent).detail));
    await type(element, 'south');
    expect(found(element)).toHaveLength(2);
    key(element, 'ArrowDown');
    await until('the second', () => deepAll(element, 'c-map-search .on')[0]?.textContent.includes('South East'));
    await expect(element).toBeAccessible();
    key(element, 'Enter');
    expect(world.owners[picked[0] as number]).toBe(1);
  });

  it('says so where nothing is found, and what failed', async () => {
    const { element } = await opened({
      'GET /api/accounts?q=none': { accounts: [] },
      'GET /api/accounts?q=bad': fail(500, 'Broken.', ''),
    });
    await type(element, 'none');
    await until('nothing', () => deepAll(element, 'c-map-search .message')[0]?.textContent.includes('Nothing here'));
    await type(element, 'bad');
    await until('the error', () => deepAll(element, 'c-map-search .message')[0]?.textContent === 'Broken.');
    key(element, 'Escape');
    await until('closed', () => deepAll(element, 'c-map-search .found').length === 0);
  });
});

describe('saving the map', () => {
  const saved: { name: string; type: string; size: number }[] = [];
  beforeEach(() => {
    saved.length = 0;
    let blob: Blob;
    URL.createObjectURL = (given) => ((blob = given as Blob), 'blob:x');
    URL.revokeObjectURL = () => undefined;
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, type: blob.type, size: blob.size });
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('makes a picture and a PDF with title, legend, date and source', async () => {
    const { element } = await opened();
    const written = jest.spyOn(CanvasRenderingContext2D.prototype, 'fillText');
    for (const kind of ['png', 'pdf']) {
      await press(element, 'c-map-export .button');
      await press(element, `c-map-export [data-kind=${kind}]`);
      await until(kind, () => saved.some(({ name }) => name.endsWith(kind)));
    }
    expect(saved.map(({ type }) => type)).toEqual(['image/png', 'application/octet-stream']);
    const texts = written.mock.calls.map(([text]) => text).join(' ');
    expect(texts).toContain('Today');
    expect(texts).toContain('one colour = one territory');
    expect(texts).toContain(`${source.label}, ${source.period}`);
    expect(find(element, 'c-map-export').shadowRoot!.textContent).toContain('saved as a PDF');
  });
});
