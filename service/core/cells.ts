import Flatbush from 'flatbush';
import { Nodes, Outline, type Crossing, type Line, type OutlineArc } from './outline.ts';
import { wound, type Path } from './polygon.ts';
import { voronoi, type VoronoiDiagram, type VoronoiEdge } from './voronoi.ts';

/** A border between two cells, or between a cell and the outside (-1). Borders meet only at their ends. */
export interface Border {
  readonly left: number;
  readonly right: number;
  readonly path: Path;
  /** Node numbers of both ends: borders that meet share them. */
  readonly ends: readonly [number, number];
  /**
   * Where two shapes face each other on lines of their own (right is -1 then): the cell on the other side. It says whose
   * border is drawn here; it has no part in the rings.
   */
  readonly across?: number;
}

export interface Sites {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Region of each site: its cell is clipped to this region. */
  readonly region: readonly number[];
}

/**
 * Voronoi cells of the sites, clipped to their regions, as borders that each appear once with both owners.
 * A region's outline is cut where the nearest site changes, on either side, so cells of two regions share their line exactly.
 */
export function cellBorders(sites: Sites, arcs: readonly OutlineArc[]): Border[] {
  const outline = new Outline(arcs);
  const nodes = new Nodes(arcs);
  const crossings: Crossing[][] = arcs.map(() => []);
  const borders: Border[] = [];
  const finders = new Map<number, (x: number, y: number) => number>();
  for (const region of new Set(sites.region)) {
    const members = sites.region.flatMap((r, i) => (r === region ? [i] : []));
    const [x, y] = [members.map((i) => sites.x[i] ?? 0), members.map((i) => sites.y[i] ?? 0)];
    finders.set(region, nearest(members, x, y));
    const diagram = voronoi(x, y);
    const firstNode = nodes.reserve(diagram.vertices.length / 2);
    for (const edge of diagram.edges) {
      const line = lineOf(diagram, edge);
      const cut = outline.cut(line, region, nodes);
      cut.forEach((crossing) => crossings[crossing.arc]?.push(crossing));
      const ends = { from: firstNode + edge.from, to: firstNode + edge.to };
      const owners = { left: members[edge.a] ?? -1, right: members[edge.b] ?? -1 };
      const pieces = insidePieces(line, ends, cut, outline.contains(line.x1, line.y1, region));
      borders.push(...pieces.map((piece) => ({ ...owners, ...piece })));
    }
  }
  const owner = (region: number, x: number, y: number) => finders.get(region)?.(x, y) ?? -1;
  arcs.forEach((arc, i) => borders.push(...outlinePieces(arc, crossings[i] ?? [], nodes.endsOf(i), owner)));
  return borders;
}

/** Rings of every cell, chained from its borders; holes run against their shells. */
export function cellRings(borders: readonly Border[], count: number): Path[][] {
  const own: Border[][] = Array.from({ length: count }, () => []);
  for (const border of borders) {
    if (border.left === border.right) continue;
    own[border.left]?.push(border);
    own[border.right]?.push(border);
  }
  return own.map((list) => {
    const rings = chain(list);
    return rings.length > 1 ? wound(rings) : rings;
  });
}

/** Walks from border to border by shared ends; a walk that comes back to where it was closes a ring there. */
function chain(borders: readonly Border[]): Path[] {
  const at = new Map<number, Border[]>();
  for (const border of borders) for (const end of border.ends) at.set(end, [...(at.get(end) ?? []), border]);
  const used = new Set<Border>();
  const rings: Path[] = [];
  for (const first of borders) {
    if (used.has(first)) continue;
    const ring: number[] = [];
    let node = first.ends[0];
    const places = new Map([[node, 0]]);
    for (let border: Border | undefined = first; border; border = at.get(node)?.find((b) => !used.has(b))) {
      used.add(border);
      const forward: boolean = border.ends[0] === node;
      append(ring, border.path, forward);
      node = forward ? border.ends[1] : border.ends[0];
      const start = places.get(node);
      if (start !== undefined) {
        const closed = ring.splice(start);
        if (closed.length >= 6) rings.push(closed);
        for (const [other, place] of places) if (place > start) places.delete(other);
      } else places.set(node, ring.length);
    }
    // a border that is missing leaves a walk open
    if (ring.length >= 6) rings.push(ring);
  }
  return rings;
}

/** Adds all points of a path but its last one, which the next path begins with. */
function append(ring: number[], path: Path, forward: boolean): void {
  const n = path.length / 2;
  for (let i = 0; i < n - 1; i++) {
    const k = forward ? i : n - 1 - i;
    ring.push(path[2 * k] ?? 0, path[2 * k + 1] ?? 0);
  }
}

function lineOf({ vertices }: VoronoiDiagram, { from, to }: VoronoiEdge): Line {
  const at = (i: number) => vertices[i] ?? 0;
  return { x1: at(2 * from), y1: at(2 * from + 1), x2: at(2 * to), y2: at(2 * to + 1) };
}

/** The nearest site of a region to a place. */
function nearest(members: readonly number[], x: readonly number[], y: readonly number[]) {
  const index = new Flatbush(members.length);
  members.forEach((_, i) => index.add(x[i] ?? 0, y[i] ?? 0));
  index.finish();
  return (px: number, py: number) => members[index.neighbors(px, py, 1)[0] ?? 0] ?? -1;
}

/** The parts of a Voronoi edge that lie inside: each crossing of the outline changes sides. */
function insidePieces(line: Line, ends: { from: number; to: number }, cut: readonly Crossing[], startsInside: boolean) {
  const stops = [{ node: ends.from, x: line.x1, y: line.y1 }, ...cut, { node: ends.to, x: line.x2, y: line.y2 }];
  const pieces: Pick<Border, 'path' | 'ends'>[] = [];
  for (let i = 0; i + 1 < stops.length; i++) {
    const [a, b] = [stops[i], stops[i + 1]];
    if (a && b && startsInside === (i % 2 === 0)) pieces.push({ path: [a.x, a.y, b.x, b.y], ends: [a.node, b.node] });
  }
  return pieces;
}

/** An outline arc cut at its crossings; the owners of each piece are the nearest sites of both sides at its middle. */
function outlinePieces(
  arc: OutlineArc,
  crossings: Crossing[],
  ends: readonly [number, number],
  owner: (region: number, x: number, y: number) => number,
): Border[] {
  crossings.sort((p, q) => p.segment - q.segment || p.along - q.along);
  const pieces: Border[] = [];
  let path = [arc.path[0] ?? 0, arc.path[1] ?? 0];
  let [node, point] = [ends[0], 1];
  const close = (end: number) => {
    const [x, y] = middle(path);
    pieces.push({ left: owner(arc.left, x, y), right: owner(arc.right, x, y), path, ends: [node, end] });
  };
  for (const crossing of crossings) {
    for (; point <= crossing.segment; point++) path.push(arc.path[2 * point] ?? 0, arc.path[2 * point + 1] ?? 0);
    path.push(crossing.x, crossing.y);
    close(crossing.node);
    [path, node] = [[crossing.x, crossing.y], crossing.node];
  }
  for (; 2 * point < arc.path.length; point++) path.push(arc.path[2 * point] ?? 0, arc.path[2 * point + 1] ?? 0);
  close(ends[1]);
  return pieces;
}

/** Middle of the longest segment: as far from the cuts as a place on the piece can safely be. */
function middle(path: Path): [number, number] {
  let [best, length] = [0, -1];
  for (let i = 0; i + 3 < path.length; i += 2) {
    const d = Math.hypot((path[i + 2] ?? 0) - (path[i] ?? 0), (path[i + 3] ?? 0) - (path[i + 1] ?? 0));
    if (d > length) [best, length] = [i, d];
  }
  return [((path[best] ?? 0) + (path[best + 2] ?? 0)) / 2, ((path[best + 1] ?? 0) + (path[best + 3] ?? 0)) / 2];
}
