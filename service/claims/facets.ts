import type { DuckDb } from '../store/duckDb.ts';
import { countedCells, countedCodes, type Counted, type Narrowing } from './counted.ts';
import { rangeOf } from './codeRules.ts';
import { laboratoryShare, rolesOf } from './laboratories.ts';
import type { Market } from './markets.ts';
import { SITE_NAMES } from './siteNames.ts';
import { wordOf } from './words.ts';

interface Size {
  readonly procedures: number;
  /** Share of the procedures that stand on imputed counts. */
  readonly suppressedShare: number;
}

export interface Facets {
  readonly specialties: ({ name: string } & Size)[];
  readonly codes: ({ code: string; name: string; family: string; rule: string } & Size)[];
  readonly sites: ({ code: string; name: string } & Size)[];
  /** Calendar years of the file, newest first, with their first and last month; empty where it is one period. */
  readonly periods: { period: string; first: string | null; last: string | null }[];
  /** Roles whose ZIPs the file names. */
  readonly roles: Market['role'][];
  /** Share of the file's services that laboratories hold. */
  readonly laboratoryShare: number;
}

/** How much each specialty, code and site of care of the market's file holds, so that a choice shows its size. */
export async function facetsOf(db: DuckDb, market: Market, seen: Pick<Narrowing, 'units'> = {}): Promise<Facets> {
  // A facet counts under all choices of the market but its own.
  const bySpecialty = await sizes(db, 'specialty', await countedCells(db, { ...market, specialties: [] }, seen));
  const bySite = await sizes(db, 'site', await countedCells(db, { ...market, sites: [] }, seen));
  const byCode = await sizes(db, 'code', await countedCells(db, market, seen));
  const known = new Map(byCode.map(({ word, ...size }) => [word, size]));
  return {
    specialties: bySpecialty.map(({ word, ...size }) => ({ name: word ?? 'not stated', ...size })),
    sites: bySite.map(({ word, ...size }) => {
      const code = word ?? '';
      return { code, name: SITE_NAMES[code] ?? `Place of service ${code}`, ...size };
    }),
    codes: await codesOf(db, market, known),
    periods: await db.all(
      'SELECT period, first, last FROM periods WHERE snapshot_id = ? AND period IS NOT NULL ORDER BY period DESC',
      [market.snapshotId],
    ),
    roles: await rolesOf(db, market.snapshotId),
    laboratoryShare: await laboratoryShare(db, market.snapshotId),
  };
}

/** Codes show their services under every rule: an add-on has a size although it is not counted. */
function sizes(db: DuckDb, column: string, { sql, values }: Counted): Promise<({ word: string | null } & Size)[]> {
  const sum = column === 'code' ? 'sum(services * scale)' : 'sum(procedures)';
  return db.all(
    `SELECT ${wordOf('what')} AS word, size AS procedures, CASE WHEN size > 0 THEN imputed / size ELSE 0 END AS "suppressedShare"
     FROM (SELECT ${column} AS what, ${sum} AS size, sum(imputed * imputed_as * scale) AS imputed FROM ${sql} GROUP BY 1) ORDER BY 2 DESC, 1`,
    values,
  );
}

/** Every code that the market counts, those of ranges one by one; then what it lists and the file lacks. */
async function codesOf(db: DuckDb, market: Market, sizeOf: ReadonlyMap<string | null, Size>): Promise<Facets['codes']> {
  const families = new Map(
    (await db.all<{ code: string; family: string }>('SELECT code, family FROM families')).map((row) => [
      row.code,
      row.family,
    ]),
  );
  const empty = { procedures: 0, suppressedShare: 0 };
  const present = (await countedCodes(db, market)).map(({ code, name, rule, entry }) => ({
    code,
    name: entry.code === code ? entry.name : (name ?? ''),
    family: families.get(code) ?? entry.family,
    rule,
    ...(sizeOf.get(code) ?? empty),
  }));
  const covered = new Set(present.map(({ code }) => code));
  const absent = market.codes.filter(({ code }) => !covered.has(code) && !rangeOf(code));
  return [...present, ...absent.map(({ code, name, family, rule }) => ({ code, name, family, rule, ...empty }))];
}
