import { beforeAll, describe, expect, it } from 'vitest';
import { fillTile } from '../../force-app/map/fillTile.ts';
import type { Fill } from '../../force-app/map/paint.ts';
import { seeded } from '../../service/core/random.ts';

class Path {
  readonly text: string;
  constructor(text = '') {
    this.text = text;
  }
}
beforeAll(() => {
  globalThis.Path2D = Path as unknown as typeof Path2D;
});

const COLORS = ['#111111', '#222222', '#333333'];
const LOOKS: Fill[] = COLORS.map((color, i) => ({ color, pattern: i === 2 ? 'hatch' : 'none' }));

/** What was filled in which colour, and what was stroked, in order; each unit's path is its number, a block's is "(from-to)". */
function drawn(units: number[], blocks: [number, number][], looks: (unit: number) => number) {
  const [fills, strokes]: [{ color: string; text: string }[], string[]] = [[], []];
  let color = '';
  const context = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => {
      if (name === 'fill') return (path: Path) => fills.push({ color, text: path.text });
      return name === 'stroke' ? (path: Path) => strokes.push(path.text) : () => undefined;
    },
    set: (_, name, value) => (name === 'fillStyle' && (color = String(value)), true),
  });
  const tile = {
    extent: 4096,
    units: units.map((unit) => [unit, `<${unit}>`] as const),
    blocks: blocks.map(([from, to]) => [from, to, `(${from}-${to})`] as const),
    borders: units.slice(1).map((unit, i) => [units[i]!, unit, `|${units[i]}-${unit}|`] as const),
  };
  const view = { tile, rings: () => new Map(), scale: 1, shiftX: 0, shiftY: 0 };
  fillTile(context, view, { fillOf: (unit) => LOOKS[looks(unit)]!, ratio: 1, place: () => undefined });
  return { fills, strokes };
}

/** The colour that is seen of a unit: the last one that covers it. */
function seen(fills: readonly { color: string; text: string }[], at: number, unit: number): string | undefined {
  const covers = ({ text }: { text: string }) =>
    text.includes(`<${unit}>`) ||
    [...text.matchAll(/\((\d+)-(\d+)\)/g)].some(([, from, to]) => at >= Number(from) && at < Number(to));
  return fills.filter(covers).at(-1)?.color;
}

describe('filling a tile', () => {
  it('a block of one colour is one shape, and what differs lies above it', () => {
    const { fills } = drawn([7, 8, 9, 10], [[0, 3]], (unit) => (unit === 9 || unit === 10 ? 1 : 0));
    expect(fills).toEqual([
      { color: COLORS[0], text: '(0-3)' },
      { color: COLORS[1], text: '<9><10>' },
    ]);
  });

  it('a hair closes the gap between two colours, but not where one of them is the block’s own', () => {
    const { strokes } = drawn([0, 1, 2, 3], [[0, 2]], (unit) => unit % 2);
    expect(strokes).toEqual(['|1-2|', '|2-3|']);
    const inside = drawn([0, 1, 2, 3], [[0, 4]], (unit) => [0, 0, 1, 2][unit]!);
    expect(inside.strokes.filter((text) => text.startsWith('|'))).toEqual(['|2-3|']);
  });

  it('every unit is seen in its own colour, however blocks and colours lie', () => {
    const random = seeded(11);
    const pick = (most: number) => Math.floor(random() * most);
    for (let turn = 0; turn < 200; turn++) {
      const units = Array.from({ length: 1 + pick(30) }, (_, i) => 3 * i);
      const look = units.map(() => pick(LOOKS.length));
      const blocks: [number, number][] = [];
      for (let from = pick(4); from < units.length;) {
        const to = Math.min(units.length, from + 2 + pick(6));
        if (to - from > 1) blocks.push([from, to]);
        from = to + pick(3);
      }
      const { fills } = drawn(units, blocks, (unit) => look[unit / 3]!);
      units.forEach((unit, at) => expect(seen(fills, at, unit)).toBe(COLORS[look[at]!]));
    }
  });
});
