import type { CsvTable } from '../csv.ts';
import { fault, numberIn, uniqueIds } from './readCells.ts';
import type { UnitTable } from './readUnits.ts';

/** Accounts as a file gives them: what each holds of its unit. */
export interface AccountTable {
  readonly ids: readonly string[];
  /** Unit index of each account. */
  readonly unitOf: readonly number[];
  /** By name in lower case, for the measures of the units. */
  readonly measures: ReadonlyMap<string, readonly number[]>;
}

/** Accounts may add up to this much more than their unit: figures are rounded. */
const ROUNDING = 0.005;
/** And to this much of the mean unit, so that a unit of nearly 0 does not fail by a rounded digit. */
const ROUNDING_OF_MEAN = 1e-6;

/** @throws BailiwickError bad_request with the line and what is wrong in it */
export function readAccounts(table: CsvTable, units: UnitTable): AccountTable {
  const { columns, rows } = table;
  const names = [...units.measures.keys()];
  for (const name of ['account', 'unit', ...names]) {
    if (!columns.includes(name))
      throw fault(
        `accounts: the column "${name}" is missing.`,
        `The header is account,unit and every balanced measure; found ${columns.join(', ')}.`,
      );
  }
  const index = new Map(units.ids.map((id, u) => [id, u]));
  const at = columns.indexOf('unit');
  const unitOf = rows.map(({ cells, line }) => {
    const unit = index.get(cells[at] ?? '');
    if (unit === undefined)
      throw fault(
        `accounts, line ${line}: ${cells[at] || 'an empty cell'} is no unit of the units file.`,
        'Correct or remove the line.',
      );
    return unit;
  });
  const measures = new Map(
    names.map((name) => {
      const column = columns.indexOf(name);
      return [name, rows.map((row) => numberIn(row, column, { file: 'accounts', name, isAmount: true }))] as const;
    }),
  );
  const accounts = { ids: uniqueIds(table, 'accounts', 'account'), unitOf, measures };
  for (const name of names) assertWithinUnits(accounts, units, name);
  return accounts;
}

function assertWithinUnits({ unitOf, measures }: AccountTable, units: UnitTable, name: string): void {
  const held = units.measures.get(name)!;
  const sums = new Float64Array(units.ids.length);
  measures.get(name)!.forEach((value, a) => (sums[unitOf[a]!]! += value));
  const mean = held.reduce((sum, value) => sum + value, 0) / Math.max(1, held.length);
  const over = sums.findIndex((sum, u) => sum > held[u]! * (1 + ROUNDING) + ROUNDING_OF_MEAN * mean);
  if (over >= 0)
    throw fault(
      `accounts: those of unit ${units.ids[over]} add up to ${sums[over]} of ${name}, but the unit holds ${held[over]}.`,
      'Raise the unit in the units file, or correct its accounts.',
    );
}
