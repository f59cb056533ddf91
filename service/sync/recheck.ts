import type { TeamId } from '../core/ids.ts';
import { crmState, isSo, recordOf, type CrmState } from './crmState.ts';
import { settle, unknownRows, type JournalRow, type LedgerEntry, type Settled } from './journalStore.ts';
import type { SyncDeps } from './ports.ts';

export interface Effects {
  settled: Settled[];
  made: LedgerEntry[];
  removed: string[];
}

export interface EffectContext {
  teamId: string;
  byId: string;
  orgUserId: string;
  at: Date;
}

const KINDS: Partial<Record<JournalRow['action'], LedgerEntry['kind']>> = {
  addAssociation: 'association',
  addTeamMember: 'teamMember',
  addMember: 'member',
  createTerritory: 'territory',
};

/** What a written row means for the ledger: a record made is ours, a record removed is no longer. */
export function ledgerEffects(
  row: JournalRow,
  madeId: string | null,
  context: EffectContext,
): { made: LedgerEntry[]; removed: string[] } {
  if (row.action.startsWith('remove')) return { made: [], removed: row.recordId === null ? [] : [row.recordId] };
  const kind = row.action === 'restoreTeamMember' && row.details?.why === OURS ? 'teamMember' : KINDS[row.action];
  if (kind === undefined || madeId === null) return { made: [], removed: [] };
  const entry: LedgerEntry = {
    recordId: madeId,
    kind,
    teamId: context.teamId,
    accountId: row.accountId,
    territoryId: row.territoryId ?? '',
    userId: row.userId,
    source: 'written',
    publishId: row.publishId,
    byId: context.byId,
    at: context.at,
  };
  return { made: [entry], removed: [] };
}

/** Mark of a team member given back that our ledger had written. */
export const OURS = 'Ours before the owner changed';

/**
 * Rows whose call got no answer, or whose answer was not journaled, looked up in the CRM: what is so is settled, and an
 * association that our integration user wrote meanwhile is ours. It was not there when the row was planned.
 */
export function effectsOf(rows: readonly JournalRow[], state: CrmState, context: EffectContext): Effects {
  const effects: Effects = { settled: [], made: [], removed: [] };
  for (const row of rows) {
    if (!isSo(row, state)) continue;
    const found = recordOf(row, state);
    const isOurs = found === undefined || isByUs(found, context.orgUserId);
    effects.settled.push({
      id: row.id,
      outcome: isOurs ? 'written' : 'alreadyThere',
      ...(found ? { recordId: found.id } : {}),
      code: null,
      message: null,
      advice: null,
    });
    if (!isOurs) continue;
    const { made, removed } = ledgerEffects(row, found?.id ?? null, context);
    effects.made.push(...made);
    effects.removed.push(...removed);
  }
  return effects;
}

/** Whether our integration user wrote this record last; where the CRM does not tell, it was. */
function isByUs(found: { cause?: string; lastModifiedById?: string | null }, orgUserId: string): boolean {
  if (found.cause === 'rule') return false;
  return found.lastModifiedById === undefined || found.lastModifiedById === orgUserId;
}

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
