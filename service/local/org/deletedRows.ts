import type { OrgState } from './state.ts';

/** Object Reference, ObjectTerritory2Association: deleted rows can be queried for 12 hours and bypass the recycle bin. */
const ASSOCIATION_HOURS = 12;
/** The recycle bin keeps 15 days. */
const RECYCLE_BIN_HOURS = 15 * 24;
const HOUR_MS = 3_600_000;
/** How often it is looked at; a request more or less makes no difference to hours. */
const PAUSE_MS = 60_000;

/** Takes away deleted rows that Salesforce would no longer show in queryAll and /deleted. */
export function forgetOldDeletions({ db, schema, now }: OrgState): () => void {
  let lastMs = 0;
  return () => {
    const atMs = now();
    if (Math.abs(atMs - lastMs) < PAUSE_MS) return;
    lastMs = atMs;
    for (const { name, softDelete, viewOf } of schema.objects) {
      if (!softDelete || viewOf) continue;
      const hours = name === 'ObjectTerritory2Association' ? ASSOCIATION_HOURS : RECYCLE_BIN_HOURS;
      const oldest = new Date(atMs - hours * HOUR_MS).toISOString();
      db.run(`DELETE FROM "${name}" WHERE IsDeleted = 1 AND SystemModstamp < ?`, [oldest]);
    }
  };
}
