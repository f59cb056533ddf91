/** A closed line as x, y, x, y …, with its box. */
export interface Ring {
  readonly points: readonly number[];
  readonly box: readonly [number, number, number, number];
}

/** Rings of an SVG path of straight lines (M L H V Z, absolute or relative). */
export function ringsOf(path: string): Ring[] {
  const rings: Ring[] = [];
  let points: number[] = [];
  let [x, y] = [0, 0];
  const close = () => {
    if (points.length >= 6) rings.push(ring(points));
    points = [];
  };
  for (const [, letter = '', rest = ''] of path.matchAll(/([MmLlHhVvZz])([^MmLlHhVvZz]*)/g)) {
    const numbers = (rest.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    const relative = letter === letter.toLowerCase();
    const kind = letter.toUpperCase();
    if (kind === 'M' || kind === 'Z') close();
    const step = kind === 'H' || kind === 'V' ? 1 : 2;
    for (let i = 0; i + step <= numbers.length; i += step) {
      const first = numbers[i] ?? 0;
      const second = numbers[i + 1] ?? 0;
      if (kind !== 'V') x = first + (relative ? x : 0);
      if (kind === 'V') y = first + (relative ? y : 0);
      else if (kind !== 'H') y = second + (relative ? y : 0);
      points.push(x, y);
    }
  }
  close();
  return rings;
}

function ring(points: number[]): Ring {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { points, box: [left, top, right, bottom] };
}

/** Even-odd rule: is the point inside these rings? */
export function isInside(x: number, y: number, rings: readonly Ring[]): boolean {
  let inside = false;
  for (const { points, box } of rings) {
    if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
    const n = points.length;
    for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
      const [xi = 0, yi = 0, xj = 0, yj = 0] = [points[i], points[i + 1], points[j], points[j + 1]];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

/** The unit whose shape holds the point; undefined over water. */
export function unitAt(x: number, y: number, shapes: ReadonlyMap<number, readonly Ring[]>): number | undefined {
  for (const [unit, rings] of shapes) if (isInside(x, y, rings)) return unit;
  return undefined;
}
