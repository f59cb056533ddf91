import type { DuckDb } from '../store/duckDb.ts';
import { keepWords } from './words.ts';

/**
 * Makes the tables of cells, and brings those of an older data directory into their form: there every cell named its providers
 * in full. Whole or not at all; not a figure changes, and what the old form did not know (billing, period, kind of bill) is null.
 */
export async function migrateCells(db: DuckDb, schema: string): Promise<void> {
  const [old] = await db.all(
    `SELECT 1 FROM information_schema.columns WHERE table_name = 'cells' AND column_name = 'performing_name'`,
  );
  if (!old) return db.run(schema);
  await db.transaction(async (tx) => {
    await tx.run(`ALTER TABLE cells RENAME TO cells_before`);
    await tx.run(schema);
    await tx.run(`INSERT INTO parties SELECT row_number() OVER (ORDER BY key) - 1, key, max(name), max(npi), max(ccn) FROM (
        SELECT performing AS key, performing_name AS name, performing AS npi, NULL::VARCHAR AS ccn FROM cells_before
        UNION ALL SELECT facility, facility_name, facility_npi, facility_ccn FROM cells_before
        UNION ALL SELECT ordering, NULL, ordering, NULL FROM cells_before) WHERE key IS NOT NULL GROUP BY key`);
    await keepWords(
      tx,
      ['snapshot_id', 'specialty', 'code', 'site'].map((column) => `SELECT ${column} FROM cells_before`),
    );
    const word = (column: string) => `(SELECT no FROM words WHERE word = ${column})`;
    await tx.run(`INSERT INTO cells SELECT ${word('snapshot_id')}, p.no, performing_zip::INTEGER, f.no, facility_zip::INTEGER, o.no,
        ordering_zip::INTEGER, NULL, NULL, ${word('specialty')}, ${word('code')}, ${word('site')}, NULL, NULL,
        services, beneficiaries, beneficiary_days, payment_usd, drug, suppressed, CASE WHEN suppressed THEN 1 ELSE 0 END, false, NULL
      FROM cells_before c LEFT JOIN parties p ON p.key = c.performing LEFT JOIN parties f ON f.key = c.facility
      LEFT JOIN parties o ON o.key = c.ordering`);
    await tx.run(
      `INSERT INTO guards SELECT id, (report->'guarded'->>'below')::DOUBLE, (report->'guarded'->>'imputed')::DOUBLE FROM snapshots`,
    );
    await tx.run(`INSERT INTO market_versions SELECT id, 1, snapshot_id, body, NULL, NULL FROM markets`);
    await tx.run('DROP TABLE cells_before');
  });
}
