import { csvRow, parseCsv } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import { unitIndex, type Geography } from '../core/geography.ts';

/** Sums to add to the units, from a file of ZIPs such as `demand --by zip` writes. */
export interface UnitSums {
  readonly columns: readonly string[];
  /** Per unit, in the order of the columns. */
  readonly rows: readonly (readonly number[])[];
  /** Rows that name no ZIP of the geography. */
  readonly unplaced: number;
}

/** Columns that the units file has of its own. */
const OWN = ['unit', 'lat', 'lon', 'county', 'state', 'area_km2', 'name'];

/** Units as the command `optimize` reads them. */
export function unitsCsv(geography: Geography, sums: UnitSums | null): string {
  const { ids, lat, lon, counties, states, areaKm2 } = geography;
  const head = ['unit', 'lat', 'lon', 'county', 'state', 'area_km2', ...(sums?.columns ?? [])];
  const rows = ids.map((id, i) =>
    csvRow([
      id,
      lat[i] ?? 0,
      lon[i] ?? 0,
      counties[i] ?? '',
      states[i] ?? '',
      areaKm2[i] ?? 0,
      ...(sums?.rows[i] ?? []),
    ]),
  );
  return csvRow(head) + rows.join('');
}

/** Each pair of neighbours once; bridge is 1 where only water or a gap lies between them. */
export function edgesCsv({ ids, neighbors, bridges }: Geography): string {
  const isBridge = new Set(bridges.map((pair) => pair.join()));
  const rows = neighbors.flatMap((list, a) =>
    list.filter((b) => a < b).map((b) => csvRow([ids[a] ?? '', ids[b] ?? '', isBridge.has(`${a},${b}`) ? 1 : 0])),
  );
  return csvRow(['unit', 'neighbor', 'bridge']) + rows.join('');
}

/** Sums a file of ZIPs by unit, hanging ZIPs with their parents. @throws BailiwickError file_not_recognized */
export function sumsByUnit(geography: Geography, text: string, name: string): UnitSums {
  const { columns, rows } = parseCsv(text, name);
  const at = columns.findIndex((column) => column === 'unit' || column === 'zip');
  const measures = columns.flatMap((column, i) => (i === at || OWN.includes(column) ? [] : [{ column, i }]));
  if (at < 0 || measures.length === 0)
    throw new BailiwickError('file_not_recognized', `${name} has no column unit or zip, or no amounts.`, {
      action: 'Give the file that "demand --by zip" writes.',
    });
  const index = unitIndex(geography);
  const sums = geography.ids.map(() => measures.map(() => 0));
  let unplaced = 0;
  for (const { line, cells } of rows) {
    const unit = index.get((cells[at] ?? '').padStart(5, '0'));
    if (unit === undefined) {
      unplaced++;
      continue;
    }
    measures.forEach(({ column, i }, k) => {
      const value = Number(cells[i] || 0);
      if (!Number.isFinite(value))
        throw new BailiwickError(
          'file_not_recognized',
          `${name}, line ${line}: "${cells[i]}" in ${column} is no number.`,
          {
            action: 'Correct the line.',
          },
        );
      sums[unit]![k]! += value;
    });
  }
  const whole = sums.map((row) => row.map((value) => Math.round(value * 100) / 100));
  return { columns: measures.map(({ column }) => column), rows: whole, unplaced };
}
