import type { SQL } from 'drizzle-orm';
import type { Store } from '../../../service/store/store.ts';

/** Rows of a statement in this bench's own words. */
export async function rowsOf<Row>(store: Store, statement: SQL): Promise<Row[]> {
  return ((await store.db.execute(statement)) as { rows: Row[] }).rows;
}
