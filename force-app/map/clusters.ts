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

/**
 * Points gathered by cells of the screen, then neighbours by nearness: one pass over the points a zoom. Plain arrays: trees on
 * typed arrays, as other clusterers keep them, are hundreds of times slower inside Lightning's sandbox.
 */
export function clusters(x: readonly number[], y: readonly number[], zoom: number, world: number): Cluster[] {
  const side = (zoom >= SINGLE_ZOOM ? NEAR_PIXELS : CELL_PIXELS) / world;
  const cells = new Map<string, Growing>();
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [x[i] ?? 0, y[i] ?? 0];
    const key = `${Math.floor(px / side)},${Math.floor(py / side)}`;
    const cell = cells.get(key);
    if (cell) add(cell, { x: px, y: py, count: 1 });
    else cells.set(key, { x: px, y: py, count: 1, first: i, isTaken: false });
  }
  return merged(cells, side);
}

/** The biggest take in what lies near them in the cells around. */
function merged(cells: ReadonlyMap<string, Growing>, side: number): Cluster[] {
  const bySize = [...cells].sort(([, a], [, b]) => b.count - a.count);
  const result: Growing[] = [];
  for (const [key, cluster] of bySize) {
    if (cluster.isTaken) continue;
    const [column = 0, row = 0] = key.split(',').map(Number);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const other = cells.get(`${column + dx},${row + dy}`);
        if (!other || other === cluster || other.isTaken || other.count > cluster.count) continue;
        if (Math.hypot(other.x - cluster.x, other.y - cluster.y) > side * MERGE_SHARE) continue;
        other.isTaken = true;
        add(cluster, other);
      }
    }
    cluster.isTaken = true;
    result.push(cluster);
  }
  return result;
}

function add(into: Growing, { x, y, count }: { x: number; y: number; count: number }): void {
  const all = into.count + count;
  into.x += ((x - into.x) * count) / all;
  into.y += ((y - into.y) * count) / all;
  into.count = all;
}
