import { createHash } from 'node:crypto';
import type { AccountId, TerritoryId } from '../core/ids.ts';
import type { ApiBudget } from '../org/connection.ts';
import { callsNeeded } from './apiCalls.ts';
import { perRep } from './perRep.ts';
import type { PlannedPublish } from './plan.ts';
import { warnings } from './warnings.ts';

/** Rows of each list that a screen gets; the counts are whole, and the file has every row. */
export const MAX_LISTED = 1_000;

/** Names exactly this set of writes: a publish with another hash would do something else than what was shown. */
export function previewHash(plan: PlannedPublish): string {
  const { alignment, request, changes, owners, deals, people, stamps, structure } = plan;
  const { accountIds, leaveOut, ...options } = request;
  const facts = [
    [alignment.id, alignment.version, options, [...(accountIds ?? [])].sort(), [...leaveOut].sort()],
    changes.add.map(({ accountId, territoryId }) => `${accountId} ${territoryId}`).sort(),
    changes.remove.map(({ id }) => id).sort(),
    owners.map(({ account, toId }) => `${account.id} ${account.ownerId} ${toId}`).sort(),
    deals.map(({ deal, action, toId }) => `${deal.id} ${deal.ownerId} ${action} ${toId}`).sort(),
    stamps.map(({ accountId, from, to }) => `${accountId} ${from} ${to}`).sort(),
    people.add.map(({ accountId, userId, role }) => `${accountId} ${userId} ${role}`).sort(),
    people.remove.map(({ id }) => id).sort(),
    structure.create.map(({ developerName }) => developerName).sort(),
    structure.rename.map(({ territory, from }) => `${territory.id} ${from} ${territory.name}`).sort(),
    structure.addMembers.map(({ territory, userId }) => `${territory.id} ${userId}`).sort(),
    structure.removeMembers.map(({ member }) => member.id).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

export function presentPreview(plan: PlannedPublish, budget: ApiBudget, apiShare: number) {
  const { alignment, changes, owners, deals, people, stamps, conflicts } = plan;
  return {
    previewHash: previewHash(plan),
    alignmentId: alignment.id,
    version: alignment.version,
    counts: {
      add: changes.add.length,
      remove: changes.remove.length,
      owners: owners.length,
      deals: deals.filter(({ action }) => action === 'move').length,
      dealsStaying: deals.filter(({ action }) => action === 'stay').length,
      teamMembers: people.add.length + people.remove.length,
      restored: people.restoreMembers.length + people.restoreShares.length,
      stamps: stamps.length,
      unchanged: changes.unchanged,
      kept: changes.kept.length,
      unplaced: changes.unplaced.length,
      conflicts: conflicts.length,
    },
    apiCalls: { needed: callsNeeded(plan), ...budget },
    ...previewLists(plan, MAX_LISTED),
    perRep: perRep(plan),
    warnings: warnings(plan, budget, apiShare),
  };
}

/** What will be written and what will not, list by list; of each at most so many rows. */
export function previewLists(plan: PlannedPublish, most: number) {
  return {
    ...placeLists(plan, most),
    ...peopleLists(plan, most),
    structure: structureLines(plan),
    conflicts: plan.conflicts.slice(0, most),
  };
}

/** Names for ids, as the plan knows them. */
function namer({ alignment, live, wishes }: PlannedPublish) {
  const wishOf = new Map(wishes.map((wish) => [wish.accountId, wish]));
  const territoryName = new Map<TerritoryId, string>(
    [...(live?.territories ?? []), ...alignment.territories].map(({ id, name }) => [id, name]),
  );
  return {
    nameOf: (id: TerritoryId): string => territoryName.get(id) ?? id,
    account: (accountId: AccountId) => ({ accountId, accountName: wishOf.get(accountId)?.accountName ?? accountId }),
    zipOf: (accountId: AccountId) => wishOf.get(accountId)?.zip ?? null,
  };
}

function placeLists(plan: PlannedPublish, most: number) {
  const { changes } = plan;
  const { nameOf, account, zipOf } = namer(plan);
  return {
    add: changes.add.slice(0, most).map(({ accountId, territoryId, fromTerritoryId }) => ({
      ...account(accountId),
      zip: zipOf(accountId),
      territoryId,
      territoryName: nameOf(territoryId),
      fromTerritoryName: fromTerritoryId === null ? null : nameOf(fromTerritoryId),
    })),
    remove: changes.remove.slice(0, most).map(({ id, accountId, territoryId }) => ({
      associationId: id,
      ...account(accountId),
      territoryId,
      territoryName: nameOf(territoryId),
    })),
    kept: changes.kept.slice(0, most).map(({ row, why }) => ({
      ...account(row.accountId),
      territoryName: nameOf(row.territoryId),
      why,
    })),
    unplaced: changes.unplaced.slice(0, most).map((accountId) => ({
      ...account(accountId),
      zip: zipOf(accountId),
      why: zipOf(accountId) === null ? 'The address has no ZIP.' : 'The ZIP belongs to no unit of this plan.',
    })),
  };
}

function peopleLists(plan: PlannedPublish, most: number) {
  const { owners, deals, people, stamps } = plan;
  const { account } = namer(plan);
  return {
    owners: owners.slice(0, most).map((change) => ({
      ...account(change.account.id),
      fromId: change.account.ownerId,
      fromName: change.account.ownerName,
      toId: change.toId,
      toName: change.toName,
    })),
    deals: deals.slice(0, most).map(({ deal, accountName, action, toName }) => ({
      id: deal.id,
      name: deal.name,
      accountId: deal.accountId,
      accountName,
      stage: deal.stage,
      amountUsd: deal.amountUsd,
      fromName: deal.ownerName,
      toName: action === 'move' ? toName : deal.ownerName,
      action,
    })),
    teamMembers: [
      ...people.add.map(({ accountId, userName }) => ({ ...account(accountId), name: userName, what: 'add' as const })),
      ...people.remove.map(({ accountId, userId }) => ({
        ...account(accountId),
        name: people.names.get(userId) ?? userId,
        what: 'remove' as const,
      })),
      ...people.restoreMembers
        .filter(({ isNewOwner }) => !isNewOwner)
        .map(({ accountId, userId }) => ({
          ...account(accountId),
          name: people.names.get(userId) ?? userId,
          what: 'giveBack' as const,
        })),
    ].slice(0, most),
    stamps: stamps.slice(0, most).map(({ accountId, field, from, to }) => ({ ...account(accountId), field, from, to })),
  };
}

/** What happens to territories themselves, each a sentence. */
function structureLines({ structure }: PlannedPublish): string[] {
  return [
    ...structure.create.map(({ territory }) => `Create the territory ${territory.name}.`),
    ...structure.rename.map(({ territory, from }) => `Rename ${from} to ${territory.name}.`),
    ...structure.addMembers.map(({ territory }) => `Put ${territory.repName ?? 'the rep'} into ${territory.name}.`),
    ...structure.removeMembers.map(({ territory, userName }) => `Take ${userName} out of ${territory.name}.`),
  ];
}
