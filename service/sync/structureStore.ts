import { sql } from 'drizzle-orm';
import type { Store } from '../store/store.ts';

/** Every row of a publish that stands on a planned territory now names the one that was made. */
export async function territoryMade(
  store: Store,
  publishId: string,
  made: { plannedId: string; id: string },
): Promise<void> {
  const { plannedId, id } = made;
  await store.db.execute(sql`
    update publish_row set territory_id = ${id},
      to_id = case when to_id = ${plannedId} then ${id} else to_id end,
      from_id = case when from_id = ${plannedId} then ${id} else from_id end,
      to_territory_id = case when to_territory_id = ${plannedId} then ${id} else to_territory_id end
    where publish_id = ${publishId}::uuid and territory_id = ${plannedId}`);
}
