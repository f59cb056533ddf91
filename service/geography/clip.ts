import type { Path } from '../core/polygon.ts';

/** Left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

/** The part of a ring inside the box, by Sutherland and Hodgman (1974); whole numbers. Empty where nothing is inside. */
export function clipRing(ring: Path, box: Box): Path {
  if (fits(ring, box)) return ring;
  let result = ring;
  for (let side = 0; side < 4 && result.length > 0; side++) result = clipSide(result, side, box[side] ?? 0);
  return result;
}

/** Sides 0 and 1 keep what is greater than the limit in x and y, 2 and 3 what is less. */
function clipSide(ring: Path, side: number, limit: number): Path {
  const axis = side % 2;
  const sign = side < 2 ? 1 : -1;
  const result: number[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [px, py, qx, qy] = [ring[j] ?? 0, ring[j + 1] ?? 0, ring[i] ?? 0, ring[i + 1] ?? 0];
    const [p, q] = axis === 0 ? [px, qx] : [py, qy];
    const [pInside, qInside] = [sign * (p - limit) >= 0, sign * (q - limit) >= 0];
    if (pInside !== qInside) {
      const share = (limit - p) / (q - p);
      result.push(Math.round(px + share * (qx - px)), Math.round(py + share * (qy - py)));
    }
    if (qInside) result.push(qx, qy);
  }
  return result;
}

/** The stretches of a line whose segments reach into the box; segments stay whole, as the buffer is small. */
export function clipLine(line: Path, box: Box): Path[] {
  const stretches: number[][] = [];
  let open: number[] | null = null;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [ax, ay, bx, by] = [line[i] ?? 0, line[i + 1] ?? 0, line[i + 2] ?? 0, line[i + 3] ?? 0];
    const isPoint = ax === bx && ay === by;
    const misses =
      Math.max(ax, bx) < box[0] || Math.max(ay, by) < box[1] || Math.min(ax, bx) > box[2] || Math.min(ay, by) > box[3];
    if (isPoint || misses) {
      open = null;
      continue;
    }
    if (!open) stretches.push((open = [ax, ay]));
    open.push(bx, by);
  }
  return stretches;
}

function fits(path: Path, [left, top, right, bottom]: Box): boolean {
  for (let i = 0; i < path.length; i += 2) {
    const [x, y] = [path[i] ?? 0, path[i + 1] ?? 0];
    if (x < left || x > right || y < top || y > bottom) return false;
  }
  return true;
}
