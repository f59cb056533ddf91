const TILE = 256;

/** Web mercator on a square of 1 × 1, y to the south (EPSG:3857). */
export function square(lat: number, lon: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** World pixels a side at this zoom. */
export function worldPixels(zoom: number): number {
  return TILE * 2 ** zoom;
}

/** Lines of [lon, lat] as one SVG path on the square times this factor, rounded to whole numbers. */
export function pathOnSquare(
  lines: readonly (readonly (readonly number[])[])[],
  factor: number,
  closed: boolean,
): string {
  return lines
    .map((line) => {
      const corners = line.map(([lon = 0, lat = 0]) => {
        const [x, y] = square(lat, lon);
        return `${Math.round(x * factor)} ${Math.round(y * factor)}`;
      });
      return `M${corners.join('L')}${closed ? 'Z' : ''}`;
    })
    .join('');
}
