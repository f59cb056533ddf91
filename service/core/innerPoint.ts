import { isInside, ringArea, type Path } from './polygon.ts';

/** Lines across the shape that are looked at where its middle lies outside of it. */
const LINES = 15;

/** A place inside of a shape (even-odd): the middle of its biggest ring, else the middle of the widest stretch across it. */
export function innerPoint(rings: readonly Path[]): [number, number] {
  const biggest = rings.reduce((a, b) => (Math.abs(ringArea(b)) > Math.abs(ringArea(a)) ? b : a), rings[0] ?? []);
  const [x, y] = centroid(biggest);
  if (isInside(x, y, rings)) return [x, y];
  const ys = biggest
    .filter((_, i) => i % 2 === 1)
    .reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)] as const, [Infinity, -Infinity] as const);
  let best = { x, y, width: 0 };
  for (let line = 1; line <= LINES; line++) {
    const at = ys[0] + ((ys[1] - ys[0]) * line) / (LINES + 1);
    const cuts = crossings(rings, at);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const [from, to] = [cuts[i]!, cuts[i + 1]!];
      if (to - from > best.width) best = { x: (from + to) / 2, y: at, width: to - from };
    }
  }
  return [best.x, best.y];
}

/** Relative to the first corner, for precision. */
function centroid(ring: Path): [number, number] {
  const [ox, oy] = [ring[0] ?? 0, ring[1] ?? 0];
  let [x, y, area] = [0, 0, 0];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[j]! - ox, ring[j + 1]! - oy, ring[i]! - ox, ring[i + 1]! - oy];
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
    area += cross;
  }
  return area === 0 ? [ox, oy] : [ox + x / (3 * area), oy + y / (3 * area)];
}

function crossings(rings: readonly Path[], y: number): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!];
      if (ay > y !== by > y) found.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
    }
  }
  return found.sort((a, b) => a - b);
}
