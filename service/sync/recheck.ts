import type { AccountId, RecordId, TeamId, TerritoryId } from '../core/ids.ts';
import type { SyncDeps } from './ports.ts';
import { settle, unknownRows, type JournalRow, type LedgerEntry, type Settled } from './store.ts';

const distinct = <T>(values: readonly (T | null)[]): T[] => [...new Set(values.filter((value) => value !== null))];

/** What the CRM says about journal rows now: the association in a place, the owner of an account or deal. */
export async function crmState({ org }: Pick<SyncDeps, 'org'>, rows: readonly JournalRow[]) {
  const of = (...actions: JournalRow['action'][]) => rows.filter((row) => actions.includes(row.action));
  const territoryIds = distinct(of('addAssociation', 'removeAssociation').map((row) => row.territoryId as TerritoryId));
  const accountIds = distinct(of('setOwner').map((row) => row.accountId as AccountId));
  const dealIds = distinct(of('moveDeal').map((row) => row.recordId as RecordId));
  const associations = territoryIds.length ? await org.associations({ territoryIds }) : [];
  const accounts = accountIds.length ? await org.accountsById(accountIds) : [];
  const deals = dealIds.length ? await org.opportunitiesById(dealIds) : [];
  return {
    byPlace: new Map(associations.map((row) => [`${row.accountId} ${row.territoryId}`, row])),
    byId: new Map<string, (typeof associations)[number]>(associations.map((row) => [row.id, row])),
    ownerOf: new Map<string, string>(accounts.map((account) => [account.id, account.ownerId])),
    dealOwnerOf: new Map<string, string>(deals.map((deal) => [deal.id, deal.ownerId])),
  };
}
export type CrmState = Awaited<ReturnType<typeof crmState>>;

/** Whether the CRM is as the row wants it. */
export function isSo(row: JournalRow, state: CrmState): boolean {
  if (row.action === 'addAssociation') return state.byPlace.has(`${row.accountId} ${row.territoryId}`);
  if (row.action === 'removeAssociation') return !state.byId.has(row.recordId ?? '');
  if (row.action === 'setOwner') return state.ownerOf.get(row.accountId) === row.toId;
  return state.dealOwnerOf.get(row.recordId ?? '') === row.toId;
}

export interface Effects {
  settled: Settled[];
  made: LedgerEntry[];
  removed: string[];
}

/**
 * Rows whose call got no answer, or whose answer was not journaled, looked up in the CRM: what is so is settled, and an
 * association that our integration user wrote meanwhile is ours. It was not there when the row was planned.
 */
export function effectsOf(
  rows: readonly JournalRow[],
  state: CrmState,
  context: { teamId: string; byId: string; orgUserId: string; at: Date },
): Effects {
  const effects: Effects = { settled: [], made: [], removed: [] };
  for (const row of rows) {
    if (!isSo(row, state)) continue;
    if (row.action === 'removeAssociation') effects.removed.push(row.recordId ?? '');
    const found =
      row.action === 'addAssociation' ? state.byPlace.get(`${row.accountId} ${row.territoryId}`) : undefined;
    const isOurs = found === undefined || (found.cause === 'manual' && found.lastModifiedById === context.orgUserId);
    effects.settled.push({
      id: row.id,
      outcome: isOurs ? 'written' : 'alreadyThere',
      ...(found ? { recordId: found.id } : {}),
      code: null,
      message: null,
      advice: null,
    });
    if (found && isOurs) effects.made.push(ledgerEntry(row, { ...context, associationId: found.id }));
  }
  return effects;
}

export const ledgerEntry = (
  row: JournalRow,
  context: { teamId: string; byId: string; at: Date; associationId: string },
): LedgerEntry => ({
  associationId: context.associationId,
  teamId: context.teamId,
  accountId: row.accountId,
  territoryId: row.territoryId ?? '',
  source: 'written',
  publishId: row.publishId,
  byId: context.byId,
  at: context.at,
});

/** Journal rows of earlier publishes that the org never answered: what became of them decides what is ours. */
export async function settleUnknown(deps: SyncDeps, teamId: TeamId): Promise<void> {
  const rows = await unknownRows(deps.store, teamId);
  if (rows.length === 0) return;
  const state = await crmState(deps, rows);
  const at = deps.now();
  const effects = effectsOf(rows, state, { teamId, byId: rows[0]!.byId, orgUserId: deps.org.userId, at });
  const done = new Set(effects.settled.map(({ id }) => id));
  const failed = rows.filter((row) => !done.has(row.id)).map(({ id }): Settled => ({ id, outcome: 'failed' }));
  await settle(deps.store, [...effects.settled, ...failed], { at, made: effects.made, removed: effects.removed });
}
