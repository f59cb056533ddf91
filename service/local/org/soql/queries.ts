import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { randomBytes } from 'node:crypto';
import type { SQLInputValue } from 'node:sqlite';
import type { QueryResult } from './queryResult.ts';
import { readUserRecordAccess } from '../accessQuery.ts';
import type { Access } from '../access.ts';
import type { OrgDatabase } from '../database.ts';
import { SalesforceError, salesforceError } from '../errors.ts';
import { compileQuery, type ChildQuery, type CompiledQuery } from './select.ts';
import { shownValue } from '../values.ts';

export interface QueryRequest {
  userId: string;
  includeDeleted: boolean;
  batchSize: number;
  version: string;
}

interface Cursor {
  compiled: CompiledQuery;
  rows: SQLInputValue[][];
  request: QueryRequest;
}

/** Salesforce keeps the ten newest cursors of a user. */
const MAX_CURSORS = 10;

export class Queries {
  readonly #db: OrgDatabase;
  readonly #access: Access;
  readonly #now: () => number;
  readonly #cursors = new Map<string, Cursor>();

  constructor(deps: { db: OrgDatabase; access: Access; now: () => number }) {
    this.#db = deps.db;
    this.#access = deps.access;
    this.#now = deps.now;
  }

  run(soql: string, request: QueryRequest): QueryResult {
    const query = this.#parse(soql);
    if (query.sObject?.toLowerCase() === 'userrecordaccess') return readUserRecordAccess(query, this.#access, request);
    const compiled = this.#compile(query, request);
    if (compiled.kind === 'count') {
      const [row] = this.#db.arrays(compiled.sql, compiled.values);
      return { totalSize: Number(row?.[0] ?? 0), done: true, records: [] };
    }
    const rows = this.#db.arrays(compiled.sql, compiled.values);
    return this.#page({ compiled, rows, request }, undefined, 0);
  }

  /** "<locator>-<offset>", the end of a nextRecordsUrl. */
  more(locator: string): QueryResult {
    const [key = '', offset = ''] = locator.split('-');
    const cursor = this.#cursors.get(key);
    if (!cursor || !/^\d+$/.test(offset)) throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    return this.#page(cursor, key, Number(offset));
  }

  #parse(soql: string): Query {
    try {
      return parseQuery(soql);
    } catch (error) {
      throw salesforceError.malformedQuery(error instanceof Error ? error.message : 'unexpected token');
    }
  }

  #compile(query: Query, request: QueryRequest): CompiledQuery {
    return compileQuery(query, {
      schema: this.#access.schemaFor(request.userId),
      nowMs: this.#now(),
      includeDeleted: request.includeDeleted,
      visible: (object, alias) => this.#access.visible(object.name, alias, request.userId),
    });
  }

  #page(cursor: Cursor, key: string | undefined, offset: number): QueryResult {
    const { rows, request } = cursor;
    const end = offset + request.batchSize;
    const records = rows.slice(offset, end).map((row) => this.#record(cursor.compiled, row, request));
    const page = { totalSize: rows.length, done: end >= rows.length, records };
    if (page.done) return page;
    const name = key ?? `01g${randomBytes(8).toString('hex')}`;
    this.#cursors.set(name, cursor);
    for (const old of this.#cursors.keys()) if (this.#cursors.size > MAX_CURSORS) this.#cursors.delete(old);
    return { ...page, nextRecordsUrl: `/services/data/v${request.version}/query/${name}-${end}` };
  }

  #record(compiled: CompiledQuery, row: SQLInputValue[], request: QueryRequest): Record<string, unknown> {
    const base = `/services/data/v${request.version}/sobjects`;
    const record: Record<string, unknown> = { attributes: { type: compiled.object.name } };
    if (compiled.kind === 'aggregate') record['attributes'] = { type: 'AggregateResult' };
    compiled.columns.forEach((column, index) => {
      const value = shownValue(column.field, row[index]);
      if (compiled.kind === 'aggregate') record[column.name] = value;
      else place(record, { path: column.relationships, name: column.name, value }, { compiled, row });
    });
    if (compiled.kind === 'records' && typeof record['Id'] === 'string')
      record['attributes'] = { type: compiled.object.name, url: `${base}/${compiled.object.name}/${record['Id']}` };
    for (const child of compiled.children) record[child.name] = this.#children(child, String(row.at(-1)), request);
    return record;
  }

  #children(child: ChildQuery, id: string, request: QueryRequest): QueryResult | null {
    const compiled = compileQuery(
      child.query,
      {
        schema: this.#access.schemaFor(request.userId),
        nowMs: this.#now(),
        includeDeleted: request.includeDeleted,
        visible: (object, alias) => this.#access.visible(object.name, alias, request.userId),
        parentId: { field: child.field, id },
      },
      child.object,
    );
    const rows = this.#db.arrays(compiled.sql, compiled.values);
    if (rows.length === 0) return null;
    return { totalSize: rows.length, done: true, records: rows.map((row) => this.#record(compiled, row, request)) };
  }
}

/** Puts a value at record.Account.Owner.Name; a parent that is not there is null and so is everything below it. */
function place(
  record: Record<string, unknown>,
  at: { path: string[]; name: string; value: unknown },
  from: { compiled: CompiledQuery; row: SQLInputValue[] },
): void {
  let target = record;
  for (let depth = 1; depth <= at.path.length; depth++) {
    const name = at.path[depth - 1] ?? '';
    if (target[name] === undefined) {
      const parent = from.compiled.parents.get(at.path.slice(0, depth).join('.'));
      const isThere = parent !== undefined && from.row[parent.index] !== null;
      target[name] = isThere ? { attributes: { type: parent.type } } : null;
    }
    if (target[name] === null) return;
    target = target[name] as Record<string, unknown>;
  }
  target[at.name] = at.value;
}
