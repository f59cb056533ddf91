import type { AccountId, RecordId, TerritoryId } from './ids.ts';

/** Where a plan wants an account; null = in no territory of this team. */
export interface Wish {
  readonly accountId: AccountId;
  readonly territoryId: TerritoryId | null;
  /** "unplaced": no ZIP or override says where it belongs, so nothing is known against today's place. */
  readonly why: 'zip' | 'override' | 'unplaced';
}

/** An account's row in a territory of the team, as the CRM holds it. */
export interface ExistingRow {
  readonly id: RecordId;
  readonly accountId: AccountId;
  readonly territoryId: TerritoryId;
  readonly cause: 'rule' | 'manual';
}

export interface Addition {
  readonly accountId: AccountId;
  readonly territoryId: TerritoryId;
  /** The territory it leaves in the same change set; null when it leaves none. */
  readonly fromTerritoryId: TerritoryId | null;
}

export interface KeptRow {
  readonly row: ExistingRow;
  readonly why: 'rule-made' | 'foreign';
}

export interface ChangeSet {
  readonly add: Addition[];
  readonly remove: ExistingRow[];
  /** Rows beside the plan that are not ours to take away. */
  readonly kept: KeptRow[];
  /** Rows that already are where the plan wants them. */
  readonly unchanged: number;
  readonly unplaced: AccountId[];
}

/**
 * What has to change so that each account is where the plan wants it. Only rows of `ours` (written by our ledger or adopted)
 * are ever removed; rule-made and foreign rows are kept and listed, also when they already stand where the plan wants them
 * (then they are simply unchanged). Accounts without a wish are not looked at; an unplaced account keeps what it has.
 */
export function changeSet(
  wishes: readonly Wish[],
  existing: readonly ExistingRow[],
  ours: ReadonlySet<RecordId>,
): ChangeSet {
  const rowsOf = Map.groupBy(existing, (row) => row.accountId);
  const add: Addition[] = [];
  const remove: ExistingRow[] = [];
  const kept: KeptRow[] = [];
  const unplaced: AccountId[] = [];
  let unchanged = 0;
  for (const { accountId, territoryId, why } of wishes) {
    if (why === 'unplaced') {
      unplaced.push(accountId);
      continue;
    }
    let isThere = false;
    let leaves: TerritoryId | null = null;
    for (const row of rowsOf.get(accountId) ?? []) {
      if (row.territoryId === territoryId) isThere = true;
      else if (row.cause === 'rule') kept.push({ row, why: 'rule-made' });
      else if (!ours.has(row.id)) kept.push({ row, why: 'foreign' });
      else {
        remove.push(row);
        leaves ??= row.territoryId;
      }
    }
    if (isThere) unchanged++;
    else if (territoryId !== null) add.push({ accountId, territoryId, fromTerritoryId: leaves });
  }
  return { add, remove, kept, unchanged, unplaced };
}
