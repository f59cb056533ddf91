import { z } from 'zod';
import type { Geography } from '../core/geography.ts';
import { buildGeography } from './build.ts';
import { unitId } from '../core/ids.ts';
import type { Units } from '../core/boundaryChange.ts';
import type { LoadedStore } from './loadedStore.ts';
import { NORTHEAST } from './states.ts';

const ground = z.object({
  key: z.string(),
  ids: z.array(z.string().transform(unitId)),
  parents: z.record(z.string(), z.string().transform(unitId)),
});

/** Keeps which units a geography has, so that plans made on it can be carried over later. */
export function keepGround(store: LoadedStore, { key, ids, parents }: Geography): void {
  store.keep(`ground-${key}.json`, { key, ids, parents });
}

/** Units of a former geography by its key: the kept ones, or those of the usual market without anything loaded; null if unknown. */
export function formerGround(store: LoadedStore, key: string): Units | null {
  const kept = store.kept(`ground-${key}.json`);
  if (kept !== null) return ground.parse(kept);
  const { geography } = buildGeography(NORTHEAST);
  return geography.key === key ? geography : null;
}
