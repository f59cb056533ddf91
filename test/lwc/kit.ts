import { createElement } from 'lwc';
import { makeWorld, standings } from '../kit/cannedWorld';

/** A world of 8 × 8 units and four territories in the service's own shapes, and a service that answers from a table. */
const SIDE = 8;
const [SOUTH, WEST, STEP] = [42, -72, 0.1];
const cells = Array.from({ length: SIDE * SIDE }, (_, i) => ({ x: i % SIDE, y: Math.floor(i / SIDE) }));
const neighbors = cells.map(({ x, y }, i) =>
  [x > 0 ? i - 1 : -1, x < SIDE - 1 ? i + 1 : -1, y > 0 ? i - SIDE : -1, y < SIDE - 1 ? i + SIDE : -1].filter(
    (j) => j >= 0,
  ),
);
const towns = [
  { name: 'South West', lat: SOUTH + 0.2, lon: WEST + 0.2 },
  { name: 'South East', lat: SOUTH + 0.2, lon: WEST + 0.6 },
  { name: 'North West', lat: SOUTH + 0.6, lon: WEST + 0.2 },
  { name: 'North East', lat: SOUTH + 0.6, lon: WEST + 0.6 },
];
export const world = makeWorld(
  { lat: cells.map(({ y }) => SOUTH + y * STEP), lon: cells.map(({ x }) => WEST + x * STEP), neighbors },
  towns,
);
export const zips = cells.map((_, i) => String(10000 + i));

const geography = {
  key: 'grid',
  tilePath: '/geo/grid/tiles/{z}/{x}/{y}.json',
  unitsPath: '/geo/grid/units.json',
  basePath: '/geo/grid/base.json',
  minZoom: 5,
  maxZoom: 11,
  bounds: [
    [SOUTH, WEST],
    [SOUTH + 0.8, WEST + 0.8],
  ],
};
const units = {
  ids: zips,
  names: zips.map(() => 'Town'),
  states: zips.map(() => 'MA'),
  counties: zips,
  lat: world.lat,
  lon: world.lon,
  neighbors,
};
const base = {
  states: { type: 'FeatureCollection', features: [] },
  counties: { type: 'MultiLineString', coordinates: [] },
  cities: [],
};
/** Every tile holds unit 0 as one square and its border to unit 1: enough to draw, and to be hit in the middle. */
const tile = { extent: 4096, units: [[0, 'M0 0L4096 0L4096 4096L0 4096Z']], borders: [[0, 1, 'M4096 0L4096 4096']] };

export const source = { label: 'Sample claims', period: '2025', formula: 'procedures × value × share' };
export const plan = {
  id: 'live',
  name: 'Today',
  teamId: 'team',
  teamName: 'Sales',
  state: 'live',
  version: 1,
  marketId: 'market',
  canEdit: true,
  territories: world.territories,
  owners: world.owners,
  overrides: [],
  lockedUnits: [],
  lockedTerritories: [],
};
export const me = {
  userId: '005000000000001AAA',
  name: 'Dana',
  role: 'admin',
  permissions: ['view', 'reassign'],
  teams: [{ id: 'team', name: 'Sales', canEdit: true, liveAlignmentId: 'live' }],
  marketId: 'market',
  sample: true,
};

export type Answers = Record<string, unknown>;
export const fail = (status: number, message: string, action: string) => ({
  fails: status,
  error: { code: 'test', message, action },
});

const COMMON: Answers = {
  'GET /geo/grid/units.json': units,
  'GET /geo/grid/base.json': base,
  'GET /geo/grid/tiles': tile,
  'GET /api/geography': geography,
  'GET /api/me': me,
  'GET /api/demand/places': { places: [] },
  'GET /api/alignments/live/inputs': {
    inputs: world.inputs,
    travel: world.travel,
    callPlan: world.callPlan,
    source,
    suppressedShare: 0,
    uncertainty: { varianceUsd2: zips.map(() => 1e6), unplacedShare: 0 },
  },
  'GET /api/alignments/live/findings': {
    sentence: 'All is well.',
    items: [{ kind: 'onTarget', text: '4 of 4 on target.', value: 4 }],
  },
  'GET /api/alignments/live': plan,
};

export interface Call {
  method: string;
  path: string;
  body: unknown;
}

/** Answers by the longest matching start of "METHOD /path"; functions are called with the body. Returns the calls made. */
export function serve(answers: Answers = {}): Call[] {
  const table = { ...COMMON, ...answers };
  const calls: Call[] = [];
  globalThis.fetch = (async (url: string, { method = 'GET', body }: { method?: string; body?: string } = {}) => {
    const path = url.replace('http://service', '');
    const sent: unknown = typeof body === 'string' ? JSON.parse(body) : body;
    calls.push({ method, path, body: sent });
    const key = Object.keys(table)
      .filter((start) => `${method} ${path}`.startsWith(start))
      .sort((a, b) => b.length - a.length)[0];
    const found = key === undefined ? fail(404, `Nothing at ${path}.`, 'Look elsewhere.') : table[key];
    const answer = (typeof found === 'function' ? found(sent) : found) as { fails?: number; error?: object };
    const status = answer.fails ?? 200;
    return {
      ok: status < 400,
      status,
      text: async () => JSON.stringify(status < 400 ? answer : { error: answer.error }),
    };
  }) as unknown as typeof fetch;
  return calls;
}

export function mount<T extends object>(name: string, is: unknown, properties: T = {} as T): HTMLElement & T {
  const element = Object.assign(createElement(name, { is: is as never }), properties);
  document.body.appendChild(element);
  return element as unknown as HTMLElement & T;
}

export function unmountAll(): void {
  document.body.replaceChildren();
}

/** Waits until a condition holds; a missed one fails with what was waited for. */
export async function until(what: string, condition: () => unknown): Promise<void> {
  for (let turn = 0; turn < 400; turn++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`Waited in vain for ${what}.`);
}

export const find = <T extends Element = HTMLElement>(element: Element, selector: string): T =>
  element.shadowRoot!.querySelector(selector) as unknown as T;
export const findAll = (element: Element, selector: string): HTMLElement[] => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>(selector),
];
export const textOf = (element: Element): string => element.shadowRoot!.textContent ?? '';
/** All that matches, also inside the components within. */
export function deepAll(element: Element, selector: string): HTMLElement[] {
  const inside = findAll(element, '*').filter(({ shadowRoot }) => shadowRoot !== null);
  return [...findAll(element, selector), ...inside.flatMap((one) => deepAll(one, selector))];
}
export const deep = (element: Element, selector: string): HTMLElement => deepAll(element, selector)[0]!;
/** What can be read, also inside the components within. */
export function deepText(element: Element): string {
  const inside = findAll(element, '*').filter(({ shadowRoot }) => shadowRoot !== null);
  return [textOf(element), ...inside.map(deepText)].join(' ').replace(/\s+/g, ' ');
}
/** A base component or button inside, by its label or text; undefined where there is none. */
export const findPressable = (element: Element, label: string): HTMLElement | undefined =>
  deepAll(element, '*').find((one) =>
    one.tagName.startsWith('LIGHTNING-')
      ? (one as unknown as { label?: string }).label === label
      : one.tagName === 'BUTTON' && one.textContent?.trim() === label,
  );
export function pressable(element: Element, label: string): HTMLElement {
  const found = findPressable(element, label);
  if (!found) throw new Error(`Nothing is called “${label}”.`);
  return found;
}
export const change = (element: HTMLElement, detail: object, type = 'change'): boolean =>
  element.dispatchEvent(new CustomEvent(type, { detail }));
/** A base component, by its label. */
export const labelled = (element: Element, label: string): HTMLElement =>
  findAll(element, '*').find((one) => (one as unknown as { label?: string }).label === label)!;

export const bars = standings(world).map(({ deviation, ...one }, index) => ({
  index,
  name: one.name,
  repName: world.territories[index]?.repName ?? null,
  utilization: one.utilization,
  workloadDeviation: deviation.workloadHours,
  potentialDeviation: deviation.potentialUsd,
  potentialUsd: one.potentialUsd,
}));
export const standing = (index: number) => standings(world)[index]!;
