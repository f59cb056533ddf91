import { chunked } from '../org/among.ts';
import { MAX_RECORDS_PER_REQUEST } from '../org/connection.ts';
import type { RowOutcome } from '../org/writes.ts';
import { runBulk } from './bulkRun.ts';
import { crmState, recordOf } from './crmState.ts';
import { countRows, isFinal, journalRows, settle, type JournalRow, type Settled } from './journalStore.ts';
import { NEEDS_TERRITORY, WAITS_FOR, type Action } from './phases.ts';
import { settleLost, settleOutcomes } from './outcomes.ts';
import { ledgerEffects, OURS } from './recheck.ts';
import { effectContext, type Run } from './runContext.ts';
import { write } from './write.ts';

/** Rows held in memory at a time. */
const ROWS_AT_A_TIME = 4_000;
const BULK: ReadonlySet<Action> = new Set(['addAssociation', 'removeAssociation']);
/** Membership and hierarchy changes lock the whole territory tree: a few at a time. */
const STRUCTURE: ReadonlySet<Action> = new Set([
  'createTerritory',
  'renameTerritory',
  'addMember',
  'removeMember',
  'removeTerritory',
]);
const STRUCTURE_BATCH = 20;

/** Carries out one kind of write for all rows that still wait for it. */
export async function applyPhase(run: Run, action: Action): Promise<void> {
  const { deps, publish } = run;
  const filter = { outcomes: ['planned' as const], actions: [action] };
  await skipBlocked(run, action);
  const isMany = BULK.has(action) && (await countRows(deps.store, publish.id, filter)) > deps.bulkFrom;
  if (isMany) await runBulk(run, action);
  for (;;) {
    const rows = await journalRows(deps.store, publish.id, { ...filter, limit: ROWS_AT_A_TIME });
    if (rows.length === 0) return;
    for (const chunk of chunked(rows, batchOf(action, publish.options.batchSize))) {
      await run.mayGoOn();
      await (action.startsWith('restore') ? restoreChunk(run, chunk) : applyChunk(run, chunk));
    }
  }
}

function batchOf(action: Action, batchSize: number): number {
  if (BULK.has(action)) return MAX_RECORDS_PER_REQUEST;
  return STRUCTURE.has(action) ? Math.min(STRUCTURE_BATCH, batchSize) : batchSize;
}

/** Accounts whose earlier step failed stay as they were; so do rows of a territory that could not be made. */
async function skipBlocked({ deps, publish }: Run, action: Action): Promise<void> {
  const { store } = deps;
  const bad: JournalRow['outcome'][] = ['failed', 'unknown', 'skipped'];
  const before = WAITS_FOR[action];
  const failed = before ? await journalRows(store, publish.id, { outcomes: bad, actions: [...before] }) : [];
  // what is left alone on purpose holds nothing else up
  const accounts = new Set(failed.filter(({ code }) => !isFinal(code)).map(({ accountId }) => accountId));
  const needsTerritory = NEEDS_TERRITORY.has(action);
  if (accounts.size === 0 && !needsTerritory) return;
  const unmade = needsTerritory
    ? await journalRows(store, publish.id, { outcomes: bad, actions: ['createTerritory'] })
    : [];
  const territories = new Set(unmade.map(({ territoryId }) => territoryId));
  if (accounts.size === 0 && territories.size === 0) return;
  const rows = await journalRows(store, publish.id, { outcomes: ['planned'], actions: [action] });
  const skipped = rows.filter((row) => accounts.has(row.accountId) || territories.has(row.territoryId));
  await settle(
    store,
    skipped.map((row): Settled => ({
      id: row.id,
      outcome: 'skipped',
      message: territories.has(row.territoryId)
        ? 'Its territory could not be created.'
        : 'An earlier step of this account failed, so everything else of it stays as it was.',
      advice: 'Correct the reason given for that step, then go on.',
    })),
    { at: deps.now() },
  );
}

async function applyChunk(run: Run, rows: JournalRow[]): Promise<void> {
  const { deps, publish } = run;
  let outcomes: RowOutcome[];
  try {
    outcomes = await write(deps.org, rows, publish.options);
  } catch (error) {
    await settleLost(run, rows, error);
    throw error;
  }
  await settleOutcomes(run, rows, outcomes);
}

/** What the owner change left of teams and shares stays; what it took away is written anew. */
async function restoreChunk(run: Run, rows: JournalRow[]): Promise<void> {
  const { deps } = run;
  const state = await crmState(deps, rows);
  const there = rows.filter((row) => recordOf(row, state) !== undefined);
  const at = deps.now();
  const made = there
    .filter((row) => row.details?.why === OURS)
    .flatMap((row) => ledgerEffects(row, recordOf(row, state)?.id ?? null, effectContext(run)).made);
  const settled = there.map((row): Settled => ({
    id: row.id,
    outcome: 'alreadyThere',
    recordId: recordOf(row, state)?.id ?? null,
  }));
  await settle(deps.store, settled, { at, made });
  const missing = rows.filter((row) => !there.includes(row));
  if (missing.length > 0) await applyChunk(run, missing);
}
