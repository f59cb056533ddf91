import type { CsvRow, CsvTable } from '../csv.ts';
import { BailiwickError } from '../errors.ts';

/** Amounts above this would drown the others in rounding; nothing that is balanced is so large. */
const MOST = 1e15;

/** What is wrong in a file (with file and line) and what to do. */
export function fault(message: string, action: string): BailiwickError {
  return new BailiwickError('bad_request', message, { action });
}

interface Cell {
  readonly file: string;
  readonly name: string;
  /** Amounts are at least 0 and not absurdly large. */
  readonly isAmount?: boolean;
}

/** The number in a cell. @throws BailiwickError bad_request where there is none */
export function numberIn({ cells, line }: CsvRow, at: number, { file, name, isAmount = false }: Cell): number {
  const text = cells[at] ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value))
    throw fault(`${file}, line ${line}: ${name} is "${text}", not a number.`, 'Correct or remove the line.');
  if (isAmount && value < 0)
    throw fault(`${file}, line ${line}: ${name} is ${text}, below 0.`, 'Every measure needs a number of at least 0.');
  if (isAmount && value > MOST)
    throw fault(`${file}, line ${line}: ${name} is ${text}, above ${MOST}.`, 'Give it in a larger unit.');
  return value;
}

/** The ids of a file in its own order. @throws BailiwickError bad_request where one is empty or stands twice */
export function uniqueIds({ columns, rows }: CsvTable, file: string, name: string): string[] {
  const at = columns.indexOf(name);
  const seen = new Set<string>();
  return rows.map(({ cells, line }) => {
    const id = cells[at] ?? '';
    if (id === '') throw fault(`${file}, line ${line}: the ${name} has no name.`, `Give every ${name} an id.`);
    if (seen.has(id)) throw fault(`${file}, line ${line}: ${name} ${id} stands twice.`, `Keep one line a ${name}.`);
    seen.add(id);
    return id;
  });
}

/** Latitude and longitude of every row. */
export function places({ columns, rows }: CsvTable, file: string): { lat: number[]; lon: number[] } {
  const [atLat, atLon] = [columns.indexOf('lat'), columns.indexOf('lon')];
  const lat = rows.map((row) => numberIn(row, atLat, { file, name: 'lat' }));
  const lon = rows.map((row) => numberIn(row, atLon, { file, name: 'lon' }));
  lat.forEach((value, i) => {
    if (Math.abs(value) > 90 || Math.abs(lon[i]!) > 180)
      throw fault(
        `${file}, line ${rows[i]!.line}: ${value}, ${lon[i]} is no place on Earth.`,
        'Latitude and longitude may be swapped.',
      );
  });
  return { lat, lon };
}
