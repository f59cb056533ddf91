import type { Map as LeafletMap } from 'leaflet';
import { Above, type Name } from './above.ts';
import { BaseMap } from './baseMap.ts';
import { CanvasOverlay } from './canvasOverlay.ts';
import { countiesOf, Drawing, type Drawn, type Tool } from './drawing.ts';
import { boundsOf } from './fit.ts';
import { Frames } from './frames.ts';
import type { GeographyData } from './geographyData.ts';
import { HoverCard, type Card } from './hoverCard.ts';
import { Walk } from './keyboard.ts';
import type { Box } from './labels.ts';
import { legendOf, type LegendEntry } from './legend.ts';
import type { Marker } from './marker.ts';
import type { MeasurePaint } from './measurePaint.ts';
import type { Paint } from './paint.ts';
import { drawPicture, type PictureWords } from './picture.ts';
import type { Place } from './places.ts';
import { Pockets, type Pocket } from './pockets.ts';
import { holdStill, listenForPointing } from './pointing.ts';
import type { PointSet } from './pointLayers.ts';
import type { Rings } from './rings.ts';
import { SceneKeeper } from './sceneKeeper.ts';
import { Sketch } from './sketch.ts';
import { followSize, makeStage, show } from './stage.ts';
import { TileStore } from './tileStore.ts';
import { UnderPointer } from './underPointer.ts';
import { UnitCursor } from './unitCursor.ts';
import { UnitPlaces } from './unitPlaces.ts';
import { UnitTiles } from './unitTiles.ts';

export type { Name };

/** How the map talks back. */
export interface MapEvents {
  /** What the hover card says about a unit. */
  readonly describe: (unit: number) => Card | null;
  readonly picked: (unit: number) => void;
  /** The label of a pocket was clicked. */
  readonly pocketPicked?: (id: string) => void;
  readonly drawn: (drawn: Drawn) => void;
  readonly legend: (entries: LegendEntry[]) => void;
  /** Boxes of what lies over the map, in its pixels: no label is written under them. */
  readonly covered?: () => readonly Box[];
  /** All tiles on screen are drawn. */
  readonly settled: () => void;
  /** The caller has painted: another plan, other owners. */
  readonly painted?: (paint: Paint) => void;
}

/** The map of geography units: Leaflet moves it, canvas draws it, the caller colours it. */
export class MapView {
  readonly leaflet: LeafletMap;
  private readonly data: GeographyData;
  private readonly events: MapEvents;
  private readonly points: UnitPlaces;
  private readonly tiles: UnitTiles;
  private readonly above: Above;
  private readonly under: UnderPointer;
  private readonly cursor: UnitCursor;
  private readonly drawing: Drawing;
  private readonly frames = new Frames();
  private readonly stopFollowing: () => void;
  private readonly keeper: SceneKeeper;
  private legend: LegendEntry[] = [];
  private tool: Tool = 'pan';

  constructor(container: HTMLElement, data: GeographyData, events: MapEvents) {
    this.data = data;
    this.events = events;
    this.points = new UnitPlaces(data.units.lat, data.units.lon);
    this.leaflet = makeStage(container, data.info);
    const base = new BaseMap(data.base, data.units);
    new CanvasOverlay('land', (sheet) => base.drawLand(sheet)).addTo(this.leaflet);
    this.keeper = new SceneKeeper(data, () => ({ zoom: this.leaflet.getZoom(), isDrawing: this.drawing.isActive }));
    this.tiles = new UnitTiles(new TileStore(data), () => this.keeper.scene).addTo(this.leaflet);
    this.tiles.on('load', () => events.settled());
    this.above = new Above(this.leaflet, {
      base,
      points: this.points,
      lines: () => ({
        showLinks: this.keeper.scene.paint.showUnitLines ?? false,
        showCounties: this.keeper.showsCounties,
      }),
      covered: () => events.covered?.() ?? [],
    });
    this.under = new UnderPointer({
      leaflet: this.leaflet,
      tiles: this.tiles,
      above: this.above,
      cardOf: (unit) => this.cardOf(unit),
      picked: events.picked,
      pocketPicked: (id) => events.pocketPicked?.(id),
    });
    const card = new HoverCard(container);
    this.drawing = this.makeDrawing(new Sketch(container));
    this.cursor = new UnitCursor(this.leaflet, card, {
      units: data.units,
      describe: (unit) => this.cardOf(unit),
      outline: (unit, touched) => {
        this.keeper.refresh(new Set(unit === null ? [] : [unit]));
        this.frames.next(() => this.tiles.repaint(touched));
      },
    });
    this.listen(card);
    this.stopFollowing = followSize(this.leaflet);
  }

  /** Colours all units; nothing is loaded again. */
  setPaint(paint: Paint): void {
    this.recolor({ paint });
    this.events.painted?.(paint);
  }

  /** Lays a measure over what the caller painted; null takes it away. */
  setMeasure(measure: MeasurePaint | null): void {
    this.recolor({ measure, deviationOf: null });
  }

  /** Lays each territory's distance from its target over what the caller painted. */
  setDeviation(of: 'workload' | 'potential'): void {
    this.recolor({ deviationOf: of });
  }

  /** Whether measures are shown by county from afar. */
  setCountiesAfar(isOn: boolean): void {
    this.recolor({ isByCountyAfar: isOn });
  }

  /** New owners where only these units differ from what is on screen; `selected` is outlined. */
  setOwners(owners: readonly number[], changed: readonly number[], selected: readonly number[] = []): void {
    const touched = [...new Set([...changed, ...selected, ...this.keeper.scene.selected])];
    this.keeper.paint = { ...this.keeper.paint, owners };
    this.keeper.refresh(new Set(selected));
    this.frames.next(() => this.tiles.repaint(touched));
  }

  setPlaces(places: readonly Place[]): void {
    this.above.setPlaces(places);
    this.sayLegend();
  }

  /** Whether circles are drawn where procedures are done. */
  showPlaces(isOn: boolean): void {
    this.above.showPlaces(isOn);
    this.sayLegend();
  }

  setPoints(sets: readonly PointSet[]): void {
    this.above.setPoints(sets);
    this.sayLegend();
  }

  setRings(rings: Rings | null): void {
    this.above.setRings(rings);
    this.sayLegend();
  }

  /** Outlines these units with their labels over the map, whoever owns them. */
  setPockets(pockets: readonly Pocket[]): void {
    // what a component hands in was made outside, and its arrays are slow to walk here
    const own = new Pockets(JSON.parse(JSON.stringify(pockets)) as Pocket[]);
    const touched = [...this.keeper.pockets.all, ...own.all].flatMap(({ units }) => units);
    this.keeper.pockets = own;
    this.keeper.refresh();
    this.frames.next(() => this.tiles.repaint(touched));
    this.above.setPockets(own);
    this.sayLegend();
  }

  /** Names at the middle of territories, most important first. */
  setNames(names: readonly Name[]): void {
    this.above.setNames(names);
  }

  setMarker(marker: Marker | null): void {
    this.above.setMarker(marker);
  }

  setTool(tool: Tool): void {
    this.tool = tool;
    this.drawing.use(tool);
    const { isActive } = this.drawing;
    holdStill(this.leaflet, isActive, isActive ? 'crosshair' : tool === 'pick' ? 'pointer' : '');
    this.recolor();
    this.above.redraw();
  }

  fitAll(): void {
    show(this.leaflet, this.data.info.bounds, this.data.info.minZoom);
  }

  /** Shows these units; `room` is the share of their box left free around them. */
  fitUnits(units: readonly number[], room?: number): void {
    const { lat, lon } = this.data.units;
    const at = (vector: readonly number[]) => units.map((unit) => vector[unit] ?? 0);
    const bounds = boundsOf(at(lat), at(lon), room) ?? this.data.info.bounds;
    show(this.leaflet, bounds, this.data.info.minZoom);
  }

  /** Brings a place into the middle, from at least so near. */
  lookAt({ lat, lon }: Marker, zoom: number): void {
    this.leaflet.setView([lat, lon], Math.max(zoom, this.leaflet.getZoom()), { animate: false });
  }

  /** What is on the screen as one picture, with the legend and these words. */
  picture(words: PictureWords): HTMLCanvasElement {
    this.above.drawIfWaiting();
    return drawPicture(this.leaflet, this.legend, words);
  }

  /** What lies over the map has changed its size. */
  coverChanged(): void {
    this.above.redraw();
  }

  /** Outlines a unit, brings it into sight and shows its card without a pointer, for the keyboard. */
  point(unit: number | null): void {
    this.cursor.point(unit);
  }

  destroy(): void {
    this.stopFollowing();
    this.frames.stop();
    this.leaflet.remove();
  }

  private cardOf(unit: number): Card | null {
    return this.keeper.cardWith(this.events.describe(unit), unit);
  }

  private recolor(
    change: Partial<Pick<SceneKeeper, 'paint' | 'measure' | 'deviationOf' | 'isByCountyAfar'>> = {},
  ): void {
    const hadCounties = this.keeper.showsCounties;
    Object.assign(this.keeper, change);
    this.keeper.refresh();
    this.frames.next(() => this.tiles.repaint());
    if (hadCounties !== this.keeper.showsCounties) this.above.redraw();
    this.sayLegend();
  }

  private sayLegend(): void {
    const zoom = this.leaflet.getZoom();
    const places = this.above.shownPlaces;
    const { scene, steps } = this.keeper;
    const ofUnits = legendOf(scene.paint, steps, places.most, (value) => places.radiusOf(value, zoom));
    this.legend = [...ofUnits, ...this.above.legend()];
    this.events.legend(this.legend);
  }

  private makeDrawing(sketch: Sketch): Drawing {
    return new Drawing({
      projected: () => this.points.projected(this.leaflet),
      unitAt: (x, y) => this.under.unitAt(x, y),
      countyOf: countiesOf(this.data.units.counties),
      drawn: this.events.drawn,
      sketch: (line, brush) => sketch.draw(line, brush),
    });
  }

  private makeWalk(): Walk {
    const { cursor, drawing } = this;
    return new Walk({
      units: this.data.units,
      middle: () => this.leaflet.getCenter(),
      use: () => (drawing.isActive ? 'draw' : this.tool === 'pick' ? 'pick' : 'none'),
      at: () => cursor.at,
      point: (unit) => cursor.point(unit),
      grown: (units) => drawing.grown(units),
      drawn: this.events.drawn,
      picked: this.events.picked,
      escaped: () => drawing.cancel(),
    });
  }

  private listen(card: HoverCard): void {
    const walk = this.makeWalk();
    listenForPointing(this.leaflet, this.drawing, card, {
      cardAt: (x, y) => this.under.cardAt(x, y),
      clicked: (x, y) => this.under.clicked(x, y),
      key: (event) => walk.key(event),
      left: () => {
        walk.leave();
        this.cursor.rest();
      },
    });
    this.leaflet.on('zoomend', () => {
      this.keeper.refresh();
      this.sayLegend();
    });
  }
}
