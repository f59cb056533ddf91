import { GridLayer, type Coords, type DoneCallback, type TileEvent } from 'leaflet';
import { drawTile, type Scene } from './drawTile.ts';
import { unitAt } from './hitTest.ts';
import { TILE_PIXELS, type TileStore, type TileView } from './tileStore.ts';

interface Shown {
  readonly canvas: HTMLCanvasElement;
  view?: TileView;
  units?: ReadonlySet<number>;
}

const keyOf = ({ x, y, z }: Coords) => `${z}/${x}/${y}`;

/** Geography units as canvas tiles: geometry is loaded once, colours are redrawn in place. */
export class UnitTiles extends GridLayer {
  private readonly store: TileStore;
  private readonly scene: () => Scene;
  private readonly shown = new Map<string, Shown>();

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
    const shown: Shown = { canvas };
    this.shown.set(keyOf(coords), shown);
    this.store.view(coords).then(
      (view) => {
        shown.view = view;
        this.draw(shown);
        done(undefined, canvas);
      },
      (error: Error) => done(error, canvas),
    );
    return canvas;
  }

  /** Draws again what is on screen; with units given only the tiles that hold one of them. */
  repaint(units?: readonly number[]): void {
    for (const shown of this.shown.values()) {
      const { view } = shown;
      if (!view) continue;
      shown.units ??= new Set(view.tile.units.map(([unit]) => unit));
      if (!units || units.some((unit) => shown.units?.has(unit))) this.draw(shown);
    }
  }

  /** The unit at a place given in world pixels of the zoom on screen; undefined over water or while its tile loads. */
  unitAtPixel(x: number, y: number, zoom: number): number | undefined {
    const tile = { z: zoom, x: Math.floor(x / TILE_PIXELS), y: Math.floor(y / TILE_PIXELS) };
    const view = this.shown.get(`${tile.z}/${tile.x}/${tile.y}`)?.view;
    if (!view) return undefined;
    const inTile = (value: number, index: number, shift: number) => (value - index * TILE_PIXELS - shift) / view.scale;
    return unitAt(inTile(x, tile.x, view.shiftX), inTile(y, tile.y, view.shiftY), view.rings());
  }

  private draw({ canvas, view }: Shown): void {
    const context = canvas.getContext('2d');
    if (context && view) drawTile(context, view, this.scene(), pixelRatio());
  }
}

export function pixelRatio(): number {
  return Math.min(2, globalThis.devicePixelRatio || 1);
}
