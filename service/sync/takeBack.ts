import { createHash } from 'node:crypto';
import { BailiwickError } from '../core/errors.ts';
import type { AccountId, RecordId, TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { TeamMember } from '../org/teams.ts';
import { crmState, isSo, recordOf, type CrmState } from './crmState.ts';
import { IS_OWNER_NOW } from './journal.ts';
import { journalRows, type JournalRow, type NewJournalRow } from './journalStore.ts';
import { ownRows } from './ledgerStore.ts';
import { ACTION_NAMES, type Action } from './phases.ts';
import type { SyncDeps } from './ports.ts';
import { OURS, settleUnknown } from './recheck.ts';
import type { TakeBackBody } from './schemas.ts';
import type { Publish } from './store.ts';

/** What taking a publish back would write, and what it leaves as it is. */
export interface PlannedTakeBack {
  readonly rows: readonly NewJournalRow[];
  /** Ids of the journal rows that are taken back. */
  readonly of: readonly number[];
  readonly hash: string;
}

const INVERSE: Partial<Record<Action, Action>> = {
  createTerritory: 'removeTerritory',
  renameTerritory: 'renameTerritory',
  addMember: 'removeMember',
  removeMember: 'addMember',
  addAssociation: 'removeAssociation',
  removeAssociation: 'addAssociation',
  addTeamMember: 'removeTeamMember',
  removeTeamMember: 'restoreTeamMember',
  setOwner: 'setOwner',
  stamp: 'stamp',
  moveDeal: 'moveDeal',
};

/**
 * The rows that undo what a publish has written; what it found already there or could not write is left alone, and so is
 * what somebody changed since. What Salesforce cannot give back is listed with the reason.
 */
export async function planTakeBack(
  deps: SyncDeps,
  user: RequestUser,
  asked: { publish: Publish; territoryIds: TakeBackBody['territoryIds'] },
): Promise<PlannedTakeBack> {
  const { publish, territoryIds } = asked;
  await settleUnknown(deps, publish.teamId as TeamId);
  const standing = await journalRows(deps.store, publish.id, { standing: true });
  const inPart = partOf(standing, territoryIds);
  const written = standing.filter((row) => row.outcome === 'written' && row.action in INVERSE && inPart(row));
  await requireWritable(deps, user, { publish, written });
  const state = await crmState(deps, written);
  const known = { state, inactive: await inactiveAmong(deps, written), ours: await ownIds(deps, publish) };
  const rows = written.map((row) => inverse(row, known));
  const back = rows.filter(({ action, outcome }) => action === 'setOwner' && outcome === 'planned');
  const restored = await restoredPeople(deps, known.ours, { standing: standing.filter(inPart), back });
  const all = [...rows, ...restored];
  return { rows: all, of: written.map(({ id }) => id), hash: hashOf(publish, all) };
}

/** Rows of accounts that came into or left these territories; everything without a list. */
function partOf(rows: readonly JournalRow[], territoryIds: readonly string[] | null): (row: JournalRow) => boolean {
  if (territoryIds === null) return () => true;
  const wanted = new Set(territoryIds);
  const touches = ({ territoryId, fromId, toId }: JournalRow): boolean =>
    [territoryId, fromId, toId].some((id) => id !== null && wanted.has(id));
  const accounts = new Set(rows.filter(touches).map(({ accountId }) => accountId));
  return (row) => (row.accountId === '' ? touches(row) : accounts.has(row.accountId));
}

/** @throws BailiwickError forbidden where the user may not change what the publish wrote */
async function requireWritable(
  { ports, org }: SyncDeps,
  user: RequestUser,
  { publish, written }: { publish: Publish; written: readonly JournalRow[] },
): Promise<void> {
  const writable = await ports.writable(user, publish.teamId as TeamId);
  const isOutside = ({ territoryId }: JournalRow): boolean =>
    writable !== 'all' && territoryId !== null && !writable.has(territoryId as TerritoryId);
  if (written.some(isOutside))
    throw new BailiwickError('forbidden', 'This publish wrote to territories outside your branch.', {
      action: 'Take back your own territories only, or ask Sales Ops.',
    });
  const accountIds = [...new Set(written.map(({ accountId }) => accountId as AccountId))].filter((id) => id.length > 0);
  org.forgetAccess();
  const access = await org.access(user.userId, accountIds);
  // a deleted account can be edited by nobody: it is listed as such
  const refused = accountIds.filter((id) => access.get(id)?.read && !access.get(id)?.edit).length;
  const unseen = accountIds.filter((id) => !access.get(id)?.read);
  const hidden = unseen.length > 0 ? (await org.heldAccounts(unseen)).length : 0;
  if (refused + hidden > 0)
    throw new BailiwickError(
      'forbidden',
      `You may not edit ${refused + hidden} of ${accountIds.length} accounts of this publish.`,
      { action: 'Ask Sales Ops to take it back.' },
    );
}

async function inactiveAmong({ org }: SyncDeps, rows: readonly JournalRow[]): Promise<Map<string, string>> {
  const ids = rows
    .filter(({ action }) => action === 'setOwner' || action === 'moveDeal')
    .map(({ fromId }) => fromId as RecordId);
  const users = await org.userNames([...new Set(ids)]);
  return new Map([...users].filter(([, { isActive }]) => !isActive).map(([id, { name }]) => [id, name]));
}

/** Ids of every row of the CRM that is ours. */
async function ownIds({ store }: SyncDeps, { teamId }: Publish): Promise<ReadonlySet<string>> {
  const kinds = ['association', 'teamMember', 'member'] as const;
  const lists = await Promise.all(kinds.map((kind) => ownRows(store, teamId as TeamId, kind)));
  return new Set(lists.flat().map(({ recordId }) => recordId));
}

interface Known {
  readonly state: CrmState;
  /** A row given back by a former take-back has another id than the one that was written, and is ours all the same. */
  readonly ours: ReadonlySet<string>;
  /** Names of former owners who have left. */
  readonly inactive: ReadonlyMap<string, string>;
}

function inverse(row: JournalRow, known: Known): NewJournalRow {
  const { accountId, accountName, territoryId, territoryName, userId } = row;
  const removes = row.action === 'addAssociation' || row.action === 'addTeamMember' || row.action === 'addMember';
  return {
    action: INVERSE[row.action] ?? row.action,
    accountId,
    accountName,
    territoryId,
    territoryName,
    userId,
    recordId: removes
      ? (recordOf(row, known.state)?.id ?? row.recordId)
      : row.action === 'moveDeal'
        ? row.recordId
        : null,
    fromId: row.toId,
    fromName: row.toName,
    toId: row.fromId,
    toName: row.fromName,
    fromTerritoryId: row.toTerritoryId,
    toTerritoryId: row.fromTerritoryId,
    details: detailsBack(row),
    ...verdict(row, known),
  };
}

function detailsBack({ action, details }: JournalRow): NewJournalRow['details'] {
  if (action === 'stamp') return { ...details, from: details?.to ?? null, to: details?.from ?? null };
  // only members of ours are ever taken out of a team
  return action === 'removeTeamMember' ? { ...details, why: OURS } : details;
}

/** Planned, or skipped with the reason why it stays as it is. */
function verdict(
  row: JournalRow,
  { state, inactive, ours }: Known,
): Pick<NewJournalRow, 'outcome' | 'code' | 'message'> {
  const isGone = (row.action === 'setOwner' || row.action === 'stamp') && !state.accounts.has(row.accountId);
  if (isGone || (row.action === 'moveDeal' && !state.deals.has(row.recordId ?? '')))
    return { outcome: 'skipped', code: 'record_gone', message: 'The record is no longer in Salesforce.' };
  const former = inactive.get(row.fromId ?? '');
  if (former !== undefined && (row.action === 'setOwner' || row.action === 'moveDeal'))
    return {
      outcome: 'skipped',
      code: 'owner_left',
      message: `${former} is inactive: Salesforce gives nothing back to her or him.`,
    };
  const found = recordOf(row, state)?.id;
  const isOurs = found === undefined || !row.action.startsWith('add') || found === row.recordId || ours.has(found);
  if (isSo(row, state) && isOurs) return { outcome: 'planned' };
  const by = state.accounts.get(row.accountId);
  const message = 'Somebody changed it since the publish; it stays as it is now.';
  return {
    outcome: 'skipped',
    code: 'changed_since',
    message: by ? `${message} The record was last changed on ${by.lastModified.slice(0, 10)}.` : message,
  };
}

/** Teams and shares that giving an account back would take away, and members that the publish could not give back. */
async function restoredPeople(
  deps: SyncDeps,
  ours: ReadonlySet<string>,
  { standing, back }: { standing: readonly JournalRow[]; back: readonly NewJournalRow[] },
): Promise<NewJournalRow[]> {
  const ids = back.map(({ accountId }) => accountId as AccountId);
  const name = new Map(back.map(({ accountId, accountName }) => [accountId, accountName]));
  const newOwner = new Map(back.map(({ accountId, toId }) => [accountId, toId]));
  const row = (accountId: string, userId: string) => ({
    accountId,
    accountName: name.get(accountId) ?? accountId,
    userId,
    toId: userId,
    outcome: 'planned' as const,
  });
  const leaving = new Set(
    standing
      .filter((each) => each.action === 'addTeamMember' && each.outcome === 'written')
      .map((each) => each.recordId),
  );
  const isKept = ({ id, accountId, userId }: TeamMember): boolean =>
    !leaving.has(id) && newOwner.get(accountId) !== userId;
  const members = (await deps.org.teamMembers(ids)).filter(isKept).map((member) => ({
    action: 'restoreTeamMember' as const,
    ...row(member.accountId, member.userId),
    details: { role: member.role, levels: member.levels, ...(ours.has(member.id) ? { why: OURS } : {}) },
  }));
  const shares = (await deps.org.manualShares(ids)).map((share) => ({
    action: 'restoreShare' as const,
    ...row(share.accountId, share.userOrGroupId),
    details: { levels: share.levels },
  }));
  const lost = standing
    .filter(
      ({ action, outcome, code }) => action.startsWith('restore') && (outcome === 'failed' || code === IS_OWNER_NOW),
    )
    .map((each) => ({
      action: each.action,
      ...row(each.accountId, each.userId ?? ''),
      accountName: each.accountName,
      toName: each.toName,
      details: each.details,
    }));
  return [...members, ...shares, ...lost];
}

function hashOf(publish: Publish, rows: readonly NewJournalRow[]): string {
  const facts = rows.map((row) =>
    [row.action, row.accountId, row.territoryId, row.userId, row.recordId, row.toId, row.outcome].join(' '),
  );
  return createHash('sha256')
    .update(JSON.stringify([publish.id, facts.sort()]))
    .digest('base64url');
}

/** Rows listed; the counts are whole. */
const MAX_LISTED = 500;

/** What taking back would do, for the screen. */
export function presentTakeBack({ rows, hash }: PlannedTakeBack) {
  const planned = rows.filter(({ outcome }) => outcome === 'planned');
  const kept = rows.filter(({ outcome }) => outcome === 'skipped');
  const line = (row: NewJournalRow) => ({
    accountId: row.accountId,
    accountName: row.accountName || (row.territoryName ?? ''),
    what: ACTION_NAMES[row.action],
    from: row.fromName ?? null,
    to: row.toName ?? null,
    message: row.message ?? null,
  });
  return {
    previewHash: hash,
    counts: [...Map.groupBy(planned, ({ action }) => action)].map(([action, list]) => ({
      what: ACTION_NAMES[action],
      n: list.length,
    })),
    undo: planned.slice(0, MAX_LISTED).map(line),
    stays: kept.slice(0, MAX_LISTED).map(line),
    total: { undo: planned.length, stays: kept.length },
  };
}
