import Flatbush from 'flatbush';
import { cellRings, type Border } from '../core/cells.ts';
import { ringArea, type Path } from '../core/polygon.ts';
import { simplify } from '../core/simplify.ts';
import { clipLine, clipRing, type Box } from './clip.ts';

/** Side of a tile in its own integer units; 16 of them are a pixel of a 256-pixel tile. */
export const EXTENT = 4096;
/** Shapes reach this far beyond a tile, so that strokes at its edge are not cut. */
const BUFFER = 128;
/** Lines may be off by this much: under half a pixel. */
const TOLERANCE = 6;
/** A further ring of a unit (an islet) is left out below this area: about one pixel. */
const SMALLEST_ISLET = 256;

export const MIN_ZOOM = 5;
/** Beyond it the client enlarges tiles: the shapes hold no finer detail. */
export const MAX_ZOOM = 11;

/** Up to this zoom so many units are on a screen that drawing them one by one is slow. */
const BLOCK_ZOOM = 8;

/** One tile: unit shapes and borders as SVG paths (M, then l by steps, Z; whole numbers). Right -1 is outside. */
export interface Tile {
  readonly extent: number;
  readonly units: [unit: number, path: string][];
  /**
   * Units from one place of the list up to another (not included) as one shape: those of a county, so that what has one
   * colour is drawn at once. None where one looks closer.
   */
  readonly blocks: [from: number, to: number, path: string][];
  readonly borders: [left: number, right: number, path: string][];
}

/** All shapes of one zoom, in whole tile units counted from the world's north-west corner. */
interface Level {
  readonly borders: readonly Border[];
  readonly rings: readonly (readonly Path[])[];
  /** Of each group of units; empty from afar only. */
  readonly blockRings: readonly (readonly Path[])[];
}

/** Cuts tiles (XYZ, web mercator) out of a geography; levels are simplified when first asked for. */
export class TileBuilder {
  private readonly levels = new Map<number, Level>();
  private readonly borders: readonly Border[];
  private readonly count: number;
  private readonly unitBoxes: Flatbush;
  private readonly borderBoxes: Flatbush;
  /** Number of each unit's group. */
  private readonly groupOf: readonly number[];

  /** @param groups - a name for each unit: those with the same one, such as a county, are drawn as one shape from afar */
  constructor(borders: readonly Border[], groups: readonly string[]) {
    this.borders = borders;
    this.count = groups.length;
    this.groupOf = numbered(groups);
    this.unitBoxes = boxes(cellRings(borders, this.count).map((rings) => rings.flat()));
    this.borderBoxes = boxes(borders.map(({ path }) => path));
  }

  tile(z: number, x: number, y: number): Tile {
    const level = this.level(z);
    const box: Box = [x * EXTENT - BUFFER, y * EXTENT - BUFFER, (x + 1) * EXTENT + BUFFER, (y + 1) * EXTENT + BUFFER];
    const world = 2 ** z * EXTENT;
    const search = box.map((value) => value / world) as [number, number, number, number];
    const origin: [number, number] = [x * EXTENT, y * EXTENT];
    const units: Tile['units'] = [];
    const group = (unit: number) => this.groupOf[unit] ?? -1;
    for (const unit of this.unitBoxes.search(...search).sort((a, b) => group(a) - group(b) || a - b)) {
      const path = ringsPath(level.rings[unit] ?? [], box, origin);
      if (path !== '') units.push([unit, path]);
    }
    const blocks = this.blocksOf(level, units, { box, origin });
    return { extent: EXTENT, units, blocks, borders: this.bordersOf(level, search, { box, origin }) };
  }

  private blocksOf(
    { blockRings }: Level,
    units: Tile['units'],
    { box, origin }: { box: Box; origin: [number, number] },
  ): Tile['blocks'] {
    const blocks: Tile['blocks'] = [];
    for (let from = 0, to = 0; from < units.length; from = to) {
      const group = this.groupOf[units[from]?.[0] ?? 0];
      while (to < units.length && this.groupOf[units[to]?.[0] ?? 0] === group) to++;
      const rings = to - from > 1 ? (blockRings[group ?? -1] ?? []) : [];
      const path = ringsPath(rings, box, origin);
      if (path !== '') blocks.push([from, to, path]);
    }
    return blocks;
  }

  private bordersOf(
    { borders }: Level,
    search: readonly [number, number, number, number],
    { box, origin }: { box: Box; origin: [number, number] },
  ): Tile['borders'] {
    const paths = new Map<string, { sides: [number, number]; path: string }>();
    for (const i of this.borderBoxes.search(...search).sort((a, b) => a - b)) {
      const border = borders[i];
      // two lines of one unit that face each other are no border
      if (!border || border.across === border.left) continue;
      const path = clipLine(border.path, box)
        .map((line) => linePath(line, origin))
        .join('');
      if (path === '') continue;
      // The lower unit stands left and outside right, so that a pair of units is one entry.
      const { left, right: beside, across } = border;
      const right = across ?? beside;
      const sides: [number, number] = right < 0 || (left >= 0 && left < right) ? [left, right] : [right, left];
      const known = paths.get(sides.join());
      if (known) known.path += path;
      else paths.set(sides.join(), { sides, path });
    }
    return [...paths.values()].map(({ sides, path }) => [...sides, path]);
  }

  private level(z: number): Level {
    const known = this.levels.get(z);
    if (known) return known;
    const world = 2 ** z * EXTENT;
    const borders = this.borders.map((border) => {
      const scaled = border.path.map((value) => Math.round(value * world));
      return { ...border, path: withoutRepeats(simplify(scaled, TOLERANCE)) };
    });
    const rings = cellRings(borders, this.count).map(visibleRings);
    const level = { borders, rings, blockRings: z <= BLOCK_ZOOM ? this.ringsOfGroups(borders) : [] };
    this.levels.set(z, level);
    return level;
  }

  /** Only borders between two groups are left. */
  private ringsOfGroups(borders: readonly Border[]): Path[][] {
    const group = (unit: number) => (unit < 0 ? unit : (this.groupOf[unit] ?? -1));
    const between = borders.map((border) => ({ ...border, left: group(border.left), right: group(border.right) }));
    return cellRings(between, Math.max(-1, ...new Set(this.groupOf)) + 1).map(visibleRings);
  }
}

/** Names as numbers from 0, in order of first appearance. */
function numbered(names: readonly string[]): number[] {
  const known = new Map<string, number>();
  return names.map((name) => {
    const number = known.get(name) ?? known.size;
    known.set(name, number);
    return number;
  });
}

function boxes(paths: readonly Path[]): Flatbush {
  const index = new Flatbush(Math.max(1, paths.length));
  for (const path of paths) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < path.length; i += 2) {
      [left, right] = [Math.min(left, path[i] ?? 0), Math.max(right, path[i] ?? 0)];
      [top, bottom] = [Math.min(top, path[i + 1] ?? 0), Math.max(bottom, path[i + 1] ?? 0)];
    }
    index.add(left, top, right, bottom);
  }
  if (paths.length === 0) index.add(2, 2);
  index.finish();
  return index;
}

/** Rounding makes points fall together; both ends stay, so that rings still chain. */
function withoutRepeats(path: Path): Path {
  const result = [path[0] ?? 0, path[1] ?? 0];
  for (let i = 2; i < path.length; i += 2) {
    if (path[i] !== result.at(-2) || path[i + 1] !== result.at(-1)) result.push(path[i] ?? 0, path[i + 1] ?? 0);
  }
  if (result.length === 2) result.push(...result);
  return result;
}

function visibleRings(rings: readonly Path[]): Path[] {
  const clean = rings.map(withoutRepeats).filter((ring) => ring.length >= 6);
  return clean.filter((ring) => clean.length === 1 || Math.abs(ringArea(ring)) >= SMALLEST_ISLET);
}

function ringsPath(rings: readonly Path[], box: Box, origin: [number, number]): string {
  return rings
    .map((ring) => clipRing(ring, box))
    .filter((ring) => ring.length >= 6)
    .map((ring) => `${linePath(ring, origin)}Z`)
    .join('');
}

/** Steps are short texts: half the bytes to send, to parse and to draw from. */
function linePath(line: Path, [x, y]: [number, number]): string {
  let text = `M${(line[0] ?? 0) - x} ${(line[1] ?? 0) - y}`;
  for (let i = 2; i < line.length; i += 2) {
    const [dx, dy] = [(line[i] ?? 0) - (line[i - 2] ?? 0), (line[i + 1] ?? 0) - (line[i - 1] ?? 0)];
    text += `${i === 2 ? 'l' : dx < 0 ? '' : ' '}${dx}${dy < 0 ? '' : ' '}${dy}`;
  }
  return text;
}
