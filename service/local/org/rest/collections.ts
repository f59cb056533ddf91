import type { OrgDatabase } from '../database.ts';
import { SalesforceError, salesforceError } from '../errors.ts';

export interface SaveResult {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
}

/** sObject Collections takes at most 200 records a request. */
const MAX_RECORDS = 200;

export function requireCollectionSize(records: unknown): unknown[] {
  if (!Array.isArray(records)) throw new SalesforceError('JSON_PARSER_ERROR', 'The records property must be an array');
  if (records.length > MAX_RECORDS)
    throw new SalesforceError(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_RECORDS} records into this call`,
    );
  return records;
}

const failure = (error: SalesforceError): SaveResult => ({
  success: false,
  errors: [{ statusCode: error.code, message: error.message, fields: error.fields }],
});

class RolledBack extends Error {}

/** One result per item, in order. With allOrNone one failure undoes all: the failing ones keep their code. */
export function saveEach<T>(
  db: OrgDatabase,
  items: T[],
  options: { allOrNone: boolean; save: (item: T) => string },
): SaveResult[] {
  const results: SaveResult[] = [];
  const saveOne = (item: T): SaveResult => {
    try {
      return { id: db.transaction(() => options.save(item)), success: true, errors: [] };
    } catch (error) {
      if (error instanceof SalesforceError) return failure(error);
      throw error;
    }
  };
  try {
    db.transaction(() => {
      for (const item of items) results.push(saveOne(item));
      if (options.allOrNone && results.some((result) => !result.success)) throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    return results.map((result) => (result.success ? failure(salesforceError.rolledBack()) : result));
  }
  return results;
}
