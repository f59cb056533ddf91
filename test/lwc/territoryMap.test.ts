import TerritoryMap from 'c/territoryMap';
import { fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until, world } from './kit';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
afterEach(unmountAll);

const geography = () =>
  fetch('http://service/api/geography').then(async (response) => JSON.parse(await response.text()));
const paint = { colorBy: 'territory', owners: world.owners, colors: [0, 1, 2, 3] } as const;
type Element = HTMLElement & {
  open(url: string, info: unknown): Promise<{ view: import('../../force-app/map/mapView').MapView } | null>;
  setDescribe(describe: (unit: number) => unknown): void;
};

/** What has changed is drawn in the next frame. */
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

async function opened(answers = {}, key = 'grid') {
  serve(answers);
  const element = mount('c-territory-map', TerritoryMap) as Element;
  const map = await element.open('http://service', { ...(await geography()), key });
  return { element, view: map?.view };
}

describe('c-territory-map', () => {
  it('shows a real map with a legend and is accessible', async () => {
    const { element, view } = await opened();
    view!.setPaint(paint);
    await Promise.resolve();
    expect(find(element, '.leaflet-pane')).not.toBeNull();
    expect(findAll(element, 'li').map((row) => row.textContent)).toContain('territory border');
    await expect(element).toBeAccessible();
  });

  it('draws links over water dashed where units show, and explains them', async () => {
    serve();
    const units = JSON.parse(await (await fetch('http://service/geo/grid/units.json')).text()) as object;
    const { element, view } = await opened({ 'GET /geo/grid/units.json': { ...units, bridges: [[0, 1]] } }, 'links');
    const explained = () => findAll(element, 'li').map((row) => row.textContent);
    const dashed = () => {
      const above = find(element, '.leaflet-above-pane canvas') as unknown as HTMLCanvasElement;
      return (above.getContext('2d')!.setLineDash as jest.Mock).mock.calls.filter(([dashes]) => dashes.length > 0)
        .length;
    };
    view!.leaflet.setZoom(8, { animate: false });
    view!.setPaint(paint);
    await drawn();
    expect([explained().includes('water or gap link'), dashed()]).toEqual([false, 0]);
    view!.leaflet.setZoom(9, { animate: false });
    await drawn();
    expect(explained()).toContain('water or gap link');
    expect(dashed()).toBeGreaterThan(0);
  });

  it('draws units as tiles: one path a colour', async () => {
    const { element, view } = await opened();
    view!.setPaint(paint);
    await until('a tile', () => findAll(element, '.leaflet-tile-loaded').length > 0);
    view!.setPaint(paint);
    await until('a drawn tile', () => {
      const canvas = findAll(element, '.leaflet-tile-loaded')[0] as unknown as HTMLCanvasElement;
      const calls = (canvas.getContext('2d') as unknown as { __getDrawCalls(): { type: string }[] }).__getDrawCalls();
      return calls.some(({ type }) => type === 'fill');
    });
  });

  it('gives a unit by keyboard: arrows walk, Enter takes', async () => {
    const { element, view } = await opened();
    const drawn: unknown[] = [];
    element.addEventListener('draw', (event) => drawn.push((event as CustomEvent).detail));
    element.setDescribe((unit) => ({ title: `Unit ${unit}`, lines: [] }));
    view!.setTool('lasso');
    const container = find(element, '.map');
    const press = (key: string) => container.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('ArrowRight');
    press('ArrowRight');
    press('Enter');
    expect(drawn.map(({ phase }) => phase)).toEqual(['drag', 'drag', 'end']);
    expect(drawn.at(-1)!.units).toEqual(drawn.at(-2)!.units);
    expect(find(element, '.bailiwick-card').textContent).toMatch(/^Unit \d+$/);
    expect(find(element, '.bailiwick-card').hidden).toBe(false);
    container.dispatchEvent(new FocusEvent('blur'));
    expect(find(element, '.bailiwick-card').hidden).toBe(true);
  });

  it('writes names beside the legend and the pin, and no firm as a town', async () => {
    const cities = ['Boston', 'At&t', '115 Firms', 'Brm'].map((name, i) => {
      return { name, state: 'MA', lat: world.lat[i * 9], lon: world.lon[i * 9], rank: i + 1 };
    });
    const base = { states: { type: 'FeatureCollection', features: [] }, counties: { type: 'MultiLineString' }, cities };
    const written = jest.spyOn(CanvasRenderingContext2D.prototype, 'fillText');
    const { view } = await opened(
      { 'GET /geo/grid/base.json': { ...base, counties: { ...base.counties, coordinates: [] } } },
      'named',
    );
    view!.setNames([{ text: 'Bay', units: [27], focus: true }]);
    await drawn();
    view!.setMarker({ lat: world.lat[27]!, lon: world.lon[27]! });
    await drawn();
    const texts = written.mock.calls.map(([text]) => text);
    const bays = written.mock.calls.filter(([text]) => text === 'Bay');
    expect(texts).toContain('Boston');
    expect(texts.filter((text) => ['At&t', '115 Firms', 'Brm'].includes(text))).toEqual([]);
    expect(bays.length).toBeGreaterThan(1);
    expect(bays.at(-1)?.slice(1)).not.toEqual(bays[0]?.slice(1));
    written.mockRestore();
  });

  it('tells the units of a lasso while it is drawn, and once more when it is let go', async () => {
    const { element, view } = await opened();
    const phases: [string, number][] = [];
    element.addEventListener('draw', (event) => {
      const { phase, units } = (event as CustomEvent).detail as { phase: string; units: number[] };
      phases.push([phase, units.length]);
    });
    view!.setTool('lasso');
    const container = find(element, '.map');
    const point = (type: string, x: number, y: number) =>
      container.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, button: 0, bubbles: true }));
    point('pointerdown', 50, 20);
    for (const [x, y] of [
      [750, 20],
      [750, 580],
      [50, 580],
    ] as const)
      point('pointermove', x, y);
    point('pointerup', 50, 580);
    expect(phases.at(-2)?.[0]).toBe('drag');
    expect(phases.at(-2)?.[1]).toBeGreaterThan(0);
    expect(phases.at(-1)).toEqual(['end', phases.at(-2)?.[1]]);
  });

  it('says what is wrong when the geography does not load, and offers to try again', async () => {
    const { element, view } = await opened({ 'GET /geo/grid/units.json': fail(503, '', '') }, 'never loaded before');
    expect(view).toBeUndefined();
    const retry = jest.fn();
    element.addEventListener('retry', retry);
    const panel = find(element, 'c-error-panel');
    expect(textOf(panel)).toContain('did not load (503)');
    labelled(panel, 'Try again').click();
    expect(retry).toHaveBeenCalled();
  });

  it('lets go of the map when it is taken off the page', async () => {
    const { element, view } = await opened();
    const removed = jest.spyOn(view!.leaflet, 'remove');
    element.remove();
    expect(removed).toHaveBeenCalled();
  });
});
