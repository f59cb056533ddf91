import type { Path } from './polygon.ts';

/**
 * Ramer, Douglas and Peucker (1972/73): drops points of a line that lie within the tolerance of the simplified line.
 * Both ends stay; a closed line (same first and last point) keeps its farthest point too, so that a ring keeps an area
 * unless it is smaller than the tolerance.
 */
export function simplify(path: Path, tolerance: number): Path {
  const last = path.length / 2 - 1;
  if (last < 2) return path;
  const keep = new Uint8Array(last + 1);
  keep[0] = keep[last] = 1;
  const stack: [number, number][] = [[0, last]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    const [farthest, distance] = farthestPoint(path, from, to);
    if (distance <= tolerance) continue;
    keep[farthest] = 1;
    stack.push([from, farthest], [farthest, to]);
  }
  return path.filter((_, i) => keep[i >> 1] === 1);
}

/** Index and distance of the point between two others that lies farthest from their segment. */
function farthestPoint(path: Path, from: number, to: number): [number, number] {
  const at = (i: number) => [path[2 * i] ?? 0, path[2 * i + 1] ?? 0] as const;
  const [ax, ay] = at(from);
  const [bx, by] = at(to);
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  let best = from;
  let worst = -1;
  for (let i = from + 1; i < to; i++) {
    const [x, y] = at(i);
    const along = length2 > 0 ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0;
    const distance2 = (x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2;
    if (distance2 > worst) [best, worst] = [i, distance2];
  }
  return [best, Math.sqrt(Math.max(0, worst))];
}
