import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BailiwickError } from '../core/errors.ts';
import { lockDirectory } from '../store/lock.ts';
import { importAny } from './importAny.ts';
import { toldReport, type GeographyReport } from './importReport.ts';
import { importTable } from './importTable.ts';
import { LoadedStore } from './loadedStore.ts';

export const IMPORT_GEOGRAPHY_HELP = `bailiwick import geography FILE... --data DIR [--zip-property NAME] [--json]

  Reads ZIP areas into DIR and puts them to use in the states they cover: GeoJSON, TopoJSON (also gzipped), or the zip of a
  Census shapefile (TIGER, cartographic) in NAD 83 or WGS 84 degrees. A Census gazetteer (.txt) gives places and land areas.
  Tells what became of every shape. The service uses them from its next start on.

  --zip-property NAME  the property that holds the ZIPs, where it is not found by itself
  --json               prints the reports as JSON`;

export const IMPORT_CROSSWALK_HELP = `bailiwick import crosswalk FILE... --data DIR [--json]

  Reads tables into DIR and puts them to use, by the names of their columns in any order (tab, pipe or comma):
  ZIP to ZCTA (ZIP_CODE, ZCTA, such as zip_to_zcta_2019_uds.txt) tells on which area a ZIP without one hangs;
  ZIP to county (ZIP, STCOUNTYFP, such as zip_county_fips_2017-06.csv) tells the county: of several the one that holds the
  ZIP's point, else the first.`;

export interface CommandAnswer {
  readonly text: string;
  readonly json: unknown;
}

/** `import geography FILE… --data DIR` */
export async function importGeographyCommand(args: string[]): Promise<CommandAnswer> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' }, 'zip-property': { type: 'string' }, json: { type: 'boolean' } },
  });
  const zipProperty = values['zip-property'];
  return importEach(positionals, values.data, (store, path) =>
    importAny(store, { path, zipProperty, now: new Date() }),
  );
}

/** `import crosswalk FILE… --data DIR` */
export async function importCrosswalkCommand(args: string[]): Promise<CommandAnswer> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' }, json: { type: 'boolean' } },
  });
  return importEach(positionals, values.data, (store, path) => importTable(store, { path, now: new Date() }));
}

async function importEach(
  [what = '', ...files]: readonly string[],
  data: string | undefined,
  read: (store: LoadedStore, path: string) => Promise<GeographyReport>,
): Promise<CommandAnswer> {
  if (files.length === 0) {
    throw new BailiwickError('bad_request', 'Nothing to import was named.', {
      action: `Write: import ${what} FILE... --data DIR.`,
    });
  }
  return withStore(data, async (store) => {
    const reports: GeographyReport[] = [];
    for (const file of files) reports.push(await read(store, resolve(file)));
    return { text: reports.map(toldReport).join(''), json: { imports: reports } };
  });
}

/** The loaded boundaries of a data directory that no other process uses. @throws BailiwickError data_directory_locked */
export async function withStore<T>(data: string | undefined, work: (store: LoadedStore) => Promise<T>): Promise<T> {
  if (data === undefined)
    throw new BailiwickError('bad_request', 'No --data DIR was given.', { action: 'Name the data directory.' });
  const release = await lockDirectory(data);
  try {
    const store = new LoadedStore(data);
    store.sweep();
    return await work(store);
  } finally {
    await release();
  }
}
