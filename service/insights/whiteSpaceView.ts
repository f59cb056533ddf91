import { csvRow } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import { placeOfUnits } from '../core/findings.ts';
import type { Pocket } from '../core/whiteSpace.ts';
import type { RequestUser } from '../http/identity.ts';
import { FileAnswer } from '../http/routes.ts';
import { hundredths } from './flags.ts';
import { createKept } from './kept.ts';
import { planCoverage, type PlanCoverage } from './planField.ts';
import type { InsightMarket, InsightPlan, InsightProvider, TeamInsightPorts } from './ports.ts';
import type { WhiteSpaceQuery } from './schemas.ts';

/** Providers and facilities that a pocket names, most dollars first. */
const TOP = 5;
/** The same plan, market and accounts give the same pockets. */
const SEED = 1;

export interface FoundSpace extends PlanCoverage {
  readonly plan: InsightPlan;
  readonly market: InsightMarket;
  readonly providers: readonly InsightProvider[];
  readonly pockets: readonly Pocket[];
}

/** Where demand is high and nobody works it, under a plan. */
export function createWhiteSpace(ports: TeamInsightPorts) {
  const kept = createKept<FoundSpace>();
  const { geography } = ports;

  async function compute(plan: InsightPlan, market: InsightMarket, query: WhiteSpaceQuery): Promise<FoundSpace> {
    const [providers, accounts] = await Promise.all([ports.providers(), ports.accounts()]);
    const { callPlan, travel } = market;
    const world = { providers, accounts, units: geography.ids.length, callPlan };
    const found = planCoverage(plan, world, query.since);
    const { neighbors, lat, lon, areaKm2 } = geography;
    const pockets = await ports.inThread<Pocket[]>({
      kind: 'whiteSpace',
      coverage: found.coverage,
      ground: { neighbors, lat, lon, areaKm2 },
      options: { seed: SEED, falseDiscovery: query.falseDiscovery, travel, workingHours: callPlan.workingHours },
    });
    return { ...found, plan, market, providers, pockets };
  }

  async function of(plan: InsightPlan, query: WhiteSpaceQuery): Promise<FoundSpace> {
    const [market, accounts] = await Promise.all([ports.market(plan), ports.accountsRevision()]);
    const { callPlan, travel, revision } = market;
    const key = JSON.stringify([plan.id, plan.version, revision, accounts, query, callPlan, travel]);
    return kept.of(key, () => compute(plan, market, query));
  }

  const found = async (user: RequestUser, id: string, query: WhiteSpaceQuery) => of(await ports.plan(user, id), query);

  /** @throws BailiwickError not_found for a pocket that is not there */
  function providersIn({ pockets, providers, why }: FoundSpace, number: number) {
    const pocket = pockets[number - 1];
    if (!pocket)
      throw new BailiwickError('not_found', `There is no pocket number ${number}.`, {
        action: `Choose one of ${pockets.length}.`,
      });
    const units = new Set(pocket.units);
    return providers
      .flatMap((provider, i) => (why[i] !== null && units.has(provider.unit) ? [{ ...provider, why: why[i]! }] : []))
      .sort((a, b) => b.potentialUsd - a.potentialUsd || (a.keys[0]! < b.keys[0]! ? -1 : 1));
  }

  function present(space: FoundSpace) {
    const { pockets, since, coverage, market, providers } = space;
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
    return {
      since,
      demandUsd: hundredths(sum(coverage.demandUsd)),
      uncoveredUsd: hundredths(sum(coverage.uncoveredUsd)),
      unplaced: providers.filter(({ unit }) => unit < 0).length,
      source: market.source,
      pockets: pockets.map((pocket, i) => {
        const inside = providersIn(space, i + 1);
        const top = (kind: InsightProvider['kind']) =>
          inside
            .filter((one) => one.kind === kind)
            .slice(0, TOP)
            .map(presentProvider);
        return {
          pocket: i + 1,
          place: placeOfUnits(pocket.units, geography.names, coverage.demandUsd),
          zips: pocket.units.map((unit) => geography.ids[unit]!),
          units: [...pocket.units],
          opportunityUsd: hundredths(pocket.opportunityUsd),
          workloadHours: hundredths(pocket.workloadHours),
          fte: hundredths(pocket.fte),
          qValue: Number(pocket.qValue.toPrecision(3)),
          providers: pocket.providers,
          topProviders: top('physician'),
          topFacilities: top('facility'),
        };
      }),
    };
  }

  const presentProvider = ({ keys, name, zip, potentialUsd, suppressed, why }: InsightProvider & { why: string }) => ({
    ...{ key: keys[0]!, name, zip, suppressed, why },
    opportunityUsd: hundredths(potentialUsd),
  });

  function csv(space: FoundSpace): FileAnswer {
    const head = csvRow(['pocket', 'units', 'opportunity_usd', 'workload_hours', 'fte', 'q_value']);
    const rows = present(space).pockets.map(({ pocket, zips, opportunityUsd, workloadHours, fte, qValue }) =>
      csvRow([String(pocket), zips.join(' '), opportunityUsd, workloadHours, fte, qValue]),
    );
    return new FileAnswer(`${space.plan.name} white space.csv`, 'text/csv; charset=utf-8', head + rows.join(''));
  }

  /** Every pocket as a feature: its outline and its figures with their unit in the name (RFC 7946). */
  function geoJson(space: FoundSpace): FileAnswer {
    const pocketOf = geography.ids.map(() => -1);
    space.pockets.forEach(({ units }, i) => units.forEach((unit) => (pocketOf[unit] = i)));
    const shapes = ports.shapes(pocketOf, space.pockets.length);
    const features = present(space).pockets.map(
      ({ pocket, place, zips, opportunityUsd, workloadHours, fte, qValue, providers }, i) => ({
        type: 'Feature',
        id: pocket,
        geometry: { type: 'MultiPolygon', coordinates: shapes[i] ?? [] },
        properties: { pocket, place, zips, opportunityUsd, workloadHours, fte, qValue, providers },
      }),
    );
    const text = JSON.stringify({ type: 'FeatureCollection', features });
    return new FileAnswer(`${space.plan.name} white space.geojson`, 'application/geo+json', text);
  }

  return { of, found, present, providersIn, csv, geoJson };
}

export type WhiteSpaceView = ReturnType<typeof createWhiteSpace>;
