/** What a column of a file may mean: how it is called, and what its cells look like. */
export interface FieldSpec<Field extends string = string> {
  readonly field: Field;
  /** For people: "ZIP of the facility". */
  readonly label: string;
  /** Header names that mean it and nothing else: lower case, letters and digits only. */
  readonly names: readonly string[];
  /** Words of a header that speak for it; all of one group must stand in it. */
  readonly words?: readonly string[];
  /** True for cells that may hold it. */
  readonly fits?: RegExp;
}

/** Which column each field is read from, by header name, or the one value that stands for all rows. */
export interface ColumnMapping {
  readonly columns: Readonly<Record<string, string>>;
  readonly constants?: Readonly<Record<string, string>> | undefined;
}

export interface ColumnGuess {
  readonly field: string;
  readonly column: string;
  /** 1 is an exact name whose cells fit; below about 0.5 it is a mere idea. */
  readonly confidence: number;
}

/** Header names as they are compared: "ZIP Code" and "zip_code" are one. */
export function plainName(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Files with the same set of headers are of one kind, in whatever order the columns stand. */
export function signatureOf(header: readonly string[]): string {
  return header.map(plainName).sort().join(',');
}

/** Guesses below this are not made: a wrong column costs more than an open question. */
const LEAST_CONFIDENCE = 0.3;

/**
 * Guesses a column for every field, the surest first, no column twice. Names speak first; cells speak against a name that
 * they do not fit, and alone they are only an idea.
 */
export function guessColumns(
  specs: readonly FieldSpec[],
  header: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): ColumnGuess[] {
  const all = specs.flatMap((spec) =>
    header.map((column, at) => ({
      field: spec.field,
      column,
      confidence: named(spec, column) * fitting(
        spec,
        rows.map((row) => row[at] ?? null),
      ), // prettier-ignore
    })),
  );
  const open = new Set(specs.map(({ field }) => field as string));
  const free = new Set(header);
  const guesses: ColumnGuess[] = [];
  for (const guess of all.sort((a, b) => b.confidence - a.confidence)) {
    if (guess.confidence < LEAST_CONFIDENCE || !open.has(guess.field) || !free.has(guess.column)) continue;
    open.delete(guess.field);
    free.delete(guess.column);
    guesses.push(guess);
  }
  return guesses;
}

/** 1 for a known name, 0.4 to 0.9 by the share of a word group that the header holds. */
function named({ names, words = [] }: FieldSpec, header: string): number {
  const plain = plainName(header);
  if (names.includes(plain)) return 1;
  const tokens = header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== '');
  const share = words.map((group) => {
    const wanted = group.split(' ');
    const held = wanted.filter((word) => tokens.some((token) => token.startsWith(word)));
    return held.length === wanted.length ? Math.min(0.9, 0.6 + 0.15 * wanted.length) : 0;
  });
  return Math.max(0, ...share);
}

/** Share of the filled cells that fit; a column without a single filled cell says nothing for or against. */
function fitting({ fits }: FieldSpec, cells: readonly (string | null)[]): number {
  if (!fits) return 1;
  const filled = cells.filter((cell) => cell !== null && cell.trim() !== '');
  if (filled.length === 0) return 0.6;
  return filled.filter((cell) => fits.test((cell ?? '').trim())).length / filled.length;
}
