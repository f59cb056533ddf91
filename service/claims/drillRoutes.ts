import { unitIndex } from '../core/geography.ts';
import { BailiwickError } from '../core/errors.ts';
import { csvRow } from '../core/csv.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import type { Claims } from './claims.ts';
import * as schemas from './demandSchemas.ts';
import type { DemandLine } from './demandLines.ts';
import type { ClaimsPorts } from './marketRoutes.ts';
import { comparison, shown, totalOf, type Visible } from './presentDemand.ts';
import { presentTrend } from './presentTrend.ts';

/** A sheet takes a million rows; the file says so where it is cut off. */
const MOST_CSV_LINES = 1_000_000;

/** What stands behind a figure: its rows, its past, what a plan by heads would make of it, and whether a difference is noise. */
export function drillRoutes(claims: Claims, { visibleUnits }: ClaimsPorts): Route[] {
  const unitOf = unitIndex(claims.geography);
  /** Units of these ZIPs; an unknown one and one that the reader may not see are alike. Null where none are named. */
  const asked = (zips: readonly string[], visible: Visible): number[] | null => {
    if (zips.length === 0) return null;
    const units = zips.map((zip) => unitOf.get(zip as never));
    const unseen = zips.find((_, i) => units[i] === undefined || (visible !== 'all' && !visible.has(units[i])));
    if (unseen === undefined) return [...new Set(units.filter((unit) => unit !== undefined))];
    throw new BailiwickError('not_found', `There is no ZIP ${unseen} among those that you see.`, {
      action: 'Choose ZIPs of your map.',
    });
  };
  /** Units as a narrowing: what is asked for, else what may be seen, else everything. */
  const within = (zips: readonly string[], visible: Visible): { units?: ReadonlySet<number> } => {
    const units = asked(zips, visible);
    if (units) return { units: new Set(units) };
    return visible === 'all' ? {} : { units: visible };
  };
  const id = (unit: number) => claims.geography.ids[unit] ?? '';

  return [
    defineRoute({
      method: 'get',
      path: '/demand/rows',
      summary: 'The guarded cells behind a figure, biggest potential first; their sums are those of the figure',
      permission: 'view',
      query: schemas.linesQuery,
      response: schemas.linesAnswer,
      handle: async ({ query, user }) => {
        const { units, ...facets } = query;
        const narrowing = { ...facets, ...within(units, await visibleUnits(user)) };
        const { lines, ...sums } = await claims.lines(query.market, narrowing, query);
        const named = lines.map((line) => ({ ...line, unit: id(line.unit) }));
        return { ...sums, lines: named, source: await claims.source(query.market) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/demand/rows.csv',
      summary: 'The same as a file, all of them',
      permission: 'view',
      query: schemas.linesQuery,
      handle: async ({ query, user }) => {
        const { units, ...facets } = query;
        const narrowing = { ...facets, ...within(units, await visibleUnits(user)) };
        const { lines, rows } = await claims.lines(query.market, narrowing, { offset: 0, limit: MOST_CSV_LINES });
        const cut = rows > lines.length ? csvRow([`${rows - lines.length} more rows: narrow the choice`]) : '';
        return new FileAnswer('demand-rows.csv', 'text/csv; charset=utf-8', linesCsv(lines, id) + cut);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/demand/trend',
      summary: 'The market in every period that was imported, nationally and over the chosen ZIPs',
      permission: 'view',
      query: schemas.trendQuery,
      response: schemas.trendAnswer,
      handle: async ({ query, user }) => {
        const visible = await visibleUnits(user);
        const units =
          asked(query.units, visible) ??
          [...claims.geography.ids.keys()].filter((unit) => visible === 'all' || visible.has(unit));
        const { sites, specialties, codes } = query;
        return presentTrend(await claims.trend(query.market, { sites, specialties, codes }), units, visible);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/demand/baseline',
      summary: 'Share of the demand beside share of the population: what a plan by heads would miss',
      permission: 'view',
      query: schemas.baselineQuery,
      response: schemas.baselineAnswer,
      handle: async ({ query, user }) => {
        const visible = await visibleUnits(user);
        const units = visible === 'all' ? undefined : visible;
        const { baseline, gaps, unplacedHeads } = await claims.baseline(query.market, {
          narrowing: query,
          baselineId: query.baseline,
          units,
        });
        const { demand, rules } = await claims.uncertainDemand(query.market, query);
        return {
          baseline: { ...baseline, column: baseline.headsColumn },
          gaps: gaps.slice(0, query.top).map(({ unit, ...gap }) => ({
            ...gap,
            unit: id(unit),
            index: gap.headShare > 0 ? gap.demandShare / gap.headShare : 0,
          })),
          misplacedShare: gaps.reduce((sum, { gap }) => sum + Math.abs(gap), 0) / 2,
          unplacedHeads: visible === 'all' ? unplacedHeads : 0,
          suppressedShare: totalOf(demand, visible, rules).suppressedShare,
          source: await claims.source(query.market),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/demand/compare',
      summary: 'Two sets of ZIPs beside each other, and whether their difference is noise',
      permission: 'view',
      query: schemas.compareQuery,
      response: schemas.compareAnswer,
      handle: async ({ query, user }) => {
        const visible = await visibleUnits(user);
        const { demand, rules } = await claims.uncertainDemand(query.market, query);
        const [a, b] = [
          asked(query.a, visible) ?? shown(demand, visible),
          asked(query.b, visible) ?? shown(demand, visible),
        ];
        return { ...comparison(demand, [a, b], rules), source: await claims.source(query.market) };
      },
    }),
  ];
}

function linesCsv(lines: readonly DemandLine[], id: (unit: number) => string): string {
  const head = [
    'unit',
    'zip',
    'provider_id',
    'provider',
    'facility_id',
    'facility',
    'specialty',
    'code',
    'code_name',
    'site',
    'rule',
    'services',
    'procedures',
    'opportunity_usd',
    'imputed',
  ];
  const rows = lines.map(
    (line) =>
    csvRow([
      id(line.unit), line.zip, line.providerId, line.provider, line.facilityId, line.facility, line.specialty, line.code, line.codeName, line.site, line.rule,
      line.services, line.procedures, Math.round(line.opportunityUsd * 100) / 100, line.suppressed ? 1 : 0,
    ]), // prettier-ignore
  );
  return csvRow(head) + rows.join('');
}
