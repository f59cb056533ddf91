import { eq } from 'drizzle-orm';
import type { CrmMapping } from '../org/mapping.ts';
import type { Store } from '../store/store.ts';
import { crmMappings } from '../store/tables/mapping.ts';
import { mappingSchema } from './mappingSchema.ts';

export interface SavedMapping {
  readonly mapping: CrmMapping;
  readonly byName: string;
  readonly at: Date;
}

/** The confirmed mapping of an org, null when there is none. */
export async function savedMapping(store: Store, orgId: string): Promise<SavedMapping | null> {
  const [row] = await store.db.select().from(crmMappings).where(eq(crmMappings.orgId, orgId));
  return row ? { mapping: mappingSchema.parse(row.mapping), byName: row.byName, at: row.at } : null;
}

export async function saveMapping(
  store: Store,
  orgId: string,
  saved: SavedMapping & { readonly byId: string },
): Promise<void> {
  const values = { mapping: saved.mapping, byId: saved.byId, byName: saved.byName, at: saved.at };
  await store.db
    .insert(crmMappings)
    .values({ orgId, ...values })
    .onConflictDoUpdate({ target: crmMappings.orgId, set: values });
}

export async function dropMapping(store: Store, orgId: string): Promise<void> {
  await store.db.delete(crmMappings).where(eq(crmMappings.orgId, orgId));
}
