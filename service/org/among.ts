import type { CrmRecord, OrgConnection } from './connection.ts';
import { names, soql, type Soql, type SoqlNames } from './soql.ts';

/** 300 ids fill about half of the 16 KB that a query's URL may have. */
export const IDS_PER_QUERY = 300;
/** Salesforce answers at most this many rows a page. */
const ROWS_PER_PAGE = 2_000;

export interface Among {
  object: string;
  fields: SoqlNames;
  /** The field that holds one of `ids`. */
  key: string;
  ids: readonly string[];
  /** What else holds, beginning with AND; empty for nothing. */
  and?: Soql;
}

/** Lists cut into pieces of `size`. */
export function chunked<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, k) => list.slice(k * size, (k + 1) * size));
}

/**
 * Rows whose key is one of these ids, page by page: asked for list by list, or, where that takes fewer calls, read whole
 * and sieved here. No ids, no call.
 */
export async function* rowsAmong(connection: OrgConnection, among: Among): AsyncGenerator<CrmRecord[]> {
  const { object, fields, key, and = soql``, ids } = among;
  const wanted = new Set(ids);
  const lists = chunked([...wanted], IDS_PER_QUERY);
  const from = names(object);
  const by = names(key);
  if (lists.length > 1 && Math.ceil((await countAll(connection, among)) / ROWS_PER_PAGE) < lists.length) {
    const everything = soql`SELECT ${fields} FROM ${from} WHERE ${by} != null ${and} ORDER BY Id`;
    for await (const page of connection.pages(everything)) yield page.filter((row) => wanted.has(String(row[key])));
    return;
  }
  for (const some of lists)
    yield* connection.pages(soql`SELECT ${fields} FROM ${from} WHERE ${by} IN ${some} ${and} ORDER BY Id`);
}

function countAll(connection: OrgConnection, { object, key, and = soql`` }: Among): Promise<number> {
  return connection.count(soql`SELECT COUNT() FROM ${names(object)} WHERE ${names(key)} != null ${and}`);
}
