import type { AccountId, RecordId, TerritoryId } from '../core/ids.ts';
import type { Action } from './phases.ts';
import type { JournalRow } from './journalStore.ts';
import type { SyncDeps } from './ports.ts';

const distinct = <T>(values: readonly (T | null | undefined)[]): T[] => [
  ...new Set(values.filter((value): value is T => value !== null && value !== undefined && value !== '')),
];
const pair = (a: string | null, b: string | null): string => `${a ?? ''} ${b ?? ''}`;

/** What the CRM says now about the records that journal rows name. Only what the rows need is asked for. */
export async function crmState({ org }: Pick<SyncDeps, 'org'>, rows: readonly JournalRow[]) {
  const of = (...actions: Action[]) => rows.filter((row) => actions.includes(row.action));
  const accountsOf = (list: readonly JournalRow[]) => distinct(list.map((row) => row.accountId as AccountId));
  const territoriesOf = (list: readonly JournalRow[]) => distinct(list.map((row) => row.territoryId as TerritoryId));
  const placed = of('addAssociation', 'removeAssociation');
  const held = of('setOwner', 'stamp');
  const teamed = of('addTeamMember', 'removeTeamMember', 'restoreTeamMember');
  const seated = of('addMember', 'removeMember');
  const territoryIds = territoriesOf(placed);
  const field = held.find((row) => row.action === 'stamp')?.details?.field ?? null;
  const associations = territoryIds.length
    ? await org.associations({ territoryIds, accountIds: accountsOf(placed) })
    : [];
  const accounts = await org.heldAccounts(accountsOf(held), field);
  const members = await org.teamMembers(accountsOf(teamed));
  const shares = await org.manualShares(accountsOf(of('restoreShare')));
  const deals = await org.opportunitiesById(distinct(of('moveDeal').map((row) => row.recordId as RecordId)));
  const seats = await org.memberships(territoriesOf(seated));
  const needsNames = of('createTerritory', 'renameTerritory', 'removeTerritory').length > 0;
  const territories = needsNames ? await org.territories() : [];
  return {
    byPlace: new Map(associations.map((row) => [pair(row.accountId, row.territoryId), row])),
    byId: new Map<string, (typeof associations)[number]>(associations.map((row) => [row.id, row])),
    accounts: new Map<string, (typeof accounts)[number]>(accounts.map((account) => [account.id, account])),
    deals: new Map<string, (typeof deals)[number]>(deals.map((deal) => [deal.id, deal])),
    members: new Map(members.map((member) => [pair(member.accountId, member.userId), member])),
    shares: new Map(shares.map((share) => [pair(share.accountId, share.userOrGroupId), share])),
    seats: new Map(seats.map((seat) => [pair(seat.territoryId, seat.userId), seat])),
    territories: new Map(territories.map((territory) => [territory.developerName, territory])),
    names: new Map<string, string>(territories.map((territory) => [territory.id, territory.name])),
  };
}
export type CrmState = Awaited<ReturnType<typeof crmState>>;

/** A record that a journal row made or is to make; cause and last writer where the CRM tells them. */
export interface FoundRecord {
  id: RecordId;
  cause?: 'rule' | 'manual';
  lastModifiedById?: string | null;
}

/** The record in the CRM that a row is about, as far as it is a row of its own. */
export function recordOf(row: JournalRow, state: CrmState): FoundRecord | undefined {
  switch (row.action) {
    case 'addAssociation':
      return state.byPlace.get(pair(row.accountId, row.territoryId));
    case 'removeAssociation':
      return state.byId.get(row.recordId ?? '');
    case 'addTeamMember':
    case 'restoreTeamMember':
    case 'removeTeamMember':
      return state.members.get(pair(row.accountId, row.userId));
    case 'restoreShare':
      return state.shares.get(pair(row.accountId, row.userId));
    case 'addMember':
    case 'removeMember':
      return state.seats.get(pair(row.territoryId, row.userId));
    case 'createTerritory':
      return state.territories.get(row.details?.developerName ?? '');
    default:
      return undefined;
  }
}

/** Whether the CRM is as the row wants it. */
export function isSo(row: JournalRow, state: CrmState): boolean {
  switch (row.action) {
    case 'removeAssociation':
    case 'removeTeamMember':
    case 'removeMember':
      return recordOf(row, state) === undefined;
    case 'setOwner':
      return state.accounts.get(row.accountId)?.ownerId === row.toId;
    case 'stamp':
      return (
        state.accounts.has(row.accountId) && state.accounts.get(row.accountId)?.stamp === (row.details?.to ?? null)
      );
    case 'moveDeal':
      return state.deals.get(row.recordId ?? '')?.ownerId === row.toId;
    case 'renameTerritory':
      return state.names.get(row.territoryId ?? '') === row.toName;
    case 'removeTerritory':
      return !state.names.has(row.territoryId ?? '');
    default:
      return recordOf(row, state) !== undefined;
  }
}
