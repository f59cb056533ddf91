import type { DuckDb } from '../store/duckDb.ts';
import { laboratoryShare, MOST_LABORATORIES } from './laboratories.ts';
import { wordNo, zipText } from './words.ts';

export interface Watched {
  /** Of these ZIPs, those that are nowhere: no area and no point on any map. */
  readonly unplaced?: ((zips: readonly string[]) => readonly string[]) | undefined;
}

interface About extends Watched {
  readonly id: string;
  readonly period: string;
  readonly now: Date;
}

/** Older claims than this say little about today's demand. */
const FRESH_YEARS = 3;

/** What somebody should know before they trust the figures; each with its number. */
export async function warningsOf(db: DuckDb, { id, period, now, unplaced }: About): Promise<string[]> {
  const [share] = await db.all<Record<'drug' | 'imputed', number | null>>(
    `SELECT sum(services) FILTER (WHERE drug) / sum(services) AS drug,
       sum(services) FILTER (WHERE suppressed) / sum(services) AS imputed
     FROM cells WHERE snapshot = ${wordNo(id)}`,
  );
  const { drug, imputed } = share ?? { drug: 0, imputed: 0 };
  const lab = await laboratoryShare(db, id);
  const warnings: string[] = [];
  if (lab > MOST_LABORATORIES)
    warnings.push(
      `Laboratories hold ${percent(lab)} of the services: count by who orders, or all demand falls into a few ZIPs.`,
    );
  if ((drug ?? 0) > 0)
    warnings.push(
      `${percent(drug)} of the services are units of drugs: they count as revenue only, not as procedures.`,
    );
  if ((imputed ?? 0) > 0)
    warnings.push(
      `${percent(imputed)} of the services stand on imputed counts: the file withholds them or they are under the threshold.`,
    );
  const age = now.getUTCFullYear() - Number(/(\d{4})(?!.*\d{4})/.exec(period)?.[1] ?? NaN);
  if (age > FRESH_YEARS) warnings.push(`The claims are of ${period}: ${age} years old.`);
  return [...warnings, ...(unplaced ? await withoutArea(db, id, unplaced) : [])];
}

async function withoutArea(
  db: DuckDb,
  id: string,
  unplaced: (zips: readonly string[]) => readonly string[],
): Promise<string[]> {
  const rows = await db.all<{ zip: string; services: number }>(
    `SELECT ${zipText('coalesce(facility_zip, performing_zip, ordering_zip)')} AS zip, sum(services) AS services
     FROM cells WHERE snapshot = ${wordNo(id)} GROUP BY 1 HAVING zip IS NOT NULL ORDER BY 1`,
  );
  const lost = new Set(unplaced(rows.map(({ zip }) => zip)));
  if (lost.size === 0) return [];
  const sum = (all: typeof rows) => all.reduce((total, { services }) => total + services, 0);
  const share = sum(rows.filter(({ zip }) => lost.has(zip))) / sum(rows);
  const some = [...lost].slice(0, 3).join(', ');
  return [
    `${lost.size} ZIPs with ${percent(share)} of the services are on no map (such as ${some}): they count in totals and stand nowhere.`,
  ];
}

/** Two figures are enough for a share; what is there is never shown as 0 %. */
function percent(share: number | null): string {
  const value = (share ?? 0) * 100;
  if (value > 0 && value < 0.1) return 'under 0.1 %';
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} %`;
}
