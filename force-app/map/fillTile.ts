import type { Fill } from './paint.ts';
import { TILE_PIXELS, type Tile, type TileView } from './tileStore.ts';

const HATCH_PIXELS = 8;

interface Group {
  readonly fill: Fill;
  readonly paths: string[];
}
type Groups = Map<Fill, Group>;
type FillOf = (unit: number) => Fill;

/**
 * Fills all units of a tile, one path a colour: first every block in the colour that most of its units have, then the units
 * that have another. From afar that is a third of the lines. `place` sets the tile's own coordinates again.
 */
export function fillTile(
  context: CanvasRenderingContext2D,
  view: TileView,
  { fillOf, ratio, place }: { fillOf: FillOf; ratio: number; place: () => void },
): void {
  const [below, above]: [Groups, Groups] = [new Map(), new Map()];
  const { units, blocks = [] } = view.tile;
  const mosts: Fill[] = [];
  let at = 0;
  const single = (upTo: number, but: Fill | null) => {
    for (; at < upTo; at++) {
      const [unit, path] = units[at] ?? [0, ''];
      const fill = fillOf(unit);
      if (fill !== but) add(above, fill, path);
    }
  };
  for (const [from, to, path] of blocks) {
    single(from, null);
    const most = mostOf(units, { from, to, fillOf });
    mosts.push(most);
    add(below, most, path);
    single(to, most);
  }
  single(units.length, null);
  for (const { fill, paths } of [...below.values(), ...above.values()]) {
    const path = new Path2D(paths.join(''));
    context.fillStyle = fill.color;
    context.fill(path);
    if (fill.pattern === 'none') continue;
    drawPattern(context, path, fill.pattern, ratio);
    place();
  }
  closeSeams(context, view, { fillOf, mosts });
}

function add(groups: Groups, fill: Fill, path: string): void {
  const group = groups.get(fill);
  if (group) group.paths.push(path);
  else groups.set(fill, { fill, paths: [path] });
}

/** The fill that most units of a block have; the first one where several do. */
function mostOf(units: Tile['units'], { from, to, fillOf }: { from: number; to: number; fillOf: FillOf }): Fill {
  const first = fillOf(units[from]?.[0] ?? 0);
  let isOne = true;
  for (let at = from + 1; at < to && isOne; at++) isOne = fillOf(units[at]?.[0] ?? 0) === first;
  if (isOne) return first;
  const counts = new Map<Fill, number>();
  let most = first;
  for (let at = from; at < to; at++) {
    const fill = fillOf(units[at]?.[0] ?? 0);
    const count = (counts.get(fill) ?? 0) + 1;
    counts.set(fill, count);
    if (count > (counts.get(most) ?? 0)) most = fill;
  }
  return most;
}

/**
 * Smoothing leaves the ground shining through between two colours: a hair of one of them closes the gap. Units of one colour
 * are one path and have none; where a unit lies on its block's own colour there is no gap.
 */
function closeSeams(
  context: CanvasRenderingContext2D,
  { tile, scale }: TileView,
  { fillOf, mosts }: { fillOf: FillOf; mosts: readonly Fill[] },
): void {
  const blockOf = blocksOf(tile);
  const hairs = new Map<string, string[]>();
  for (const [left, right, path] of tile.borders) {
    if (right < 0) continue;
    const [one, other] = [fillOf(left), fillOf(right)];
    if (one.color === other.color) continue;
    const block = blockOf.get(left);
    const below = block !== undefined && block === blockOf.get(right) ? mosts[block] : undefined;
    if (below === one || below === other) continue;
    const hair = hairs.get(one.color);
    if (hair) hair.push(path);
    else hairs.set(one.color, [path]);
  }
  context.lineWidth = 0.8 / scale;
  for (const [color, paths] of hairs) {
    context.strokeStyle = color;
    context.stroke(new Path2D(paths.join('')));
  }
}

const known = new WeakMap<Tile, ReadonlyMap<number, number>>();

/** Which block a unit of the tile is in. */
function blocksOf(tile: Tile): ReadonlyMap<number, number> {
  const found = known.get(tile);
  if (found) return found;
  const of = new Map<number, number>();
  for (const [block, [from, to]] of (tile.blocks ?? []).entries())
    for (let at = from; at < to; at++) of.set(tile.units[at]?.[0] ?? -1, block);
  known.set(tile, of);
  return of;
}

/** Patterns are drawn in screen pixels, so that they look the same at every zoom and run on across tiles. */
function drawPattern(context: CanvasRenderingContext2D, path: Path2D, pattern: Fill['pattern'], ratio: number): void {
  context.save();
  context.clip(path);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.strokeStyle = pattern === 'cross' ? '#c4c4c4' : '#5b6776';
  context.lineWidth = pattern === 'cross' ? 0.7 : 1;
  context.globalAlpha = pattern === 'dots' ? 0.75 : 0.55;
  context.stroke(patternPath(pattern));
  context.restore();
}

const patternPaths = new Map<string, Path2D>();

function patternPath(pattern: Fill['pattern']): Path2D {
  const found = patternPaths.get(pattern);
  if (found) return found;
  const parts: string[] = [];
  for (let at = -TILE_PIXELS; at < TILE_PIXELS; at += HATCH_PIXELS) {
    if (pattern === 'dots') {
      for (let y = 4; y < TILE_PIXELS && at >= 0; y += HATCH_PIXELS) parts.push(`M${at + 4} ${y}h1.2`);
    } else {
      parts.push(`M${at} ${TILE_PIXELS}L${at + TILE_PIXELS} 0`);
      if (pattern === 'cross') parts.push(`M${at} 0L${at + TILE_PIXELS} ${TILE_PIXELS}`);
    }
  }
  const path = new Path2D(parts.join(''));
  patternPaths.set(pattern, path);
  return path;
}
