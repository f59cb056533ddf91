import { basename } from 'node:path';
import { sourceOf, type GeographyReport } from './importReport.ts';
import type { LoadedIndex } from './loadedIndex.ts';
import type { LoadedStore } from './loadedStore.ts';
import { bytesOf } from './readers/openShapes.ts';
import { readShapes } from './readShapes.ts';
import { stateShapes, type StateShapes } from './stateShapes.ts';

export interface ShapesImport {
  readonly path: string;
  readonly name?: string | undefined;
  /** What the file holds, where it was read already. */
  readonly bytes?: Buffer;
  /** The property that holds the ZIPs; found by itself where left out. */
  readonly zipProperty?: string | undefined;
  readonly now: Date;
}

/**
 * Imports a file of ZIP areas, whole or not at all, and puts it to use in the states it covers.
 * @throws BailiwickError file_not_recognized, too_large, bad_request for a property that is not there
 */
export async function importShapes(
  store: LoadedStore,
  { path, name = basename(path), zipProperty: wanted, now, ...given }: ShapesImport,
): Promise<GeographyReport> {
  const bytes = given.bytes ?? (await bytesOf(path, name));
  const source = sourceOf(bytes, { kind: 'shapes', name, more: wanted ?? '', now });
  const known = store.reuse(source.id);
  if (known) return { ...known.report, alreadyThere: true };
  const { format, counts, contents, warnings } = await readShapes({ bytes, name, wanted });
  const report: GeographyReport = {
    ...source,
    layout: 'shapes',
    layoutName: `ZIP areas (${format})`,
    ...counts,
    ambiguous: null,
    warnings,
    alreadyThere: false,
  };
  store.add(report, contents);
  return report;
}

/** Areas of states that are in use. @throws BailiwickError not_ready where their file is damaged */
export function activeShapes(
  store: LoadedStore,
  states: readonly string[],
  { shapes }: LoadedIndex['active'],
): Map<string, StateShapes> {
  return new Map(
    states.flatMap((state) => {
      const hash = shapes[state] === undefined ? undefined : store.version(shapes[state]).contents[state];
      return hash === undefined ? [] : [[state, stateShapes.parse(store.get(hash))] as const];
    }),
  );
}
