import { BailiwickError } from '../core/errors.ts';
import type { AccountId, RecordId, UserId } from '../core/ids.ts';
import type { ManualShare, TeamMember } from '../org/teams.ts';
import { ownRows } from './ledgerStore.ts';
import type { OwnerChange } from './owners.ts';
import type { Ground } from './plan.ts';

export interface NewMember {
  readonly accountId: AccountId;
  readonly userId: UserId;
  readonly userName: string;
  readonly role: string;
}

/** Account teams: reps to add and to take away, and what an owner change would take away and gets back. */
export interface PeopleChanges {
  readonly add: readonly NewMember[];
  readonly remove: readonly TeamMember[];
  readonly restoreMembers: readonly (TeamMember & { isOurs: boolean; isNewOwner: boolean })[];
  readonly restoreShares: readonly ManualShare[];
  readonly names: ReadonlyMap<string, string>;
}

/**
 * An owner change through the API deletes the account's team and its manual shares (keeping them is offered by SOAP alone):
 * they are noted as they are, and given back. Members are added and removed only where the strategy asks for it.
 */
export async function plannedPeople(ground: Ground, owners: readonly OwnerChange[]) {
  const { deps, request, wishes, alignment } = ground;
  const { org } = deps;
  const changed = new Map(owners.map((change) => [change.account.id, change.toId]));
  if (request.teamRole !== null && !(await org.hasAccountTeams()))
    throw new BailiwickError('bad_request', 'This org has no account teams that the integration user may write.', {
      action: 'Turn on Account Teams in Setup, or publish without account teams.',
    });
  const placed = wishes.filter(({ why }) => why !== 'unplaced').map(({ accountId }) => accountId);
  const members = await org.teamMembers(request.teamRole === null ? [...changed.keys()] : placed);
  const shares = await org.manualShares([...changed.keys()]);
  const ours = new Set((await ownRows(deps.store, alignment.teamId, 'teamMember')).map(({ recordId }) => recordId));
  const { add, remove } = memberChanges(ground, { members, ours, changed });
  const leaving = new Set(remove.map(({ id }) => id));
  const restoreMembers = members
    .filter(({ accountId, id }) => changed.has(accountId) && !leaving.has(id))
    .map((member) => ({
      ...member,
      isOurs: ours.has(member.id),
      isNewOwner: changed.get(member.accountId) === member.userId,
    }));
  const ids = [...restoreMembers, ...remove].map(({ userId }) => userId as RecordId);
  const users = await org.userNames([...new Set([...ids, ...shares.map(({ userOrGroupId }) => userOrGroupId)])]);
  const names = new Map([...users].map(([id, { name }]) => [id as string, name]));
  return (isAllowed: (accountId: AccountId) => boolean): PeopleChanges => {
    const allowed = ({ accountId }: { accountId: AccountId }): boolean => isAllowed(accountId);
    return {
      add: add.filter(allowed),
      remove: remove.filter(allowed),
      restoreMembers: restoreMembers.filter(allowed),
      restoreShares: shares.filter(allowed),
      names,
    };
  };
}

interface Known {
  readonly members: readonly TeamMember[];
  readonly ours: ReadonlySet<string>;
  readonly changed: ReadonlyMap<AccountId, UserId>;
}

function memberChanges(ground: Ground, { members, ours, changed }: Known) {
  const { request, wishes, alignment, held } = ground;
  const add: NewMember[] = [];
  const remove: TeamMember[] = [];
  const role = request.teamRole;
  if (role === null) return { add, remove };
  const territories = new Map(alignment.territories.map((territory) => [territory.id, territory]));
  const of = Map.groupBy(members, ({ accountId }) => accountId);
  for (const { accountId, territoryId, why } of wishes) {
    if (why === 'unplaced') continue;
    const rep = territoryId === null ? undefined : territories.get(territoryId);
    const there = of.get(accountId) ?? [];
    const owner = changed.get(accountId) ?? held.get(accountId)?.ownerId;
    remove.push(...there.filter((member) => member.userId !== rep?.repId && ours.has(member.id)));
    if (rep?.repId && owner !== rep.repId && !there.some(({ userId }) => userId === rep.repId))
      add.push({ accountId, userId: rep.repId, userName: rep.repName ?? '', role });
  }
  return { add, remove };
}
