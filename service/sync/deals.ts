import type { Addition } from '../core/changeSet.ts';
import { goesAlong } from '../core/dealRule.ts';
import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TerritoryId, UserId } from '../core/ids.ts';
import type { OpenOpportunity } from '../org/opportunities.ts';
import type { OwnerChange } from './owners.ts';
import type { Ground } from './plan.ts';
import type { DesiredAccount, PublishableTerritory } from './ports.ts';

export interface DealChange {
  readonly deal: OpenOpportunity;
  readonly accountName: string;
  readonly action: 'stay' | 'move';
  readonly toId: UserId;
  readonly toName: string;
  /** The deal's territory after the move; null = it stays as it is. */
  readonly toTerritoryId: TerritoryId | null;
}

interface Handover {
  readonly adds: readonly Addition[];
  readonly owners: readonly OwnerChange[];
}

/** Open deals of accounts that change hands, each with what becomes of it. @throws BailiwickError bad_request */
export async function plannedDeals(ground: Ground, { adds, owners }: Handover): Promise<DealChange[]> {
  const { deps, alignment, live, wishes } = ground;
  const moves = await movedStages(ground);
  const handed = new Set<AccountId>([
    ...adds.filter(({ fromTerritoryId }) => fromTerritoryId !== null).map(({ accountId }) => accountId),
    ...owners.map(({ account }) => account.id),
  ]);
  const deals = await deps.org.openOpportunities([...handed]);
  return dealChanges({
    deals,
    moves: ({ stage }) => moves(stage),
    adds,
    owners,
    wishes,
    territories: [...(live?.territories ?? []), ...alignment.territories],
  });
}

/** Which stages go along; a stage that the org does not have is refused. */
async function movedStages({ request, deps }: Ground): Promise<(stage: string) => boolean> {
  if (request.deals !== 'untilStage' || request.dealStage === null) return goesAlong(request, []);
  const stages = await deps.org.opportunityStages();
  if (stages.includes(request.dealStage)) return goesAlong(request, stages);
  throw new BailiwickError('bad_request', `"${request.dealStage}" is no stage of this org.`, {
    action: `Pick one of: ${stages.join(', ')}.`,
  });
}

/** Open deals of accounts that change hands. A deal of somebody else than the leaving rep stays in any case. */
export function dealChanges(input: {
  deals: readonly OpenOpportunity[];
  moves: (deal: OpenOpportunity) => boolean;
  adds: readonly Addition[];
  owners: readonly OwnerChange[];
  wishes: readonly DesiredAccount[];
  territories: readonly PublishableTerritory[];
}): DealChange[] {
  const territories = new Map(input.territories.map((territory) => [territory.id, territory]));
  const wishes = new Map(input.wishes.map((wish) => [wish.accountId, wish]));
  const leaving = new Map<AccountId, Set<string>>();
  const note = (accountId: AccountId, userId: UserId | null | undefined) => {
    if (userId) leaving.set(accountId, (leaving.get(accountId) ?? new Set()).add(userId));
  };
  for (const { account } of input.owners) note(account.id, account.ownerId);
  for (const { accountId, fromTerritoryId } of input.adds)
    note(accountId, fromTerritoryId === null ? null : territories.get(fromTerritoryId)?.repId);
  return input.deals.flatMap((deal) => {
    const wish = wishes.get(deal.accountId);
    const territory = wish?.territoryId ? territories.get(wish.territoryId) : undefined;
    if (!wish || !territory?.repId || deal.ownerId === territory.repId) return [];
    const isLeaving = leaving.get(deal.accountId)?.has(deal.ownerId) ?? false;
    const isOfTeam =
      deal.territoryId !== null && deal.territoryId !== territory.id && territories.has(deal.territoryId);
    return [
      {
        deal,
        accountName: wish.accountName,
        action: isLeaving && input.moves(deal) ? ('move' as const) : ('stay' as const),
        toId: territory.repId,
        toName: territory.repName ?? '',
        toTerritoryId: isOfTeam ? territory.id : null,
      },
    ];
  });
}
