import { topology } from 'topojson-server';
import type { Path } from './polygon.ts';

/** A stretch of border between two shapes, or between a shape and the outside (-1). Arcs meet only at their ends. */
export interface SharedArc {
  readonly left: number;
  readonly right: number;
  readonly path: Path;
}

/**
 * Borders of shapes, each stretch once with both owners. Shapes touch where they have corners in common, to the last digit.
 * A seam between two rings of one shape is no border; where shapes lie over each other (a third owner of a stretch), the
 * third has its own copy.
 */
export function sharedArcs(shapes: readonly (readonly Path[])[]): SharedArc[] {
  const geometries = shapes.map((rings) => ({ type: 'Polygon', coordinates: rings.map(closed) }));
  const { arcs, objects } = topology({ shapes: { type: 'GeometryCollection', geometries } } as Parameters<
    typeof topology
  >[0]);
  const users = (objects['shapes'] as { geometries: { arcs?: number[][] }[] }).geometries.map(({ arcs = [] }) =>
    arcs.flat(),
  );
  return owned(arcs as [number, number][][], users);
}

/** A line with its owner: a stretch of the outside of something. */
export interface OwnedLine {
  readonly owner: number;
  readonly path: Path;
}

/** The same for lines that are borders to the outside so far: stretches that two owners have in common lie between them. */
export function sharedLines(lines: readonly OwnedLine[]): SharedArc[] {
  const coordinates = lines.map(({ path }) => points(path));
  const { arcs, objects } = topology({ lines: { type: 'MultiLineString', coordinates } } as Parameters<
    typeof topology
  >[0]);
  const used = (objects['lines'] as { arcs?: number[][] }).arcs ?? [];
  const byOwner = new Map<number, number[]>();
  used.forEach((numbers, i) => {
    const owner = lines[i]?.owner ?? -1;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), ...numbers]);
  });
  const users: number[][] = [];
  for (const [owner, numbers] of byOwner) users[owner] = numbers;
  return owned(arcs as [number, number][][], users);
}

function owned(arcs: readonly [number, number][][], users: readonly (readonly number[] | undefined)[]): SharedArc[] {
  const owners: number[][] = arcs.map(() => []);
  users.forEach((numbers, owner) => {
    for (const number of numbers ?? []) {
      const list = owners[number < 0 ? ~number : number];
      // twice the same owner is a seam: it cancels
      if (list?.at(-1) === owner) list.pop();
      else list?.push(owner);
    }
  });
  return owners.flatMap((list, i) => {
    const path = (arcs[i] ?? []).flat();
    const [left, right = -1, ...more] = list;
    if (left === undefined) return [];
    return [{ left, right, path }, ...more.map((third) => ({ left: third, right: -1, path }))];
  });
}

function points(path: Path): [number, number][] {
  const list: [number, number][] = [];
  for (let i = 0; i < path.length; i += 2) list.push([path[i] ?? 0, path[i + 1] ?? 0]);
  return list;
}

function closed(ring: Path): [number, number][] {
  return [...points(ring), [ring[0] ?? 0, ring[1] ?? 0]];
}
