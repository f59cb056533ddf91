import type { Map as LeafletMap } from 'leaflet';
import type { Units } from './geographyData.ts';
import type { Card, HoverCard } from './hoverCard.ts';

/** A unit walked to by keyboard stays this far from the edge, in pixels. */
const KEYBOARD_ROOM = 70;
export interface CursorPorts {
  readonly units: Units;
  readonly describe: (unit: number) => Card | null;
  /** Outlines this unit, and nothing else; draws again the units that are given. */
  readonly outline: (unit: number | null, touched: readonly number[]) => void;
}

/** The unit that the keyboard stands on. */
export class UnitCursor {
  at: number | null = null;
  private readonly leaflet: LeafletMap;
  private readonly card: HoverCard;
  private readonly ports: CursorPorts;

  constructor(leaflet: LeafletMap, card: HoverCard, ports: CursorPorts) {
    this.leaflet = leaflet;
    this.card = card;
    this.ports = ports;
  }

  /** Outlines a unit, brings it into sight and shows its card without a pointer. */
  point(unit: number | null): void {
    const touched = [this.at, unit].filter((one) => one !== null);
    this.at = unit;
    this.ports.outline(unit, touched);
    const card = unit === null ? null : this.ports.describe(unit);
    if (unit === null || !card) return this.card.hide();
    const { lat, lon } = this.ports.units;
    const place: [number, number] = [lat[unit] ?? 0, lon[unit] ?? 0];
    this.leaflet.panInside(place, { padding: [KEYBOARD_ROOM, KEYBOARD_ROOM], animate: false });
    const { x, y } = this.leaflet.latLngToContainerPoint(place);
    this.card.show(card, x, y);
  }

  /** The focus has gone: card and outline with it; the place is kept for when it comes back. */
  rest(): void {
    this.card.hide();
    this.ports.outline(null, this.at === null ? [] : [this.at]);
  }
}
