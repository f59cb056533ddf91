import { gunzipSync, gzipSync } from 'node:zlib';
import { Router, type Request, type Response } from 'express';
import type { Geography } from '../core/geography.ts';
import { BailiwickError } from '../core/errors.ts';
import { territoryShapes, type Coordinates } from '../core/territoryShapes.ts';
import { baseMap, bounds } from './base.ts';
import { describeAreas, type AreaKind, type StateAreas } from './areas.ts';
import { buildGeography, type BuiltGeography } from './build.ts';
import { loadedFor, marketStates } from './loaded.ts';
import { NOTHING_LOADED } from './loadedIndex.ts';
import { LoadedStore } from './loadedStore.ts';
import { NORTHEAST } from './states.ts';
import { MAX_ZOOM, MIN_ZOOM, TileBuilder } from './tiles.ts';
import { inUnits, unitKind } from './unitChoice.ts';

/** Files kept in memory; a screen full of map is about 12 quads. */
const MAX_KEPT = 300;
const ONE_YEAR_SECONDS = 31_536_000;

/** The geography of this service: units for core, and the map that the browser draws. */
export interface GeographySlice {
  readonly geography: Geography;
  readonly countyNames: Readonly<Record<string, string>>;
  /** Public, immutable: geography only, no number of the customer. Mounted at /geo. */
  readonly publicRouter: Router;
  /** Areas of territories, from the owner of every unit. */
  territoryShapes(owners: readonly number[], count: number): Coordinates[];
  /** Where the browser finds it all. */
  describe(): GeographyDescription;
}

/** Tiles of the customer's own map server; its pictures must be sent with CORS headers. */
export interface Basemap {
  readonly url: string;
  readonly attribution: string;
}

export interface GeographyDescription {
  key: string;
  tilePath: string;
  /** Four tiles at once: a screen asks a third as often. */
  quadPath: string;
  unitsPath: string;
  basePath: string;
  minZoom: number;
  maxZoom: number;
  bounds: [[number, number], [number, number]];
  areaKind: AreaKind;
  units: 'zip' | 'county' | 'mixed';
  label: string;
  source: string;
  vintage: string;
  states: StateAreas[];
  basemap: Basemap | null;
}

export interface GeographyOptions {
  /** States of the market where the data directory does not say. */
  readonly states?: readonly string[];
  /** Where loaded boundaries and the choice of units are kept. */
  readonly dataDir?: string | undefined;
  readonly basemap?: Basemap | null | undefined;
}

/** Builds the units of the market (1 s for the Northeast), from what is loaded in the data directory, and serves them. */
export function createGeography({
  states = NORTHEAST,
  dataDir,
  basemap = null,
}: GeographyOptions = {}): GeographySlice {
  const store = dataDir === undefined ? null : new LoadedStore(dataDir);
  const index = store?.index ?? NOTHING_LOADED;
  const market = marketStates(index, states);
  const zips = buildGeography(market, store && loadedFor(store, market));
  const built = inUnits(zips, index.units);
  const { geography, countyNames } = built;
  const files = new Files(built, zips.geography);
  return {
    geography,
    countyNames,
    publicRouter: publicRouter(geography.key, files),
    territoryShapes: (owners, count) => territoryShapes(built.borders, owners, count),
    describe: () => ({
      key: geography.key,
      tilePath: `/geo/${geography.key}/tiles/{z}/{x}/{y}.json`,
      quadPath: `/geo/${geography.key}/quads/{z}/{x}/{y}.ndjson`,
      unitsPath: `/geo/${geography.key}/units.json`,
      basePath: `/geo/${geography.key}/base.json`,
      minZoom: MIN_ZOOM,
      maxZoom: MAX_ZOOM,
      bounds: bounds(geography),
      ...describeAreas(built, unitKind(index.units)),
      basemap,
    }),
  };
}

/** The public files, gzipped once and kept. */
class Files {
  private readonly built: BuiltGeography;
  private readonly zips: Geography;
  private readonly kept = new Map<string, Buffer>();
  private builder: TileBuilder | undefined;

  /** @param zips - the geography before counties were made of it: cities are where ZIPs name them */
  constructor(built: BuiltGeography, zips: Geography) {
    this.built = built;
    this.zips = zips;
  }

  units(): Buffer {
    const { geography, countyNames } = this.built;
    return this.once('units', () => JSON.stringify({ ...geography, countyNames }));
  }

  base(): Buffer {
    return this.once('base', () => JSON.stringify(baseMap(this.zips, this.built.states)));
  }

  tile(z: number, x: number, y: number): Buffer {
    return this.once(`${z}/${x}/${y}`, () => this.tileText(z, x, y));
  }

  /** Four tiles of this zoom, a line each, row by row: each is parsed when it is needed. */
  quad(z: number, x: number, y: number): Buffer {
    const corners = [0, 1].flatMap((down) => [0, 1].map((right) => [2 * x + right, 2 * y + down] as const));
    const text = () => corners.map(([column, row]) => this.tileText(z, column, row)).join('\n');
    return this.once(`quad ${z}/${x}/${y}`, text);
  }

  private tileText(z: number, x: number, y: number): string {
    this.builder ??= new TileBuilder(this.built.borders, this.built.geography.counties);
    return JSON.stringify(this.builder.tile(z, x, y));
  }

  private once(name: string, make: () => string): Buffer {
    const kept = this.kept.get(name) ?? gzipSync(make());
    this.kept.delete(name);
    this.kept.set(name, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return kept;
  }
}

function publicRouter(key: string, files: Files): Router {
  const router = Router();
  router.get('/:key/units.json', (req, res) => send(req, res, key, () => files.units()));
  router.get('/:key/base.json', (req, res) => send(req, res, key, () => files.base()));
  router.get('/:key/tiles/:z/:x/:y.json', (req, res) => {
    send(req, res, key, () => files.tile(...placeOf(req.params, 1)));
  });
  router.get('/:key/quads/:z/:x/:y.ndjson', (req, res) => {
    send(req, res, key, () => files.quad(...placeOf(req.params, 2)));
  });
  return router;
}

/** Zoom, column and row, where so many tiles a side go together. */
function placeOf(params: { z: string; x: string; y: string }, side: number): [number, number, number] {
  const [z = -1, x = -1, y = -1] = [params.z, params.x, params.y].map((text) =>
    /^\d{1,4}$/.test(text) ? Number(text) : -1,
  );
  const most = 2 ** z / side;
  if (z >= MIN_ZOOM && z <= MAX_ZOOM && x >= 0 && y >= 0 && x < most && y < most) return [z, x, y];
  throw new BailiwickError('not_found', `There is no such tile: zooms ${MIN_ZOOM} to ${MAX_ZOOM} are served.`, {
    action: 'Enlarge the tiles of the greatest zoom in the client.',
  });
}

function send(req: Request, res: Response, key: string, file: () => Buffer): void {
  if (req.params['key'] !== key) {
    throw new BailiwickError('not_found', 'This version of the geography is gone.', { action: 'Reload the page.' });
  }
  const body = file();
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Cache-Control', `public, max-age=${ONE_YEAR_SECONDS}, immutable`);
  res.setHeader('Vary', 'Accept-Encoding');
  if (req.acceptsEncodings('gzip')) res.setHeader('Content-Encoding', 'gzip').end(body);
  else res.end(gunzipSync(body));
}
