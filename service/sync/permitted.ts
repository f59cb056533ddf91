import type { ChangeSet } from '../core/changeSet.ts';
import type { AccountId, RecordId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { OwnerChange } from './owners.ts';
import type { SyncDeps } from './ports.ts';
import type { StampChange } from './stamps.ts';

interface Drafted {
  readonly changes: ChangeSet;
  readonly owners: readonly OwnerChange[];
  readonly stamps: readonly StampChange[];
}
interface Asked extends Drafted {
  readonly writable: 'all' | ReadonlySet<TerritoryId>;
}

/** Territories that the change of each account touches. */
function touchedTerritories({ changes, owners, stamps }: Drafted): Map<AccountId, Set<TerritoryId>> {
  const touched = new Map<AccountId, Set<TerritoryId>>();
  const touch = (accountId: AccountId, territoryId: TerritoryId | null) => {
    const set = touched.get(accountId) ?? new Set<TerritoryId>();
    touched.set(accountId, territoryId === null ? set : set.add(territoryId));
  };
  for (const { accountId, territoryId, fromTerritoryId } of changes.add) {
    touch(accountId, territoryId);
    touch(accountId, fromTerritoryId);
  }
  for (const { accountId, territoryId } of changes.remove) touch(accountId, territoryId);
  for (const { account, territoryId } of owners) touch(account.id, territoryId);
  for (const { accountId, territoryId } of stamps) touch(accountId, territoryId);
  return touched;
}

/**
 * What the user may write and be told of: accounts whose change touches a territory outside her branch, or that she may
 * not edit in the CRM, are left out and counted.
 */
export async function permitted({ org }: SyncDeps, user: RequestUser, asked: Asked) {
  const { writable, changes, owners, stamps } = asked;
  const touched = touchedTerritories(asked);
  const refused = new Map<AccountId, 'outsideBranch' | 'notEditable'>();
  if (writable !== 'all')
    for (const [accountId, territories] of touched)
      if ([...territories].some((id) => !writable.has(id))) refused.set(accountId, 'outsideBranch');
  const told: RecordId[] = [...changes.kept.map(({ row }) => row.accountId), ...changes.unplaced];
  const changed: RecordId[] = [...touched.keys()].filter((id) => !refused.has(id));
  const access = await org.access(user.userId, [...new Set([...changed, ...told])]);
  for (const id of changed) if (!access.get(id)?.edit) refused.set(id, 'notEditable');
  const isReadable = (accountId: AccountId): boolean => access.get(accountId)?.read ?? false;
  const isAllowed = (accountId: AccountId): boolean => !refused.has(accountId);
  const isInBranch = (id: TerritoryId): boolean => writable === 'all' || writable.has(id);
  const reasons = [...refused.values()];
  return {
    allowed: {
      isAllowed,
      isReadable,
      changes: {
        ...changes,
        add: changes.add.filter(({ accountId }) => isAllowed(accountId)),
        remove: changes.remove.filter(({ accountId }) => isAllowed(accountId)),
        kept: changes.kept.filter(({ row }) => isReadable(row.accountId) && isInBranch(row.territoryId)),
        unplaced: changes.unplaced.filter(isReadable),
      },
      owners: owners.filter(({ account }) => isAllowed(account.id)),
      stamps: stamps.filter(({ accountId }) => isAllowed(accountId)),
    },
    leftOut: {
      outsideBranch: reasons.filter((why) => why === 'outsideBranch').length,
      notEditable: reasons.filter((why) => why === 'notEditable').length,
    },
  };
}
