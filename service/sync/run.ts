import { BailiwickError } from '../core/errors.ts';
import type { AccountId, RecordId, TerritoryId, UserId } from '../core/ids.ts';
import { MAX_RECORDS_PER_REQUEST } from '../org/connection.ts';
import { chunked, type RowOutcome } from '../org/writes.ts';
import type { SyncDeps } from './ports.ts';
import { crmState, effectsOf, ledgerEntry, type Effects } from './recheck.ts';
import { journalRows, settle, updatePublish, type JournalRow, type Publish, type Settled } from './store.ts';
import { verify } from './verify.ts';

/** Add first, then remove: a crash in between leaves two with access, never none. */
const PHASES: readonly (readonly [JournalRow['action'], string])[] = [
  ['addAssociation', 'Adding accounts to their territories'],
  ['removeAssociation', 'Taking accounts out of former territories'],
  ['setOwner', 'Changing owners'],
  ['moveDeal', 'Moving open deals'],
];

class Stopped extends Error {}

export interface RunOptions {
  /** The publish was begun by a process that is gone: rows without an outcome are looked up before they are written. */
  isResumed: boolean;
  isStopping: () => boolean;
}

/** Applies the journal of one publish, verifies it and says what became of it. Safe to call again at any point. */
export async function runPublish(deps: SyncDeps, publish: Publish, options: RunOptions): Promise<void> {
  const { store } = deps;
  // until they are looked up, rows of a former process may have been written without anybody noting it
  let isCertain = !options.isResumed;
  try {
    if (options.isResumed) await settleLookedUp(deps, publish);
    isCertain = true;
    for (const [action, phase] of PHASES) {
      await updatePublish(store.db, publish.id, { state: 'running', phase });
      await applyPhase(deps, publish, { action, isStopping: options.isStopping });
    }
    await updatePublish(store.db, publish.id, { state: 'verifying', phase: 'Reading back from Salesforce' });
    deps.org.forgetAccess();
    const verified = await verify(deps, publish);
    const state = await finalState(deps, publish.id);
    if (state !== 'failed') await tellPlans(deps, publish);
    await updatePublish(store.db, publish.id, { state, phase: 'Finished', verified, finishedAt: deps.now() });
  } catch (error) {
    if (error instanceof Stopped) return;
    await stop(deps, publish, { error, isCertain });
  }
}

async function settleLookedUp(deps: SyncDeps, publish: Publish): Promise<void> {
  const rows = await journalRows(deps.store, publish.id, { outcomes: ['planned', 'unknown'] });
  const state = await crmState(deps, rows);
  const effects = effectsOf(rows, state, contextOf(deps, publish));
  const done = new Set(effects.settled.map(({ id }) => id));
  const again = rows.filter((row) => row.outcome === 'unknown' && !done.has(row.id));
  const planned = again.map(({ id }): Settled => ({ id, outcome: 'planned', code: null, message: null, advice: null }));
  await settle(deps.store, [...effects.settled, ...planned], { ...effects, at: deps.now() });
}

const contextOf = (deps: SyncDeps, publish: Publish) => ({
  teamId: publish.teamId,
  byId: publish.byId,
  orgUserId: deps.org.userId,
  at: deps.now(),
});

async function applyPhase(
  deps: SyncDeps,
  publish: Publish,
  phase: { action: JournalRow['action']; isStopping: () => boolean },
): Promise<void> {
  const rows = await journalRows(deps.store, publish.id, { outcomes: ['planned'], action: phase.action });
  const blocked = phase.action === 'addAssociation' ? new Set<string>() : await failedAdditions(deps, publish.id);
  const skipped = rows.filter((row) => blocked.has(row.accountId));
  await settle(
    deps.store,
    skipped.map(({ id }): Settled => ({
      id,
      outcome: 'skipped',
      message: 'The account could not be added to its new territory, so everything else of it stays as it was.',
      advice: 'Correct the reason given for the account, then publish again.',
    })),
    { at: deps.now() },
  );
  const open = rows.filter((row) => !blocked.has(row.accountId));
  for (const chunk of chunked(open, MAX_RECORDS_PER_REQUEST)) {
    if (phase.isStopping()) throw new Stopped('The service is stopping; the publish goes on at the next start.');
    await applyChunk(deps, publish, chunk);
  }
}

async function failedAdditions(deps: SyncDeps, publishId: string): Promise<Set<string>> {
  const outcomes: JournalRow['outcome'][] = ['failed', 'unknown', 'skipped'];
  const rows = await journalRows(deps.store, publishId, { outcomes, action: 'addAssociation' });
  return new Set(rows.map((row) => row.accountId));
}

async function applyChunk(deps: SyncDeps, publish: Publish, rows: JournalRow[]): Promise<void> {
  let outcomes: RowOutcome[];
  try {
    outcomes = await write(deps, rows);
  } catch (error) {
    const { code, message } = error instanceof BailiwickError ? error : { code: 'internal', message: String(error) };
    const advice = 'Publish again: the next preview first looks up what became of it.';
    const unknown = rows.map(({ id }): Settled => ({ id, outcome: 'unknown', code, message, advice }));
    await settle(deps.store, unknown, { at: deps.now() });
    throw error;
  }
  const effects: Effects = { settled: [], made: [], removed: [] };
  const met: JournalRow[] = [];
  rows.forEach((row, k) => {
    const outcome = outcomes[k];
    if (!outcome) return;
    if (!outcome.ok) {
      const { code, message, action: advice } = outcome;
      effects.settled.push({ id: row.id, outcome: 'failed', code, message, advice });
    } else if (outcome.already && row.action === 'addAssociation') met.push(row);
    else {
      const isNew = row.action === 'addAssociation' && outcome.id !== null;
      effects.settled.push({ id: row.id, outcome: 'written', ...(isNew ? { recordId: outcome.id } : {}) });
      if (isNew) effects.made.push(ledgerEntry(row, { ...contextOf(deps, publish), associationId: outcome.id ?? '' }));
      if (row.action === 'removeAssociation') effects.removed.push(row.recordId ?? '');
    }
  });
  // a repeat after a lost reply meets its own row: then it is ours, otherwise somebody was faster
  const lookedUp = effectsOf(met, await crmState(deps, met), contextOf(deps, publish));
  await settle(deps.store, [...effects.settled, ...lookedUp.settled], {
    at: deps.now(),
    made: [...effects.made, ...lookedUp.made],
    removed: effects.removed,
  });
}

/** One request; all rows of a chunk have the same action. */
function write({ org }: SyncDeps, rows: JournalRow[]): Promise<RowOutcome[]> {
  switch (rows[0]?.action) {
    case 'addAssociation':
      return org.createAssociations(
        rows.map((row) => ({ accountId: row.accountId as AccountId, territoryId: row.territoryId as TerritoryId })),
      );
    case 'removeAssociation':
      return org.deleteAssociations(rows.map((row) => row.recordId as RecordId));
    case 'setOwner':
      return org.setOwners(rows.map((row) => ({ accountId: row.accountId as AccountId, ownerId: row.toId as UserId })));
    case 'moveDeal':
      return org.setOpportunities(
        rows.map((row) => ({
          id: row.recordId as RecordId,
          ownerId: row.toId as UserId,
          ...(row.fromTerritoryId === null && row.toTerritoryId === null
            ? {}
            : { territoryId: row.toTerritoryId as TerritoryId | null }),
        })),
      );
    default:
      return Promise.resolve([]);
  }
}

async function finalState(deps: SyncDeps, publishId: string): Promise<'done' | 'partial' | 'failed'> {
  const rows = await journalRows(deps.store, publishId);
  const bad = rows.filter((row) => ['failed', 'unknown', 'skipped', 'planned'].includes(row.outcome)).length;
  if (bad === 0) return 'done';
  return bad === rows.length ? 'failed' : 'partial';
}

async function tellPlans({ ports }: SyncDeps, publish: Publish): Promise<void> {
  if (publish.isPartOnly) return;
  if (publish.kind === 'publish') await ports.markLive(publish.alignmentId, publish.alignmentVersion);
  else if (publish.previousAlignmentId !== null) await ports.restoreLive(publish.previousAlignmentId);
}

/** The org is gone, or something unforeseen happened: what was not reached is said so, and nothing hangs. */
async function stop(
  deps: SyncDeps,
  publish: Publish,
  { error, isCertain }: { error: unknown; isCertain: boolean },
): Promise<void> {
  const known = error instanceof BailiwickError ? error : null;
  const message = known?.message ?? `Something went wrong that we did not foresee: ${String(error)}`;
  const action = known?.action ?? 'Publish again; if it fails again, tell support.';
  const rows = await journalRows(deps.store, publish.id, { outcomes: ['planned'] });
  await settle(
    deps.store,
    rows.map(({ id }): Settled => ({
      id,
      outcome: isCertain ? 'skipped' : 'unknown',
      code: known?.code ?? 'internal',
      message: `Not reached: ${message}`,
      advice: action,
    })),
    { at: deps.now() },
  );
  const written = await journalRows(deps.store, publish.id, { outcomes: ['written', 'alreadyThere', 'unknown'] });
  await updatePublish(deps.store.db, publish.id, {
    state: written.length ? 'partial' : 'failed',
    phase: 'Stopped',
    error: { code: known?.code ?? 'internal', message, action },
    finishedAt: deps.now(),
  });
}
