import {
  accountDrift,
  memberDrift,
  territoryDrift,
  type AccountDrift,
  type TerritoryDrift,
} from '../../core/crmDrift.ts';
import { BailiwickError } from '../../core/errors.ts';
import type { AccountId, RecordId, TeamId, TerritoryId, UserId } from '../../core/ids.ts';
import { PLANNED_ID } from '../../core/replan.ts';
import type { RequestUser } from '../../http/identity.ts';
import type { Association } from '../../org/territories.ts';
import { ownRows } from '../ledgerStore.ts';
import type { DesiredAccount, PublishableAlignment, PublishableTerritory } from '../ports.ts';
import type { DriftDeps } from './ports.ts';
import { lineOfAccount, lineOfTerritory, type DriftLine } from './lines.ts';

/** The live plan and the CRM beside each other, with every line in which they differ and this user may see. */
export interface Drift {
  readonly alignment: PublishableAlignment;
  readonly lines: readonly DriftLine[];
  readonly at: Date;
}

/** What lines are made of. */
export interface Beside {
  readonly territories: ReadonlyMap<TerritoryId, PublishableTerritory>;
  readonly wishes: ReadonlyMap<AccountId, DesiredAccount>;
  readonly rows: ReadonlyMap<RecordId, Association>;
  readonly ours: ReadonlySet<RecordId>;
  readonly deleted: ReadonlyMap<RecordId, Association>;
  readonly owners: ReadonlyMap<AccountId, { id: UserId; name: string | null }>;
  readonly names: ReadonlyMap<UserId, { name: string }>;
}

/** @throws BailiwickError forbidden, conflict where nothing is live, not_found for a team that is none */
export async function readDrift(deps: DriftDeps, user: RequestUser, teamId: TeamId): Promise<Drift> {
  const { ports, org } = deps;
  const writable = await requireTeam(deps, user, teamId);
  const liveId = await ports.live(teamId);
  if (liveId === null)
    throw new BailiwickError('conflict', 'This team has no live plan to compare with.', {
      action: "Open the team's plan first: the first one is read from Salesforce.",
    });
  ports.forget();
  const alignment = await ports.alignment(liveId);
  const { found, beside } = await accountLines(deps, alignment);
  const access = await org.access(user.userId, [...new Set(found.map(({ accountId }) => accountId))]);
  const isInBranch = (...ids: (TerritoryId | null)[]): boolean => {
    const named = ids.filter((id) => id !== null);
    return writable === 'all' || named.length === 0 || named.some((id) => writable.has(id));
  };
  const ofAccounts = found
    .filter(({ accountId, planned, found: where }) => access.get(accountId)?.read && isInBranch(planned, where))
    .map((line) => lineOfAccount(line, beside));
  const ofTerritories = (await territoryLines(deps, alignment))
    .filter(({ territoryId }) => isInBranch(territoryId))
    .map((line) => lineOfTerritory(line, territoriesOf(alignment)));
  return { alignment, lines: [...ofAccounts, ...ofTerritories], at: deps.now() };
}

async function requireTeam({ ports }: DriftDeps, user: RequestUser, teamId: TeamId) {
  if (!(await ports.teams()).some(({ id }) => id === teamId))
    throw new BailiwickError('not_found', 'There is no such team.', { action: 'Pick a team of the list.' });
  const writable = await ports.writable(user, teamId);
  if (writable === 'all' || writable.size > 0) return writable;
  throw new BailiwickError('forbidden', 'You manage no territory of this team.', {
    action: 'Ask Sales Ops to make you a member of the territory branch that you manage.',
  });
}

const territoriesOf = ({ territories }: PublishableAlignment) =>
  new Map(territories.map((territory) => [territory.id, territory]));

const inCrm = ({ territories }: PublishableAlignment) => territories.filter(({ id }) => !PLANNED_ID.test(id));

async function accountLines(deps: DriftDeps, alignment: PublishableAlignment) {
  const { ports, org, store } = deps;
  const { teamId } = alignment;
  const wishes = await ports.desired(alignment.id, alignment.version);
  const territoryIds = inCrm(alignment).map(({ id }) => id);
  const rows = await org.associations({ territoryIds });
  const ledger = await ownRows(store, teamId, 'association');
  const ours = new Map(
    ledger.map(({ recordId, accountId, territoryId }) => [
      recordId as RecordId,
      { accountId: accountId as AccountId, territoryId: territoryId as TerritoryId },
    ]),
  );
  const { owners: asksOwners } = await ports.strategy(teamId);
  const placed = asksOwners ? wishes.filter(({ territoryId }) => territoryId !== null) : [];
  const held = await org.heldAccounts(placed.map(({ accountId }) => accountId));
  const found = accountDrift({
    wishes,
    rows,
    ours,
    owners: new Map(held.map(({ id, ownerId }) => [id, ownerId])),
    reps: new Map(alignment.territories.flatMap(({ id, repId }) => (repId === null ? [] : [[id, repId]]))),
  });
  return { found, beside: await besideOf(deps, { alignment, wishes, rows, ours, held, found }) };
}

interface ReadSoFar {
  readonly alignment: PublishableAlignment;
  readonly wishes: readonly DesiredAccount[];
  readonly rows: readonly Association[];
  readonly ours: ReadonlyMap<RecordId, unknown>;
  readonly held: readonly { id: AccountId; ownerId: UserId; ownerName: string | null }[];
  readonly found: readonly AccountDrift[];
}

/** Who did it and when, asked only about what is told. */
async function besideOf({ org }: DriftDeps, read: ReadSoFar): Promise<Beside> {
  const rows = new Map(read.rows.map((row) => [row.id, row]));
  const isGone = read.found.some(({ kind }) => kind === 'removed');
  const gone = isGone ? await org.deletedAssociations(inCrm(read.alignment).map(({ id }) => id)) : [];
  const deleted = new Map(gone.map((row) => [row.id, row]));
  const writers = read.found.flatMap(({ rowId }) => {
    const row = rowId === null ? undefined : (rows.get(rowId) ?? deleted.get(rowId));
    return row?.lastModifiedById ? [row.lastModifiedById] : [];
  });
  return {
    territories: territoriesOf(read.alignment),
    wishes: new Map(read.wishes.map((wish) => [wish.accountId, wish])),
    rows,
    ours: new Set(read.ours.keys()),
    deleted,
    owners: new Map(read.held.map(({ id, ownerId, ownerName }) => [id, { id: ownerId, name: ownerName }])),
    names: await org.userNames([...new Set(writers)]),
  };
}

async function territoryLines({ org, ports }: DriftDeps, alignment: PublishableAlignment): Promise<TerritoryDrift[]> {
  const planned = inCrm(alignment);
  const seats = await org.memberships(planned.map(({ id }) => id));
  const users = await org.userNames([...new Set(seats.map(({ userId }) => userId))]);
  const named = seats.map(({ territoryId, userId }) => {
    const known = users.get(userId);
    return { territoryId, userId, userName: known?.name ?? userId, isActive: known?.isActive ?? true };
  });
  return [...memberDrift(planned, named), ...territoryDrift(planned, await ports.leaves(alignment.teamId))];
}
