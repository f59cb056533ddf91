import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { csvRow } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';
import type { CommandAnswer } from './cli.ts';
import { guardRule, type GuardRule } from './guard.ts';
import { importFile, type ImportOptions } from './importFile.ts';
import type { ImportReport } from './importReport.ts';
import { activateImport, listImports, type ListedImport } from './listImports.ts';
import { withClaims } from './store.ts';

export const IMPORT_HELP = `bailiwick import claims FILE... --data DIR [--period 2025] [--report LINES.csv] [--json]
                        [--map field="Column"]... [--constant field=value]... [--accept-guess]
                        [--save-mapping NAME] [--mapping NAME] [--below 11] [--imputed 5.5]

  Reads CMS files by provider and service, CMS inpatient files by hospital and DRG, CMS outpatient volumes (OP-26) and vendor
  aggregates into DIR and tells where every row went: CSV, tab or pipe, plain, gzipped, zipped or Parquet; UTF-8, UTF-16 or
  Windows-1252. A file with columns of its own is refused with a guess of what they mean: confirm it with --accept-guess, or name
  the columns with --map; --constant gives one value for all rows (--constant site=22). Saved under a name, they are
  used for every further file with the same headers. Counts from 1 to below the threshold (--below, 11 as CMS asks) are kept as
  --imputed only; the rule is stored with the import.`;

export const IMPORTS_HELP = `bailiwick imports --data DIR [--activate ID] [--json]

  Lists the imports, the one in use first. --activate brings an older one back.`;

const IMPORT_FLAGS = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  period: { type: 'string' },
  report: { type: 'string' },
  map: { type: 'string', multiple: true },
  constant: { type: 'string', multiple: true },
  'accept-guess': { type: 'boolean' },
  'save-mapping': { type: 'string' },
  mapping: { type: 'string' },
  below: { type: 'string' },
  imputed: { type: 'string' },
} as const;

type Ports = Pick<ImportOptions, 'unplaced'> & {
  /** ZIP and name of hospitals by CCN, as far as the data directory holds them. */
  readonly placesIn?: (dataDir: string) => ImportOptions['placesOf'];
};

/** `import claims FILE… --data DIR` */
export async function importClaimsCommand(args: string[], { unplaced, placesIn }: Ports = {}): Promise<CommandAnswer> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: IMPORT_FLAGS });
  const [what, ...files] = positionals;
  if (what !== 'claims' || files.length === 0) {
    throw new BailiwickError('bad_request', 'Nothing to import was named.', {
      action: 'Write: import claims FILE... --data DIR.',
    });
  }
  const [columns, constants] = [pairs('--map', values.map), pairs('--constant', values.constant)];
  const choice = {
    ...(columns || constants ? { mapping: { columns: columns ?? {}, constants } } : {}),
    mappingName: values.mapping,
    saveAs: values['save-mapping'],
    acceptGuess: values['accept-guess'],
    period: values.period,
    rule: ruleOf(values.below, values.imputed),
  };
  const placesOf = values.data === undefined ? undefined : placesIn?.(values.data);
  return withClaims(values.data, async (db) => {
    const reports: ImportReport[] = [];
    for (const file of files) {
      reports.push(await importFile(db, { ...choice, unplaced, placesOf, path: resolve(file), now: new Date() }));
    }
    if (values.report !== undefined) await writeFile(values.report, await linesCsv(db, reports));
    return { text: reports.map(told).join(''), json: { imports: reports } };
  });
}

/** `imports --data DIR [--activate ID]` */
export async function importsCommand(args: string[]): Promise<CommandAnswer> {
  const { values } = parseArgs({
    args,
    options: { data: { type: 'string' }, activate: { type: 'string' }, json: { type: 'boolean' } },
  });
  return withClaims(values.data, async (db) => {
    if (values.activate !== undefined) await activateImport(db, values.activate);
    const imports = await listImports(db);
    const text = imports.length === 0 ? 'Nothing is imported yet.\n' : imports.map(listed).join('');
    return { text, json: { imports } };
  });
}

function listed({ id, file, layoutName, period, rowsKept, importedAt, countedBy }: ListedImport): string {
  const markets = countedBy.length === 0 ? '' : `, counted by ${countedBy.join(', ')}`;
  return `${id}  ${file}: ${layoutName}, ${period}, ${rowsKept} rows, ${importedAt.slice(0, 10)}${markets}\n`;
}

/** The rule of this source; that of CMS where nothing is said. */
function ruleOf(below: string | undefined, imputed: string | undefined): GuardRule {
  return guardRule({
    ...(below === undefined ? {} : { below: Number(below) }),
    ...(imputed === undefined ? {} : { imputed: Number(imputed) }),
  });
}

/** `["code=Proc Cd"]` → `{ code: 'Proc Cd' }`. */
function pairs(flag: string, given: readonly string[] | undefined): Record<string, string> | undefined {
  if (given === undefined) return undefined;
  const entries = given.map((text) => {
    const at = text.indexOf('=');
    if (at > 0 && at < text.length - 1) return [text.slice(0, at).trim(), text.slice(at + 1).trim()] as const;
    throw new BailiwickError('bad_request', `${flag} ${text} is not field=value.`, {
      action: `Write ${flag} code="Procedure Code".`,
    });
  });
  return Object.fromEntries(entries);
}

async function linesCsv(db: DuckDb, reports: readonly ImportReport[]): Promise<string> {
  const rows: string[] = [];
  for (const { id, file } of reports) {
    const lines = await db.all<{ line: number; kind: string; reason: string; found: string }>(
      'SELECT line::DOUBLE AS line, kind, reason, found FROM lines WHERE snapshot_id = ? ORDER BY lines.line, reason',
      [id],
    );
    for (const { line, kind, reason, found } of lines) rows.push(csvRow([file, line, kind, reason, found]));
  }
  return csvRow(['file', 'line', 'what', 'reason', 'found']) + rows.join('');
}

function told(report: ImportReport): string {
  const reasons = report.setAside.map(
    ({ reason, rows, lines }) =>
      `  set aside ${rows}: ${reason} (line ${lines.slice(0, 5).join(', ')}${rows > 5 ? ', …' : ''})\n`,
  );
  const repaired = report.repaired.map(({ reason, rows }) => `  put right ${rows}: ${reason}\n`);
  const already = report.alreadyThere ? ' (imported before, nothing done)' : '';
  const notes = (report.notes ?? []).map((note) => `  ${note}\n`);
  const warnings = report.warnings.map((warning) => `  note: ${warning}\n`);
  return `${report.file}: ${report.layoutName}, ${report.period}, ${report.rowsRead} rows read = ${report.rowsKept} kept + ${report.rowsSetAside} set aside${already}\n${[...notes, ...reasons, ...repaired, ...warnings].join('')}`;
}
