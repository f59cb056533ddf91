import { BailiwickError } from '../core/errors.ts';
import { RESPONSE } from '../core/salesResponse.ts';
import { planYield } from '../core/planYield.ts';
import { LOSS_SHARE } from '../core/disruption.ts';
import { hundredths } from './flags.ts';
import { foundOf } from './planField.ts';
import type { InsightMarket, InsightPlan } from './ports.ts';

/** What a draft does to the sales of today, with all that it assumes. @throws BailiwickError bad_request for another team's plan */
export function yieldView(
  live: InsightPlan,
  draft: InsightPlan,
  market: { live: InsightMarket; draft: InsightMarket },
) {
  if (live.teamId !== draft.teamId)
    throw new BailiwickError('bad_request', 'The plans belong to two teams.', { action: 'Compare plans of one team.' });
  const { inputs } = market.draft;
  const side = (plan: InsightPlan, of: InsightMarket) => {
    const { seats, sums } = foundOf(plan, of);
    return { owners: plan.owners, seats, sums };
  };
  const before = side(live, market.live);
  // territories are told apart by id: a draft may have others, in another order
  const at = live.territories.map(({ id }) => draft.territories.findIndex((one) => one.id === id));
  const after = side(draft, market.draft);
  const inDraft = live.owners.map((owner) => (owner < 0 ? -1 : (at[owner] ?? -1)));
  const order = draft.territories.map(({ id }) => live.territories.findIndex((one) => one.id === id));
  const pick = <Value>(list: readonly Value[], fallback: readonly Value[]) =>
    order.map((old, j) => list[old] ?? fallback[j]!);
  const found = planYield(
    { owners: inDraft, seats: pick(before.seats, after.seats), sums: pick(before.sums, after.sums) },
    after,
    inputs.salesUsd,
  );
  const band = ({ low, high }: { low: number; high: number }) => ({ low: hundredths(low), high: hundredths(high) });
  return {
    effectUsd: band(found.effectUsd),
    movedSalesUsd: hundredths(found.movedSalesUsd),
    lossUsd: band(found.lossUsd),
    netUsd: band(found.netUsd),
    assumptions: [
      `Sales follow the hours: (hours available ÷ hours needed) to the power of ${RESPONSE.low} to ${RESPONSE.high}, and never more than 1.`,
      `An account that changes rep loses ${LOSS_SHARE.low * 100} to ${LOSS_SHARE.high * 100} % of its sales in the first year.`,
      'Sales of today only: nothing is counted for white space that gets a rep.',
      'A band from assumptions, not a forecast.',
    ],
  };
}
