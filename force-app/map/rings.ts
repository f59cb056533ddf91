import { reachKm, type TravelSettings } from '../../service/core/travel.ts';
import type { Sheet } from './canvasOverlay.ts';
import type { LegendEntry } from './legend.ts';
import { square } from './mercator.ts';
import { filled, words } from './words.ts';

/** Drive times around a place. */
export interface Rings {
  readonly lat: number;
  readonly lon: number;
  readonly minutes: readonly number[];
  /** What they are around, such as "home of Ana Ruiz (ZIP 02115)". */
  readonly around: string;
  readonly travel: TravelSettings;
}

const COLOR = '#5a1e96';
const [KM_A_DEGREE, CORNERS] = [111.195, 72];

/** Circles around a place, true on the ground: wider on the map the further north they reach. */
export function drawRings({ context, at }: Sheet, { lat, lon, minutes, travel }: Rings): void {
  context.strokeStyle = COLOR;
  context.fillStyle = 'rgba(90, 30, 150, 0.05)';
  context.lineWidth = 1.6;
  context.setLineDash([7, 4]);
  for (const minute of minutes) {
    const degrees = reachKm(minute, travel) / KM_A_DEGREE;
    const corners = Array.from({ length: CORNERS }, (_, i) => {
      const angle = (2 * Math.PI * i) / CORNERS;
      const y = lat + degrees * Math.sin(angle);
      const x = lon + (degrees * Math.cos(angle)) / Math.cos((y * Math.PI) / 180);
      return at(...square(y, x)).join(' ');
    });
    const path = new Path2D(`M${corners.join('L')}Z`);
    context.fill(path);
    context.stroke(path);
    label(context, at(...square(lat + degrees, lon)), `${minute} min`);
  }
  context.setLineDash([]);
}

function label(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], text: string): void {
  context.setLineDash([]);
  context.font = '700 11px "Salesforce Sans", "Segoe UI", Arial, sans-serif';
  context.textAlign = 'center';
  context.lineWidth = 3.5;
  context.strokeStyle = 'rgba(255, 255, 255, 0.92)';
  context.strokeText(text, x, y - 4);
  context.strokeStyle = COLOR;
  context.fillStyle = COLOR;
  context.fillText(text, x, y - 4);
  context.fillStyle = 'rgba(90, 30, 150, 0.05)';
  context.lineWidth = 1.6;
  context.setLineDash([7, 4]);
}

/** What the rings are, and how they were estimated. */
export function ringsLegend({ minutes, around, travel }: Rings): LegendEntry {
  const { circuity, localSpeedKmh, highwaySpeedKmh } = travel;
  const how = filled(words.straightLine, circuity, localSpeedKmh, highwaySpeedKmh);
  const label = filled(words.minutesByCar, minutes.join(', '), around, how);
  return { kind: 'line', label, color: COLOR, pattern: 'dashed' };
}
