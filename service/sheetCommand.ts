import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCsv, plainRow } from './core/csv.ts';
import { BailiwickError } from './core/errors.ts';
import { readZipSheet, sheetParts, type SheetAssignment, type SheetTable } from './core/zipSheet.ts';
import { withoutPlace } from './geography/places.ts';
import { STATE_CODES } from './geography/states.ts';
import { MAX_SHEET_ROWS, sheetReport } from './intake/sheetReport.ts';
import { readSmallTable, type SmallTable } from './intake/smallTable.ts';
import { openSource, type Source } from './intake/source.ts';

export const IMPORT_SHEET_HELP = `bailiwick import sheet FILE... [--out SHEET.csv] [--units UNITS.csv --units-out UNITS.csv] [--json]

  Reads ZIP-to-territory sheets and tells what became of every row: zip,territory · territory_id,name,postal_code · a table
  of ZIPs beside a table of territories (give both files) · several territories in one cell (;T1;T2;). Duplicates,
  contradictions and ZIPs that do not exist are named with their lines.

  --out        writes the clean sheet: zip,territory
  --units      units for "optimize"; --units-out writes them with a column "current" from the sheet, so that a plan can start
               from this map
  A running service takes sheets in the workbench, where they become a draft.`;

/** `import sheet FILE…` */
export async function importSheetCommand(args: string[]): Promise<{ text: string; json: unknown }> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: text, out: text, units: text, 'units-out': text, json: { type: 'boolean' } },
  });
  const files = positionals.slice(1).map((file) => resolve(file));
  if (files.length === 0)
    throw new BailiwickError('bad_request', 'Nothing to import was named.', { action: 'Write: import sheet FILE...' });
  const read = await readAll(files);
  const tables = read.map(({ table }) => table);
  const { zips } = sheetParts(tables);
  if (zips.length === 0) {
    throw new BailiwickError(
      'file_not_recognized',
      `${tables[0]?.name ?? ''} has no column of ZIPs beside one of territories.`,
      {
        action: 'Name the columns zip and territory.',
        details: { columns: tables[0]?.header },
      },
    );
  }
  const unknown = new Set(withoutPlace(zipsIn(zips), STATE_CODES));
  const whyNot = (zip: string) => (unknown.has(zip) ? 'this ZIP is in no list of ZIPs' : null);
  // Without an org every territory is taken for one of the same team.
  const sheet = readZipSheet(tables, { whyNot, layerOf: () => 'team' });
  const [first] = read.filter(({ table }) => zips.some((one) => one.name === table.name));
  const report = sheetReport(sheet, { source: first!.source, table: first!.table, now: new Date(), warnings: [] });
  if (values.out !== undefined) await writeFile(values.out, cleanSheet(sheet.assignments));
  const units = await withCurrent(sheet.assignments, values.units, values['units-out']);
  const territories = new Set(sheet.assignments.map(({ territory }) => territory)).size;
  const reasons = report.setAside.map(
    ({ reason, rows, lines }) =>
      `  set aside ${rows}: ${reason} (line ${lines.slice(0, 5).join(', ')}${rows > 5 ? ', …' : ''})\n`,
  );
  const repaired = report.repaired.map(({ reason, rows }) => `  put right ${rows}: ${reason}\n`);
  return {
    text: `${report.file}: ${report.rowsRead} rows read = ${report.rowsKept} kept + ${report.rowsSetAside} set aside, ${territories} territories\n${reasons.join('')}${repaired.join('')}${units}`,
    json: { imports: [{ ...report, territories, zips: sheet.assignments.length }] },
  };
}

async function readAll(files: readonly string[]): Promise<{ source: Source; table: SmallTable }[]> {
  const read: { source: Source; table: SmallTable }[] = [];
  for (const file of files) {
    const source = await openSource(file, basename(file));
    try {
      read.push({ source, table: await readSmallTable(source, MAX_SHEET_ROWS) });
    } finally {
      await source.close();
    }
  }
  return read;
}

/** Everything in the tables that can be read as a ZIP. */
function zipsIn(tables: readonly SheetTable[]): string[] {
  const found = new Set<string>();
  for (const { rows } of tables) {
    for (const { cells } of rows) {
      for (const cell of cells) {
        const digits = /^(\d{3,5})(?:-?\d{4})?$/.exec(cell?.trim() ?? '')?.[1];
        if (digits !== undefined) found.add(digits.padStart(5, '0'));
      }
    }
  }
  return [...found];
}

function cleanSheet(assignments: readonly SheetAssignment[]): string {
  return plainRow(['zip', 'territory']) + assignments.map(({ zip, territory }) => plainRow([zip, territory])).join('');
}

/** Adds the column "current" to the units of `optimize`; units that the sheet does not name stay open. */
async function withCurrent(
  assignments: readonly SheetAssignment[],
  units: string | undefined,
  out: string | undefined,
): Promise<string> {
  if (units === undefined && out === undefined) return '';
  if (units === undefined || out === undefined)
    throw new BailiwickError('bad_request', '--units and --units-out belong together.', { action: 'See --help.' });
  const table = parseCsv(await readFile(units, 'utf8'), units);
  const at = table.columns.indexOf('unit');
  if (at < 0)
    throw new BailiwickError('bad_request', `${units} has no column "unit".`, { action: 'See optimize --help.' });
  const territoryOf = new Map(assignments.map(({ zip, territory }) => [zip, territory]));
  const without = table.columns.indexOf('current');
  const kept = (cells: readonly string[]) => cells.filter((_, i) => i !== without);
  const rows = table.rows.map(({ cells }) => plainRow([...kept(cells), territoryOf.get(cells[at] ?? '') ?? '']));
  await writeFile(out, plainRow([...kept(table.head.cells), 'current']) + rows.join(''));
  const named = table.rows.filter(({ cells }) => territoryOf.has(cells[at] ?? '')).length;
  return `${named} of ${table.rows.length} units have a territory in the sheet; written to ${out}.\n`;
}
