/** A place to draw: one point, or several that lie too near to each other to be told apart. */
export interface Cluster {
  /** Place on the mercator square. */
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** One of its points; the only one where count is 1. */
  readonly first: number;
}

/** Side of a cell in pixels while clusters are wanted, and where single points are. */
const [CELL_PIXELS, NEAR_PIXELS] = [64, 14];
/** From this zoom on only points that cover each other are drawn as one. */
const SINGLE_ZOOM = 11;
/** A cluster takes in a smaller one that is nearer than this share of a cell. */
const MERGE_SHARE = 0.7;

interface Growing {
  x: number;
  y: number;
  count: number;
  first: number;
  isTaken: boolean;
}

/** Cells of the world a side stay below this at every zoom: a cell is one number, column and row. */
const ROW = 2 ** 20;

/**
 * Points gathered by cells of the screen, then neighbours by nearness: one pass over the points a zoom. Plain arrays: trees on
 * typed arrays, as other clusterers keep them, are hundreds of times slower inside Lightning's sandbox. Cells are numbers: a
 * text for each would take most of the time.
 */
export function clusters(x: readonly number[], y: readonly number[], zoom: number, world: number): Cluster[] {
  const side = (zoom >= SINGLE_ZOOM ? NEAR_PIXELS : CELL_PIXELS) / world;
  const cells = new Map<number, Growing>();
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [x[i] ?? 0, y[i] ?? 0];
    const key = Math.floor(px / side) * ROW + Math.floor(py / side);
    const cell = cells.get(key);
    if (cell) add(cell, px, py, 1);
    else cells.set(key, { x: px, y: py, count: 1, first: i, isTaken: false });
  }
  return merged(cells, side);
}

/** The biggest take in what lies near them in the cells around. */
function merged(cells: ReadonlyMap<number, Growing>, side: number): Cluster[] {
  const bySize = [...cells].sort(([, a], [, b]) => b.count - a.count);
  const result: Growing[] = [];
  for (const [key, cluster] of bySize) {
    if (cluster.isTaken) continue;
    for (let column = key - ROW; column <= key + ROW; column += ROW) {
      for (let near = column - 1; near <= column + 1; near++) {
        const other = near === key ? undefined : cells.get(near);
        if (!other || other.isTaken || other.count > cluster.count) continue;
        if (Math.hypot(other.x - cluster.x, other.y - cluster.y) > side * MERGE_SHARE) continue;
        other.isTaken = true;
        add(cluster, other.x, other.y, other.count);
      }
    }
    cluster.isTaken = true;
    result.push(cluster);
  }
  return result;
}

function add(into: Growing, x: number, y: number, count: number): void {
  const all = into.count + count;
  into.x += ((x - into.x) * count) / all;
  into.y += ((y - into.y) * count) / all;
  into.count = all;
}
