import { BailiwickError } from '../core/errors.ts';
import { literal } from '../intake/cleanSql.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { earlierCounts, keepPeriods } from './overlap.ts';
import { keepParties } from './parties.ts';
import { GRAIN, sumCells } from './sumCells.ts';
import { keepWords, wordNo } from './words.ts';

/** Counts below this one are guarded: CMS lets no count from 1 to 10 be shown. */
export const THRESHOLD = 11;
/** What a guarded count is taken for: the middle of 1 to 10. */
export const IMPUTED = 5.5;
/** No rule known to us goes further; it keeps a slip of the finger from hiding a whole file. */
const HIGHEST_THRESHOLD = 1000;

/** How the counts of one source are guarded; stored with its snapshot. */
export interface GuardRule {
  /** Counts above zero and below this one are never kept. */
  readonly below: number;
  /** What stands in their place. */
  readonly imputed: number;
}

export const CMS_RULE: GuardRule = { below: THRESHOLD, imputed: IMPUTED };

/** @throws BailiwickError bad_request for a threshold or an imputed value that guards nothing or too much */
export function guardRule({ below = THRESHOLD, imputed = below / 2 }: Partial<GuardRule> = {}): GuardRule {
  if (!(below >= 1 && below <= HIGHEST_THRESHOLD) || !(imputed > 0 && imputed < Math.max(below, 2))) {
    throw new BailiwickError('bad_request', `Counts below ${below} cannot stand as ${imputed}.`, {
      action: `Give a threshold from 1 to ${HIGHEST_THRESHOLD} and an imputed value below it; ${THRESHOLD} and ${IMPUTED} are the rule of CMS.`,
    });
  }
  return { below, imputed };
}

export interface AddedFile {
  readonly snapshotId: string;
  /** Files of one layout are deliveries of one source. */
  readonly layout: string;
  /** The file's period in words, for rows that name no month. */
  readonly period: string;
  readonly rule?: GuardRule;
  /** Cells that one transaction writes. */
  readonly cellsAtOnce?: number | undefined;
}

/** Cells that one transaction holds in memory without trouble. */
const CELLS_AT_ONCE = 1_500_000;

/**
 * Adds the kept rows up to cells and guards them. Marked rows count as the imputed value; a count below the threshold becomes it.
 * - A cell with any guarded count betrays none of the others: beneficiaries and their days are imputed too, and where services are, the
 *   money is the imputed count times the mean payment of the code's open cells (of all, where it has none).
 * - A count that differs from the same cell of an earlier import of an overlapping period by less than the threshold would give
 *   that difference away: it stands as the earlier count plus or minus the imputed value.
 * - A facility's bill of what professionals billed too is told, so that the procedure counts once.
 */
export async function addCells(db: DuckDb, file: AddedFile): Promise<void> {
  const { snapshotId, layout, period, rule = CMS_RULE, cellsAtOnce = CELLS_AT_ONCE } = file;
  await keepWords(db, [`VALUES ('facility'), ('professional')`]);
  await keepWords(db, [`SELECT ${literal(snapshotId)}`]);
  await keepParties(db);
  const grain = await sumCells(db);
  const cells = await countOf(db, 'summed');
  // Rows get their final rowid with the commit; parts cut by it, and neighbours found by it, must not be of two numberings.
  if (cells > cellsAtOnce) await db.commitSoFar();
  await keepPeriods(db, { snapshotId, told: period, split: grain.has('period') });
  await db.run('INSERT INTO guards VALUES (?, ?, ?)', [snapshotId, rule.below, rule.imputed]);
  const earlier = await earlierCounts(db, { snapshotId, layout, grain });
  await keepMeans(db, rule);
  for (let from = 0; from < cells; from += cellsAtOnce) {
    const part = `s.rowid >= ${from} AND s.rowid < ${from + cellsAtOnce}`;
    await db.run(guardedInsert({ snapshotId, rule, grain, earlier, part: cells > cellsAtOnce ? part : 'true' }));
    if (cells > cellsAtOnce) await db.commitSoFar();
  }
  const written = await countOf(db, `cells WHERE snapshot = ${wordNo(snapshotId)}`);
  if (written !== cells) throw new Error(`${written} of ${cells} cells were written.`);
  await db.run(
    `INSERT INTO codes SELECT ${literal(snapshotId)}, code, max(code_name), max(family), bool_or(drug) FROM staged WHERE reason IS NULL GROUP BY code`,
  );
}

async function countOf(db: DuckDb, from: string): Promise<number> {
  const [found] = await db.all<{ rows: number }>(`SELECT count(*)::DOUBLE AS rows FROM ${from}`);
  return found?.rows ?? 0;
}

/** Mean payment of one count in the open cells, by code and over all, in the temporary tables means and overall. */
async function keepMeans(db: DuckDb, { below }: GuardRule): Promise<void> {
  const mean = `sum(payment_usd) / sum(services) AS usd FROM summed WHERE services >= ${below}`;
  await db.run(`CREATE OR REPLACE TEMP TABLE means AS SELECT code, ${mean} GROUP BY code`);
  await db.run(`CREATE OR REPLACE TEMP TABLE overall AS SELECT ${mean}`);
}

interface Guarded {
  /** Which of the summed cells are added. */
  readonly part: string;
  readonly snapshotId: string;
  readonly rule: GuardRule;
  readonly grain: ReadonlySet<string>;
  /** Whether the table of that name holds counts that no difference to may be small. */
  readonly earlier: boolean;
}

function guardedInsert({ snapshotId, rule, grain, earlier, part }: Guarded): string {
  // As doubles: decimal arithmetic would cost a cast a row.
  const [below, imputed] = [`${rule.below}::DOUBLE`, `${rule.imputed}::DOUBLE`];
  const small = (column: string) => `(${column} > 0 AND ${column} < ${below})`;
  const near = (column: string) => (earlier ? `e.near_${column}` : 'NULL::DOUBLE');
  // Imputed where small, else the neighbour count of an earlier import moved by the imputed value, else as it is.
  const guarded = (column: string) =>
    `CASE WHEN ${small(column)} THEN ${imputed} WHEN ${near(column)} IS NOT NULL
       THEN greatest(${near(column)} + sign(${column} - ${near(column)}) * ${imputed}, ${imputed}) ELSE ${column} END`;
  const hidden = (column: string) => `(${small(column)} OR ${near(column)} IS NOT NULL)`;
  const any = ['services', 'beneficiaries', 'beneficiary_days'].map(hidden).join(' OR ');
  const people = (column: string) =>
    `CASE WHEN ${column} > 0 AND suppressed THEN ${imputed} ELSE ${column} END AS ${column}`;
  const keys = GRAIN.map((column) => (grain.has(column) ? `s.${column}` : `NULL::INTEGER AS ${column}`));
  return `INSERT INTO cells BY NAME SELECT ${wordNo(snapshotId)} AS snapshot, ${GRAIN.join(', ')}, open_services + ${imputed} * marked AS services,
      ${people('beneficiaries')}, ${people('beneficiary_days')},
      CASE WHEN hidden THEN open_services * usd ELSE payment_usd END + ${imputed} * marked * usd AS payment_usd,
      drug, suppressed, marked + hidden::INTEGER AS imputed, billed_twice
    FROM (SELECT ${keys.join(', ')}, s.drug, marked, payment_usd, beneficiaries, beneficiary_days,
        ${guarded('services')} AS open_services, ${hidden('services')} AS hidden, marked > 0 OR ${any} AS suppressed,
        coalesce(mean.usd, overall.usd, 0) AS usd, ${grain.has('bill') ? `coalesce(b.facility IS NOT NULL AND s.bill = ${wordNo('facility')}, false)` : 'false'} AS billed_twice
      FROM summed s
      LEFT JOIN means mean ON mean.code = s.code CROSS JOIN overall
      ${grain.has('bill') ? billedTwice(grain) : ''} ${earlier ? 'LEFT JOIN earlier e ON e.cell = s.rowid' : ''} WHERE ${part})`;
}

/** Finds the facility's bills of what professionals billed too: same code, site of care, period and facility. */
function billedTwice(grain: ReadonlySet<string>): string {
  const keys = ['code', 'site', 'facility', ...(grain.has('period') ? ['period'] : [])];
  return `LEFT JOIN (SELECT DISTINCT ${keys.join(', ')} FROM summed WHERE bill = ${wordNo('professional')}) b
    ON ${keys.map((key) => `b.${key} IS NOT DISTINCT FROM s.${key}`).join(' AND ')}`;
}

export interface GuardedFigures {
  readonly cells: number;
  readonly guarded: number;
  /** Of the guarded cells, in any order: a hash of the file's own bytes would let small counts be guessed and tried. */
  readonly contentHash: string;
}

const CELL_COLUMNS = [...GRAIN, 'services', 'beneficiaries', 'beneficiary_days', 'payment_usd', 'suppressed'].join(
  ', ',
);

/** How much of a snapshot is guarded, and what it is known by. */
export async function guardedFigures(db: DuckDb, snapshotId: string): Promise<GuardedFigures> {
  const [found] = await db.all<GuardedFigures>(
    `SELECT count(*)::DOUBLE AS cells, count(*) FILTER (WHERE suppressed)::DOUBLE AS guarded,
       printf('%016x%016x', coalesce(bit_xor(h), 0), coalesce(sum(h) % 18446744073709551616, 0)::UBIGINT) AS "contentHash"
     FROM (SELECT suppressed, hash(${CELL_COLUMNS}) AS h FROM cells WHERE snapshot = ${wordNo(snapshotId)})`,
  );
  return found ?? { cells: 0, guarded: 0, contentHash: '' };
}
