import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { importShapes } from '../../service/geography/importShapes.ts';
import { importTable } from '../../service/geography/importTable.ts';
import { LoadedStore } from '../../service/geography/loadedStore.ts';

/** Folder of the real geography files; tests over them are skipped where it is not there. */
export const SHARED_GEO = path.join(
  process.env['BAILIWICK_SHARED_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url)),
  'geo',
);

export interface MapFeature {
  type: 'Feature';
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates: unknown } | null;
}

/** North-west corner of pictures: in Rhode Island. */
const [WEST, NORTH] = [-71.6, 41.9];
/** Side of a square in degrees. */
export const SIDE = 0.05;

/**
 * A map drawn as text: a ZIP a square, rows from north to south, "." for nothing. Squares of one ZIP are one shape of several
 * parts. Corners lie on a lattice, so squares that touch share them.
 */
export function zipMap(picture: string, property = 'ZCTA5CE10', west = WEST): { type: string; features: MapFeature[] } {
  const squares = new Map<string, number[][][][]>();
  const rows = picture.trim().split('\n');
  rows.forEach((row, y) =>
    row
      .trim()
      .split(/\s+/)
      .forEach((zip, x) => {
        if (zip === '.') return;
        const at = (dx: number, dy: number) => [round(west + (x + dx) * SIDE), round(NORTH - (y + dy) * SIDE)];
        squares.set(zip, [...(squares.get(zip) ?? []), [[at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)]]]);
      }),
  );
  const features = [...squares].map(([zip, parts]): MapFeature => {
    const geometry = { type: 'MultiPolygon', coordinates: parts };
    return { type: 'Feature', properties: { [property]: zip }, geometry };
  });
  return { type: 'FeatureCollection', features };
}

const round = (value: number) => Math.round(value * 1e6) / 1e6;

/** A data directory with files in it; close() removes it. */
export function geoFolder() {
  const dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-geo-'));
  const store = new LoadedStore(path.join(dir, 'data'));
  const now = new Date('2026-01-02T03:04:05Z');
  const write = (name: string, content: string | Buffer | object) => {
    const file = path.join(dir, name);
    writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    return file;
  };
  return {
    dir,
    dataDir: path.join(dir, 'data'),
    store,
    write,
    /** Imports a map, written first unless it is a path. */
    map: (content: string | Buffer | object, options: { name?: string; zipProperty?: string } = {}) =>
      importShapes(store, { path: write(options.name ?? 'map.json', content), now, zipProperty: options.zipProperty }),
    table: (content: string | Buffer, name = 'table.txt') => importTable(store, { path: write(name, content), now }),
    real: (name: string) => {
      const file = path.join(SHARED_GEO, name);
      return /\.(txt|csv)$/.test(name)
        ? importTable(store, { path: file, now })
        : importShapes(store, { path: file, now });
    },
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export type GeoFolder = ReturnType<typeof geoFolder>;
