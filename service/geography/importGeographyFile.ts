import type { GeographyReport } from './importReport.ts';
import { importShapes, type ShapesImport } from './importShapes.ts';
import { importTable } from './importTable.ts';
import type { LoadedStore } from './loadedStore.ts';
import { bytesOf } from './readers/openShapes.ts';

/** Imports ZIP areas or a gazetteer, by what the file holds: one that is named like a table may still be a map. */
export async function importGeographyFile(store: LoadedStore, file: ShapesImport): Promise<GeographyReport> {
  const { path, name = path, zipProperty, now } = file;
  const isNamedTable = zipProperty === undefined && /\.(txt|csv|tsv)(\.gz)?$|gaz/i.test(name);
  const isTable = isNamedTable && !/^\uFEFF?\s*[{[]/.test((await bytesOf(path)).subarray(0, 200).toString('utf8'));
  return isTable ? importTable(store, { path, name: file.name, now }) : importShapes(store, file);
}
