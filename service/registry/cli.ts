import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { lockDirectory } from '../store/lock.ts';
import { importRegistryFile, type RegistryReport } from './importFile.ts';
import { alternatives, keysOf, requireRecord, searchRecords, sourceRows, type RegistryRecord } from './lookup.ts';
import { openRegistryDb, type ZipPoint } from './registryDb.ts';
import { activateSnapshot, listSnapshots, type Snapshot } from './snapshots.ts';
import { codeNames, hospitalPlaces, listedAffiliations, namesOf, taxonomiesOf } from './specialties.ts';

/** What a command answers: text for people, json for machines. */
export interface CommandAnswer {
  readonly text: string;
  readonly json: unknown;
}

export const IMPORT_REGISTRY_HELP = `bailiwick import registry FILE... --data DIR [--json]

  Reads providers, facilities and codes into DIR and tells where every row went. What a file is its header tells: CMS Hospital
  General Information, facility lists (NPI or CCN, name, ZIP, coordinates), NPPES monthly and weekly files, lists of codes with
  descriptions (HCPCS, MS-DRG, your own), the NUCC taxonomy list, lists of affiliations. CSV, tab-separated, gzipped, zipped or
  Parquet. The newest file of each source is in use; a failed import leaves everything as it was.`;

export const REGISTRY_HELP = `bailiwick registry --data DIR [--key NPI|CCN | --search WORDS | --code CODE | --activate IMPORT] [--limit N] [--json]

  --key        one provider or facility: sources, specialties, affiliations, what sources tell differently
  --search     by NPI, CCN or words of name and city
  --code       the name of a procedure code from your own lists
  --activate   brings an older import back
  Without any of them: the imports, newest first.`;

export type ZipPoints = () => readonly ZipPoint[];

/** `import registry FILE… --data DIR` */
export async function importRegistryCommand(args: string[], zipPoints: ZipPoints): Promise<CommandAnswer> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [what, ...files] = positionals;
  if (what !== 'registry' || files.length === 0) {
    throw new BailiwickError('bad_request', 'Nothing to import was named.', {
      action: 'Write: import registry FILE... --data DIR.',
    });
  }
  return withRegistry(values.data, zipPoints, async (db) => {
    const reports: RegistryReport[] = [];
    for (const file of files) reports.push(await importRegistryFile(db, { path: resolve(file), now: new Date() }));
    return { text: reports.map(told).join(''), json: { imports: reports } };
  });
}

/** `registry --data DIR …` */
export async function registryCommand(args: string[], zipPoints: ZipPoints): Promise<CommandAnswer> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      data: text,
      key: text,
      search: text,
      code: text,
      activate: text,
      limit: text,
      json: { type: 'boolean' },
    },
  });
  const limit = Number(values.limit ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new BailiwickError('bad_request', `--limit ${values.limit} is no number from 1 to 1000.`, {
      action: 'See --help.',
    });
  }
  return withRegistry(values.data, zipPoints, async (db) => {
    if (values.key !== undefined) return oneRecord(db, values.key);
    if (values.search !== undefined) return found(db, values.search, limit);
    if (values.code !== undefined) return oneCode(db, values.code);
    const brought = values.activate === undefined ? null : await activateSnapshot(db, values.activate);
    const imports = brought ? [brought] : await listSnapshots(db);
    return { text: imports.map(listed).join('') || 'Nothing is imported yet.\n', json: { imports } };
  });
}

async function oneRecord(db: DuckDb, key: string): Promise<CommandAnswer> {
  const record = await requireRecord(db, key);
  const keys = await keysOf(db, record.key);
  const sources = await sourceRows(db, keys);
  const specialties = [...(await taxonomiesOf(db, keys))].flatMap(([npi, slots]) =>
    slots.map((slot) => ({ npi, ...slot })),
  );
  const affiliations = await listedAffiliations(db, keys);
  const others = alternatives(record, sources);
  const lines = [
    line(record),
    `  keys ${keys.join(', ')}; coordinates ${place(record)}\n`,
    ...specialties.map(
      ({ npi, slot, code, isPrimary, name }) =>
        `  specialty ${code}${name ? ` ${name}` : ''} (slot ${slot} of ${npi}${isPrimary ? ', primary' : ''})\n`,
    ),
    ...affiliations.map(({ npi, facility, file }) => `  ${npi} works at ${facility} (${file})\n`),
    ...others.map(({ field, value, file }) => `  other ${field}: ${value} (${file})\n`),
    ...[...new Set(sources.map(({ file }) => file))].map((file) => `  source ${file}\n`),
  ];
  return { text: lines.join(''), json: { record, keys, specialties, affiliations, alternatives: others, sources } };
}

const place = ({ coordinates, lat, lon }: RegistryRecord) =>
  coordinates === 'unknown'
    ? 'unknown'
    : `${lat}, ${lon} (${coordinates === 'source' ? 'from a source' : "its ZIP's point"})`;

async function found(db: DuckDb, text: string, limit: number): Promise<CommandAnswer> {
  const answer = await searchRecords(db, { text, kinds: [], state: null, zips: 'all', offset: 0, limit });
  const more = answer.total > limit ? `${answer.total} in all; --limit shows more.\n` : '';
  return { text: answer.records.map(line).join('') + more || 'Nothing found.\n', json: answer };
}

async function oneCode(db: DuckDb, code: string): Promise<CommandAnswer> {
  const named = (await codeNames(db, [code])).get(code.toUpperCase());
  if (named) return { text: `${named.code} ${named.name}\n`, json: named };
  throw new BailiwickError('not_found', `No imported list names the code ${code}.`, {
    action: 'Import a list of codes with their descriptions: import registry FILE --data DIR.',
  });
}

const line = ({ key, name, kind, address, city, state, zip }: RegistryRecord) =>
  `${key}  ${name} (${kind}), ${[address, city, state, zip].filter((part) => part !== null).join(', ')}\n`;

const listed = ({ id, file, source, rowsKept, importedAt, active }: Snapshot) =>
  `${id}  ${active ? 'active' : 'older '}  ${source}: ${file}, ${rowsKept} rows, ${importedAt}\n`;

/** ZIP and name of hospitals by CCN from a data directory's registry; nothing where it has none. */
export function hospitalsIn(dataDir: string, zipPoints: ZipPoints) {
  return async (ccns: readonly string[]) => {
    if (!existsSync(join(dataDir, 'registry.duckdb'))) return [];
    const db = await openRegistryDb(dataDir, zipPoints());
    try {
      return hospitalPlaces(await namesOf(db, ccns));
    } finally {
      await db.close();
    }
  };
}

async function withRegistry<T>(
  data: string | undefined,
  zipPoints: ZipPoints,
  work: (db: DuckDb) => Promise<T>,
): Promise<T> {
  if (data === undefined)
    throw new BailiwickError('bad_request', 'No --data DIR was given.', { action: 'Name the data directory.' });
  const release = await lockDirectory(data);
  try {
    const db = await openRegistryDb(data, zipPoints());
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await release();
  }
}

function told(report: RegistryReport): string {
  const at = (lines: readonly number[], rows: number) =>
    `(line ${lines.slice(0, 5).join(', ')}${rows > 5 ? ', …' : ''})`;
  const aside = report.setAside.map(({ reason, rows, lines }) => `  set aside ${rows}: ${reason} ${at(lines, rows)}\n`);
  const repaired = report.repaired.map(({ reason, rows, lines }) => `  ${rows}: ${reason} ${at(lines, rows)}\n`);
  const warned = report.warnings.map((warning) => `  ${warning}\n`);
  const already = report.alreadyThere ? ' (imported before, nothing done)' : '';
  const after = report.replaces === null ? '' : `, replaces ${report.replaces}`;
  return `${report.file}: ${report.layoutName}, ${report.rowsRead} rows read = ${report.rowsKept} kept + ${report.rowsSetAside} set aside; ${report.records} records of "${report.source}"${after}${already}\n${[...aside, ...repaired, ...warned].join('')}`;
}
