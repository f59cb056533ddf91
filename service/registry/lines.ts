import { literal } from '../intake/cleanSql.ts';
import { brokenBefore, lineSql } from '../intake/rawTable.ts';
import type { Source } from '../intake/source.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** Lines named in a report for each reason; all of them are in the report's CSV. */
const LINES_SHOWN = 20;

export interface Reason {
  readonly reason: string;
  readonly rows: number;
  readonly lines: readonly number[];
}

export type LineKind = 'setAside' | 'repaired' | 'warned';

export interface LineRow {
  readonly line: number;
  readonly kind: LineKind;
  readonly reason: string;
  readonly found: string;
}

/** Names every row that was set aside, put right or is to be looked at, by its line. */
export async function keepLines(db: DuckDb, snapshotId: string, source: Source): Promise<void> {
  const id = literal(snapshotId);
  await db.run(`INSERT INTO lines SELECT ${id}, line, 'setAside', reason, found FROM broken`);
  await db.run(`INSERT INTO lines SELECT ${id}, ${lineSql(source)}, s.kind, s.reason, s.found FROM (
      SELECT row, 'setAside' AS kind, reason, found FROM staged WHERE reason IS NOT NULL
      UNION ALL SELECT row, 'repaired', unnest(repairs), found FROM staged WHERE reason IS NULL AND len(repairs) > 0
      UNION ALL SELECT row, 'warned', unnest(warns), found FROM staged WHERE reason IS NULL AND len(warns) > 0) s ${brokenBefore(source)}`);
}

/** Rows of each reason with their first lines. */
export function reasons(db: DuckDb, snapshotId: string, kind: LineKind): Promise<Reason[]> {
  return db.all(
    `SELECT reason, rows::DOUBLE AS rows, list_transform(first_lines, lambda x: x::DOUBLE) AS lines FROM (
       SELECT reason, count(*) AS rows, min(line) AS first, min(line, ${LINES_SHOWN}) AS first_lines
       FROM lines WHERE snapshot_id = ? AND kind = ? GROUP BY reason) ORDER BY first, reason`,
    [snapshotId, kind],
  );
}
