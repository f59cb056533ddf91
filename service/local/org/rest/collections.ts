import type { OrgDatabase } from '../database.ts';
import { SalesforceError, salesforceError, WrongTypeError } from '../errors.ts';
import { MultipleChoices } from '../records.ts';

export interface SaveResult {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
  /** Of upserts alone. */
  created?: boolean;
}

export type Saved = string | { id: string; created: boolean };

/** sObject Collections takes at most 200 records a request. */
const MAX_RECORDS = 200;
/** Salesforce saves one id up to this many more times in one request. */
const MAX_REPEATS = 12;

export function requireCollectionSize(records: unknown, max = MAX_RECORDS): unknown[] {
  if (!Array.isArray(records)) throw new SalesforceError('JSON_PARSER_ERROR', 'The records property must be an array');
  if (records.length > max)
    throw new SalesforceError(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${max} records into this call`,
    );
  return records;
}

/** Called with the id of every record in turn. @throws DUPLICATE_VALUE from the thirteenth repetition on */
export function repeatGuard(): (id: unknown) => void {
  const seen = new Map<string, number>();
  return (id) => {
    const key = String(id).slice(0, 15);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    if (times > MAX_REPEATS)
      throw new SalesforceError(
        'DUPLICATE_VALUE',
        `Maximum number of duplicate updates in one batch (${MAX_REPEATS} allowed). Attempt to update Id more than once in this Api call: ${String(id)}`,
      );
  };
}

const failure = (error: SalesforceError): SaveResult => ({
  success: false,
  errors: [{ statusCode: error.code, message: error.message, fields: error.fields }],
});

class RolledBack extends Error {}

function asSalesforce(error: unknown): SalesforceError {
  // over JSON a value of a wrong type makes the whole request unreadable
  if (error instanceof WrongTypeError) throw error;
  if (error instanceof SalesforceError) return error;
  if (error instanceof MultipleChoices)
    return new SalesforceError(
      'DUPLICATE_VALUE',
      `duplicate value found: more than one record found for external id field: ${error.ids.map((id) => id.slice(0, 15)).join(', ')}`,
    );
  throw error;
}

/** One result per item, in order. With allOrNone one failure undoes all: the failing ones keep their code. */
export function saveEach<T>(
  db: OrgDatabase,
  items: T[],
  options: { allOrNone: boolean; save: (item: T) => Saved },
): SaveResult[] {
  const results: SaveResult[] = [];
  const saveOne = (item: T): SaveResult => {
    try {
      const saved = db.transaction(() => options.save(item));
      return { ...(typeof saved === 'string' ? { id: saved } : saved), success: true, errors: [] };
    } catch (error) {
      return failure(asSalesforce(error));
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
