import { SalesforceError } from '../errors.ts';
import type { DmlContext } from '../hooks.ts';
import type { Input } from '../recordInput.ts';
import { MultipleChoices } from '../records.ts';
import type { ResolvedObject } from '../schema.ts';
import { csvLine, CsvError, CsvReader, DELIMITERS } from './csv.ts';
import type { BulkDeps } from './jobs.ts';
import type { JobInfo } from './jobStore.ts';

/** Salesforce cuts an upload into batches of 10,000 records and saves 200 at a time. */
export const BATCH_ROWS = 10_000;
export const CHUNK_ROWS = 200;
const NULL_TEXT = '#N/A';

/** The whole upload cannot be used: the job fails with this message. */
export class InvalidUpload extends Error {}

interface Outcome {
  successful: string[];
  failed: string[];
  /** Where the next row begins; undefined at the end. */
  position: number;
  isDone: boolean;
}

/** "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --" */
function errorText(error: SalesforceError): string {
  const fields = error.fields.length ? `${error.fields.join(' ')} ` : '';
  return `${error.code}:${error.message}:${fields}--`;
}

function headerField(object: ResolvedObject, name: string): boolean {
  const [relation = '', column] = name.split('.');
  if (column === undefined) return object.byName.has(name.toLowerCase());
  return object.references.some((field) => field.relationshipName?.toLowerCase() === relation.toLowerCase());
}

interface Upload {
  data: string;
  /** Asked for every row: true = another transaction holds the record. */
  isLocked?: () => boolean;
}

/** One upload on its way into the org. */
export class Ingest {
  readonly #deps: BulkDeps;
  readonly #info: JobInfo;
  readonly #reader: CsvReader;
  readonly #object: ResolvedObject;
  readonly #context: DmlContext;
  readonly #isLocked: () => boolean;
  readonly #seen = new Set<string>();
  header: string[] = [];

  constructor(deps: BulkDeps, info: JobInfo, upload: Upload) {
    this.#deps = deps;
    this.#info = info;
    this.#isLocked = upload.isLocked ?? (() => false);
    this.#reader = new CsvReader(upload.data, DELIMITERS[info.columnDelimiter]);
    this.#object = deps.schema.object(info.object);
    // Bulk 2.0 has no switch for assignment rules: territory rules run as on any save
    this.#context = { userId: info.createdById, autoAssign: true };
  }

  /** Reads the header and goes to the place where the job stopped. @throws InvalidUpload */
  begin(position: number): void {
    const ending = this.#reader.lineEnding();
    if (ending && ending !== this.#info.lineEnding)
      throw new InvalidUpload(
        `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${this.#info.lineEnding}`,
      );
    this.header = this.#row() ?? [];
    const unknown = this.header.find((name) => !headerField(this.#object, name));
    if (unknown !== undefined) throw new InvalidUpload(`InvalidBatch : Field name not found : ${unknown}`);
    const twice = this.header.find((name, k) => this.header.indexOf(name) !== k);
    if (twice !== undefined) throw new InvalidUpload(`InvalidBatch : Duplicate field name : ${twice}`);
    if (position > 0) this.#reader.offset = position;
  }

  #row(): string[] | undefined {
    try {
      return this.#reader.next();
    } catch (error) {
      if (error instanceof CsvError) throw new InvalidUpload(`InvalidBatch : ${error.message}`);
      throw error;
    }
  }

  /** Saves the next rows, 200 at most; each row is done or not for itself. Runs inside one transaction of the caller. */
  chunk(maxRows = CHUNK_ROWS): Outcome {
    const successful: string[] = [];
    const failed: string[] = [];
    const delimiter = DELIMITERS[this.#info.columnDelimiter];
    for (let k = 0; k < Math.min(CHUNK_ROWS, maxRows); k++) {
      const row = this.#row();
      if (!row) return { successful, failed, position: this.#reader.offset, isDone: true };
      if (row.length !== this.header.length)
        throw new InvalidUpload(
          `InvalidBatch : a row has ${row.length} columns where the header has ${this.header.length}: ${row.join(delimiter).slice(0, 80)}`,
        );
      const input = this.#input(row);
      try {
        const { id, created } = this.#deps.db.transaction(() => this.#save(input));
        successful.push(csvLine([id, created, ...row], delimiter));
      } catch (error) {
        const id = this.#info.operation === 'insert' ? '' : (input['Id'] ?? '');
        failed.push(csvLine([id, errorText(asSalesforce(error)), ...row], delimiter));
      }
    }
    return { successful, failed, position: this.#reader.offset, isDone: false };
  }

  /** Empty cells are left alone, #N/A empties the field. */
  #input(row: string[]): Input {
    const input: Input = {};
    for (const [k, value] of row.entries()) {
      if (value === '') continue;
      const name = this.header[k] ?? '';
      input[name.toLowerCase() === 'id' ? 'Id' : name] = value === NULL_TEXT ? null : value;
    }
    return input;
  }

  #save(input: Input): { id: string; created: boolean } {
    if (this.#isLocked())
      throw new SalesforceError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
    const { records, db } = this.#deps;
    const { operation } = this.#info;
    if (operation === 'delete' || operation === 'hardDelete') {
      const id = String(input['Id'] ?? '');
      const removed = records.remove(id, this.#context, this.#object.name);
      if (operation === 'hardDelete') db.run(`DELETE FROM "${this.#object.name}" WHERE Id = ?`, [removed]);
      return { id: removed, created: false };
    }
    if (operation === 'insert') return { id: records.create(this.#object.name, input, this.#context), created: true };
    if (operation === 'update')
      return {
        id: records.update(this.#object.name, input['Id'], { fields: input, context: this.#context }),
        created: false,
      };
    return this.#upsert(input);
  }

  #upsert(input: Input): { id: string; created: boolean } {
    const key = this.#info.externalIdFieldName ?? 'Id';
    const name = Object.keys(input).find((each) => each.toLowerCase() === key.toLowerCase()) ?? key;
    const { [name]: value, ...fields } = input;
    const text = String(value).toLowerCase();
    if (value !== undefined && this.#seen.has(text))
      throw new SalesforceError('DUPLICATE_VALUE', `Duplicate external id specified: ${String(value)}`, {
        fields: [key],
      });
    this.#seen.add(text);
    return this.#deps.records.upsert(this.#object.name, { field: key, value }, { fields, context: this.#context });
  }

  /** Rows that were never tried, as they came. */
  rest(): string[] {
    const delimiter = DELIMITERS[this.#info.columnDelimiter];
    const lines: string[] = [];
    for (let row = this.#row(); row; row = this.#row()) lines.push(csvLine(row, delimiter));
    return lines;
  }
}

function asSalesforce(error: unknown): SalesforceError {
  if (error instanceof SalesforceError) return error;
  if (error instanceof MultipleChoices)
    return new SalesforceError(
      'DUPLICATE_VALUE',
      `more than one record found for external id: ${error.ids.join(', ')}`,
    );
  throw error;
}
