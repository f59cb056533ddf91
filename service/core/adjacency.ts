import Delaunator from 'delaunator';
import Flatbush from 'flatbush';
import { distanceKm, type Neighbors } from './geography.ts';
import { mercator } from './polygon.ts';

/**
 * Gabriel graph of distinct places: two are neighbours where the circle over the line between them holds no third
 * (Gabriel and Sokal 1969). Pairs a < b. Computed on the mercator plane, which keeps local shapes.
 */
export function gabriel(lat: readonly number[], lon: readonly number[]): [number, number][] {
  const places = lat.map((value, i) => mercator(lon[i] ?? 0, value));
  if (places.length === 2) return [[0, 1]];
  const { triangles, halfedges } = Delaunator.from(places);
  const pairs: [number, number][] = [];
  const next = (e: number) => (e % 3 === 2 ? e - 2 : e + 1);
  /** The corner that faces half-edge e lies inside the circle over it exactly where its angle is obtuse. */
  const isObtuse = (e: number) => {
    const [ax, ay] = places[triangles[e] ?? 0] ?? [0, 0];
    const [bx, by] = places[triangles[next(e)] ?? 0] ?? [0, 0];
    const [cx, cy] = places[triangles[next(next(e))] ?? 0] ?? [0, 0];
    return (ax - cx) * (bx - cx) + (ay - cy) * (by - cy) < 0;
  };
  for (let e = 0; e < triangles.length; e++) {
    const twin = halfedges[e] ?? -1;
    if (twin > e || isObtuse(e) || (twin >= 0 && isObtuse(twin))) continue;
    const [a, b] = [triangles[e] ?? 0, triangles[next(e)] ?? 0];
    pairs.push(a < b ? [a, b] : [b, a]);
  }
  return pairs;
}

/** Sorted neighbour lists of n places from pairs; repeated pairs count once. */
export function neighborLists(n: number, pairs: Iterable<readonly [number, number]>): number[][] {
  const sets = Array.from({ length: n }, () => new Set<number>());
  for (const [a, b] of pairs) {
    if (a === b) continue;
    sets[a]?.add(b);
    sets[b]?.add(a);
  }
  return sets.map((set) => [...set].sort((a, b) => a - b));
}

/** Number of the connected component of every place, and how many there are. */
export function components(neighbors: Neighbors): { of: Int32Array; count: number } {
  const of = new Int32Array(neighbors.length).fill(-1);
  let count = 0;
  for (let start = 0; start < neighbors.length; start++) {
    if (of[start] !== -1) continue;
    const stack = [start];
    of[start] = count;
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      for (const next of neighbors[place] ?? []) {
        if (of[next] !== -1) continue;
        of[next] = count;
        stack.push(next);
      }
    }
    count++;
  }
  return { of, count };
}

/** Nearest candidates looked at per place: the mercator plane may order far ones a little differently than the sphere. */
const CANDIDATES = 3;

/**
 * Bridges that make the graph one piece: the shortest pair between components, component by component (Borůvka 1926).
 * Pairs a < b, sorted; empty where the graph is connected already.
 */
export function connect(neighbors: Neighbors, lat: readonly number[], lon: readonly number[]): [number, number][] {
  const bridges: [number, number][] = [];
  const index = neighbors.length > 0 ? placeIndex(lat, lon) : null;
  for (let linked = neighborLists(neighbors.length, pairsOf(neighbors)); index;) {
    const { of, count } = components(linked);
    if (count < 2) break;
    const added = shortestLinks(of, count, { index, lat, lon });
    bridges.push(...added);
    linked = neighborLists(neighbors.length, [...pairsOf(linked), ...added]);
  }
  const unique = new Map(bridges.map((pair) => [pair.join(), pair]));
  return [...unique.values()].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
}

interface Places {
  readonly index: Flatbush;
  readonly lat: readonly number[];
  readonly lon: readonly number[];
}

/** The shortest way out of every component but the largest, which the others reach anyway. */
function shortestLinks(of: Int32Array, count: number, { index, lat, lon }: Places): [number, number][] {
  const sizes = new Array<number>(count).fill(0);
  for (const component of of) sizes[component] = (sizes[component] ?? 0) + 1;
  const largest = sizes.indexOf(Math.max(...sizes));
  const best = new Map<number, { km: number; pair: [number, number] }>();
  of.forEach((component, place) => {
    if (component === largest) return;
    const from = { lat: lat[place] ?? 0, lon: lon[place] ?? 0 };
    const [x, y] = mercator(from.lon, from.lat);
    for (const other of index.neighbors(x, y, CANDIDATES, Infinity, (i) => of[i] !== component)) {
      const km = distanceKm(from, { lat: lat[other] ?? 0, lon: lon[other] ?? 0 });
      const pair: [number, number] = place < other ? [place, other] : [other, place];
      const known = best.get(component);
      if (!known || km < known.km) best.set(component, { km, pair });
    }
  });
  return withoutCycles([...best.values()], of, count);
}

/** Keeps a link only where it still joins two pieces; equally short links could close a circle otherwise. */
function withoutCycles(links: { km: number; pair: [number, number] }[], of: Int32Array, count: number) {
  const piece = Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => (piece[i] === i ? i : root(piece[i] ?? i));
  const kept: [number, number][] = [];
  for (const { pair } of links.sort((p, q) => p.km - q.km || p.pair[0] - q.pair[0] || p.pair[1] - q.pair[1])) {
    const [a, b] = [root(of[pair[0]] ?? 0), root(of[pair[1]] ?? 0)];
    if (a === b) continue;
    piece[a] = b;
    kept.push(pair);
  }
  return kept;
}

function placeIndex(lat: readonly number[], lon: readonly number[]): Flatbush {
  const index = new Flatbush(lat.length);
  lat.forEach((value, i) => index.add(...mercator(lon[i] ?? 0, value)));
  index.finish();
  return index;
}

function* pairsOf(neighbors: Neighbors): Generator<[number, number]> {
  for (const [a, list] of neighbors.entries()) for (const b of list) if (a < b) yield [a, b];
}
