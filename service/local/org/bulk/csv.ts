/** Names of delimiters and line endings in the Bulk API, and what they are. */
export const DELIMITERS = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
} as const;
export const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;

/** Every value quoted, as the Bulk API writes them. */
export function csvLine(values: unknown[], delimiter: string): string {
  return values.map((value) => `"${String(value ?? '').replaceAll('"', '""')}"`).join(delimiter);
}

export class CsvError extends Error {}

/** Reads CSV row by row from any place, so that a job can go on where it stopped. */
export class CsvReader {
  readonly #text: string;
  readonly #delimiter: string;
  /** Where the next row begins. */
  offset: number;
  /** The first quote at or after the offset: looked for once, not once a row. */
  #quote = -1;

  constructor(text: string, delimiter: string, offset = 0) {
    this.#text = text;
    this.#delimiter = delimiter;
    this.offset = offset === 0 && text.startsWith('\uFEFF') ? 1 : offset;
  }

  /** The line ending after the header: undefined when there is only one line. */
  lineEnding(): 'LF' | 'CRLF' | undefined {
    const at = new CsvReader(this.#text, this.#delimiter);
    at.next();
    if (this.#text[at.offset - 1] !== '\n') return undefined;
    return this.#text[at.offset - 2] === '\r' ? 'CRLF' : 'LF';
  }

  /** The next row that is not empty; undefined at the end. @throws CsvError for a quote that never closes */
  next(): string[] | undefined {
    const text = this.#text;
    while (this.offset < text.length) {
      const end = text.indexOf('\n', this.offset);
      const stop = end === -1 ? text.length : end;
      if (this.#quote < this.offset) this.#quote = this.#quoteFrom(this.offset);
      if (this.#quote < stop) return this.#quoted();
      const line = text.slice(this.offset, text[stop - 1] === '\r' ? stop - 1 : stop);
      this.offset = stop + 1;
      if (line !== '') return line.split(this.#delimiter);
    }
    return undefined;
  }

  #quoteFrom(offset: number): number {
    const at = this.#text.indexOf('"', offset);
    return at === -1 ? Number.POSITIVE_INFINITY : at;
  }

  /** A row with quotes in it, value by value. */
  #quoted(): string[] {
    const row: string[] = [];
    for (;;) {
      row.push(this.#value());
      const character = this.#text[this.offset];
      this.offset++;
      if (character === this.#delimiter) continue;
      if (character === '\r' && this.#text[this.offset] === '\n') this.offset++;
      return row;
    }
  }

  #value(): string {
    const text = this.#text;
    let start = this.offset;
    if (text[start] !== '"') {
      let stop = start;
      while (stop < text.length && text[stop] !== this.#delimiter && text[stop] !== '\n') stop++;
      this.offset = text[stop] === '\n' && text[stop - 1] === '\r' ? stop - 1 : stop;
      return text.slice(start, this.offset);
    }
    let value = '';
    for (start++; ; start = this.offset) {
      const quote = text.indexOf('"', start);
      if (quote === -1) throw new CsvError(`a quote opened at character ${start} is never closed`);
      value += text.slice(start, quote);
      this.offset = quote + 1;
      if (text[quote + 1] !== '"') return value;
      value += '"';
      this.offset++;
    }
  }
}
