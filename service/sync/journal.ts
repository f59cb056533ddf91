import type { PlannedPublish } from './plan.ts';
import { isSo, type CrmState } from './recheck.ts';
import type { JournalRow, NewJournalRow } from './store.ts';

/** Everything the publish means to write, in the order it will be written: add before remove, so that a crash leaves two with access and never none. */
export function plannedRows({ alignment, wishes, changes, owners, deals }: PlannedPublish): NewJournalRow[] {
  const accountName = new Map(wishes.map((wish) => [wish.accountId as string, wish.accountName]));
  const territoryName = new Map(alignment.territories.map(({ id, name }) => [id as string, name]));
  const place = (accountId: string, territoryId: string) => ({
    accountId,
    accountName: accountName.get(accountId) ?? accountId,
    territoryId,
    territoryName: territoryName.get(territoryId) ?? territoryId,
    outcome: 'planned' as const,
  });
  return [
    ...changes.add.map((each) => ({ action: 'addAssociation' as const, ...place(each.accountId, each.territoryId) })),
    ...changes.remove.map((row) => ({
      action: 'removeAssociation' as const,
      recordId: row.id,
      ...place(row.accountId, row.territoryId),
    })),
    ...owners.map(({ account, territoryId, toId, toName }) => ({
      action: 'setOwner' as const,
      ...place(account.id, territoryId),
      fromId: account.ownerId,
      fromName: account.ownerName,
      toId,
      toName,
    })),
    ...deals
      .filter(({ action }) => action === 'move')
      .map(({ deal, accountName: name, toId, toName, toTerritoryId }) => ({
        action: 'moveDeal' as const,
        recordId: deal.id,
        accountId: deal.accountId,
        accountName: name,
        fromId: deal.ownerId,
        fromName: deal.ownerName,
        toId,
        toName,
        fromTerritoryId: toTerritoryId === null ? null : deal.territoryId,
        toTerritoryId,
        outcome: 'planned' as const,
      })),
  ];
}

/**
 * The rows that undo what a publish has written; what it found already there or could not write is left alone. An owner
 * that somebody changed since is not overwritten.
 */
export function inverseRows(written: readonly JournalRow[], state: CrmState): NewJournalRow[] {
  const base = ({ accountId, accountName, territoryId, territoryName }: JournalRow) => ({
    accountId,
    accountName,
    territoryId,
    territoryName,
    outcome: 'planned' as const,
  });
  const of = (action: JournalRow['action']) =>
    written.filter((row) => row.action === action && row.outcome === 'written');
  const back = (row: JournalRow) => ({
    ...base(row),
    ...(isSo(row, state)
      ? {}
      : { outcome: 'skipped' as const, message: 'Somebody changed it since the publish; it stays as it is now.' }),
    recordId: row.recordId,
    fromId: row.toId,
    fromName: row.toName,
    toId: row.fromId,
    toName: row.fromName,
    fromTerritoryId: row.toTerritoryId,
    toTerritoryId: row.fromTerritoryId,
  });
  return [
    ...of('removeAssociation').map((row) => ({ action: 'addAssociation' as const, ...base(row) })),
    ...of('addAssociation').map((row) => ({
      action: 'removeAssociation' as const,
      recordId: row.recordId,
      ...base(row),
    })),
    ...of('setOwner').map((row) => ({ action: 'setOwner' as const, ...back(row), recordId: null })),
    ...of('moveDeal').map((row) => ({ action: 'moveDeal' as const, ...back(row) })),
  ];
}
