import { BailiwickError } from '../errors.ts';
import type { CsvTable } from '../csv.ts';

/** Units and edges as they stand in files (optimizer.md, "Interface for files"). */
export interface UnitTable {
  readonly ids: readonly string[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  readonly measures: ReadonlyMap<string, readonly number[]>;
  /** Keep-together group of each unit; '' for none. */
  readonly groups: readonly string[];
  readonly locked: readonly boolean[];
  /** Territory of each unit today; '' for none. */
  readonly current: readonly string[];
}

/** Columns of units.csv that are not measures. */
const KNOWN = ['unit', 'lat', 'lon', 'group', 'lock', 'current'];

/** @throws BailiwickError bad_request with the line and what is wrong in it */
export function readUnits(table: CsvTable): UnitTable {
  const at = (name: string) => table.columns.indexOf(name);
  for (const name of ['unit', 'lat', 'lon']) {
    if (at(name) < 0)
      throw wrong(
        `units: the column "${name}" is missing.`,
        `The header must hold unit, lat, lon and at least one measure; found ${table.columns.join(', ')}.`,
      );
  }
  const text = (name: string) => table.rows.map(({ cells }) => (at(name) < 0 ? '' : (cells[at(name)] ?? '')));
  const numbers = (name: string) =>
    table.rows.map(({ cells, line }) => {
      const value = cells[at(name)] ?? '';
      const number = Number(value);
      if (value === '' || !Number.isFinite(number))
        throw wrong(`units, line ${line}: ${name} is "${value}", not a number.`, 'Correct or remove the line.');
      return number;
    });
  const ids = text('unit');
  const seen = new Set<string>();
  ids.forEach((id, i) => {
    const line = table.rows[i]!.line;
    if (id === '') throw wrong(`units, line ${line}: the unit has no name.`, 'Give every unit an id.');
    if (seen.has(id)) throw wrong(`units, line ${line}: unit ${id} stands twice.`, 'Keep one line a unit.');
    seen.add(id);
  });
  const lat = numbers('lat');
  const lon = numbers('lon');
  lat.forEach((value, i) => {
    if (Math.abs(value) > 90 || Math.abs(lon[i]!) > 180) {
      throw wrong(
        `units, line ${table.rows[i]!.line}: ${value}, ${lon[i]} is no place on Earth.`,
        'Latitude and longitude may be swapped.',
      );
    }
  });
  const names = table.columns.filter((name) => !KNOWN.includes(name));
  return {
    ids,
    lat,
    lon,
    measures: new Map(names.map((name) => [name, numbers(name)])),
    groups: text('group'),
    locked: text('lock').map((value) => value !== '' && value !== '0' && value.toLowerCase() !== 'false'),
    current: text('current'),
  };
}

/** Neighbours by unit index. The first two columns are units whatever they are called; a file without header works too. */
export function readEdges(table: CsvTable, ids: readonly string[]): Set<number>[] {
  const index = new Map(ids.map((id, i) => [id, i]));
  const neighbors: Set<number>[] = ids.map(() => new Set());
  const first = index.has(table.columns[0] ?? '') ? [{ line: 1, cells: table.columns }] : [];
  for (const { line, cells } of [...first, ...table.rows]) {
    const [a, b] = [index.get(cells[0] ?? ''), index.get(cells[1] ?? '')];
    if (a === undefined || b === undefined) {
      throw wrong(
        `edges, line ${line}: ${a === undefined ? cells[0] : cells[1]} is no unit of the units file.`,
        'Correct or remove the line.',
      );
    }
    if (a === b) continue;
    neighbors[a]!.add(b);
    neighbors[b]!.add(a);
  }
  return neighbors;
}

export interface PlanMeasure {
  readonly name: string;
  readonly tolerance: number;
  readonly targets: Readonly<Record<string, number>>;
}

/** plan.json: everything that `check` needs to prove the plan; no dates, so that the same inputs give the same bytes. */
export interface PlanFile {
  /** Σ p_i d_ij² over all units, in km². */
  readonly objective: number;
  readonly bound: number;
  /** objective ÷ bound − 1; null unless every territory is inside its target range. */
  readonly gap: number | null;
  readonly boundKind: 'box-dual';
  readonly centers: Readonly<Record<string, readonly [number, number]>>;
  readonly prices: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly measures: readonly PlanMeasure[];
  readonly totals: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly outside: readonly { readonly territory: string; readonly cause: string }[];
  readonly bridges: readonly (readonly [string, string])[];
  readonly splits: readonly string[];
  readonly rules: readonly string[];
  readonly effort: number;
  readonly seed: number;
  readonly engineVersion: string;
  readonly inputHash: string;
}

function wrong(message: string, action: string): BailiwickError {
  return new BailiwickError('bad_request', message, { action });
}
