import { literal } from '../intake/cleanSql.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { GRAIN, YEAR } from './sumCells.ts';
import { wordNo } from './words.ts';

interface About {
  readonly snapshotId: string;
  /** The file's period in words, for rows that name no month. */
  readonly told: string;
  /** Whether each calendar year of the file is a period of its own. */
  readonly split: boolean;
}

/** Writes down which months each period of the file covers: of its rows, else those that its period names, else unknown. */
export async function keepPeriods(db: DuckDb, { snapshotId, told, split }: About): Promise<void> {
  const months = told.match(/(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?/g) ?? [];
  const period = split ? `nullif(${YEAR}, '')` : 'NULL::VARCHAR';
  await db.run(
    `INSERT INTO periods SELECT ${literal(snapshotId)}, ${period}, coalesce(min(month), ?), coalesce(max(month), ?)
     FROM staged WHERE reason IS NULL GROUP BY 2`,
    [months[0] ?? null, months.at(-1) ?? null],
  );
}

/**
 * Finds, for each new cell, the counts of the same cell in earlier imports of an overlapping period that lie nearer than their
 * threshold without being the same, in the temporary table earlier(cell, near_services, near_beneficiaries, near_beneficiary_days).
 * An unknown period overlaps every other one. Imputed counts hide nothing and are not looked at. Answers whether there are any.
 */
export async function earlierCounts(db: DuckDb, snapshotId: string, grain: ReadonlySet<string>): Promise<boolean> {
  const overlapping = await db.all<{ id: string; before: string | null; now: string | null }>(
    `SELECT o.snapshot_id AS id, o.period AS before, n.period AS now FROM periods n JOIN periods o ON o.snapshot_id <> n.snapshot_id
     WHERE n.snapshot_id = ? AND (n.first IS NULL OR o.first IS NULL OR (rpad(n.first, 7, '-01') <= rpad(o.last, 7, '-12') AND rpad(o.first, 7, '-01') <= rpad(n.last, 7, '-12')))`,
    [snapshotId],
  );
  if (overlapping.length === 0) return false;
  const pairs = overlapping.map(
    (pair) =>
      `(${[pair.id, pair.before, pair.now].map((text) => (text === null ? 'NULL::INTEGER' : wordNo(text))).join(', ')})`,
  );
  const same = GRAIN.filter((column) => column !== 'period').map((column) =>
    grain.has(column) ? `c.${column} IS NOT DISTINCT FROM s.${column}` : `c.${column} IS NULL`,
  );
  const near = (column: string, open: string) =>
    `arg_min(c.${column}, abs(c.${column} - s.${column})) FILTER (WHERE ${open} AND s.${column} > 0 AND c.${column} <> s.${column}
       AND abs(c.${column} - s.${column}) < g.below) AS near_${column}`;
  await db.run(`CREATE OR REPLACE TEMP TABLE earlier AS
    SELECT s.rowid AS cell, ${near('services', 'c.imputed = 0')}, ${near('beneficiaries', 'NOT c.suppressed')}, ${near('beneficiary_days', 'NOT c.suppressed')}
    FROM summed s JOIN (VALUES ${pairs.join(', ')}) o(snapshot, before, now) ON o.now IS NOT DISTINCT FROM ${grain.has('period') ? 's.period' : 'NULL'}
    JOIN cells c ON c.snapshot = o.snapshot AND c.period IS NOT DISTINCT FROM o.before AND ${same.join(' AND ')}
    JOIN words w ON w.no = c.snapshot JOIN guards g ON g.snapshot_id = w.word
    GROUP BY s.rowid HAVING near_services IS NOT NULL OR near_beneficiaries IS NOT NULL OR near_beneficiary_days IS NOT NULL`);
  return true;
}
