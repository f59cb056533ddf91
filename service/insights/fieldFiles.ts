import { parseCsv, type CsvRow, type CsvTable } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import type { FieldRep } from '../core/fieldState.ts';

/** A line of accounts.csv. */
export interface FileAccount {
  readonly account: string;
  readonly zip: string;
  readonly npi: string;
  readonly owner: string;
  readonly salesUsd: number;
  readonly lastActivity: string | null;
}

/** A line of reps.csv; the column region is optional. */
export interface FileRep extends FieldRep {
  readonly rep: string;
  readonly region: string;
}

const refuse = (name: string, what: string, action: string): never => {
  throw new BailiwickError('file_not_recognized', `${name}${what}`, { action });
};

type Read = (row: CsvRow, column: string) => string;

function reader(text: string, name: string, columns: readonly string[]): { table: CsvTable; cell: Read } {
  const table = parseCsv(text, name);
  const missing = columns.filter((column) => !table.columns.includes(column));
  if (missing.length > 0)
    refuse(name, ` has no column ${missing.join(', ')}.`, `The first line must name ${columns.join(',')}.`);
  return { table, cell: (row, column) => row.cells[table.columns.indexOf(column)] ?? '' };
}

/** Five digits, whatever a spreadsheet left of them; '' for an empty cell. */
function zipOf(text: string, where: { name: string; line: number }): string {
  if (text === '') return '';
  const [, digits] = /^(\d{3,5})(?:-?\d{4})?$/.exec(text) ?? [];
  if (digits === undefined)
    refuse(where.name, `, line ${where.line}: "${text}" is no ZIP.`, 'Give five digits, such as 02115.');
  return digits!.padStart(5, '0');
}

function numberOf(text: string, { name, line, column }: { name: string; line: number; column: string }): number {
  const value = Number(text);
  if (!Number.isFinite(value))
    refuse(name, `, line ${line}: "${text}" in ${column} is no number.`, 'Write it with a point and without a unit.');
  return value;
}

function dayOf(text: string, { name, line }: { name: string; line: number }): string | null {
  if (text === '') return null;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(Date.parse(text.slice(0, 10))))
    refuse(name, `, line ${line}: "${text}" in last_activity is no day.`, 'Write it as 2026-01-31.');
  return text.slice(0, 10);
}

/** @throws BailiwickError file_not_recognized with line and cell */
export function readAccounts(text: string, name: string): FileAccount[] {
  const { table, cell } = reader(text, name, ['account', 'zip', 'npi', 'owner', 'sales_usd', 'last_activity']);
  return table.rows.map((row) => {
    const at = { name, line: row.line };
    return {
      account: cell(row, 'account'),
      zip: zipOf(cell(row, 'zip'), at),
      npi: cell(row, 'npi'),
      owner: cell(row, 'owner'),
      salesUsd: numberOf(cell(row, 'sales_usd') || '0', { ...at, column: 'sales_usd' }),
      lastActivity: dayOf(cell(row, 'last_activity'), at),
    };
  });
}

/** @throws BailiwickError file_not_recognized with line and cell */
export function readReps(text: string, name: string): FileRep[] {
  const { table, cell } = reader(text, name, ['rep', 'territory', 'lat', 'lon', 'fte']);
  return table.rows.map((row) => {
    const number = (column: string, empty: string) =>
      numberOf(cell(row, column) || empty, { name, line: row.line, column });
    const [lat, lon, fte] = [number('lat', '0'), number('lon', '0'), number('fte', '1')];
    const hasHome = cell(row, 'lat') !== '' && cell(row, 'lon') !== '';
    if (Math.abs(lat) > 90 || Math.abs(lon) > 180)
      refuse(name, `, line ${row.line}: ${lat}, ${lon} is no place.`, 'Give latitude and longitude in degrees.');
    if (fte < 0) refuse(name, `, line ${row.line}: fte is ${fte}.`, 'Give 1 for full time, 0.5 for half.');
    if (cell(row, 'territory') === '')
      refuse(name, `, line ${row.line}: no territory is named.`, 'Name the territory of each rep.');
    return {
      rep: cell(row, 'rep'),
      territory: cell(row, 'territory'),
      region: cell(row, 'region'),
      home: hasHome ? { lat, lon } : null,
      fte,
    };
  });
}

/** ZIP → territory. @throws BailiwickError file_not_recognized where a ZIP is named for two territories */
export function readPlan(text: string, name: string): Map<string, string> {
  const { table, cell } = reader(text, name, ['zip', 'territory']);
  const plan = new Map<string, string>();
  for (const row of table.rows) {
    const zip = zipOf(cell(row, 'zip'), { name, line: row.line });
    const territory = cell(row, 'territory');
    if (zip === '' || territory === '') continue;
    const known = plan.get(zip);
    if (known !== undefined && known !== territory)
      refuse(name, `, line ${row.line}: ${zip} is in ${known} and in ${territory}.`, 'Leave one of the lines.');
    plan.set(zip, territory);
  }
  return plan;
}
