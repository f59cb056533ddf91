import { unitIndex, type Geography } from '../core/geography.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** Writes down which unit each ZIP belongs to, point ZIPs with their parents, and the unit's state and county. */
export async function loadUnits(
  db: DuckDb,
  geography: Pick<Geography, 'ids' | 'parents' | 'states' | 'counties'>,
): Promise<void> {
  const rows = [...unitIndex(geography)].map(([zip, unit]) => ({
    zip,
    unit,
    state: geography.states[unit],
    county: geography.counties[unit],
  }));
  await db.run('DELETE FROM units');
  await db.run(
    `INSERT INTO units (zip, unit, state, county, zip_no)
     SELECT r->>'zip', (r->>'unit')::INTEGER, r->>'state', r->>'county', try_cast(r->>'zip' AS INTEGER) FROM (SELECT unnest(from_json(?, '["JSON"]')) AS r)`,
    [JSON.stringify(rows)],
  );
}
