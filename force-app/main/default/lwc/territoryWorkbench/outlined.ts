import type { MapPocket } from 'c/bailiwick';

/** Pockets on the map, and the number of the one that was picked there; 0 for none. */
export interface Outlined {
  readonly pockets: readonly MapPocket[];
  readonly picked: number;
}

export const NO_POCKETS: Outlined = { pockets: [], picked: 0 };

/** A list replaces what is outlined; an id picks one of it. */
export const outlinedAfter = (before: Outlined, told: readonly MapPocket[] | string): Outlined =>
  typeof told === 'string' ? { ...before, picked: Number(told) } : { pockets: told, picked: 0 };
