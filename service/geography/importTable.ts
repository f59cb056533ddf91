import { basename } from 'node:path';
import { sourceOf, Tally, type GeographyReport, type ImportSource } from './importReport.ts';
import type { ShapesImport } from './importShapes.ts';
import type { LoadedIndex } from './loadedIndex.ts';
import type { LoadedStore } from './loadedStore.ts';
import { zipPlaces } from './places.ts';
import { notRecognized } from './readers/limits.ts';
import { bytesOf } from './readers/openShapes.ts';
import { GIVE_TABLE, readTable, tableText } from './readers/table.ts';
import { gazetteer, readZips, zipToCounty, zipToZcta, type ReadZips } from './readers/zipTables.ts';
import { STATE_CODES } from './states.ts';

/**
 * Imports a gazetteer or a crosswalk, whole or not at all, and puts it to use.
 * @throws BailiwickError file_not_recognized, too_large
 */
export async function importTable(
  store: LoadedStore,
  { path, name = basename(path), now, ...given }: Omit<ShapesImport, 'zipProperty'>,
): Promise<GeographyReport> {
  const bytes = given.bytes ?? (await bytesOf(path, name));
  const source = sourceOf(bytes, { kind: 'table', name, more: '', now });
  const known = store.reuse(source.id);
  if (known) return { ...known.report, alreadyThere: true };
  const tallies = { setAside: new Tally(), repaired: new Tally() };
  const table = readTable(await tableText(bytes, name), name);
  const read = readZips(table, name, tallies);
  const report = reportOf(read, source, { rowsRead: table.rows.length, ...tallies });
  if (report.rowsKept === 0) {
    const reasons = report.setAside.map(({ reason, rows }) => `${reason} (${rows})`);
    throw notRecognized(`No row of ${name} can be used: ${reasons.join('; ') || 'it has none'}.`, GIVE_TABLE);
  }
  store.add(report, new Map([['all', read.content]]));
  return report;
}

function reportOf(
  read: ReadZips,
  source: ImportSource,
  { rowsRead, setAside, repaired }: { rowsRead: number; setAside: Tally; repaired: Tally },
): GeographyReport {
  const shared = (counties: readonly string[]) => counties.length > 1;
  return {
    ...source,
    layout: read.kind,
    layoutName: read.name,
    vintage: /(?:19|20)\d{2}/.exec(source.file)?.[0] ?? null,
    rowsRead,
    rowsKept: rowsRead - setAside.rows,
    rowsSetAside: setAside.rows,
    setAside: setAside.reasons(),
    repaired: repaired.reasons(),
    states: byState(read),
    zipProperty: read.column,
    ambiguous: read.kind === 'zip_to_county' ? Object.values(read.content.counties).filter(shared).length : null,
    warnings: [],
    alreadyThere: false,
  };
}

function byState(read: ReadZips): Record<string, number> {
  const zips = Object.keys(read.kind === 'zip_to_county' ? read.content.counties : read.content);
  const listed = new Map(zipPlaces(STATE_CODES).map(({ zip, state }) => [zip, state]));
  const counts = new Map<string, number>();
  for (const zip of zips) {
    const state = listed.get(zip);
    if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Tables that are in use; null for a kind of which none is. */
export function activeTables(store: LoadedStore, active: LoadedIndex['active']) {
  const content = (kind: 'gazetteer' | 'zip_to_zcta' | 'zip_to_county'): unknown => {
    const id = active[kind];
    return id === null ? null : store.get(store.version(id).contents['all'] ?? '');
  };
  return {
    gazetteer: gazetteer.nullable().parse(content('gazetteer')),
    zipToZcta: zipToZcta.nullable().parse(content('zip_to_zcta')),
    zipToCounty: zipToCounty.nullable().parse(content('zip_to_county')),
  };
}
