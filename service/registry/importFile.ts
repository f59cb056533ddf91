import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { BailiwickError } from '../core/errors.ts';
import { readInto } from '../intake/rawTable.ts';
import { openSource, type Source } from '../intake/source.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { recognize, type Recognized, type RegistryKind } from './layouts.ts';
import { keepLines, reasons, type Reason } from './lines.ts';
import { rebuildRecords } from './records.ts';
import { sourceName } from './snapshots.ts';
import { watched } from './watched.ts';
import { affiliationsSql, codesSql, taxonomySql } from './stageCodes.ts';
import { DEACTIVATED, listedSql, markDoubles } from './stageListed.ts';

/** Where every row of a registry file went; the same shape as the report of a claims import. */
export interface RegistryReport {
  readonly id: string;
  readonly file: string;
  readonly layout: RegistryKind;
  readonly layoutName: string;
  /** The newest snapshot of each source is the active one. */
  readonly source: string;
  readonly sha256: string;
  readonly importedAt: string;
  readonly period: string;
  /** Data rows of the file = kept + set aside. */
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsSetAside: number;
  readonly setAside: readonly Reason[];
  readonly repaired: readonly Reason[];
  /** Different NPIs or CCNs, codes or pairs that the file gives. */
  readonly records: number;
  readonly unusedColumns: readonly string[];
  readonly warnings: readonly string[];
  /** File of the snapshot that was active before; null for a source's first. */
  readonly replaces: string | null;
  /** True where the very same file was imported before: nothing was done. */
  readonly alreadyThere: boolean;
}

export interface RegistryImport {
  readonly path: string;
  readonly name?: string | undefined;
  readonly now: Date;
  /** What is done, and the share of it, 0 to 1. */
  readonly onProgress?: ((progress: { phase: string; share: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Imports one registry file as a snapshot, whole or not at all. The same bytes twice are one snapshot.
 * @throws BailiwickError file_not_recognized with what was found and what to do
 */
export async function importRegistryFile(db: DuckDb, options: RegistryImport): Promise<RegistryReport> {
  const { path, name = basename(path), onProgress, signal } = options;
  const onShare = (share: number) => onProgress?.({ phase: 'checking the file', share });
  const source = await openSource(path, name, { onShare, signal });
  try {
    const recognized = recognize(source.header, name);
    return await db.transaction((tx) => takeIn(tx, source, { ...options, recognized, name }));
  } finally {
    await source.close();
  }
}

interface Taking extends RegistryImport {
  readonly recognized: Recognized;
  readonly name: string;
}

async function takeIn(tx: DuckDb, source: Source, taking: Taking): Promise<RegistryReport> {
  const { recognized, name, now, onProgress, signal } = taking;
  const step = (phase: string, work: () => Promise<void>) =>
    watched(tx, work, { signal, onShare: (share) => onProgress?.({ phase, share }) });
  const known = await tx.all<{ report: string; active: boolean }>(
    'SELECT report, active FROM snapshots WHERE sha256 = ?',
    [source.sha256],
  );
  if (known[0]) return again(known[0]);
  const id = randomUUID();
  const kind = recognized.layout.id;
  await step('reading rows', () => readInto(tx, source, { table: 'staged', select: stagedSql(recognized, name) }));
  await step('sorting out', async () => {
    if (isListed(kind)) await markDoubles(tx);
    await tx.run(INSERTS[kind], [id]);
    if (isListed(kind)) await tx.run(TAXONOMIES, [id]);
    if (kind === 'nppes') await tx.run(GONE, [id]);
    await keepLines(tx, id, source);
  });
  const from = sourceName(recognized, name);
  const [former] = await tx.all<{ file: string }>('SELECT file FROM snapshots WHERE source = ? AND active', [from]);
  const report = await reportOf(tx, source, { id, recognized, now, from, replaces: former?.file ?? null });
  if (report.rowsKept === 0) throw nothingKept(report);
  await tx.run('UPDATE snapshots SET active = false WHERE source = ?', [from]);
  await tx.run(
    'INSERT INTO snapshots SELECT ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM snapshots), true, ?',
    [id, kind, from, name, source.sha256, report.importedAt, JSON.stringify(report)],
  );
  await step('making records', () => rebuildRecords(tx));
  return report;
}

function again({ report, active }: { report: string; active: boolean }): RegistryReport {
  const former = JSON.parse(report) as RegistryReport;
  const hint = 'A newer file of this source is in use; bring this one back in the list of imports.';
  return { ...former, alreadyThere: true, warnings: active ? former.warnings : [...former.warnings, hint] };
}

const isListed = (kind: RegistryKind) => kind === 'nppes' || kind === 'cmsHospitals' || kind === 'facilityList';

function stagedSql(recognized: Recognized, name: string): string {
  const kind = recognized.layout.id;
  if (kind === 'codeList') return codesSql(recognized);
  if (kind === 'taxonomyList') return taxonomySql(recognized);
  return kind === 'affiliationList' ? affiliationsSql(recognized) : listedSql(recognized, name);
}

const LISTED = `INSERT INTO listed SELECT ?, row, npi, ccn, hospital_ccn, is_person, name, other_name, kind, kind_text, address, city, state,
  zip, lat, lon, zip_km, phone, ownership, emergency, beds, updated FROM staged WHERE reason IS NULL`;
const TAXONOMIES = `INSERT INTO taxonomies SELECT ?, npi, t.slot, t.code, t.is_primary
  FROM (SELECT npi, unnest(taxes) AS t FROM staged WHERE reason IS NULL AND npi IS NOT NULL)`;
const GONE = `INSERT INTO gone SELECT ?, npi FROM staged WHERE reason = '${DEACTIVATED}' AND npi IS NOT NULL`;
const INSERTS: Readonly<Record<RegistryKind, string>> = {
  nppes: LISTED,
  cmsHospitals: LISTED,
  facilityList: LISTED,
  codeList: 'INSERT INTO codes SELECT ?, system, code, name, short_name, family FROM staged WHERE reason IS NULL',
  taxonomyList:
    'INSERT INTO specialties SELECT ?, code, grouping, classification, specialization, display FROM staged WHERE reason IS NULL',
  affiliationList: 'INSERT INTO affiliated SELECT ?, npi, facility FROM staged WHERE reason IS NULL',
};

/** What makes two rows of a kind the same thing. */
const THING: Readonly<Record<RegistryKind, string>> = {
  nppes: 'npi',
  cmsHospitals: 'ccn',
  facilityList: 'coalesce(hospital_ccn, npi)',
  codeList: 'code',
  taxonomyList: 'code',
  affiliationList: "npi || ' ' || facility",
};

interface Made {
  readonly id: string;
  readonly recognized: Recognized;
  readonly now: Date;
  readonly from: string;
  readonly replaces: string | null;
}

async function reportOf(
  tx: DuckDb,
  source: Source,
  { id, recognized, now, from, replaces }: Made,
): Promise<RegistryReport> {
  const { layout, unused } = recognized;
  const [rows] = await tx.all<{ read: number; kept: number; records: number; cpt: number }>(
    `SELECT (count(*) + (SELECT count(*) FROM broken))::DOUBLE AS read, count(*) FILTER (WHERE reason IS NULL)::DOUBLE AS kept,
       (SELECT count(*) FROM (SELECT DISTINCT ${THING[layout.id]} FROM staged WHERE reason IS NULL))::DOUBLE AS records,
       ${layout.id === 'codeList' ? `count(*) FILTER (WHERE reason IS NULL AND system <> 'msDrg' AND regexp_full_match(code, '\\d{5}'))::DOUBLE` : '0'} AS cpt
     FROM staged`,
  );
  const { read = 0, kept = 0, records = 0, cpt = 0 } = rows ?? {};
  const warned = (await reasons(tx, id, 'warned')).map(
    ({ reason, rows: count, lines }) =>
      `${count} rows: ${reason} (line ${lines.slice(0, 5).join(', ')}${count > 5 ? ', …' : ''}).`,
  );
  const restricted = `${cpt} five-digit numeric codes: their descriptions belong to the AMA; they stay in this data directory and need your own licence.`;
  return {
    id,
    file: source.name,
    layout: layout.id,
    layoutName: layout.name,
    source: from,
    sha256: source.sha256,
    importedAt: now.toISOString(),
    period: /(?:19|20)\d{2}(?:-?[01]\d)?(?:-?[0-3]\d)?/.exec(source.name)?.[0] ?? 'period not stated',
    rowsRead: read,
    rowsKept: kept,
    rowsSetAside: read - kept,
    setAside: await reasons(tx, id, 'setAside'),
    repaired: await reasons(tx, id, 'repaired'),
    records,
    unusedColumns: unused,
    warnings: [
      ...source.notes.map((note) => `The file was changed to be read: ${note}.`),
      ...warned,
      ...(cpt > 0 ? [restricted] : []),
    ],
    replaces,
    alreadyThere: false,
  };
}

/** A snapshot without a single row would empty what it replaces. */
function nothingKept({ file, rowsRead, setAside }: RegistryReport): BailiwickError {
  const told = setAside.map(({ reason, rows, lines }) => `${reason} (${rows} rows, such as line ${lines[0]})`);
  const why = rowsRead === 0 ? 'it has a header and no rows' : `of ${rowsRead} rows none is usable: ${told.join('; ')}`;
  return new BailiwickError('file_not_recognized', `Nothing can be taken from ${file}: ${why}.`, {
    action: 'Ask whoever made the file for a complete one; the former import stays in use.',
  });
}
