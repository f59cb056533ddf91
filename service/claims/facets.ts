import { countedCells, type Narrowing } from './counted.ts';
import { SITE_NAMES, type Market } from './markets.ts';
import type { DuckDb } from '../store/duckDb.ts';

export interface Facets {
  readonly specialties: { name: string; procedures: number }[];
  readonly codes: { code: string; name: string; family: string; rule: string; procedures: number }[];
  readonly sites: { code: string; name: string; procedures: number }[];
}

/** How much each specialty, code and site of care of the market's file holds, so that a choice shows its size. */
export async function facetsOf(db: DuckDb, market: Market, seen: Pick<Narrowing, 'units'> = {}): Promise<Facets> {
  // A facet counts under all choices of the market but its own.
  const bySpecialty = countedCells({ ...market, specialties: [] }, seen);
  const bySite = countedCells({ ...market, sites: [] }, seen);
  const specialties = await db.all<{ name: string; procedures: number }>(
    `SELECT coalesce(specialty, 'not stated') AS name, sum(procedures) AS procedures FROM ${bySpecialty.sql} GROUP BY 1 ORDER BY 2 DESC, 1`,
    bySpecialty.values,
  );
  const sites = await db.all<{ code: string; procedures: number }>(
    `SELECT site AS code, sum(procedures) AS procedures FROM ${bySite.sql} GROUP BY 1 ORDER BY 2 DESC, 1`,
    bySite.values,
  );
  const byCode = countedCells(market, seen);
  const services = new Map(
    (
      await db.all<{ code: string; services: number }>(
        `SELECT code, sum(services) AS services FROM ${byCode.sql} GROUP BY code`,
        byCode.values,
      )
    ).map((row) => [row.code, row.services]),
  );
  return {
    specialties,
    sites: sites.map((site) => ({ ...site, name: SITE_NAMES[site.code] ?? `Place of service ${site.code}` })),
    codes: market.codes.map(({ code, name, family, rule }) => ({
      code,
      name,
      family,
      rule,
      procedures: services.get(code) ?? 0,
    })),
  };
}
