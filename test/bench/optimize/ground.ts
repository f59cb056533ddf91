import { feature, neighbors as touching } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { connect, gabriel, neighborLists } from '../../../service/core/adjacency.ts';
import type { Neighbors } from '../../../service/core/geography.ts';
import { below, seeded } from '../../../service/core/random.ts';
import { buildGeography } from '../../../service/geography/build.ts';
import { zipPlaces, zipUnits } from '../../../service/geography/places.ts';
import { loadAtlas } from '../../../service/geography/shapes.ts';
import { fipsOf } from '../../../service/geography/states.ts';

/** Places and who touches whom, without any demand. */
export interface Ground {
  readonly ids: readonly string[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  readonly neighbors: Neighbors;
  /** At this many territories no unit holds more than `demand.ts` allows it to. */
  readonly usualK: number;
}

const CONTINENTAL =
  'AL AZ AR CA CO CT DE DC FL GA ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'.split(
    ' ',
  );
/** ZIPs with an area of their own in the contiguous states; the list has more, because PO boxes have a place too. */
const NATIONAL_UNITS = 33_000;
const UNITS_PER_TERRITORY = 60;

/**
 * The ground of this name: `national` (33,000 ZIPs), `product` (all places, neighbours as the product builds them),
 * `state` or `state:PA`, `counties`, `grid:900` (touching by sides), `points:900` (jittered, Gabriel).
 */
export function ground(name: string): Ground {
  const [kind, of = ''] = name.split(':');
  if (kind === 'national') return zips(CONTINENTAL, 300, NATIONAL_UNITS);
  if (kind === 'product') return product();
  if (kind === 'state') return zips([of || 'IL'], 25);
  if (kind === 'counties') return counties();
  if (kind === 'grid') return square(Number(of), false);
  if (kind === 'points') return square(Number(of), true);
  throw new Error(`No ground is called "${name}".`);
}

function zips(states: readonly string[], usualK: number, most = Infinity): Ground {
  const { units } = zipUnits(zipPlaces(states));
  const random = seeded(33);
  const kept = [...units];
  while (kept.length > most) {
    kept[below(random, kept.length)] = kept.at(-1)!;
    kept.pop();
  }
  kept.sort((a, b) => (a.zip < b.zip ? -1 : 1));
  const ids = kept.map(({ zip }) => zip);
  return gabrielGround(
    ids,
    kept.map((place) => place.lat),
    kept.map((place) => place.lon),
    usualK,
  );
}

function product(): Ground {
  const { geography } = buildGeography(CONTINENTAL);
  return { ...geography, usualK: 300 };
}

function gabrielGround(ids: readonly string[], lat: readonly number[], lon: readonly number[], usualK: number): Ground {
  const pairs = gabriel(lat, lon);
  const bridges = connect(neighborLists(ids.length, pairs), lat, lon);
  return { ids, lat, lon, neighbors: neighborLists(ids.length, [...pairs, ...bridges]), usualK };
}

/** Counties of the contiguous states; two touch where they share a border; a county stands at the middle of its box. */
function counties(): Ground {
  const atlas = loadAtlas() as unknown as Topology<{ counties: GeometryCollection }>;
  const wanted = new Set(CONTINENTAL.map(fipsOf));
  const around = touching(atlas.objects.counties.geometries);
  const { features } = feature(atlas, atlas.objects.counties) as FeatureCollection<Polygon | MultiPolygon>;
  const fips = features.map(({ id }) => String(id).padStart(5, '0'));
  const kept = features.flatMap((_, i) => (wanted.has(fips[i]!.slice(0, 2)) ? [i] : []));
  const at = new Map(kept.map((i, unit) => [i, unit]));
  const middles = kept.map((i) => boxMiddle(features[i]!.geometry));
  const pairs = kept.flatMap((i, a) =>
    around[i]!.flatMap((other) => (at.has(other) ? [[a, at.get(other)!] as const] : [])),
  );
  const [lat, lon] = [middles.map(([, y]) => y), middles.map(([x]) => x)];
  const bridges = connect(neighborLists(kept.length, pairs), lat, lon);
  return {
    ids: kept.map((i) => fips[i]!),
    lat,
    lon,
    neighbors: neighborLists(kept.length, [...pairs, ...bridges]),
    usualK: Math.round(kept.length / UNITS_PER_TERRITORY),
  };
}

function boxMiddle(geometry: Polygon | MultiPolygon): readonly [number, number] {
  const corners = (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()).flat();
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return [middle(corners.map(([x]) => x!)), middle(corners.map(([, y]) => y!))];
}

/** About this many units on a square of 0.1 degrees a step, around Kansas. */
function square(units: number, jitter: boolean): Ground {
  const side = Math.max(2, Math.round(Math.sqrt(units)));
  const n = side * side;
  const random = seeded(n);
  const shift = () => (jitter ? 0.08 * (random() - 0.5) : 0);
  const lat = Array.from({ length: n }, (_, u) => 42 - 0.1 * Math.floor(u / side) + shift());
  const lon = Array.from({ length: n }, (_, u) => -98 + 0.1 * (u % side) + shift());
  const ids = lat.map((_, u) => `u${String(u).padStart(5, '0')}`);
  const usualK = Math.max(2, Math.round(n / UNITS_PER_TERRITORY));
  if (jitter) return gabrielGround(ids, lat, lon, usualK);
  const pairs = lat.flatMap((_, u) => [
    ...((u + 1) % side === 0 ? [] : [[u, u + 1] as const]),
    ...(u + side < n ? [[u, u + side] as const] : []),
  ]);
  return { ids, lat, lon, neighbors: neighborLists(n, pairs), usualK };
}
