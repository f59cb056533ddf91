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

/** A file that is being imported. */
interface Delivery {
  readonly snapshotId: string;
  readonly layout: string;
  /** Columns that its cells are told apart by. */
  readonly grain: ReadonlySet<string>;
}

/**
 * Finds, for each new cell, the counts that no difference to may be small, in the temporary table earlier(cell, near_services,
 * near_beneficiaries, near_beneficiary_days). An unknown period overlaps every other one. Imputed counts hide nothing and are not looked
 * at. Answers whether there are any. Three differences tell a count:
 * - to the same cell of an earlier import of an overlapping period;
 * - from a cell that is gone to one that came, of the same provider and code: the provider moved;
 * - between all open cells of a provider and code, before and now: the provider works at more places, or at fewer.
 * The last two only between deliveries of one source: another source counts other patients, and what it counts more or less is nobody's.
 */
export async function earlierCounts(db: DuckDb, delivery: Delivery): Promise<boolean> {
  const { snapshotId, layout, grain } = delivery;
  const overlapping = await db.all<{ id: string; before: string | null; now: string | null; same: boolean }>(
    `SELECT o.snapshot_id AS id, o.period AS before, n.period AS now, s.layout = ? AS same
     FROM periods n JOIN periods o ON o.snapshot_id <> n.snapshot_id JOIN snapshots s ON s.id = o.snapshot_id
     WHERE n.snapshot_id = ? AND (n.first IS NULL OR o.first IS NULL OR (rpad(n.first, 7, '-01') <= rpad(o.last, 7, '-12') AND rpad(o.first, 7, '-01') <= rpad(n.last, 7, '-12')))`,
    [layout, snapshotId],
  );
  if (overlapping.length === 0) return false;
  const number = (text: string | null) => (text === null ? 'NULL::INTEGER' : wordNo(text));
  const pairs = overlapping.map(
    ({ id, before, now, same }) => `(${[id, before, now].map(number).join(', ')}, ${same})`,
  );
  await keepOld(db, pairs, grain);
  const same = GRAIN.filter((column) => column !== 'period').map((column) =>
    grain.has(column) ? `c.${column} IS NOT DISTINCT FROM s.${column}` : `c.${column} IS NULL`,
  );
  const period = grain.has('period') ? 's.period' : 'NULL';
  await db.run(`CREATE OR REPLACE TEMP TABLE met AS SELECT s.rowid AS cell, c.no FROM summed s
    JOIN old c ON c.now IS NOT DISTINCT FROM ${period} AND ${same.join(' AND ')}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE earlier AS SELECT s.rowid AS cell, ${nearest()}
    FROM summed s JOIN met m ON m.cell = s.rowid JOIN old c ON c.no = m.no GROUP BY s.rowid HAVING ${found()}`);
  await addMoved(db, grain);
  await db.run('DROP TABLE old; DROP TABLE met');
  return true;
}

const COUNTS = ['services', 'beneficiaries', 'beneficiary_days'] as const;
const found = () => COUNTS.map((column) => `near_${column} IS NOT NULL`).join(' OR ');
/** Whether an earlier count is one that was not imputed. */
const isOpen = (column: (typeof COUNTS)[number]) => (column === 'services' ? 'c.imputed = 0' : 'NOT c.suppressed');

/** The earlier count that lies nearest to the new one of the same row, where it is nearer than the threshold without being the same. */
const nearest = () =>
  COUNTS.map(
    (
      column,
    ) => `arg_min(c.${column}, abs(c.${column} - s.${column})) FILTER (WHERE ${isOpen(column)} AND s.${column} >= c.below AND c.${column} <> s.${column}
       AND abs(c.${column} - s.${column}) < c.below) AS near_${column}`,
  ).join(', ');

const PROVIDERS = ['performing', 'facility', 'ordering', 'billing'] as const;

/** Who a cell is about, among the roles that the new file names. */
function providerSql(alias: string, grain: ReadonlySet<string>): string {
  const named = PROVIDERS.filter((column) => grain.has(column));
  return named.length === 0 ? 'NULL::INTEGER' : `coalesce(${named.map((column) => `${alias}.${column}`).join(', ')})`;
}

/** The table old: the cells of overlapping periods, numbered, each with the period of the new file that it is compared with. */
async function keepOld(db: DuckDb, pairs: readonly string[], grain: ReadonlySet<string>): Promise<void> {
  const columns = [...GRAIN, ...COUNTS, 'imputed', 'suppressed'].map((column) => `c.${column}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE old AS
    SELECT row_number() OVER () AS no, o.snapshot, o.now, o.same, g.below, ${providerSql('c', grain)} AS provider, ${columns.join(', ')}
    FROM (VALUES ${pairs.join(', ')}) o(snapshot, before, now, same) JOIN cells c ON c.snapshot = o.snapshot AND c.period IS NOT DISTINCT FROM o.before
    JOIN words w ON w.no = c.snapshot JOIN guards g ON g.snapshot_id = w.word`);
}

/** Adds to the table earlier what a provider betrays that is found elsewhere now, or at more or fewer places. */
async function addMoved(db: DuckDb, grain: ReadonlySet<string>): Promise<void> {
  const now = grain.has('period') ? 's.period' : 'NULL::INTEGER';
  const role = grain.has('row_role') ? 's.row_role' : 'NULL::INTEGER';
  const who = `${providerSql('s', grain)} AS provider, ${now} AS now, ${role} AS row_role`;
  const alike = `c.provider = s.provider AND c.code = s.code AND c.now IS NOT DISTINCT FROM s.now AND c.row_role IS NOT DISTINCT FROM s.row_role`;
  const came = `(SELECT s.rowid AS cell, s.code, ${COUNTS.map((column) => `s.${column}`).join(', ')}, ${who} FROM summed s WHERE s.marked = 0
    AND s.rowid NOT IN (SELECT cell FROM met))`;
  await db.run(`INSERT INTO earlier SELECT s.cell, ${nearest()} FROM ${came} s
    JOIN (SELECT * FROM old WHERE same AND no NOT IN (SELECT no FROM met)) c ON ${alike} GROUP BY s.cell HAVING ${found()}`);
  // A provider whose cell is moved already, or whose sums are the same, betrays nothing more.
  const before = `(SELECT snapshot, provider, code, now, row_role, max(below) AS below, sum(services) AS services FROM old
    WHERE same AND imputed = 0 AND provider IS NOT NULL GROUP BY ALL)`;
  const open = `(SELECT s.rowid AS cell, s.code, s.services, ${who} FROM summed s WHERE s.marked = 0 AND s.services > 0)`;
  await db.run(`INSERT INTO earlier SELECT cell, near, NULL, NULL FROM (
      SELECT arg_max(s.cell, s.services) AS cell, max(s.services) - (sum(s.services) - any_value(c.services)) AS near, any_value(c.below) AS below,
        sum(s.services) - any_value(c.services) AS more, bool_or(s.cell IN (SELECT cell FROM earlier)) AS is_moved
      FROM ${open} s JOIN ${before} c ON ${alike} AND s.services >= c.below GROUP BY c.snapshot, s.provider, s.code, s.now, s.row_role)
    WHERE NOT is_moved AND more <> 0 AND abs(more) < below QUALIFY row_number() OVER (PARTITION BY cell ORDER BY abs(more)) = 1`);
}
