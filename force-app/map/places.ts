import type { Card } from './hoverCard.ts';
import type { Sheet } from './canvasOverlay.ts';
import { square } from './mercator.ts';
import { radius } from './scale.ts';
import { count, filled, words } from './words.ts';

/** Where procedures are done; drawn as a circle by volume. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly lat: number;
  readonly lon: number;
  readonly procedures: number;
}

const AT_OVERVIEW = 60;
const PER_ZOOM = 3;

/** Circles of the biggest places: more of them, and bigger, the closer one looks. */
export class Places {
  readonly most: number;
  private readonly places: readonly { place: Place; x: number; y: number }[];

  constructor(places: readonly Place[]) {
    this.places = places
      .filter(({ procedures }) => procedures > 0)
      .sort((a, b) => b.procedures - a.procedures)
      .map((place) => {
        const [x, y] = square(place.lat, place.lon);
        return { place, x, y };
      });
    this.most = this.places[0]?.place.procedures ?? 0;
  }

  radiusOf(procedures: number, zoom: number): number {
    return radius(procedures, this.most, Math.min(30, 10 + 2.5 * Math.max(0, zoom - 6)));
  }

  draw(sheet: Sheet): void {
    const { context } = sheet;
    context.lineWidth = 1.2;
    context.strokeStyle = '#ffffff';
    context.fillStyle = 'rgba(123, 45, 139, 0.55)';
    for (const { place, x, y } of this.visible(sheet.zoom)) {
      const [px, py] = sheet.at(x, y);
      if (px < -30 || py < -30 || px > sheet.width + 30 || py > sheet.height + 30) continue;
      context.beginPath();
      context.arc(px, py, this.radiusOf(place.procedures, sheet.zoom), 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }

  /** The smallest circle under a point on the mercator square. */
  at(x: number, y: number, world: number, zoom: number): Place | undefined {
    const under = this.visible(zoom).filter(({ place, x: px, y: py }) => {
      return Math.hypot(px - x, py - y) * world <= this.radiusOf(place.procedures, zoom) + 1;
    });
    return under.at(-1)?.place;
  }

  private visible(zoom: number) {
    return this.places.slice(0, zoom <= 6 ? AT_OVERVIEW : Math.round(AT_OVERVIEW * PER_ZOOM ** (zoom - 6)));
  }
}

export function cardOf({ name, kind, procedures }: Place): Card {
  const volume = filled(words.proceduresAYear, count(procedures));
  return { title: name, lines: [kind === 'facility' ? words.facilityPlace : words.practicePlace, volume] };
}
