import { z } from 'zod';
import { change, DRIFT_RANGE, territoryTrends } from '../core/trend.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import type { Claims } from './claims.ts';
import { placesQuery } from './demandSchemas.ts';
import type { ClaimsPorts } from './marketRoutes.ts';
import type { PeriodSums } from './trend.ts';

const ratio = z.number().nullable();
const answer = z.object({
  /** What is added up: US dollars, or procedures where the files name no money. */
  measure: z.enum(['opportunityUsd', 'procedures']),
  periods: z.array(z.object({ period: z.string(), file: z.string() })),
  nationalChange: ratio,
  /** Beyond the nation by more than this ratio a territory has moved by itself. */
  range: z.number(),
  territories: z.array(
    z.object({
      name: z.string(),
      figures: z.array(z.number()),
      change: ratio,
      localChange: ratio,
      hasDrifted: z.boolean(),
    }),
  ),
});

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const nation = (period: PeriodSums, usd: boolean) =>
  usd
    ? total(period.potentialUsd) + period.unplaced.potentialUsd
    : total(period.procedures) + period.unplaced.procedures;

/** The live plan's territories over the periods of the market's files. */
export function territoryTrendRoute(claims: Claims, { territories, visibleUnits }: ClaimsPorts): Route {
  return defineRoute({
    method: 'get',
    path: '/demand/trend/territories',
    summary: 'Market potential of every territory of today, period by period, and how far it moved beyond the nation',
    permission: 'view',
    query: placesQuery.extend({ team: z.string().max(40) }),
    response: answer,
    handle: async ({ query, user }) => {
      const { market, sites, specialties, codes } = query;
      const visible = await visibleUnits(user);
      const seen = (await territories(query.team)).filter(
        ({ units }) => visible === 'all' || (units.length > 0 && units.every((unit) => visible.has(unit))),
      );
      const sums = await claims.trend(market, { sites, specialties, codes });
      const hasUsd = sums.every((period) => nation(period, true) > 0);
      const periods = sums.map((period) => ({
        units: hasUsd ? period.potentialUsd : period.procedures,
        nation: nation(period, hasUsd),
      }));
      const trends = territoryTrends(
        periods,
        seen.map(({ units }) => units),
      );
      const [before, last] = [periods.at(-2), periods.at(-1)];
      return {
        measure: hasUsd ? ('opportunityUsd' as const) : ('procedures' as const),
        periods: sums.map(({ period, file }) => ({ period, file })),
        nationalChange: before && last ? change(last.nation, before.nation) : null,
        range: DRIFT_RANGE,
        territories: trends.map((trend, i) => ({ name: seen[i]?.name ?? '', ...trend, figures: [...trend.figures] })),
      };
    },
  });
}
