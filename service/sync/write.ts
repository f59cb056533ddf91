import type { AccountId, RecordId, TerritoryId, UserId } from '../core/ids.ts';
import type { RowOutcome } from '../org/writes.ts';
import type { JournalRow } from './journalStore.ts';
import type { SyncOrg } from './ports.ts';

const NO_LEVELS = { account: null, opportunity: null, case: null, contact: null };

const accountOf = (row: JournalRow) => row.accountId as AccountId;
const territoryOf = (row: JournalRow) => row.territoryId as TerritoryId;
const userOf = (row: JournalRow) => row.userId as UserId;
const recordIds = (rows: readonly JournalRow[]) => rows.map((row) => row.recordId as RecordId);

/** One request to the CRM; all rows have the same action, and there is one outcome for each, in order. */
export function write(org: SyncOrg, rows: readonly JournalRow[], { runRules }: { runRules: boolean }) {
  switch (rows[0]?.action) {
    case 'addAssociation':
      return org.createAssociations(rows.map((row) => ({ accountId: accountOf(row), territoryId: territoryOf(row) })));
    case 'removeAssociation':
      return org.deleteAssociations(recordIds(rows));
    case 'setOwner':
      return org.setOwners(rows.map((row) => ({ accountId: accountOf(row), ownerId: row.toId as UserId })));
    case 'stamp':
      return org.setStamps(
        rows.map((row) => ({
          accountId: accountOf(row),
          field: row.details?.field ?? '',
          value: row.details?.to ?? null,
        })),
        runRules,
      );
    case 'moveDeal':
      return org.setOpportunities(rows.map(dealChange));
    default:
      return writePeople(org, rows);
  }
}

function writePeople(org: SyncOrg, rows: readonly JournalRow[]): Promise<RowOutcome[]> {
  switch (rows[0]?.action) {
    case 'addTeamMember':
    case 'restoreTeamMember':
      return org.createTeamMembers(rows.map(teamMember));
    case 'removeTeamMember':
      return org.deleteTeamMembers(recordIds(rows));
    case 'restoreShare':
      return org.createManualShares(
        rows.map((row) => ({
          accountId: accountOf(row),
          userOrGroupId: row.userId as RecordId,
          levels: row.details?.levels ?? NO_LEVELS,
        })),
      );
    default:
      return writeStructure(org, rows);
  }
}

function writeStructure(org: SyncOrg, rows: readonly JournalRow[]): Promise<RowOutcome[]> {
  switch (rows[0]?.action) {
    case 'createTerritory':
      return org.createTerritories(
        rows.map((row) => ({
          name: row.toName ?? '',
          developerName: row.details?.developerName ?? '',
          parentId: row.details?.parentId as TerritoryId,
        })),
      );
    case 'renameTerritory':
      return org.renameTerritories(rows.map((row) => ({ id: territoryOf(row), name: row.toName ?? '' })));
    case 'removeTerritory':
      return org.deleteTerritories(rows.map(territoryOf));
    case 'addMember':
      return org.createMemberships(
        rows.map((row) => ({ territoryId: territoryOf(row), userId: userOf(row), role: row.details?.role ?? null })),
      );
    case 'removeMember':
      return org.deleteMemberships(recordIds(rows));
    default:
      return Promise.resolve([]);
  }
}

const teamMember = (row: JournalRow) => ({
  accountId: accountOf(row),
  userId: userOf(row),
  role: row.details?.role ?? null,
  levels: row.details?.levels ?? NO_LEVELS,
});

const dealChange = (row: JournalRow) => ({
  id: row.recordId as RecordId,
  ownerId: row.toId as UserId,
  ...(row.fromTerritoryId === null && row.toTerritoryId === null
    ? {}
    : { territoryId: row.toTerritoryId as TerritoryId | null }),
});
