import type { Neighbors } from '../../service/core/geography.ts';

/** What `GET /api/geography` answers: where this geography's public files lie. */
export interface GeographyInfo {
  readonly key: string;
  readonly tilePath: string;
  /** Four tiles at once, a line each; where there is none each tile is asked for by itself. */
  readonly quadPath?: string;
  readonly unitsPath: string;
  readonly basePath: string;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bounds: readonly [readonly [number, number], readonly [number, number]];
  /** approximate, exact, or mixed: exact in some states. */
  readonly areaKind?: string;
  /** zip, county or mixed. */
  readonly units?: string;
  readonly label?: string;
  readonly source?: string;
  readonly vintage?: string;
  /** Tiles of the customer's own server below everything; null or absent: none, which is the default. */
  readonly basemap?: { readonly url: string; readonly attribution: string } | null;
}

/** Vectors over all units, in unit index order. */
export interface Units {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly states: readonly string[];
  readonly counties: readonly string[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  readonly neighbors: Neighbors;
  /** Pairs that are neighbours over water or a gap. */
  readonly bridges?: readonly (readonly [number, number])[];
  readonly parents?: Readonly<Record<string, string>>;
  /** Name by five-digit county code. */
  readonly countyNames?: Readonly<Record<string, string>>;
}

export interface City {
  readonly name: string;
  readonly state: string;
  readonly lat: number;
  readonly lon: number;
  /** 1 is the biggest. */
  readonly rank: number;
}

type Position = readonly number[];
interface Shape {
  readonly type: string;
  readonly coordinates?: unknown;
  readonly features?: readonly { readonly geometry: Shape }[];
  readonly geometries?: readonly Shape[];
  readonly geometry?: Shape;
}
export interface Base {
  readonly states: Shape;
  readonly counties: Shape;
  readonly cities: readonly City[];
}

export interface GeographyData {
  readonly info: GeographyInfo;
  readonly serviceUrl: string;
  readonly units: Units;
  readonly base: Base;
}

const loaded = new Map<string, Promise<GeographyData>>();

export async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The map's geography did not load (${response.status}).`);
  return response.text();
}

/** Text is parsed in this realm: looping over an array made outside the sandbox is many times slower. */
async function fetchJson<T>(url: string): Promise<T> {
  return JSON.parse(await fetchText(url)) as T;
}

/** Units and base lines of a geography; loaded once a page. */
export function loadGeography(serviceUrl: string, info: GeographyInfo): Promise<GeographyData> {
  const known = loaded.get(info.key);
  if (known) return known;
  const loading = Promise.all([
    fetchJson<Units>(serviceUrl + info.unitsPath),
    fetchJson<Base>(serviceUrl + info.basePath),
  ]).then(([units, base]) => ({ info: JSON.parse(JSON.stringify(info)) as GeographyInfo, serviceUrl, units, base }));
  loaded.set(info.key, loading);
  loading.catch(() => loaded.delete(info.key));
  return loading;
}

/** Every line or ring of a GeoJSON shape, as lists of [lon, lat]. */
export function linesOf(shape: Shape): Position[][] {
  if (shape.features) return shape.features.flatMap(({ geometry }) => linesOf(geometry));
  if (shape.geometries) return shape.geometries.flatMap(linesOf);
  if (shape.geometry) return linesOf(shape.geometry);
  switch (shape.type) {
    case 'LineString':
      return [shape.coordinates as Position[]];
    case 'MultiLineString':
    case 'Polygon':
      return shape.coordinates as Position[][];
    case 'MultiPolygon':
      return (shape.coordinates as Position[][][]).flat();
    default:
      return [];
  }
}
