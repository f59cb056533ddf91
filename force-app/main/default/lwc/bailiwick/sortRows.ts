/** By which column and in which direction a table is sorted. */
export interface Sorting<Row> {
  readonly by: keyof Row;
  readonly isDown: boolean;
}

/** Rows in this order: numbers by size, all else by its words; equals stay in the order they had. */
export function sortRows<Row>(rows: readonly Row[], { by, isDown }: Sorting<Row>): Row[] {
  const sign = isDown ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[by], b[by]];
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    return sign * String(x ?? '').localeCompare(String(y ?? ''));
  });
}

/** The next order after a column's head was pressed: numbers begin with the biggest, words with A. */
export function pressed<Row>(now: Sorting<Row>, by: keyof Row, isNumber: boolean): Sorting<Row> {
  return now.by === by ? { by, isDown: !now.isDown } : { by, isDown: isNumber };
}

/** Heads of columns with what a reader is told of the order. */
export function heads<Row>(
  columns: readonly { key: keyof Row; label: string; isNumber: boolean }[],
  { by, isDown }: Sorting<Row>,
) {
  return columns.map(({ key, label, isNumber }) => {
    const isOn = key === by;
    return {
      key: String(key),
      label,
      look: isNumber ? 'number' : '',
      order: isOn ? (isDown ? 'descending' : 'ascending') : 'none',
      mark: isOn ? (isDown ? ' ▾' : ' ▴') : '',
    };
  });
}

/** One line of a CSV file; a text that a spreadsheet would compute is defused. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  const text = cells.map((cell) => {
    if (typeof cell === 'number') return String(Math.round(cell * 10_000) / 10_000);
    const safe = /^[=+\-@\t\r]/.test(cell ?? '') ? `'${cell}` : (cell ?? '');
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${text.join(',')}\n`;
}
