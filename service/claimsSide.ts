import type { MarketFigures } from './accounts/ports.ts';
import { createClaims, type Claims, type ClaimsOptions } from './claims/claims.ts';
import type { MarketProvider } from './claims/marketProviders.ts';
import { partOf } from './claims/presentDemand.ts';
import { claimsRoutes } from './claims/routes.ts';
import type { ClaimsSide } from './compose.ts';
import { BailiwickError } from './core/errors.ts';
import type { Geography } from './core/geography.ts';
import { variance } from './core/uncertainty.ts';
import { withoutPlace } from './geography/places.ts';
import { STATE_CODES } from './geography/states.ts';

export interface OpenClaimsSide extends ClaimsSide {
  readonly claims: Claims;
  close(): Promise<void>;
}

type Figures = Omit<MarketFigures, 'callPlan' | 'travel'>;

/** The claims slice in the words of its consumers; figures are kept until the market changes. */
export async function openClaimsSide(options: {
  dataDir: string;
  geography: Geography;
  /** ZIP and name of hospitals by CCN. */
  placesOf?: NonNullable<ClaimsOptions['ports']>['placesOf'];
}): Promise<OpenClaimsSide> {
  const { placesOf, ...rest } = options;
  const ports = { placesOf, unplaced: (zips: readonly string[]) => withoutPlace(zips, STATE_CODES) };
  const claims = await createClaims({ ...rest, ports });
  let kept: { revision: string; figures: Promise<Figures> } | null = null;
  let known: { revision: string; list: Promise<MarketProvider[]> } | null = null;

  const marketId = () => claims.planMarketId();

  async function requiredMarket(): Promise<string> {
    const id = await marketId();
    if (id) return id;
    throw new BailiwickError('not_ready', 'No claims are loaded yet, so there is no market.', {
      action: 'Import a claims file in the Market step, or with "bailiwick import claims".',
    });
  }

  /** Nothing where there is no market yet. */
  async function ofMarket<Row>(rows: (id: string) => Promise<readonly Row[]>): Promise<readonly Row[]> {
    const id = await marketId();
    return id === null ? [] : rows(id);
  }

  async function read(id: string, revision: string): Promise<Figures> {
    const [{ demand, rules }, volumes, source, { countsCases }] = await Promise.all([
      claims.uncertainDemand(id),
      claims.volumes(id),
      claims.source(id),
      claims.market(id),
    ]);
    const varianceUsd2 = demand.potentialUsd.map((_, unit) => variance(partOf(demand, unit), rules));
    const uncertainty = { varianceUsd2, unplacedShare: rules.unplacedShare };
    const { suppressedShare } = demand;
    return { marketId: id, revision, demand, volumes, source, suppressedShare, uncertainty, countsCases };
  }

  return {
    claims,
    marketId,
    revision: async () => {
      const id = await marketId();
      return id === null ? null : claims.revision(id);
    },
    routes: (ports) => claimsRoutes(claims, ports),
    figures: async () => {
      const id = await requiredMarket();
      const revision = await claims.revision(id);
      if (kept?.revision !== revision) {
        const figures = read(id, revision);
        kept = { revision, figures };
        figures.catch(() => (kept = null));
      }
      return kept.figures;
    },
    providers: async () => {
      const id = await requiredMarket();
      const revision = await claims.revision(id);
      if (known?.revision !== revision) {
        const list = claims.providers(id);
        known = { revision, list };
        list.catch(() => (known = null));
      }
      return known.list;
    },
    procedures: async (keys) => claims.procedures(await requiredMarket(), keys),
    past: (keys) => ofMarket((id) => claims.past(id, keys)),
    performedAt: (keys) => ofMarket((id) => claims.performedAt(id, keys)),
    volumeBySite: (keys) => ofMarket((id) => claims.volumeBySite(id, keys)),
    close: () => claims.close(),
  };
}
