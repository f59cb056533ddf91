import { chunked } from './among.ts';
import { MAX_RECORDS_PER_REQUEST, type CrmRecord, type OrgConnection } from './connection.ts';
import { actionFor } from './failures.ts';
import { pauseMs } from './retry.ts';

/** What became of one record of a write: a refusal is data, not an exception. */
export type RowOutcome =
  { ok: true; id: string | null; already: boolean } | { ok: false; code: string; message: string; action: string };

interface SaveResult {
  id?: string;
  success: boolean;
  errors?: { statusCode: string; message: string }[];
}

export type Write =
  { kind: 'create' | 'update'; records: CrmRecord[]; autoAssign?: boolean } | { kind: 'delete'; ids: string[] };

const changesOwner = (write: Write, place: number): boolean =>
  write.kind === 'update' && write.records[place]?.['OwnerId'] !== undefined;

/** Rows of one request when locked rows are tried again. */
const ROWS_OF_A_LOCK_RETRY = 10;
/** How often a single record whose row was locked is tried again. */
const MAX_LOCK_TRIES = 4;

function outcomeOf(result: SaveResult | undefined, write: Write, place: number): RowOutcome {
  const { kind } = write;
  if (result?.success) return { ok: true, id: result.id ?? null, already: false };
  const { statusCode: code = 'UNKNOWN_EXCEPTION', message = 'Salesforce gave no reason.' } = result?.errors?.[0] ?? {};
  // a repeat of a lost reply meets its own work: what was wanted is so
  if ((kind === 'create' && code === 'DUPLICATE_VALUE') || (kind === 'delete' && code === 'ENTITY_IS_DELETED'))
    return { ok: true, id: null, already: true };
  return { ok: false, code, message, action: actionFor(code, { message, changesOwner: changesOwner(write, place) }) };
}

async function send(connection: OrgConnection, write: Write): Promise<SaveResult[]> {
  const url = '/composite/sobjects';
  if (write.kind === 'delete') {
    const ids = write.ids.join(',');
    return (await connection.call({ method: 'DELETE', url: `${url}?ids=${ids}&allOrNone=false` })) as SaveResult[];
  }
  return (await connection.call({
    method: write.kind === 'create' ? 'POST' : 'PATCH',
    url,
    body: { allOrNone: false, records: write.records },
    ...(write.autoAssign === undefined
      ? {}
      : { headers: { 'Sforce-Auto-Assign': write.autoAssign ? 'TRUE' : 'FALSE' } }),
  })) as SaveResult[];
}

const sizeOf = (write: Write): number => (write.kind === 'delete' ? write.ids.length : write.records.length);

function only(write: Write, places: number[]): Write {
  if (write.kind === 'delete') return { ...write, ids: places.map((k) => write.ids[k] ?? '') };
  return { ...write, records: places.map((k) => write.records[k] ?? {}) };
}

/**
 * One request of at most 200 records; one outcome per record, in order. Locked rows are tried again, serially and in small
 * requests, so that they do not lock each other.
 */
export async function writeRecords(connection: OrgConnection, write: Write): Promise<RowOutcome[]> {
  const size = sizeOf(write);
  if (size > MAX_RECORDS_PER_REQUEST)
    throw new RangeError(`${size} records; one request takes ${MAX_RECORDS_PER_REQUEST}.`);
  if (size === 0) return [];
  const outcomes: RowOutcome[] = [];
  let places = Array.from({ length: size }, (_, k) => k);
  for (let attempt = 0; places.length > 0; attempt++) {
    for (const some of attempt === 0 ? [places] : chunked(places, ROWS_OF_A_LOCK_RETRY)) {
      const results = await send(connection, only(write, some));
      some.forEach((place, k) => {
        outcomes[place] = outcomeOf(results[k], write, place);
      });
    }
    places = places.filter((place) => {
      const outcome = outcomes[place];
      return outcome !== undefined && !outcome.ok && isLocked(outcome);
    });
    if (attempt + 1 >= MAX_LOCK_TRIES) break;
    if (places.length > 0) await connection.clock.sleep(pauseMs(attempt, connection.clock));
  }
  return outcomes;
}

/** Somebody else holds the record, or a group membership operation is in progress: it passes. */
export const isLocked = ({ code, message }: { code: string; message: string }): boolean =>
  code === 'UNABLE_TO_LOCK_ROW' || /already in progress/i.test(message);
