import type { KeptRow } from '../core/changeSet.ts';
import type { AccountId, RecordId, UserId } from '../core/ids.ts';
import { ownRows } from './ledgerStore.ts';
import type { OwnerChange } from './owners.ts';
import type { Ground } from './plan.ts';

/** Something that changed in the CRM since the plan was made, on an account that the plan is about. */
export interface Conflict {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly what: string;
  readonly byName: string | null;
  /** Null where Salesforce does not tell. */
  readonly at: string | null;
}

interface Known {
  readonly ours: ReadonlySet<RecordId>;
  readonly owners: readonly OwnerChange[];
  readonly kept: readonly KeptRow[];
}

interface Found extends Omit<Conflict, 'accountName' | 'byName'> {
  readonly byId: UserId | null;
}

/** Changes by others since the plan was made: rows added, rows of ours removed, owners changed; by whom and when. */
export async function conflictsOf(ground: Ground, known: Known): Promise<Conflict[]> {
  const { deps, wishes } = ground;
  const found = [...rowsAdded(ground, known), ...(await rowsRemoved(ground)), ...ownersChanged(ground, known)];
  if (found.length === 0) return [];
  const nameOf = new Map(wishes.map(({ accountId, accountName }) => [accountId, accountName]));
  const ids = found.map(({ byId }) => byId).filter((id) => id !== null);
  const users = await deps.org.userNames([...new Set(ids)]);
  return found.map(({ byId, ...conflict }) => ({
    ...conflict,
    accountName: nameOf.get(conflict.accountId) ?? conflict.accountId,
    byName: byId === null ? null : (users.get(byId)?.name ?? null),
  }));
}

const nameOfTerritory = ({ alignment, live }: Ground, id: string): string =>
  [...alignment.territories, ...(live?.territories ?? [])].find((territory) => territory.id === id)?.name ?? id;

const isSince = ({ alignment }: Ground, at: string): boolean => new Date(at) > alignment.createdAt;

function rowsAdded(ground: Ground, { kept }: Known): Found[] {
  const rows = new Map(ground.existing.map((row) => [row.id, row]));
  return kept.flatMap(({ row: { id } }) => {
    const row = rows.get(id);
    if (!row || row.lastModifiedById === ground.deps.org.userId || !isSince(ground, row.lastModified)) return [];
    const what = `Was put into ${nameOfTerritory(ground, row.territoryId)}.`;
    return [{ accountId: row.accountId, what, byId: row.lastModifiedById, at: row.lastModified }];
  });
}

async function rowsRemoved(ground: Ground): Promise<Found[]> {
  const { deps, alignment, existing, wishes } = ground;
  const there = new Set<string>(existing.map(({ id }) => id));
  const asked = new Set<string>(wishes.map(({ accountId }) => accountId));
  const gone = (await ownRows(deps.store, alignment.teamId, 'association')).filter(
    ({ recordId, accountId }) => asked.has(accountId) && !there.has(recordId),
  );
  if (gone.length === 0) return [];
  const territoryIds = [...new Set(gone.map(({ territoryId }) => territoryId as Found['accountId']))];
  const deleted = new Map<string, (typeof existing)[number]>(
    (await deps.org.deletedAssociations(territoryIds)).map((row) => [row.id, row]),
  );
  return gone.map(({ recordId, accountId, territoryId }) => {
    const row = deleted.get(recordId);
    return {
      accountId: accountId as AccountId,
      what: `Was taken out of ${nameOfTerritory(ground, territoryId)}.`,
      byId: row?.lastModifiedById ?? null,
      at: row?.lastModified ?? null,
    };
  });
}

function ownersChanged(ground: Ground, { owners }: Known): Found[] {
  const { alignment, live, existing, deps } = ground;
  const reps = new Map([...alignment.territories, ...(live?.territories ?? [])].map(({ id, repId }) => [id, repId]));
  const repsOf = Map.groupBy(existing, ({ accountId }) => accountId);
  return owners.flatMap(({ account }) => {
    const expected = (repsOf.get(account.id) ?? []).map(({ territoryId }) => reps.get(territoryId));
    const isNews = !expected.includes(account.ownerId) && isSince(ground, account.lastModified);
    if (!isNews || account.lastModifiedById === deps.org.userId) return [];
    const what = `Belongs to ${account.ownerName ?? 'somebody else'} now.`;
    return [{ accountId: account.id, what, byId: account.lastModifiedById, at: account.lastModified }];
  });
}
