import { BailiwickError } from '../core/errors.ts';
import { guessColumns, plainName, signatureOf, type ColumnGuess, type ColumnMapping } from '../intake/columns.ts';
import { firstRows } from '../intake/rawTable.ts';
import type { Source } from '../intake/source.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { CLAIMS_FIELDS, NEEDED, type Field } from './fields.ts';
import { mapped, missingOf, recognize, type Recognized, type Tried } from './layouts.ts';

/** Rows that a guess looks at. */
const ROWS_LOOKED_AT = 200;
/** Cells of a column that people see beside its name. */
const SAMPLES = 3;

/** How the columns of a file without a known layout are told. */
export interface ColumnChoice {
  readonly mapping?: ColumnMapping | undefined;
  /** A mapping that was saved before. */
  readonly mappingName?: string | undefined;
  /** Saves what is used under this name, for files with the same headers. */
  readonly saveAs?: string | undefined;
  /** Takes the guess as it is, where nothing needed is missing. */
  readonly acceptGuess?: boolean | undefined;
}

/** What somebody needs to name the columns of a file. */
export interface MappingQuestion {
  readonly columns: readonly { readonly column: string; readonly samples: readonly string[] }[];
  readonly fields: readonly { readonly field: string; readonly label: string }[];
  readonly guess: readonly ColumnGuess[];
  /** Of each list one field is needed. */
  readonly needed: readonly (readonly string[])[];
}

export interface SavedMapping extends ColumnMapping {
  readonly name: string;
  readonly savedAt: string;
}

interface Chosen {
  readonly recognized: Recognized;
  readonly note: string | null;
}

/**
 * The columns of a file: as somebody named them, else by a known layout, else as saved for files with the same headers.
 * @throws BailiwickError mapping_needed with the question (columns with samples, a guess) where nothing of it fits
 */
export async function chooseColumns(db: DuckDb, source: Source, choice: ColumnChoice): Promise<Chosen> {
  if (choice.mapping) return { recognized: checked(source, choice.mapping), note: null };
  if (choice.mappingName !== undefined) {
    const saved = await savedMapping(db, choice.mappingName);
    return { recognized: checked(source, saved), note: `columns as saved under "${saved.name}"` };
  }
  const { known, tried } = recognize(source.header);
  if (known) return { recognized: known, note: null };
  const [saved] = await mappingsFor(db, signatureOf(source.header));
  if (saved) return { recognized: checked(source, saved), note: `columns as saved under "${saved.name}"` };
  const question = await questionOf(db, source);
  const guessed = asGuessed(source, question);
  if (choice.acceptGuess && missingOf(guessed).length === 0) return { recognized: guessed, note: 'columns as guessed' };
  throw needed(source, tried, question);
}

/** @throws BailiwickError bad_request for columns that the file lacks, mapping_needed where fields are missing */
function checked({ header, name }: Source, mapping: ColumnMapping): Recognized {
  const names = new Set(header.map(plainName));
  const absent = Object.values(mapping.columns).filter((column) => !names.has(plainName(column)));
  const known = new Set<string>(CLAIMS_FIELDS.map(({ field }) => field));
  const unknown = [...Object.keys(mapping.columns), ...Object.keys(mapping.constants ?? {})].filter(
    (field) => !known.has(field),
  );
  if (absent.length > 0 || unknown.length > 0) {
    const problems = [
      ...(absent.length > 0 ? [`${name} has no column ${absent.map((column) => `"${column}"`).join(', ')}`] : []),
      ...(unknown.length > 0 ? [`${unknown.join(', ')} is no field`] : []),
    ];
    throw new BailiwickError('bad_request', `${problems.join('; ')}.`, {
      action: `Columns: ${header.slice(0, 60).join(', ')}. Fields: ${[...known].join(', ')}.`,
    });
  }
  const recognized = mapped(header, mapping);
  const missing = missingOf(recognized);
  if (missing.length === 0) return recognized;
  throw new BailiwickError(
    'bad_request',
    `No column is named for ${labelled(missing)
      .map((choices) => choices.join(' or '))
      .join('; ')}.`,
    {
      action: 'Name one column for each.',
    },
  );
}

function asGuessed({ header }: Source, { guess }: MappingQuestion): Recognized {
  return mapped(header, { columns: Object.fromEntries(guess.map(({ field, column }) => [field, column])) });
}

async function questionOf(db: DuckDb, source: Source): Promise<MappingQuestion> {
  const rows = await firstRows(db, source, ROWS_LOOKED_AT);
  const guess = guessColumns(CLAIMS_FIELDS, source.header, rows);
  return {
    columns: source.header.map((column, at) => ({
      column,
      samples: [...new Set(rows.flatMap((row) => (row[at] ? [row[at].slice(0, 40)] : [])))].slice(0, SAMPLES),
    })),
    fields: CLAIMS_FIELDS.map(({ field, label }) => ({ field, label })),
    guess,
    needed: NEEDED,
  };
}

function labelled(missing: readonly (readonly Field[])[]): string[][] {
  const labels = new Map<string, string>(CLAIMS_FIELDS.map(({ field, label }) => [field, label]));
  return missing.map((choices) => choices.map((field) => labels.get(field) ?? field));
}

function needed(source: Source, tried: readonly Tried[], question: MappingQuestion): BailiwickError {
  const { name, header } = source;
  const found =
    header.length > 1
      ? `the columns ${header.slice(0, 8).join(', ')}${header.length > 8 ? ', …' : ''}`
      : 'no columns that could be told apart';
  const nothing = question.guess.length === 0;
  const closest = [...tried].sort((a, b) => a.missing.length - b.missing.length)[0];
  const lacks = labelled(closest?.missing ?? [])
    .map((choices) => choices.join(' or '))
    .join(', ');
  if (nothing || header.length < 3) {
    return new BailiwickError(
      'file_not_recognized',
      `${name} is not a claims file that we know. It has ${found}. Closest: ${closest?.layout.name}, without ${lacks}.`,
      {
        action:
          'Give a CMS file by provider and service, CMS inpatient data, hospital outpatient volumes, or a table with a procedure code, a count, a provider or facility and its ZIP.',
        details: question,
      },
    );
  }
  const guess = question.guess.map(({ field, column }) => `${field}="${column}"`).join(', ');
  const open = labelled(missingOf(asGuessed(source, question)))
    .map((choices) => choices.join(' or '))
    .join('; ');
  return new BailiwickError(
    'mapping_needed',
    `${name} has a layout of its own: ${found}. Our guess: ${guess}.${open === '' ? '' : ` Not found: ${open}.`}`,
    {
      action: 'Say which column is which: confirm the guess or correct it. It can be saved for the next file.',
      details: question,
    },
  );
}

export async function listMappings(db: DuckDb): Promise<SavedMapping[]> {
  const rows = await db.all<{ name: string; saved_at: string; body: string }>(
    'SELECT name, saved_at, body FROM mappings ORDER BY name',
  );
  return rows.map(({ name, saved_at, body }) => ({ name, savedAt: saved_at, ...(JSON.parse(body) as ColumnMapping) }));
}

async function savedMapping(db: DuckDb, name: string): Promise<SavedMapping> {
  const found = (await listMappings(db)).find((mapping) => mapping.name === name);
  if (found) return found;
  throw new BailiwickError('not_found', `No columns are saved under "${name}".`, {
    action: 'Name them once, with a name to save them under.',
  });
}

async function mappingsFor(db: DuckDb, signature: string): Promise<SavedMapping[]> {
  const rows = await db.all<{ name: string }>('SELECT name FROM mappings WHERE signature = ? ORDER BY saved_at DESC', [
    signature,
  ]);
  const all = await listMappings(db);
  return rows.flatMap(({ name }) => all.filter((mapping) => mapping.name === name));
}

/** Keeps the columns for files with the same headers; the same name again replaces them. */
export async function saveMapping(
  db: DuckDb,
  { name, header, recognized, now }: { name: string; header: readonly string[]; recognized: Recognized; now: Date },
): Promise<void> {
  const columns = Object.fromEntries(Object.entries(recognized.at).map(([field, at]) => [field, header[at] ?? '']));
  await db.run('DELETE FROM mappings WHERE name = ?', [name]);
  await db.run('INSERT INTO mappings VALUES (?, ?, ?, ?)', [
    name,
    signatureOf(header),
    now.toISOString(),
    JSON.stringify({ columns, constants: recognized.constants }),
  ]);
}
