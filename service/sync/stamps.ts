import type { AccountId, TerritoryId } from '../core/ids.ts';
import type { Ground } from './plan.ts';
import type { StructureChanges } from './structure.ts';

/** The territory's code in a field of the account. */
export interface StampChange {
  readonly accountId: AccountId;
  readonly territoryId: TerritoryId | null;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Accounts whose stamped code is not that of their territory. An account in no territory of the team loses only a code
 * of this team: other codes in the field are somebody else's.
 */
export function plannedStamps(ground: Ground, { codes }: StructureChanges): StampChange[] {
  const { request, wishes, held } = ground;
  const field = request.stampField;
  if (field === null) return [];
  const teamCodes = new Set(codes.values());
  return wishes.flatMap(({ accountId, territoryId, why }) => {
    const account = held.get(accountId);
    if (!account || why === 'unplaced') return [];
    const to = territoryId === null ? null : (codes.get(territoryId) ?? null);
    const isForeign = to === null && account.stamp !== null && !teamCodes.has(account.stamp);
    return account.stamp === to || isForeign ? [] : [{ accountId, territoryId, field, from: account.stamp, to }];
  });
}
