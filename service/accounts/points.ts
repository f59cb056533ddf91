import type { RequestUser } from '../http/identity.ts';
import { FileAnswer } from '../http/routes.ts';
import type { PageDeps } from './accountPage.ts';
import type { KnownAccount } from './book.ts';
import { placeOfAccount, type Sight } from './sight.ts';

/** More points than this help nobody and take minutes of permission questions to the org. */
export const MOST_POINTS = 50_000;

/** Accounts of one kind as vectors, one entry an account. */
export interface PointVectors {
  readonly ids: string[];
  readonly names: string[];
  readonly notes: string[];
  readonly lat: number[];
  readonly lon: number[];
}

/** Physicians and facilities as points for the map: only accounts that the user may see, at their own place or their ZIP's. */
export function createPoints({ ports, book }: PageDeps, { readable }: Pick<Sight, 'readable'>) {
  const placeOf = (account: KnownAccount) => placeOfAccount(account, ports.geography);

  return async (user: RequestUser) => {
    const all = (await book.all()).filter(({ work }) => work !== 'parent');
    const placed = all.filter((account) => placeOf(account) !== null);
    const shown = await readable(user, placed.slice(0, MOST_POINTS));
    const vectors = (kind: KnownAccount['work']): PointVectors => {
      const accounts = shown.filter(({ work }) => work === kind);
      const places = accounts.map((account) => placeOf(account) ?? { lat: 0, lon: 0 });
      return {
        ids: accounts.map(({ id }) => id),
        names: accounts.map(({ name }) => name),
        notes: accounts.map(({ city, specialty }) => [specialty, city].filter(Boolean).join(' · ')),
        lat: places.map((place) => place.lat),
        lon: places.map((place) => place.lon),
      };
    };
    return {
      physicians: vectors('physician'),
      facilities: vectors('facility'),
      leftOut: Math.max(0, placed.length - MOST_POINTS),
    };
  };
}

export type Points = ReturnType<typeof createPoints>;

/** Every point as a feature with its kind (RFC 7946). */
export function pointsGeoJson({ physicians, facilities }: Awaited<ReturnType<Points>>): FileAnswer {
  const featuresOf = (kind: string, { ids, names, notes, lat, lon }: PointVectors) =>
    ids.map((id, i) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lon[i], lat[i]] },
      properties: { kind, name: names[i], note: notes[i] },
    }));
  const features = [...featuresOf('physician', physicians), ...featuresOf('facility', facilities)];
  const text = JSON.stringify({ type: 'FeatureCollection', features });
  return new FileAnswer('Accounts.geojson', 'application/geo+json', text);
}
