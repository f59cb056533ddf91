import type { Addition } from '../core/changeSet.ts';
import type { AccountId, TerritoryId, UserId } from '../core/ids.ts';
import type { OpenOpportunity, OrgAccount } from '../org/accounts.ts';
import type { DesiredAccount, PublishableTerritory } from './ports.ts';

export interface OwnerChange {
  readonly account: OrgAccount;
  readonly territoryId: TerritoryId;
  readonly toId: UserId;
  readonly toName: string;
}

export interface DealChange {
  readonly deal: OpenOpportunity;
  readonly accountName: string;
  readonly action: 'stay' | 'move';
  readonly toId: UserId;
  readonly toName: string;
  /** The deal's territory after the move; null = it stays as it is. */
  readonly toTerritoryId: TerritoryId | null;
}

/**
 * Accounts whose owner becomes the territory's rep: those that change territory now, and those that another rep of this
 * team owns. An account of a key-account manager stays hers until it moves. A vacant territory changes no owner.
 */
export function ownerChanges(input: {
  wishes: readonly DesiredAccount[];
  moving: ReadonlySet<AccountId>;
  territories: readonly PublishableTerritory[];
  accounts: readonly OrgAccount[];
}): OwnerChange[] {
  const territories = new Map(input.territories.map((territory) => [territory.id, territory]));
  const accounts = new Map(input.accounts.map((account) => [account.id, account]));
  const reps = new Set(input.territories.map((territory) => territory.repId));
  return input.wishes.flatMap(({ accountId, territoryId }) => {
    const account = accounts.get(accountId);
    const territory = territoryId === null ? undefined : territories.get(territoryId);
    if (!account || !territory?.repId || account.ownerId === territory.repId) return [];
    if (!input.moving.has(accountId) && !reps.has(account.ownerId)) return [];
    return [{ account, territoryId: territory.id, toId: territory.repId, toName: territory.repName ?? '' }];
  });
}

/** Open deals of accounts that change hands. A deal of somebody else than the leaving rep stays in any case. */
export function dealChanges(input: {
  deals: readonly OpenOpportunity[];
  mode: 'stay' | 'move';
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
        action: input.mode === 'move' && isLeaving ? ('move' as const) : ('stay' as const),
        toId: territory.repId,
        toName: territory.repName ?? '',
        toTerritoryId: isOfTeam ? territory.id : null,
      },
    ];
  });
}
