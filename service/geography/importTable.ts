import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Tally, type GeographyReport } from './importReport.ts';
import { withActive } from './loadedIndex.ts';
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
  { path, name = basename(path), now }: { path: string; name?: string; now: Date },
): Promise<GeographyReport> {
  const bytes = await bytesOf(path, name);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const id = createHash('sha256').update(`table ${sha256}`).digest('hex').slice(0, 16);
  const known = store.index.versions.find((version) => version.id === id);
  if (known) {
    store.save(withActive(store.index, known));
    return { ...known.report, alreadyThere: true };
  }
  const tallies = { setAside: new Tally(), repaired: new Tally() };
  const table = readTable(await tableText(bytes, name), name);
  const read = readZips(table, name, tallies);
  const [rowsRead, rowsSetAside] = [table.rows.length, tallies.setAside.rows];
  if (rowsRead === rowsSetAside) {
    const reasons = tallies.setAside.reasons().map(({ reason, rows }) => `${reason} (${rows})`);
    throw notRecognized(`No row of ${name} can be used: ${reasons.join('; ') || 'it has none'}.`, GIVE_TABLE);
  }
  const report: GeographyReport = {
    id,
    file: name,
    layout: read.kind,
    layoutName: read.name,
    sha256,
    importedAt: now.toISOString(),
    vintage: /(?:19|20)\d{2}/.exec(name)?.[0] ?? null,
    rowsRead,
    rowsKept: rowsRead - rowsSetAside,
    rowsSetAside,
    setAside: tallies.setAside.reasons(),
    repaired: tallies.repaired.reasons(),
    states: byState(read),
    zipProperty: read.column,
    ambiguous:
      read.kind === 'zip_to_county'
        ? Object.values(read.content.counties).filter((list) => list.length > 1).length
        : null,
    warnings: [],
    alreadyThere: false,
  };
  const { vintage, importedAt } = report;
  store.add(
    { id, kind: read.kind, file: name, sha256, vintage, importedAt, report: report as never },
    new Map([['all', read.content]]),
  );
  return report;
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
export function activeTables(store: LoadedStore) {
  const content = (kind: 'gazetteer' | 'zip_to_zcta' | 'zip_to_county'): unknown => {
    const id = store.index.active[kind];
    return id === null ? null : store.get(store.version(id).contents['all'] ?? '');
  };
  return {
    gazetteer: gazetteer.nullable().parse(content('gazetteer')),
    zipToZcta: zipToZcta.nullable().parse(content('zip_to_zcta')),
    zipToCounty: zipToCounty.nullable().parse(content('zip_to_county')),
  };
}
