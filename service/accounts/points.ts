import type { RequestUser } from '../http/identity.ts';
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
