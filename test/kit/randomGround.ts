import type { Problem } from '../../service/core/optimize/problem.ts';
import { below, type Random } from '../../service/core/random.ts';

/** A connected graph by chance on a raster, with account groups that hang on some units, and owners that make legal territories. */
export interface RandomGround {
  readonly lat: number[];
  readonly lon: number[];
  readonly neighbors: number[][];
  readonly partOf: number[];
  readonly owners: number[];
}

export function randomGround(
  random: Random,
  {
    width,
    height,
    k,
    parts = 0,
    edges = 0.75,
  }: { width: number; height: number; k: number; parts?: number; edges?: number },
): RandomGround {
  const n = width * height;
  const joined = Array.from({ length: n }, () => new Set<number>());
  const link = (a: number, b: number) => void (joined[a]!.add(b), joined[b]!.add(a));
  for (let u = 0; u < n; u++) {
    const [column, row] = [u % width, Math.floor(u / width)];
    if (column > 0 && (row === 0 || random() < edges)) link(u, u - 1);
    if (row > 0 && (column === 0 || random() < edges)) link(u, u - width);
    // nothing may be left alone
    if (row > 0 && column > 0 && !joined[u]!.has(u - 1) && !joined[u]!.has(u - width)) link(u, u - 1);
  }
  const partOf = Array<number>(n).fill(-1);
  for (let part = 0; part < parts; part++) {
    const unit = below(random, n);
    const around = [unit, ...[...joined[unit]!].filter((next) => next < n)];
    joined.push(new Set());
    for (const next of around) link(n + part, next);
    partOf.push(unit);
  }
  const neighbors = joined.map((set) => [...set].sort((a, b) => a - b));
  const place = (u: number) => (partOf[u]! < 0 ? u : partOf[u]!);
  return {
    lat: neighbors.map((_, u) => 42 - 0.1 * Math.floor(place(u) / width)),
    lon: neighbors.map((_, u) => -72 + 0.1 * (place(u) % width)),
    neighbors,
    partOf,
    owners: grown(random, { neighbors, partOf, n, k }),
  };
}

/** Territories grown from seeds by chance; account groups go to a territory beside them. */
function grown(
  random: Random,
  { neighbors, partOf, n, k }: { neighbors: number[][]; partOf: number[]; n: number; k: number },
): number[] {
  const owners = Array<number>(neighbors.length).fill(-1);
  for (let j = 0; j < k; j++) {
    let seed = below(random, n);
    while (owners[seed]! >= 0) seed = (seed + 1) % n;
    owners[seed] = j;
  }
  while (owners.slice(0, n).includes(-1)) {
    const u = below(random, n);
    const next = neighbors[u]![below(random, neighbors[u]!.length)]!;
    if (owners[u]! < 0 && partOf[next]! < 0) owners[u] = owners[next]!;
  }
  for (let u = n; u < owners.length; u++) owners[u] = owners[neighbors[u]![below(random, neighbors[u]!.length)]!]!;
  return owners;
}

/** The engine's problem on such a ground, with one uneven measure unless told otherwise; today's map are its owners. */
export function groundProblem(random: Random, ground: RandomGround, k: number, given: Partial<Problem> = {}): Problem {
  const measure = (name: string) => ({
    name,
    tolerance: 0.1,
    perUnit: ground.lat.map(() => (random() < 0.1 ? 0 : 1 + 4 * random() ** 3)),
    perPair: null,
    base: Array<number>(k).fill(0),
  });
  return {
    lat: ground.lat,
    lon: ground.lon,
    neighbors: ground.neighbors,
    partOf: ground.partOf,
    k,
    shares: Array<number>(k).fill(1),
    measures: [measure('hours')],
    homes: Array<null>(k).fill(null),
    current: ground.owners,
    locked: ground.lat.map(() => false),
    frozen: Array<boolean>(k).fill(false),
    disruption: null,
    limits: null,
    disruptionWeight: 0,
    ...given,
  };
}

/** By brute force: the whole units of a territory in connected pieces, without those left out; each piece ascending. */
export function piecesOf(
  ground: RandomGround,
  owners: ArrayLike<number>,
  j: number,
  without = new Set<number>(),
): number[][] {
  const open = new Set(ground.partOf.flatMap((part, u) => (part < 0 && owners[u] === j && !without.has(u) ? [u] : [])));
  const found: number[][] = [];
  for (const first of open) {
    const piece = [first];
    open.delete(first);
    for (const u of piece) for (const next of ground.neighbors[u]!) if (open.delete(next)) piece.push(next);
    found.push(piece.sort((a, b) => a - b));
  }
  return found;
}

/** By brute force: account groups of a territory that touch none of its whole units, without those left out. */
export function hangingParts(
  ground: RandomGround,
  owners: ArrayLike<number>,
  j: number,
  without = new Set<number>(),
): number[] {
  return ground.partOf.flatMap((part, u) => {
    if (part < 0 || owners[u] !== j || without.has(u)) return [];
    const holds = (next: number) => owners[next] === j && ground.partOf[next]! < 0 && !without.has(next);
    return ground.neighbors[u]!.some(holds) ? [] : [u];
  });
}
