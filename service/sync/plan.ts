import { changeSet, type ChangeSet } from '../core/changeSet.ts';
import { BailiwickError } from '../core/errors.ts';
import type { AccountId, RecordId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import { dealChanges, ownerChanges, type DealChange, type OwnerChange } from './owners.ts';
import type { DesiredAccount, PublishableAlignment, SyncDeps } from './ports.ts';
import { settleUnknown } from './recheck.ts';
import type { PublishRequest } from './schemas.ts';
import { ownAssociations } from './store.ts';

/** Everything one publish would write, against the CRM as it is this moment. */
export interface PlannedPublish {
  readonly alignment: PublishableAlignment;
  readonly request: PublishRequest;
  readonly wishes: readonly DesiredAccount[];
  readonly changes: ChangeSet;
  readonly owners: readonly OwnerChange[];
  readonly deals: readonly DealChange[];
  /** Rows that the CRM holds in the team's territories. */
  readonly existingRows: number;
  /** Accounts left out because the user may not change them, by reason. */
  readonly leftOut: { readonly outsideBranch: number; readonly notEditable: number };
}

/** @throws BailiwickError alignment_stale, conflict, forbidden */
export async function publishable(deps: SyncDeps, user: RequestUser, request: PublishRequest) {
  const alignment = await deps.ports.alignment(request.alignmentId);
  const writable = await deps.ports.writable(user, alignment.teamId);
  if (writable !== 'all' && writable.size === 0)
    throw new BailiwickError('forbidden', `You manage no territory of "${alignment.name}".`, {
      action: 'Ask Sales Ops to make you a member of the territory branch that you manage.',
    });
  if (alignment.version !== request.version)
    throw new BailiwickError(
      'alignment_stale',
      `"${alignment.name}" is at version ${alignment.version}; the preview asks for ${request.version}.`,
      { action: 'Reload the plan and preview again.' },
    );
  if (alignment.state === 'archived')
    throw new BailiwickError('conflict', `"${alignment.name}" is archived.`, {
      action: 'Start a draft from it and publish that.',
    });
  return { alignment, writable };
}

export async function planPublish(deps: SyncDeps, user: RequestUser, request: PublishRequest): Promise<PlannedPublish> {
  const { alignment, writable } = await publishable(deps, user, request);
  await settleUnknown(deps, alignment.teamId);
  const only = request.accountIds ? new Set(request.accountIds) : null;
  const wishes = (await deps.ports.desired(alignment.id, alignment.version)).filter(
    ({ accountId }) => !only || only.has(accountId),
  );
  const existing = await deps.org.associations({ territoryIds: alignment.territories.map(({ id }) => id) });
  const ours = await ownAssociations(deps.store, alignment.teamId);
  const all = changeSet(wishes, existing, ours);
  const allOwners = await plannedOwners(deps, { request, alignment, wishes, changes: all });
  const { refused, readable } = await permitted(deps, user, { writable, changes: all, owners: allOwners });
  const isAllowed = ({ accountId }: { accountId: AccountId }): boolean => !refused.has(accountId);
  const isInBranch = (id: TerritoryId): boolean => writable === 'all' || writable.has(id);
  const changes: ChangeSet = {
    ...all,
    add: all.add.filter(isAllowed),
    remove: all.remove.filter(isAllowed),
    kept: all.kept.filter(({ row }) => readable.has(row.accountId) && isInBranch(row.territoryId)),
    unplaced: all.unplaced.filter((accountId) => readable.has(accountId)),
  };
  const owners = allOwners.filter(({ account }) => !refused.has(account.id));
  const deals = await plannedDeals(deps, { request, alignment, wishes, changes, owners });
  const reasons = [...refused.values()];
  return {
    alignment,
    request,
    wishes,
    changes,
    owners,
    deals,
    existingRows: existing.length,
    leftOut: {
      outsideBranch: reasons.filter((why) => why === 'outsideBranch').length,
      notEditable: reasons.filter((why) => why === 'notEditable').length,
    },
  };
}

type Part = Pick<PlannedPublish, 'request' | 'alignment' | 'wishes' | 'changes'>;

async function plannedOwners({ org }: SyncDeps, { request, alignment, wishes, changes }: Part): Promise<OwnerChange[]> {
  if (!request.owners) return [];
  const placed = wishes.filter(({ territoryId }) => territoryId !== null);
  return ownerChanges({
    wishes: placed,
    moving: new Set(changes.add.map(({ accountId }) => accountId)),
    territories: alignment.territories,
    accounts: await org.accountsById(placed.map(({ accountId }) => accountId)),
  });
}

async function plannedDeals({ org }: SyncDeps, part: Part & { owners: readonly OwnerChange[] }): Promise<DealChange[]> {
  const { request, alignment, wishes, changes, owners } = part;
  const handed = new Set([
    ...changes.add.filter(({ fromTerritoryId }) => fromTerritoryId !== null).map(({ accountId }) => accountId),
    ...owners.map(({ account }) => account.id),
  ]);
  const deals = await org.openOpportunities([...handed]);
  return dealChanges({
    deals,
    mode: request.deals,
    adds: changes.add,
    owners,
    wishes,
    territories: alignment.territories,
  });
}

interface Asked {
  writable: 'all' | ReadonlySet<TerritoryId>;
  changes: ChangeSet;
  owners: readonly OwnerChange[];
}

/** Territories that the change of each account touches. */
function touchedTerritories({ changes, owners }: Asked): Map<AccountId, Set<TerritoryId>> {
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
  return touched;
}

/**
 * Accounts to leave out, because their change touches a territory outside the user's branch or she may not edit them in
 * the CRM, and the accounts that she may be told of.
 */
async function permitted({ org }: SyncDeps, user: RequestUser, asked: Asked) {
  const touched = touchedTerritories(asked);
  const refused = new Map<AccountId, 'outsideBranch' | 'notEditable'>();
  const { writable, changes } = asked;
  if (writable !== 'all')
    for (const [accountId, territories] of touched)
      if ([...territories].some((id) => !writable.has(id))) refused.set(accountId, 'outsideBranch');
  const told: RecordId[] = [...changes.kept.map(({ row }) => row.accountId), ...changes.unplaced];
  const changed: RecordId[] = [...touched.keys()].filter((id) => !refused.has(id));
  const access = await org.access(user.userId, [...new Set([...changed, ...told])]);
  for (const id of changed) if (!access.get(id)?.edit) refused.set(id, 'notEditable');
  return { refused, readable: new Set(told.filter((id) => access.get(id)?.read)) };
}
