import type { Map as LeafletMap } from 'leaflet';
import { type BaseMap, type Label } from './baseMap.ts';
import { CanvasOverlay, type Sheet } from './canvasOverlay.ts';
import type { Card } from './hoverCard.ts';
import { roomOf } from './labelRoom.ts';
import { drawLabels, type Box } from './labels.ts';
import { drawMarker, markerBox, type Marker } from './marker.ts';
import { worldPixels } from './mercator.ts';
import { cardOf, Places, type Place } from './places.ts';
import { NO_POCKETS, pocketCard, type Pockets } from './pockets.ts';
import { PointLayers, type PointSet } from './pointLayers.ts';
import { drawRings, ringsLegend, type Rings } from './rings.ts';
import type { LegendEntry } from './legend.ts';
import type { UnitPlaces } from './unitPlaces.ts';

/** A territory's name on the map. */
export interface Name {
  readonly text: string;
  readonly note?: string;
  readonly tone?: 'bad' | 'plain';
  readonly units: readonly number[];
  readonly focus?: boolean;
}

/** So many cities come before the names of territories without trouble. */
const BIG_CITIES = 5;
const NO_PLACES = new Places([]);

export interface AbovePorts {
  readonly base: BaseMap;
  readonly points: UnitPlaces;
  readonly lines: () => { readonly showLinks: boolean; readonly showCounties: boolean };
  /** Boxes of what lies over the map, in its pixels. */
  readonly covered: () => readonly Box[];
}

/** What is drawn over the units: lines, circles, the pin and the names. */
export class Above {
  private places = new Places([]);
  private arePlacesShown = true;
  points = new PointLayers([]);
  pockets: Pockets = NO_POCKETS;
  private rings: Rings | null = null;
  private names: readonly Label[] = [];
  private marker: Marker | null = null;
  private readonly leaflet: LeafletMap;
  private readonly ports: AbovePorts;
  private readonly overlay: CanvasOverlay;

  constructor(leaflet: LeafletMap, ports: AbovePorts) {
    this.leaflet = leaflet;
    this.ports = ports;
    this.overlay = new CanvasOverlay('above', (sheet) => this.draw(sheet)).addTo(leaflet);
  }

  redraw(): void {
    this.overlay.redraw();
  }

  /** For a picture of what is there now. */
  drawIfWaiting(): void {
    this.overlay.drawIfWaiting();
  }

  setPlaces(places: readonly Place[]): void {
    this.places = new Places(places);
    this.redraw();
  }

  showPlaces(isOn: boolean): void {
    this.arePlacesShown = isOn;
    this.redraw();
  }

  get shownPlaces(): Places {
    return this.arePlacesShown ? this.places : NO_PLACES;
  }

  setPoints(sets: readonly PointSet[]): void {
    this.points = new PointLayers(sets);
    this.redraw();
  }

  setRings(rings: Rings | null): void {
    this.rings = rings;
    this.redraw();
  }

  setPockets(pockets: Pockets): void {
    this.pockets = pockets;
    this.redraw();
  }

  /** What its points, rings and pockets are. */
  legend(): LegendEntry[] {
    return [...this.points.legend(), ...(this.rings ? [ringsLegend(this.rings)] : []), ...this.pockets.legend()];
  }

  /** Names at the middle of territories, most important first. */
  setNames(names: readonly Name[]): void {
    const { points } = this.ports;
    this.names = names.flatMap(({ units, focus, ...name }): Label[] => {
      const unit = points.middleOf(units);
      if (unit === undefined) return [];
      const place = { x: points.x[unit] ?? 0, y: points.y[unit] ?? 0 };
      return [{ ...name, ...place, kind: focus ? 'focus' : 'territory' }];
    });
    this.redraw();
  }

  setMarker(marker: Marker | null): void {
    this.marker = marker;
    this.redraw();
  }

  /** What lies under a place given in world pixels of the zoom on screen. */
  cardAt(x: number, y: number, zoom: number): Card | null {
    const pocket = this.pockets.labelAt(x, y);
    if (pocket) return pocketCard(pocket);
    const point = this.points.at(x, y, zoom);
    if (point) return point.card;
    const world = worldPixels(zoom);
    const place = this.shownPlaces.at(x / world, y / world, world, zoom);
    return place ? cardOf(place) : null;
  }

  private draw(sheet: Sheet): void {
    const { base, points, lines, covered } = this.ports;
    base.drawLines(sheet, lines());
    this.shownPlaces.draw(sheet);
    if (this.rings) drawRings(sheet, this.rings);
    this.points.draw(sheet);
    const pockets = this.pockets.draw(sheet, points);
    if (this.marker) drawMarker(sheet, this.marker);
    const room = roomOf(this.leaflet, sheet, covered());
    const pin = this.marker ? [markerBox(sheet, this.marker)] : [];
    drawLabels(sheet, this.labels(sheet.zoom), { ...room, covered: [...room.covered, ...pin, ...pockets] });
  }

  /** The picked territory and those in trouble first, then the biggest cities, the other names, the other cities. */
  private labels(zoom: number): Label[] {
    const isFirst = ({ kind, tone }: Label) => kind === 'focus' || tone === 'bad';
    const first = this.names.filter(isFirst);
    const others = this.names.filter((name) => !isFirst(name));
    const cities = this.ports.base.cityLabels(zoom);
    return [...first, ...cities.slice(0, BIG_CITIES), ...others, ...cities.slice(BIG_CITIES)];
  }
}
