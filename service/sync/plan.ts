import { changeSet, type ChangeSet } from '../core/changeSet.ts';
import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TerritoryId } from '../core/ids.ts';
import { PLANNED_ID } from '../core/replan.ts';
import type { RequestUser } from '../http/identity.ts';
import type { HeldAccount } from '../org/ownership.ts';
import type { Association } from '../org/territories.ts';
import { conflictsOf, type Conflict } from './conflicts.ts';
import { plannedDeals, type DealChange } from './deals.ts';
import { ownAssociations } from './ledgerStore.ts';
import { ownerChanges, type OwnerChange } from './owners.ts';
import { plannedPeople, type PeopleChanges } from './people.ts';
import { permitted } from './permitted.ts';
import type { DesiredAccount, PublishableAlignment, SyncDeps } from './ports.ts';
import { settleUnknown } from './recheck.ts';
import type { PublishRequest } from './schemas.ts';
import { plannedStamps, type StampChange } from './stamps.ts';
import { plannedStructure, type StructureChanges } from './structure.ts';

/** Everything one publish would write, against the CRM as it is this moment. */
export interface PlannedPublish {
  readonly alignment: PublishableAlignment;
  /** The plan that the CRM holds now; null before the first. */
  readonly live: PublishableAlignment | null;
  readonly request: PublishRequest;
  readonly wishes: readonly DesiredAccount[];
  readonly changes: ChangeSet;
  readonly owners: readonly OwnerChange[];
  readonly deals: readonly DealChange[];
  readonly people: PeopleChanges;
  readonly stamps: readonly StampChange[];
  readonly structure: StructureChanges;
  readonly conflicts: readonly Conflict[];
  /** Rows that the CRM holds in the team's territories. */
  readonly existingRows: number;
  /** Accounts left out because the user may not change them, by reason. */
  readonly leftOut: { readonly outsideBranch: number; readonly notEditable: number };
}

/** A plan and the CRM beside it, before anything is decided. */
export interface Ground {
  readonly deps: SyncDeps;
  readonly request: PublishRequest;
  readonly alignment: PublishableAlignment;
  readonly live: PublishableAlignment | null;
  readonly wishes: readonly DesiredAccount[];
  readonly existing: readonly Association[];
  /** Owners of the placed accounts; empty where neither owner nor code is to be written. */
  readonly held: ReadonlyMap<AccountId, HeldAccount>;
}

/** @throws BailiwickError alignment_stale, conflict, forbidden */
export async function publishable(
  deps: SyncDeps,
  user: RequestUser,
  request: Pick<PublishRequest, 'alignmentId' | 'version'>,
) {
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
  const ground = await readGround(deps, request, alignment);
  const { wishes, existing, live } = ground;
  const ours = await ownAssociations(deps.store, alignment.teamId);
  const all = changeSet(wishes, existing, ours);
  const wanted = request.associations ? all : { ...all, add: [], remove: [] };
  const moving = new Set(all.add.map(({ accountId }) => accountId));
  const structure = await plannedStructure(ground, writable);
  const drafted = {
    changes: wanted,
    owners: request.owners ? ownerChanges({ ...ground, territories: alignment.territories, moving }) : [],
    stamps: plannedStamps(ground, structure),
  };
  const { allowed, leftOut } = await permitted(deps, user, { writable, ...drafted });
  const people = await plannedPeople(ground, allowed.owners);
  const deals = await plannedDeals(ground, { adds: all.add, owners: allowed.owners });
  const conflicts = await conflictsOf(ground, { ours, owners: allowed.owners, kept: allowed.changes.kept });
  return {
    alignment,
    live,
    request,
    wishes,
    ...allowed,
    deals,
    people: people(allowed.isAllowed),
    structure,
    conflicts: conflicts.filter(({ accountId }) => allowed.isReadable(accountId)),
    existingRows: existing.length,
    leftOut,
  };
}

async function readGround(deps: SyncDeps, request: PublishRequest, alignment: PublishableAlignment): Promise<Ground> {
  const { ports, org } = deps;
  const liveId = await ports.live(alignment.teamId);
  const live = liveId === null || liveId === alignment.id ? null : await ports.alignment(liveId);
  const only = request.accountIds ? new Set(request.accountIds) : null;
  const leftOut = new Set(request.leaveOut);
  const wishes = (await ports.desired(alignment.id, alignment.version, request.part)).filter(
    ({ accountId }) => (!only || only.has(accountId)) && !leftOut.has(accountId),
  );
  const territoryIds = [...alignment.territories, ...(live?.territories ?? [])]
    .map(({ id }) => id)
    .filter((id) => !PLANNED_ID.test(id));
  const existing = await org.associations({
    territoryIds: [...new Set<TerritoryId>(territoryIds)],
    ...(only || request.part ? { accountIds: wishes.map(({ accountId }) => accountId) } : {}),
  });
  const needsOwners = request.owners || request.stampField !== null || request.teamRole !== null;
  const placed = wishes.filter(({ why }) => why !== 'unplaced').map(({ accountId }) => accountId);
  const held = needsOwners ? await org.heldAccounts(placed, request.stampField) : [];
  return { deps, request, alignment, live, wishes, existing, held: new Map(held.map((each) => [each.id, each])) };
}
