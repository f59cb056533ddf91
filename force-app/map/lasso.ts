import { isInside, type Ring } from './hitTest.ts';

/** Places of all units in pixels of one zoom, worked out once a zoom. */
export interface Projected {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Units whose point lies inside the closed line x, y, x, y …; fewer than three corners hold nothing. */
export function unitsInside(line: readonly number[], { x, y }: Projected): number[] {
  if (line.length < 6) return [];
  const ring: Ring[] = [{ points: line, box: boxOf(line) }];
  const [left, top, right, bottom] = boxOf(line);
  const found: number[] = [];
  for (let unit = 0; unit < x.length; unit++) {
    const [px, py] = [x[unit] ?? 0, y[unit] ?? 0];
    if (px >= left && px <= right && py >= top && py <= bottom && isInside(px, py, ring)) found.push(unit);
  }
  return found;
}

/** Units whose point lies within the radius, in pixels. */
export function unitsNear(cx: number, cy: number, radius: number, { x, y }: Projected): number[] {
  const found: number[] = [];
  for (let unit = 0; unit < x.length; unit++) {
    const [dx, dy] = [(x[unit] ?? 0) - cx, (y[unit] ?? 0) - cy];
    if (dx * dx + dy * dy <= radius * radius) found.push(unit);
  }
  return found;
}

function boxOf(line: readonly number[]): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < line.length; i += 2) {
    left = Math.min(left, line[i] ?? 0);
    right = Math.max(right, line[i] ?? 0);
    top = Math.min(top, line[i + 1] ?? 0);
    bottom = Math.max(bottom, line[i + 1] ?? 0);
  }
  return [left, top, right, bottom];
}
