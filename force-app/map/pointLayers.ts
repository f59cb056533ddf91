import type { Sheet } from './canvasOverlay.ts';
import { clusters, type Cluster } from './clusters.ts';
import type { Card } from './hoverCard.ts';
import type { LegendEntry } from './legend.ts';
import { square, worldPixels } from './mercator.ts';
import { count, filled, words } from './words.ts';

export type PointKind = 'physician' | 'facility' | 'home';

/** Points of one kind: plain vectors, one entry a point. */
export interface PointSet {
  readonly kind: PointKind;
  readonly names: readonly string[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  /** A second line for the card. */
  readonly notes?: readonly string[];
}

interface Look {
  readonly color: string;
  readonly one: 'physician' | 'facility' | 'home';
  readonly many: 'physicians' | 'facilities' | 'homes';
  /** Never by colour alone. */
  readonly shape?: 'square' | 'diamond';
}
const LOOKS: Readonly<Record<PointKind, Look>> = {
  physician: { color: '#0b6e63', one: 'physician', many: 'physicians' },
  facility: { color: '#7a3d0a', one: 'facility', many: 'facilities', shape: 'square' },
  home: { color: '#5a1e96', one: 'home', many: 'homes', shape: 'diamond' },
};
const SINGLE_RADIUS = 4.5;
const FONT = '"Salesforce Sans", "Segoe UI", Arial, sans-serif';

interface Placed extends PointSet {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly known: Map<number, Cluster[]>;
}

/** Physicians, facilities and homes: a mark each, gathered into a numbered one where they lie too near. */
export class PointLayers {
  private readonly sets: readonly Placed[];

  constructor(sets: readonly PointSet[]) {
    this.sets = sets.map((set) => {
      const places = set.lat.map((lat, i) => square(lat, set.lon[i] ?? 0));
      return { ...set, x: places.map(([x]) => x), y: places.map(([, y]) => y), known: new Map() };
    });
  }

  draw(sheet: Sheet): void {
    for (const set of this.sets) {
      const inSight = this.clustersOf(set, sheet.zoom).flatMap((cluster) => {
        const [px, py] = sheet.at(cluster.x, cluster.y);
        const isNear = px > -40 && py > -40 && px < sheet.width + 40 && py < sheet.height + 40;
        return isNear ? [{ px, py, count: cluster.count }] : [];
      });
      drawSet(sheet.context, LOOKS[set.kind], inSight);
    }
  }

  legend(): LegendEntry[] {
    return this.sets.flatMap(({ kind, names }) => {
      if (names.length === 0) return [];
      const { one, many, color, shape } = LOOKS[kind];
      const label = names.length === 1 ? `1 ${words[one]}` : filled(words.aNumber, count(names.length), words[many]);
      return [{ kind: 'circle', label, color, pattern: 'none', size: 2 * SINGLE_RADIUS, ...(shape ? { shape } : {}) }];
    });
  }

  /** What lies under a point in world pixels: its card, and where to look closer if it is a cluster. */
  at(x: number, y: number, zoom: number): { card: Card; closer: { x: number; y: number } | null } | null {
    const world = worldPixels(zoom);
    for (const set of [...this.sets].reverse()) {
      const found = this.clustersOf(set, zoom).find(
        (one) => Math.hypot(one.x * world - x, one.y * world - y) <= radiusOf(one.count) + 2,
      );
      if (found) return { card: cardOf(set, found), closer: found.count > 1 ? { x: found.x, y: found.y } : null };
    }
    return null;
  }

  private clustersOf(set: Placed, zoom: number): readonly Cluster[] {
    const known = set.known.get(zoom) ?? clusters(set.x, set.y, zoom, worldPixels(zoom));
    set.known.set(zoom, known);
    return known;
  }
}

function cardOf({ kind, names, notes = [] }: PointSet, { count: all, first }: Cluster): Card {
  const { one, many } = LOOKS[kind];
  if (all === 1) {
    const word = words[one];
    const note = notes[first] ?? '';
    return {
      title: names[first] ?? '',
      lines: [`${word[0]?.toUpperCase()}${word.slice(1)}`, ...(note === '' ? [] : [note])],
    };
  }
  return { title: `${count(all)} ${words[many]}`, lines: [words.clickCloser] };
}

const radiusOf = (count: number) => (count === 1 ? SINGLE_RADIUS : Math.min(19, 8 + 2.4 * Math.log2(count)));

/** One path for all marks of a kind, then the numbers. */
function drawSet(
  context: CanvasRenderingContext2D,
  { color, shape }: Look,
  places: readonly { px: number; py: number; count: number }[],
): void {
  const marks = places.map(({ px, py, count }) => {
    const r = radiusOf(count);
    const [x, y] = [px.toFixed(1), py.toFixed(1)];
    if (shape === 'square') return `M${(px - r).toFixed(1)} ${(py - r).toFixed(1)}h${2 * r}v${2 * r}h${-2 * r}Z`;
    if (shape === 'diamond')
      return `M${x} ${(py - 1.3 * r).toFixed(1)}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}Z`;
    return `M${(px - r).toFixed(1)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  });
  if (marks.length === 0) return;
  const path = new Path2D(marks.join(''));
  context.globalAlpha = 0.85;
  context.fillStyle = color;
  context.fill(path);
  context.globalAlpha = 1;
  context.strokeStyle = '#ffffff';
  context.lineWidth = 1.3;
  context.stroke(path);
  context.font = `700 11px ${FONT}`;
  context.textAlign = 'center';
  context.fillStyle = '#ffffff';
  for (const { px, py, count } of places) if (count > 1) context.fillText(shortCount(count), px, py + 4);
}

const shortCount = (count: number) =>
  count < 1000 ? String(count) : `${(count / 1000).toFixed(count < 10_000 ? 1 : 0)}k`;
