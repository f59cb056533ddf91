import type { CsvTable } from '../csv.ts';
import { fault, numberIn, places, uniqueIds } from './readCells.ts';

/** Units as they stand in a file (optimizer.md, "Interface for files"). */
export interface UnitTable {
  readonly ids: readonly string[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  /** By name in lower case. */
  readonly measures: ReadonlyMap<string, readonly number[]>;
  /** Keep-together group of each unit; '' for none. */
  readonly groups: readonly string[];
  /** What the column lock says: '' for free, a territory, or yes. */
  readonly locks: readonly string[];
  /** Territory of each unit today; '' for none. */
  readonly current: readonly string[];
  /** County of each unit; '' for none. */
  readonly counties: readonly string[];
}

/** Columns of units.csv that are not measures. */
const KNOWN = ['unit', 'lat', 'lon', 'group', 'lock', 'current', 'county'];

/**
 * Only the named measures must be numbers; other columns are left alone. Without names every unknown column is a measure.
 * @throws BailiwickError bad_request with the line and what is wrong in it
 */
export function readUnits(table: CsvTable, measures?: readonly string[]): UnitTable {
  const { columns, rows } = table;
  for (const name of ['unit', 'lat', 'lon']) {
    if (!columns.includes(name))
      throw fault(
        `units: the column "${name}" is missing.`,
        `The header must hold unit, lat, lon and at least one measure; found ${columns.join(', ')}.`,
      );
  }
  columns.forEach((name, i) => {
    if (name !== '' && columns.indexOf(name) !== i)
      throw fault(`units: the column "${name}" stands twice.`, 'Rename or remove one.');
  });
  const long = rows.find(({ cells }) => cells.length > columns.length && cells.slice(columns.length).some(Boolean));
  if (long)
    throw fault(
      `units, line ${long.line}: ${long.cells.length} cells under ${columns.length} columns.`,
      'Quote cells with a comma, and write decimals with a point.',
    );
  const names = measures?.map((name) => name.toLowerCase()) ?? columns.filter((name) => !KNOWN.includes(name));
  const ids = uniqueIds(table, 'units', 'unit');
  const { lat, lon } = places(table, 'units');
  const text = (name: string) => textColumn(table, name);
  return {
    ids,
    lat,
    lon,
    measures: new Map(names.map((name) => [name, measureColumn(table, name)])),
    groups: text('group'),
    locks: text('lock').map((value) => (isNo(value) ? '' : value)),
    current: text('current'),
    counties: text('county'),
  };
}

function textColumn({ columns, rows }: CsvTable, name: string): string[] {
  const at = columns.indexOf(name);
  return rows.map(({ cells }) => (at < 0 ? '' : (cells[at] ?? '')));
}

function measureColumn(table: CsvTable, name: string): number[] {
  const at = table.columns.indexOf(name);
  if (at < 0 || KNOWN.includes(name)) {
    const has = table.columns.filter((column) => column !== '' && !KNOWN.includes(column));
    throw fault(`The units file has no measure "${name}".`, `It has ${has.join(', ') || 'none'}.`);
  }
  return table.rows.map((row) => numberIn(row, at, { file: 'units', name, isAmount: true }));
}

/** Words of a lock column that mean no. */
function isNo(value: string): boolean {
  return ['', '0', 'false', 'no', 'n'].includes(value.toLowerCase());
}

/** Words of a lock column that mean the territory of today. */
export function isYes(value: string): boolean {
  return ['1', 'true', 'yes', 'y', 'x', 'lock', 'locked'].includes(value.toLowerCase());
}

/**
 * Neighbours by unit index. The first two columns are units whatever they are called; a file without header works too.
 * A third column marks bridges, which count like any edge. Loops and repeated edges are skipped.
 */
export function readEdges(table: CsvTable, ids: readonly string[]): Set<number>[] {
  const index = new Map(ids.map((id, i) => [id, i]));
  const neighbors: Set<number>[] = ids.map(() => new Set());
  const isHeader = !index.has(table.head.cells[0] ?? '') && !index.has(table.head.cells[1] ?? '');
  for (const { line, cells } of isHeader ? table.rows : [table.head, ...table.rows]) {
    const [a, b] = [index.get(cells[0] ?? ''), index.get(cells[1] ?? '')];
    if (a === undefined || b === undefined) {
      throw fault(
        `edges, line ${line}: ${(a === undefined ? cells[0] : cells[1]) || 'an empty cell'} is no unit of the units file.`,
        'Correct or remove the line.',
      );
    }
    if (a === b) continue;
    neighbors[a]!.add(b);
    neighbors[b]!.add(a);
  }
  return neighbors;
}
