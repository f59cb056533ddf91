import { BailiwickError } from './errors.ts';

/** A table with named columns; every row knows the line it began on. */
export interface CsvTable {
  /** The first row in lower case. */
  readonly columns: readonly string[];
  /** The first row as it stands, for files that may come without a header. */
  readonly head: CsvRow;
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads comma-separated text (RFC 4180; a BOM, CRLF and blank lines are fine). The first row names the columns.
 * @throws BailiwickError file_not_recognized where the file is empty or a quote is never closed
 */
export function parseCsv(text: string, name: string): CsvTable {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let start = 1;
  const endRow = () => {
    cells.push(cell);
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: start, cells: cells.map((value) => value.trim()) });
    cells = [];
    cell = '';
  };
  for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\n') line++;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[i++];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') {
      endRow();
      start = line;
    } else if (char !== '\r') cell += char;
  }
  if (quoted) {
    throw new BailiwickError('file_not_recognized', `${name}, line ${start}: a quote is opened and never closed.`, {
      action: 'Close it, or double every quote inside a cell.',
    });
  }
  endRow();
  const [head, ...rest] = rows;
  if (!head)
    throw new BailiwickError('file_not_recognized', `${name} is empty.`, {
      action: 'Give a CSV file with a header row.',
    });
  return { columns: head.cells.map((column) => column.toLowerCase()), head, rows: rest };
}

/** One CSV row exactly as the cells are: for files that are read back. */
export function plainRow(cells: readonly string[]): string {
  return `${cells.map(quotedCell).join(',')}\n`;
}

/** One CSV row; cells with commas, quotes or line breaks are quoted, and a leading = + - @ of a text is defused for spreadsheets. */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return quotedCell(safe);
}

function quotedCell(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
