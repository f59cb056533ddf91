import type { AccountId, TerritoryId, UserId } from '../core/ids.ts';
import type { HeldAccount } from '../org/ownership.ts';
import type { DesiredAccount, PublishableTerritory } from './ports.ts';

export interface OwnerChange {
  readonly account: HeldAccount;
  readonly territoryId: TerritoryId;
  readonly toId: UserId;
  readonly toName: string;
}

/**
 * Accounts whose owner becomes the territory's rep: those that change territory now, and those that another rep of this
 * team owns. An account of a key-account manager stays hers until it moves. A vacant territory changes no owner.
 */
export function ownerChanges(input: {
  wishes: readonly DesiredAccount[];
  moving: ReadonlySet<AccountId>;
  territories: readonly PublishableTerritory[];
  held: ReadonlyMap<AccountId, HeldAccount>;
}): OwnerChange[] {
  const territories = new Map(input.territories.map((territory) => [territory.id, territory]));
  const reps = new Set(input.territories.map((territory) => territory.repId));
  return input.wishes.flatMap(({ accountId, territoryId }) => {
    const account = input.held.get(accountId);
    const territory = territoryId === null ? undefined : territories.get(territoryId);
    if (!account || !territory?.repId || account.ownerId === territory.repId) return [];
    if (!input.moving.has(accountId) && !reps.has(account.ownerId)) return [];
    return [{ account, territoryId: territory.id, toId: territory.repId, toName: territory.repName ?? '' }];
  });
}
