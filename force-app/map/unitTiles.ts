import { GridLayer, type Coords, type DoneCallback, type TileEvent } from 'leaflet';
import { drawTile, type Scene } from './drawTile.ts';
import { unitAt } from './hitTest.ts';
import { TILE_PIXELS, type TileStore, type TileView } from './tileStore.ts';

interface Shown {
  readonly coords: Coords;
  readonly canvas: HTMLCanvasElement;
  view?: TileView;
  units?: ReadonlySet<number>;
}

/** So long a frame may draw new tiles while somebody drags. */
const DRAG_BUDGET_MS = 4;

const keyOf = ({ x, y, z }: Coords) => `${z}/${x}/${y}`;

/** Geography units as canvas tiles: geometry is loaded once, colours are redrawn in place. */
export class UnitTiles extends GridLayer {
  private readonly store: TileStore;
  private readonly scene: () => Scene;
  private readonly shown = new Map<string, Shown>();
  private readonly waiting: (() => void)[] = [];
  private isWorking = false;

  constructor(store: TileStore, scene: () => Scene) {
    super({ tileSize: TILE_PIXELS, updateWhenIdle: false, updateInterval: 80, keepBuffer: 2 });
    this.store = store;
    this.scene = scene;
    this.on('tileunload', (event) => this.shown.delete(keyOf((event as TileEvent).coords)));
  }

  protected override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas');
    const ratio = pixelRatio();
    canvas.width = TILE_PIXELS * ratio;
    canvas.height = TILE_PIXELS * ratio;
    const shown: Shown = { coords, canvas };
    this.shown.set(keyOf(coords), shown);
    this.store.fetch(coords).then(
      (look) =>
        this.soon(() => {
          if (this.shown.get(keyOf(coords)) !== shown) return;
          shown.view = look();
          this.draw(shown);
          done(undefined, canvas);
        }),
      (error: Error) => done(error, canvas),
    );
    return canvas;
  }

  /** Draws again what is there, what is on screen first; with units given only the tiles that hold one of them. */
  repaint(units?: readonly number[]): void {
    for (const shown of this.shown.values()) {
      if (!shown.view || (units && !holds(shown, units))) continue;
      if (this.isInSight(shown)) this.draw(shown);
      else this.soon(() => this.shown.get(keyOf(shown.coords)) === shown && this.draw(shown));
    }
  }

  private isInSight({ coords: { x, y, z } }: Shown): boolean {
    const { min, max } = this._map?.getPixelBounds() ?? {};
    if (!min || !max || z !== this._map.getZoom()) return false;
    const [left, top] = [x * TILE_PIXELS, y * TILE_PIXELS];
    return left < max.x && left + TILE_PIXELS > min.x && top < max.y && top + TILE_PIXELS > min.y;
  }

  /** The unit at a place given in world pixels of the zoom on screen; undefined over water or while its tile loads. */
  unitAtPixel(x: number, y: number, zoom: number): number | undefined {
    const tile = { z: zoom, x: Math.floor(x / TILE_PIXELS), y: Math.floor(y / TILE_PIXELS) };
    const view = this.shown.get(`${tile.z}/${tile.x}/${tile.y}`)?.view;
    if (!view) return undefined;
    const inTile = (value: number, index: number, shift: number) => (value - index * TILE_PIXELS - shift) / view.scale;
    return unitAt(inTile(x, tile.x, view.shiftX), inTile(y, tile.y, view.shiftY), view.rings());
  }

  /** Tiles that come in during a drag are drawn a few a frame, so that the map keeps following the hand. */
  private soon(work: () => void): void {
    this.waiting.push(work);
    if (this.isWorking) return;
    this.isWorking = true;
    requestAnimationFrame(() => this.workOff());
  }

  private workOff(): void {
    // the map may have gone meanwhile
    if (!this._map) this.waiting.length = 0;
    const { dragging } = (this._map ?? {}) as { dragging?: { moving?(): boolean } };
    const until = dragging?.moving?.() ? performance.now() + DRAG_BUDGET_MS : Infinity;
    while (this.waiting.length > 0 && performance.now() < until) this.waiting.shift()?.();
    this.isWorking = this.waiting.length > 0;
    if (this.isWorking) requestAnimationFrame(() => this.workOff());
  }

  private draw({ canvas, view }: Shown): void {
    const context = canvas.getContext('2d');
    if (context && view) drawTile(context, view, this.scene(), pixelRatio());
  }
}

function holds(shown: Shown, units: readonly number[]): boolean {
  shown.units ??= new Set(shown.view?.tile.units.map(([unit]) => unit));
  return units.some((unit) => shown.units?.has(unit));
}

export function pixelRatio(): number {
  return Math.min(2, globalThis.devicePixelRatio || 1);
}
