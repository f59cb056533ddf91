import Flatbush from 'flatbush';
import type { Border } from '../core/cells.ts';
import { boxOf, type Path } from '../core/polygon.ts';

/** The drawn state shapes are off by up to this much, in km. */
const OFF_KM = 3;
/** Kilometres of the mercator square's side at the equator. */
const WORLD_KM = 40_075;
/** Segments looked at for the nearest: boxes may be nearer than what runs through them. */
const CANDIDATES = 8;

/** What is known of the units on both sides of a line. */
export interface Sides {
  isExact(unit: number): boolean;
  /** Whether two units with real areas are of different states whose files share no line: other years, other simplification. */
  isApart(a: number, b: number): boolean;
}

/**
 * Real areas and cells face each other along a state's line, each on its own line; so do the areas of two files that do not
 * fit each other. Marks both with who is across, so that a border between two territories is drawn there and none inside of
 * one. Cells of states with real areas are left out.
 */
export function facing(cells: readonly Border[], exact: readonly Border[], { isExact, isApart }: Sides): Border[] {
  const kept: Border[] = [];
  const line: Border[] = [];
  const loose = new Set<number>();
  for (const border of cells) {
    const { left, right } = border;
    const [a, b] = [left >= 0 && isExact(left), right >= 0 && isExact(right)];
    if (!a && !b) kept.push(border);
    else if (a && b && isApart(left, right)) loose.add(left).add(right);
    else if (a !== b && Math.min(left, right) >= 0)
      line.push({ ...border, left: a ? right : left, right: -1, across: a ? left : right });
    else if (a !== b && (a ? right : left) >= 0) kept.push(border);
  }
  const opposite = exact.filter(({ left, right }) => right < 0 && loose.has(left));
  const nearest = nearestOn([...line, ...opposite], (unit, other) => !isExact(other) || isApart(unit, other));
  let nodes = 1 + [...cells, ...exact].reduce((most, { ends }) => Math.max(most, ends[0], ends[1]), 0);
  const split = exact.flatMap((border) => {
    if (border.right >= 0) return [border];
    return pieces(
      border,
      (x, y) => nearest(x, y, border.left),
      () => nodes++,
    );
  });
  return [...kept, ...line, ...split];
}

/** A border to the outside, cut where who is across changes. */
function pieces(border: Border, across: (x: number, y: number) => number | undefined, newNode: () => number): Border[] {
  const { left, path } = border;
  const found: Border[] = [];
  let [node, from, facing] = [border.ends[0], 0, acrossAt(path, 0, across)];
  const close = (to: number, end: number) => {
    const piece = { left, right: -1, path: path.slice(from, to + 2), ends: [node, end] as const };
    found.push(facing === undefined ? piece : { ...piece, across: facing });
    [node, from] = [end, to];
  };
  for (let i = 2; i + 3 < path.length; i += 2) {
    const next = acrossAt(path, i, across);
    if (next === facing) continue;
    close(i, newNode());
    facing = next;
  }
  close(path.length - 2, border.ends[1]);
  return found;
}

function acrossAt(path: Path, i: number, across: (x: number, y: number) => number | undefined): number | undefined {
  return across((path[i]! + path[i + 2]!) / 2, (path[i + 1]! + path[i + 3]!) / 2);
}

type Nearest = (x: number, y: number, unit: number) => number | undefined;

/** The unit across whose line is nearest to a place on the line of another, if it is near at all. */
function nearestOn(line: readonly Border[], faces: (unit: number, other: number) => boolean): Nearest {
  const segments = line.flatMap(({ path, left }) =>
    Array.from({ length: path.length / 2 - 1 }, (_, i) => ({ left, at: path.slice(2 * i, 2 * i + 4) })),
  );
  if (segments.length === 0) return () => undefined;
  const index = new Flatbush(segments.length);
  for (const { at } of segments) index.add(...boxOf([at]));
  index.finish();
  return (x, y, unit) => {
    // a kilometre is longer on the square the farther it is from the equator
    const limit = (OFF_KM / WORLD_KM) * Math.cosh((0.5 - y) * 2 * Math.PI);
    const found = index.neighbors(x, y, CANDIDATES, limit, (i) => faces(unit, segments[i]!.left));
    const near = found.map((i) => ({ i, d: distance(segments[i]!.at, x, y) }));
    const best = near.sort((a, b) => a.d - b.d)[0];
    return best && best.d <= limit ? segments[best.i]!.left : undefined;
  };
}

function distance([ax = 0, ay = 0, bx = 0, by = 0]: Path, x: number, y: number): number {
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length2 > 0 ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0;
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}
