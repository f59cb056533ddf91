import { control, Map as LeafletMap } from 'leaflet';
import { BaseMap, type Label } from './baseMap.ts';
import { CanvasOverlay, type Sheet } from './canvasOverlay.ts';
import { countiesOf, Drawing, type Drawn, type Tool } from './drawing.ts';
import type { Scene } from './drawTile.ts';
import { boundsOf, fit, type Bounds } from './fit.ts';
import { Frames } from './frames.ts';
import type { GeographyData } from './geographyData.ts';
import { HoverCard, type Card } from './hoverCard.ts';
import { Walk } from './keyboard.ts';
import { drawLabels, type Box } from './labels.ts';
import { legendOf, type LegendEntry } from './legend.ts';
import { roomOf } from './labelRoom.ts';
import { unitLines } from './links.ts';
import { drawMarker, markerBox, type Marker } from './marker.ts';
import { worldPixels } from './mercator.ts';
import { fills, type Paint } from './paint.ts';
import { cardOf, Places, type Place } from './places.ts';
import { holdStill, listenForPointing } from './pointing.ts';
import { Sketch } from './sketch.ts';
import { TileStore } from './tileStore.ts';
import { UnitPlaces } from './unitPlaces.ts';
import { UnitTiles } from './unitTiles.ts';

/** How the map talks back. */
export interface MapEvents {
  /** What the hover card says about a unit. */
  readonly describe: (unit: number) => Card | null;
  readonly picked: (unit: number) => void;
  readonly drawn: (drawn: Drawn) => void;
  readonly legend: (entries: LegendEntry[]) => void;
  /** Boxes of what lies over the map, in its pixels: no label is written under them. */
  readonly covered?: () => readonly Box[];
  /** All tiles on screen are drawn. */
  readonly settled: () => void;
}

/** A territory's name on the map. */
export interface Name {
  readonly text: string;
  readonly note?: string;
  readonly tone?: 'bad' | 'plain';
  readonly units: readonly number[];
  readonly focus?: boolean;
}

const [UNIT_LINE_ZOOM, EDIT_LINE_ZOOM] = [9, 7];
const MAX_ZOOM = 13;
/** So many cities come before the names of territories without trouble. */
const BIG_CITIES = 5;
/** A unit walked to by keyboard stays this far from the edge, in pixels. */
const KEYBOARD_ROOM = 70;
const EMPTY_PAINT: Paint = { colorBy: 'territory', owners: [], colors: [] };
const STILL = { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false };

/** The map of geography units: Leaflet moves it, canvas draws it, the caller colours it. */
export class MapView {
  readonly leaflet: LeafletMap;
  private readonly data: GeographyData;
  private readonly events: MapEvents;
  private readonly points: UnitPlaces;
  private readonly base: BaseMap;
  private readonly tiles: UnitTiles;
  private readonly above: CanvasOverlay;
  private readonly card: HoverCard;
  private readonly drawing: Drawing;
  private readonly frames = new Frames();
  private readonly resizes: ResizeObserver | undefined;
  private paint: Paint = EMPTY_PAINT;
  private scene: Scene = { paint: EMPTY_PAINT, fillOf: fills(EMPTY_PAINT).fillOf, selected: new Set() };
  private places = new Places([]);
  private names: readonly Label[] = [];
  private marker: Marker | null = null;
  private tool: Tool = 'pan';
  private cursor: number | null = null;

  constructor(container: HTMLElement, data: GeographyData, events: MapEvents) {
    this.data = data;
    this.events = events;
    this.points = new UnitPlaces(data.units.lat, data.units.lon);
    this.base = new BaseMap(data.base, data.units);
    const zooms = { minZoom: data.info.minZoom, maxZoom: MAX_ZOOM };
    this.leaflet = new LeafletMap(container, { ...STILL, ...zooms, attributionControl: false, zoomControl: false });
    this.leaflet.createPane('land').style.setProperty('z-index', '150');
    this.leaflet.createPane('above').style.setProperty('z-index', '450');
    this.fitAll();
    new CanvasOverlay('land', (sheet) => this.base.drawLand(sheet)).addTo(this.leaflet);
    this.tiles = new UnitTiles(new TileStore(data), () => this.scene).addTo(this.leaflet);
    this.tiles.on('load', () => events.settled());
    this.above = new CanvasOverlay('above', (sheet) => this.drawAbove(sheet)).addTo(this.leaflet);
    this.card = new HoverCard(container);
    this.drawing = this.makeDrawing(new Sketch(container));
    control.zoom({ position: 'topright' }).addTo(this.leaflet);
    control.scale({ position: 'bottomleft', maxWidth: 110 }).addTo(this.leaflet);
    this.listen();
    if (typeof ResizeObserver !== 'undefined') {
      this.resizes = new ResizeObserver(() => this.leaflet.invalidateSize({ animate: false }));
      this.resizes.observe(container);
    }
  }

  /** Colours all units; nothing is loaded again. */
  setPaint(paint: Paint): void {
    this.paint = paint;
    this.refreshScene(this.scene.selected);
    this.frames.next(() => this.tiles.repaint());
    this.sayLegend();
  }

  /** New owners where only these units differ from what is on screen; `selected` is outlined. */
  setOwners(owners: readonly number[], changed: readonly number[], selected: readonly number[] = []): void {
    const touched = [...new Set([...changed, ...selected, ...this.scene.selected])];
    this.paint = { ...this.paint, owners };
    this.refreshScene(new Set(selected));
    this.frames.next(() => this.tiles.repaint(touched));
  }

  setPlaces(places: readonly Place[]): void {
    this.places = new Places(places);
    this.above.redraw();
    this.sayLegend();
  }

  /** Names at the middle of territories, most important first. */
  setNames(names: readonly Name[]): void {
    this.names = names.flatMap(({ units, focus, ...name }): Label[] => {
      const unit = this.points.middleOf(units);
      if (unit === undefined) return [];
      const place = { x: this.points.x[unit] ?? 0, y: this.points.y[unit] ?? 0 };
      return [{ ...name, ...place, kind: focus ? 'focus' : 'territory' }];
    });
    this.above.redraw();
  }

  setMarker(marker: Marker | null): void {
    this.marker = marker;
    this.above.redraw();
  }

  setTool(tool: Tool): void {
    this.tool = tool;
    this.drawing.use(tool);
    const { isActive } = this.drawing;
    holdStill(this.leaflet, isActive, isActive ? 'crosshair' : tool === 'pick' ? 'pointer' : '');
    this.refreshScene(this.scene.selected);
    this.frames.next(() => this.tiles.repaint());
    this.above.redraw();
    this.sayLegend();
  }

  fitAll(): void {
    this.show(this.data.info.bounds);
  }

  /** Shows these units; `room` is the share of their box left free around them. */
  fitUnits(units: readonly number[], room?: number): void {
    const { lat, lon } = this.data.units;
    const at = (vector: readonly number[]) => units.map((unit) => vector[unit] ?? 0);
    this.show(boundsOf(at(lat), at(lon), room) ?? this.data.info.bounds);
  }

  /** What lies over the map has changed its size. */
  coverChanged(): void {
    this.above.redraw();
  }

  /** Outlines a unit, brings it into sight and shows its card without a pointer, for the keyboard. */
  point(unit: number | null): void {
    const touched = [this.cursor, unit].filter((one) => one !== null);
    this.cursor = unit;
    this.refreshScene(new Set(unit === null ? [] : [unit]));
    this.frames.next(() => this.tiles.repaint(touched));
    const card = unit === null ? null : this.events.describe(unit);
    if (unit === null || !card) return this.card.hide();
    const { lat, lon } = this.data.units;
    this.leaflet.panInside([lat[unit] ?? 0, lon[unit] ?? 0], {
      padding: [KEYBOARD_ROOM, KEYBOARD_ROOM],
      animate: false,
    });
    const { x, y } = this.points.projected(this.leaflet);
    this.card.show(card, x[unit] ?? 0, y[unit] ?? 0);
  }

  /** The keyboard has gone elsewhere; the place is kept for when it comes back. */
  private rest(): void {
    this.card.hide();
    this.refreshScene(new Set());
    const { cursor } = this;
    if (cursor !== null) this.frames.next(() => this.tiles.repaint([cursor]));
  }

  destroy(): void {
    this.resizes?.disconnect();
    this.frames.stop();
    this.leaflet.remove();
  }

  private show(bounds: Bounds): void {
    const { lat, lon, zoom } = fit(bounds, this.leaflet.getSize(), this.data.info.minZoom);
    this.leaflet.setView([lat, lon], zoom, { animate: false });
  }

  private refreshScene(selected: ReadonlySet<number>): void {
    const zoom = this.leaflet.getZoom();
    const showUnitLines = zoom >= UNIT_LINE_ZOOM || (this.drawing.isActive && zoom >= EDIT_LINE_ZOOM);
    const paint = { ...this.paint, ...unitLines(this.data, showUnitLines) };
    this.scene = { paint, fillOf: fills(paint).fillOf, selected };
  }

  private sayLegend(): void {
    const zoom = this.leaflet.getZoom();
    const { steps } = fills(this.paint);
    const radiusOf = (value: number) => this.places.radiusOf(value, zoom);
    this.events.legend(legendOf(this.scene.paint, steps, this.places.most, radiusOf));
  }

  private drawAbove(sheet: Sheet): void {
    this.base.drawLines(sheet, this.scene.paint.showUnitLines ?? false);
    this.places.draw(sheet);
    if (this.marker) drawMarker(sheet, this.marker);
    const isFirst = ({ kind, tone }: Label) => kind === 'focus' || tone === 'bad';
    const first = this.names.filter(isFirst);
    const others = this.names.filter((name) => !isFirst(name));
    const cities = this.base.cityLabels(sheet.zoom);
    const labels = [...first, ...cities.slice(0, BIG_CITIES), ...others, ...cities.slice(BIG_CITIES)];
    const { sight, covered } = roomOf(this.leaflet, sheet, this.events.covered?.() ?? []);
    const pin = this.marker ? [markerBox(sheet, this.marker)] : [];
    drawLabels(sheet, labels, { sight, covered: [...covered, ...pin] });
  }

  private makeDrawing(sketch: Sketch): Drawing {
    return new Drawing({
      projected: () => this.points.projected(this.leaflet),
      unitAt: (x, y) => this.unitAt(x, y),
      countyOf: countiesOf(this.data.units.counties),
      drawn: this.events.drawn,
      sketch: (line, brush) => sketch.draw(line, brush),
    });
  }

  private makeWalk(): Walk {
    return new Walk({
      units: this.data.units,
      middle: () => this.leaflet.getCenter(),
      use: () => (this.drawing.isActive ? 'draw' : this.tool === 'pick' ? 'pick' : 'none'),
      at: () => this.cursor,
      point: (unit) => this.point(unit),
      grown: (units) => this.drawing.grown(units),
      drawn: this.events.drawn,
      picked: this.events.picked,
      escaped: () => this.drawing.cancel(),
    });
  }

  private listen(): void {
    const walk = this.makeWalk();
    listenForPointing(this.leaflet, this.drawing, this.card, {
      cardAt: (x, y) => this.cardAt(x, y),
      clicked: (x, y) => {
        const unit = this.unitAt(x, y);
        if (unit !== undefined) this.events.picked(unit);
      },
      key: (event) => walk.key(event),
      left: () => {
        walk.leave();
        this.rest();
      },
    });
    this.leaflet.on('zoomend', () => {
      this.refreshScene(this.scene.selected);
      this.sayLegend();
    });
  }

  private unitAt(x: number, y: number): number | undefined {
    const min = this.leaflet.getPixelBounds().min ?? { x: 0, y: 0 };
    return this.tiles.unitAtPixel(x + min.x, y + min.y, this.leaflet.getZoom());
  }

  private cardAt(x: number, y: number): Card | null {
    const zoom = this.leaflet.getZoom();
    const world = worldPixels(zoom);
    const min = this.leaflet.getPixelBounds().min ?? { x: 0, y: 0 };
    const place = this.places.at((x + min.x) / world, (y + min.y) / world, world, zoom);
    if (place) return cardOf(place);
    const unit = this.unitAt(x, y);
    return unit === undefined ? null : this.events.describe(unit);
  }
}
