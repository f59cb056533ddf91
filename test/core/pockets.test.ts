import { beforeAll, describe, expect, it } from 'vitest';
import type { Sheet } from '../../force-app/map/canvasOverlay.ts';
import { drawTile } from '../../force-app/map/drawTile.ts';
import { ZERO } from '../../force-app/map/paint.ts';
import { isPocketLine, pocketCard, Pockets, type Pocket } from '../../force-app/map/pockets.ts';

const LIST: Pocket[] = [
  { id: 'a', label: '1', units: [1, 2], kind: 'whiteSpace' },
  { id: 'b', label: '2', units: [2, 5], kind: 'whiteSpace' },
  { id: 'rep', label: 'Albany', units: [2, 3, 4], kind: 'newRep' },
];

/** Remembers with which style something was stroked, and what was written. */
function recorder() {
  const [styles, strokes, texts] = [new Map<string, unknown>(), [] as string[], [] as string[]];
  const calls: Record<string, (...given: never[]) => unknown> = {
    stroke: () => strokes.push(String(styles.get('strokeStyle'))),
    fillText: (text: string) => texts.push(text),
    measureText: (text: string) => ({ width: 6 * text.length }),
  };
  const context = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => calls[String(name)] ?? (() => undefined),
    set: (_, name, value) => Boolean(styles.set(String(name), value)),
  });
  return { context, strokes, texts };
}

beforeAll(() => {
  globalThis.Path2D ??= class {} as unknown as typeof Path2D;
});

describe('pockets', () => {
  const pockets = new Pockets(LIST);
  const [space, rep] = pockets.outlines;

  it('part what is in one from what is not, two pockets from each other, and mind the coast', () => {
    const isLine = (a: number, b: number) => isPocketLine(space!, a, b);
    expect([isLine(0, 1), isLine(1, 2), isLine(2, 5), isLine(0, 7)]).toEqual([true, false, true, false]);
    expect([isLine(1, -1), isLine(0, -1)]).toEqual([true, false]);
    expect(isPocketLine(rep!, 1, 2)).toBe(true);
  });

  it('a unit in two belongs to the first, white space before a suggestion', () => {
    expect([1, 2, 3, 5, 9].map((unit) => pockets.ofUnit(unit)?.id)).toEqual(['a', 'a', 'rep', 'b', undefined]);
  });

  it('say in the legend what the outlines are, and nothing where there are none', () => {
    expect(pockets.legend().map(({ label, pattern }) => [label, pattern])).toEqual([
      ['white space: high demand that nobody works, by rank', 'bold'],
      ['suggested area of a new rep', 'dashed'],
    ]);
    expect(new Pockets(LIST.slice(0, 1)).legend()).toHaveLength(1);
    expect(new Pockets([]).legend()).toEqual([]);
  });

  it('are outlined over the lines of territories, each kind in its own colour', () => {
    const { context, strokes } = recorder();
    const borders = [[0, 1, 'M0 0l1 1'] as const, [1, 2, 'M1 1l1 1'] as const];
    const view = { tile: { extent: 4096, units: [], borders }, rings: () => new Map(), scale: 1, shiftX: 0, shiftY: 0 };
    const paint = { colorBy: 'territory', owners: [0, 1, 1], colors: [] } as const;
    const scene = { paint, fillOf: () => ZERO, selected: new Set<number>() };
    drawTile(context, view, { ...scene, pockets: pockets.outlines }, 1);
    expect(strokes.slice(-4)).toEqual(['#ffffff', space!.look.color, '#ffffff', rep!.look.color]);
    strokes.length = 0;
    drawTile(context, view, { ...scene, pockets: [] }, 1);
    expect(strokes).not.toContain(space!.look.color);
  });

  it('wear their label at their middle, where it can be clicked; one without units has none', () => {
    const { context, texts } = recorder();
    const shown = new Pockets([...LIST.slice(0, 1), { id: 'gone', label: '9', units: [], kind: 'whiteSpace' }]);
    const sheet = { context, left: 1000, top: 500, at: (x: number, y: number) => [x, y] } as unknown as Sheet;
    const middleOf = (units: readonly number[]) => units[0];
    const [box] = shown.draw(sheet, { middleOf, x: [0, 100], y: [0, 40] });
    expect(texts).toEqual(['1']);
    expect(box).toEqual([89, 30, 111, 50]);
    expect(shown.labelAt(1100, 540)?.id).toBe('a');
    expect([shown.labelAt(1112, 540), shown.labelAt(1000, 500)]).toEqual([undefined, undefined]);
  });

  it('tell what they are when pointed at', () => {
    expect(pocketCard(LIST[0]!)).toEqual({ title: 'White space 1', lines: ['2 ZIPs', 'Click to pick it'] });
    expect(pocketCard({ ...LIST[2]!, units: [3] }).lines[0]).toBe('1 ZIP');
    expect(pocketCard(LIST[2]!).title).toBe('Suggested area of a new rep: Albany');
  });
});
