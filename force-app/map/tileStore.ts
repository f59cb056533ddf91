import { fetchText, type GeographyData } from './geographyData.ts';
import { ringsOf, type Ring } from './hitTest.ts';

export interface TileCoords {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** One tile as the service sends it: integer paths, geography only. */
export interface Tile {
  readonly extent: number;
  readonly units: readonly (readonly [number, string])[];
  /** Units from one place of the list up to another (not included) as one shape. */
  readonly blocks?: readonly (readonly [number, number, string])[];
  readonly borders: readonly (readonly [number, number, string])[];
}

/** A tile to draw, and which part of it: beyond the deepest zoom a piece of an ancestor is enlarged. */
export interface TileView {
  readonly tile: Tile;
  readonly rings: () => ReadonlyMap<number, readonly Ring[]>;
  /** Pixels of this view a tile unit, and the shift in pixels. */
  readonly scale: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

const EMPTY: Tile = { extent: 4096, units: [], borders: [] };

/** As it came, until it is needed: text is parsed when the tile is drawn and not in the middle of a drag. */
class Stored {
  private text: string | null;
  private parsed: Tile = EMPTY;
  private shapes: Map<number, Ring[]> | undefined;

  constructor(text: string | null) {
    this.text = text;
  }

  get tile(): Tile {
    if (this.text !== null) this.parsed = JSON.parse(this.text) as Tile;
    this.text = null;
    return this.parsed;
  }

  rings(): ReadonlyMap<number, readonly Ring[]> {
    return (this.shapes ??= parse(this.tile));
  }
}

export const TILE_PIXELS = 256;

/** Loads each tile once and keeps it: recolouring never asks again. */
export class TileStore {
  private readonly data: GeographyData;
  private readonly tiles = new Map<string, Promise<Stored>>();

  constructor(data: GeographyData) {
    this.data = data;
  }

  /** Answers how to look at a tile, once it is here. */
  async fetch(coords: TileCoords): Promise<() => TileView> {
    const over = Math.max(0, coords.z - this.data.info.maxZoom);
    const zoom = 2 ** over;
    const source = { z: coords.z - over, x: Math.floor(coords.x / zoom), y: Math.floor(coords.y / zoom) };
    const stored = await this.load(source);
    return () => ({
      tile: stored.tile,
      rings: () => stored.rings(),
      scale: (TILE_PIXELS * zoom) / stored.tile.extent,
      shiftX: -(coords.x - source.x * zoom) * TILE_PIXELS,
      shiftY: -(coords.y - source.y * zoom) * TILE_PIXELS,
    });
  }

  private load({ z, x, y }: TileCoords): Promise<Stored> {
    const known = this.tiles.get(`${z}/${x}/${y}`);
    if (known) return known;
    const inside = x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z;
    return inside ? this.ask({ z, x, y }) : Promise.resolve(new Stored(null));
  }

  /** Asks for a tile and for what comes with it. */
  private ask({ z, x, y }: TileCoords): Promise<Stored> {
    const { tilePath, quadPath } = this.data.info;
    const side = quadPath ? 2 : 1;
    const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
    const lines = fetchText(this.url(quadPath ?? tilePath, { z, x: column, y: row })).then((text) => text.split('\n'));
    const keyOf = (i: number) => `${z}/${side * column + (i % side)}/${side * row + Math.floor(i / side)}`;
    const keys = Array.from({ length: side * side }, (_, i) => keyOf(i));
    keys.forEach((key, i) => {
      // what failed is asked for again
      const one = lines.then((texts) => new Stored(texts[i] ?? null));
      this.tiles.set(key, one);
      one.catch(() => this.tiles.delete(key));
    });
    return this.tiles.get(`${z}/${x}/${y}`) ?? Promise.resolve(new Stored(null));
  }

  private url(path: string, { z, x, y }: TileCoords): string {
    const filled = path.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
    return this.data.serviceUrl + filled;
  }
}

function parse(tile: Tile): Map<number, Ring[]> {
  const rings = new Map<number, Ring[]>();
  for (const [unit, path] of tile.units) rings.set(unit, [...(rings.get(unit) ?? []), ...ringsOf(path)]);
  return rings;
}
