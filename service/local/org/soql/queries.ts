import type { Query } from '@jetstreamapp/soql-parser-js';
import { randomBytes } from 'node:crypto';
import type { Access } from '../access.ts';
import { readUserRecordAccess } from '../accessQuery.ts';
import { quoted, type OrgDatabase } from '../database.ts';
import { SalesforceError } from '../errors.ts';
import type { Recent } from '../rest/recent.ts';
import { compileQuery, type CompiledQuery, type CompileOptions } from './compile.ts';
import { located, parseSoql } from './parse.ts';
import { Presenter, type RowSet } from './present.ts';
import type { QueryResult } from './queryResult.ts';

export interface QueryRequest {
  userId: string;
  includeDeleted: boolean;
  batchSize: number;
  version: string;
}

interface Cursor extends RowSet {
  presenter: Presenter;
  request: QueryRequest;
  isChild: boolean;
}

export interface QueryDeps {
  db: OrgDatabase;
  access: Access;
  recent: Recent;
  now: () => number;
}

/** Salesforce keeps the ten newest cursors of a user; those of child queries are counted apart here. */
const MAX_CURSORS = 10;
const MAX_CHILD_CURSORS = 2000;
/** Records of a child query that come with its parent. */
const CHILD_PAGE = 200;
/** Groups have no cursor. */
const MAX_GROUPS = 2000;

export class Queries {
  readonly #deps: QueryDeps;
  readonly #cursors = new Map<string, Cursor>();

  constructor(deps: QueryDeps) {
    this.#deps = deps;
  }

  run(soql: string, request: QueryRequest): QueryResult {
    try {
      return this.#run(soql, request);
    } catch (error) {
      throw error instanceof SalesforceError ? located(soql, error) : error;
    }
  }

  #run(soql: string, request: QueryRequest): QueryResult {
    const query = parseSoql(soql);
    const { access, recent } = this.#deps;
    if (query.sObject?.toLowerCase() === 'userrecordaccess') return readUserRecordAccess(query, access, request);
    const compiled = compileQuery(query, this.#options(request));
    const rows = this.#rows(compiled);
    if (compiled.kind === 'count') return { totalSize: Number(rows[0]?.[0] ?? 0), done: true, records: [] };
    if (compiled.kind === 'aggregate' && rows.length > MAX_GROUPS)
      throw new SalesforceError(
        'EXCEEDED_ID_LIMIT',
        'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
      );
    const page = this.#page(this.#cursor({ compiled, rows }, request), undefined, 0);
    if (query.for === 'VIEW' || query.for === 'REFERENCE')
      recent.add(
        request.userId,
        rows
          .slice(0, request.batchSize)
          .map((row) => String(row[compiled.idIndex]))
          .reverse(),
      );
    return page;
  }

  /** The rows of a query and the names of its columns, all at once: what a bulk query job stores. */
  rows(soql: string, request: QueryRequest): { compiled: CompiledQuery; rows: RowSet['rows'] } {
    const compiled = this.compile(soql, request);
    return { compiled, rows: this.#rows(compiled) };
  }

  #rows({ sql, values }: CompiledQuery): RowSet['rows'] {
    try {
      return this.#deps.db.arrays(sql, values);
    } catch (cause) {
      // SQLite's own limits: depth of an expression, number of values, columns of a result
      if (!(cause instanceof Error) || !/too (?:large|many)|depth|too complex/i.test(cause.message)) throw cause;
      throw new SalesforceError(
        'QUERY_TOO_COMPLICATED',
        'Query is either selecting too many fields or the filter conditions are too complicated.',
        { cause },
      );
    }
  }

  /** @throws SalesforceError when the query cannot be run */
  compile(soql: string, request: QueryRequest): CompiledQuery {
    try {
      return compileQuery(parseSoql(soql), this.#options(request));
    } catch (error) {
      throw error instanceof SalesforceError ? located(soql, error) : error;
    }
  }

  /** "<locator>-<offset>", the end of a nextRecordsUrl. */
  more(locator: string, userId: string): QueryResult {
    const [key = '', offset = ''] = locator.split('-');
    const cursor = this.#cursors.get(key);
    if (!cursor || cursor.request.userId !== userId || !/^\d+$/.test(offset) || Number(offset) >= cursor.rows.length)
      throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    return this.#page(cursor, key, Number(offset));
  }

  /** What Salesforce's query plan tells, from what SQLite's plan says about indexes. */
  explain(soql: string, request: QueryRequest) {
    const query: Query = parseSoql(soql);
    const { compiled, rows } = this.rows(soql, request);
    const { db } = this.#deps;
    const all = Number(db.get(`SELECT COUNT(*) AS n FROM ${quoted(compiled.object.name)}`)?.['n'] ?? 0);
    const details = db.arrays(`EXPLAIN QUERY PLAN ${compiled.sql}`, compiled.values).map((row) => String(row[3]));
    const index = details
      .map((text) => /^SEARCH \S+ USING (?:COVERING )?INDEX \w+\.(\w+)/.exec(text)?.[1])
      .find(Boolean);
    const cardinality = compiled.kind === 'count' ? Number(rows[0]?.[0] ?? 0) : rows.length;
    const note = {
      description: 'Not considering filter for optimization because unindexed',
      fields: [],
      tableEnumOrId: compiled.object.name,
    };
    const plan = {
      cardinality,
      fields: index ? [index] : [],
      leadingOperationType: index ? 'Index' : 'TableScan',
      notes: index || !query.where ? [] : [note],
      relativeCost: index ? cardinality / Math.max(1, all) : 1,
      sobjectCardinality: all,
      sobjectType: compiled.object.name,
    };
    return { plans: [plan], sourceQuery: soql };
  }

  #options(request: QueryRequest): CompileOptions {
    const { access, now } = this.#deps;
    return {
      schema: access.schemaFor(request.userId),
      nowMs: now(),
      includeDeleted: request.includeDeleted,
      userId: request.userId,
      visible: (object, alias) => access.visible(object.name, alias, request.userId),
    };
  }

  #cursor(set: RowSet, request: QueryRequest): Cursor {
    const { db, access } = this.#deps;
    const presenter = new Presenter(set.compiled, {
      db,
      schema: access.schemaFor(request.userId),
      options: this.#options(request),
      base: `/services/data/v${request.version}/sobjects`,
      childPage: (inner, each) => this.#page({ ...inner, presenter: each, request, isChild: true }, undefined, 0),
    });
    return { ...set, presenter, request, isChild: false };
  }

  #page(cursor: Cursor, key: string | undefined, offset: number): QueryResult {
    const { rows, request, presenter, isChild } = cursor;
    const end = offset + (isChild ? Math.min(CHILD_PAGE, request.batchSize) : request.batchSize);
    const records = rows.slice(offset, end).map((row) => presenter.record(row));
    const page = { totalSize: rows.length, done: end >= rows.length, records };
    if (page.done) return page;
    const name = key ?? `01g${randomBytes(8).toString('hex').slice(1)}`;
    this.#keep(name, cursor);
    return { ...page, nextRecordsUrl: `/services/data/v${request.version}/query/${name}-${end}` };
  }

  #keep(name: string, cursor: Cursor): void {
    this.#cursors.set(name, cursor);
    const alike = [...this.#cursors].filter(
      ([, each]) => each.isChild === cursor.isChild && (each.isChild || each.request.userId === cursor.request.userId),
    );
    const max = cursor.isChild ? MAX_CHILD_CURSORS : MAX_CURSORS;
    for (const [old] of alike.slice(0, Math.max(0, alike.length - max))) this.#cursors.delete(old);
  }
}
