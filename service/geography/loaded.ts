import type { LoadedIndex } from './loadedIndex.ts';
import { activeShapes } from './importShapes.ts';
import { activeTables } from './importTable.ts';
import type { LoadedStore } from './loadedStore.ts';
import type { Gazetteer, ZipToCounty, ZipToZcta } from './readers/zipTables.ts';
import { NORTHEAST } from './states.ts';
import type { StateShapes } from './stateShapes.ts';

/** Where a state's areas come from. */
export interface AreaSource {
  readonly file: string;
  readonly vintage: string | null;
  readonly importedAt: string;
  /** Names the areas for ever. */
  readonly hash: string;
}

/** Everything loaded that a build uses. */
export interface Loaded {
  readonly shapes: ReadonlyMap<string, StateShapes>;
  readonly sources: ReadonlyMap<string, AreaSource>;
  readonly gazetteer: Gazetteer | null;
  readonly zipToZcta: ZipToZcta | null;
  readonly zipToCounty: ZipToCounty | null;
}

/** States of the market: the chosen ones, else the usual ones and those with loaded areas. */
export function marketStates({ states, active }: LoadedIndex, usual: readonly string[] = NORTHEAST): string[] {
  return [...new Set(states ?? [...usual, ...Object.keys(active.shapes)])].sort();
}

/** What is in use for these states; null where nothing is. @throws BailiwickError not_ready where a file is damaged */
export function loadedFor(store: LoadedStore, states: readonly string[], { active } = store.index): Loaded | null {
  const wanted = states.filter((state) => active.shapes[state] !== undefined);
  if (wanted.length === 0 && active.zip_to_zcta === null && active.zip_to_county === null) return null;
  const sources = wanted.map((state) => {
    const { file, vintage, importedAt, contents } = store.version(active.shapes[state]!);
    return [state, { file, vintage, importedAt, hash: contents[state]! }] as const;
  });
  return { shapes: activeShapes(store, wanted, active), sources: new Map(sources), ...activeTables(store, active) };
}
