import type { Sheet } from './canvasOverlay.ts';
import { square } from './mercator.ts';

export interface Marker {
  readonly lat: number;
  readonly lon: number;
}

/** The box of the pin on the sheet, so that no name is written over it. */
export function markerBox({ at }: Sheet, { lat, lon }: Marker): readonly [number, number, number, number] {
  const [x, y] = at(...square(lat, lon));
  return [x - 11, y - 31, x + 11, y + 1];
}

/** A pin whose tip is the place. */
export function drawMarker({ context, at }: Sheet, { lat, lon }: Marker): void {
  const [x, y] = at(...square(lat, lon));
  context.beginPath();
  context.moveTo(x, y);
  context.bezierCurveTo(x - 4, y - 9, x - 10, y - 13, x - 10, y - 20);
  context.arc(x, y - 20, 10, Math.PI, 0);
  context.bezierCurveTo(x + 10, y - 13, x + 4, y - 9, x, y);
  context.fillStyle = '#c23934';
  context.fill();
  context.strokeStyle = '#ffffff';
  context.lineWidth = 1.5;
  context.stroke();
  context.beginPath();
  context.arc(x, y - 20, 3.6, 0, 2 * Math.PI);
  context.fillStyle = '#ffffff';
  context.fill();
}
