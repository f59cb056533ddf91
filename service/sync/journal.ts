import type { AccountId } from '../core/ids.ts';
import type { OpenOpportunity } from '../org/opportunities.ts';
import type { JournalDetails } from '../store/tables/sync.ts';
import type { NewJournalRow } from './journalStore.ts';
import type { PlannedPublish } from './plan.ts';
import { OURS } from './recheck.ts';

const planned = { outcome: 'planned' as const };
const NO_ACCOUNT = { accountId: '', accountName: '' };

/** Said of a former team member who is the account's owner now: Salesforce keeps no owner in the team. */
export const IS_OWNER_NOW = 'is_owner_now';

/** Everything the publish means to write; the order in which it is carried out stands in phases.ts. */
export function plannedRows(plan: PlannedPublish): NewJournalRow[] {
  return [...structureRows(plan), ...accountRows(plan), ...peopleRows(plan), ...dealRows(plan)];
}

function structureRows({ structure }: PlannedPublish): NewJournalRow[] {
  const at = ({ id, name }: { id: string; name: string }) => ({ ...NO_ACCOUNT, territoryId: id, territoryName: name });
  return [
    ...structure.create.map(({ territory, developerName, parentId }) => ({
      action: 'createTerritory' as const,
      ...at(territory),
      toName: territory.name,
      details: { developerName, parentId, from: territory.id },
      ...planned,
    })),
    ...structure.rename.map(({ territory, from }) => ({
      action: 'renameTerritory' as const,
      ...at(territory),
      fromName: from,
      toName: territory.name,
      ...planned,
    })),
    ...structure.addMembers.map(({ territory, userId, role }) => ({
      action: 'addMember' as const,
      ...at(territory),
      userId,
      toId: userId,
      toName: territory.repName,
      details: { role },
      ...planned,
    })),
    ...structure.removeMembers.map(({ territory, member, userName }) => ({
      action: 'removeMember' as const,
      ...at(territory),
      userId: member.userId,
      recordId: member.id,
      fromId: member.userId,
      fromName: userName,
      details: { role: member.role },
      ...planned,
    })),
  ];
}

const WHY = { zip: 'By its ZIP', override: 'Held against its ZIP', unplaced: null };

/** Names of accounts and territories, and what each account's handover is about. */
function namesOf({ alignment, live, wishes, deals }: PlannedPublish) {
  const wishOf = new Map<string, (typeof wishes)[number]>(wishes.map((wish) => [wish.accountId, wish]));
  const territoryName = new Map<string, string>(
    [...(live?.territories ?? []), ...alignment.territories].map(({ id, name }) => [id, name]),
  );
  const dealsOf = Map.groupBy(
    deals.map(({ deal }) => deal),
    ({ accountId }) => accountId,
  );
  return {
    name: (id: string | null) => (id === null ? null : (territoryName.get(id) ?? id)),
    account: (accountId: AccountId) => ({ accountId, accountName: wishOf.get(accountId)?.accountName ?? accountId }),
    details: (accountId: AccountId): JournalDetails => {
      const wish = wishOf.get(accountId);
      const open = dealsOf.get(accountId)?.map(dealFacts);
      const why = wish ? WHY[wish.why] : null;
      return { salesUsd: wish?.salesUsd ?? 0, ...(why ? { why } : {}), ...(open ? { openDeals: open } : {}) };
    },
  };
}

const dealFacts = ({ name, amountUsd, nextStep }: OpenOpportunity) => ({ name, amountUsd, nextStep });

function accountRows(plan: PlannedPublish): NewJournalRow[] {
  const { changes, owners, stamps } = plan;
  const { name, account, details } = namesOf(plan);
  const place = (territoryId: string) => ({ territoryId, territoryName: name(territoryId) });
  return [
    ...changes.add.map(({ accountId, territoryId, fromTerritoryId }) => ({
      action: 'addAssociation' as const,
      ...account(accountId),
      ...place(territoryId),
      fromId: fromTerritoryId,
      fromName: name(fromTerritoryId),
      toId: territoryId,
      toName: name(territoryId),
      details: details(accountId),
      ...planned,
    })),
    ...changes.remove.map((row) => ({
      action: 'removeAssociation' as const,
      ...account(row.accountId),
      ...place(row.territoryId),
      recordId: row.id,
      fromId: row.territoryId,
      fromName: name(row.territoryId),
      ...planned,
    })),
    ...owners.map((change) => ({
      action: 'setOwner' as const,
      ...account(change.account.id),
      ...place(change.territoryId),
      fromId: change.account.ownerId,
      fromName: change.account.ownerName,
      toId: change.toId,
      toName: change.toName,
      details: details(change.account.id),
      ...planned,
    })),
    ...stamps.map(({ accountId, territoryId, field, from, to }) => ({
      action: 'stamp' as const,
      ...account(accountId),
      ...(territoryId === null ? {} : place(territoryId)),
      fromName: from,
      toName: to,
      details: { field, from, to },
      ...planned,
    })),
  ];
}

function peopleRows(plan: PlannedPublish): NewJournalRow[] {
  const { people } = plan;
  const { account } = namesOf(plan);
  const member = (userId: string) => ({ userId, toId: userId, toName: people.names.get(userId) ?? null });
  return [
    ...people.add.map(({ accountId, userId, userName, role }) => ({
      action: 'addTeamMember' as const,
      ...account(accountId),
      userId,
      toId: userId,
      toName: userName,
      details: { role },
      ...planned,
    })),
    ...people.remove.map(({ id, accountId, userId, role, levels }) => ({
      action: 'removeTeamMember' as const,
      ...account(accountId),
      userId,
      recordId: id,
      fromId: userId,
      fromName: people.names.get(userId) ?? null,
      details: { role, levels },
      ...planned,
    })),
    ...people.restoreMembers.map(({ accountId, userId, role, levels, isOurs, isNewOwner }) => ({
      action: 'restoreTeamMember' as const,
      ...account(accountId),
      ...member(userId),
      details: { role, levels, ...(isOurs ? { why: OURS } : {}) },
      ...(isNewOwner
        ? {
            outcome: 'skipped' as const,
            code: IS_OWNER_NOW,
            message: 'Owns the account now and needs no place in its team.',
          }
        : planned),
    })),
    ...people.restoreShares.map(({ accountId, userOrGroupId, levels }) => ({
      action: 'restoreShare' as const,
      ...account(accountId),
      ...member(userOrGroupId),
      details: { levels },
      ...planned,
    })),
  ];
}

function dealRows({ deals }: PlannedPublish): NewJournalRow[] {
  return deals
    .filter(({ action }) => action === 'move')
    .map(({ deal, accountName, toId, toName, toTerritoryId }) => ({
      action: 'moveDeal' as const,
      recordId: deal.id,
      accountId: deal.accountId,
      accountName,
      fromId: deal.ownerId,
      fromName: deal.ownerName,
      toId,
      toName,
      fromTerritoryId: toTerritoryId === null ? null : deal.territoryId,
      toTerritoryId,
      details: { openDeals: [dealFacts(deal)] },
      ...planned,
    }));
}
