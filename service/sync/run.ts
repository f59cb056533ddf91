import { BailiwickError } from '../core/errors.ts';
import { applyPhase } from './applyPhase.ts';
import { resumeJobs } from './bulkRun.ts';
import { crmState } from './crmState.ts';
import { IS_OWNER_NOW } from './journal.ts';
import { countRows, journalRows, settle, type Settled } from './journalStore.ts';
import { PHASES } from './phases.ts';
import type { SyncDeps } from './ports.ts';
import { effectsOf } from './recheck.ts';
import { Cancelled, effectContext, Stopped, type Run } from './runContext.ts';
import { findPublish, updatePublish, type Publish } from './store.ts';
import { verify } from './verify.ts';

export interface RunOptions {
  /** The publish was begun by a process that is gone: rows without an outcome are looked up before they are written. */
  isResumed: boolean;
  isStopping: () => boolean;
}

/** Applies the journal of one publish, verifies it and says what became of it. Safe to call again at any point. */
export async function runPublish(deps: SyncDeps, publish: Publish, options: RunOptions): Promise<void> {
  const { store } = deps;
  const callsBefore = deps.org.budget()?.used ?? 0;
  const run: Run = { deps, publish, mayGoOn: () => goOn(deps, publish, options) };
  const spent = () => publish.apiCalls + Math.max(0, (deps.org.budget()?.used ?? callsBefore) - callsBefore);
  // until they are looked up, rows of a former process may have been written without anybody noting it
  let isCertain = !options.isResumed;
  try {
    if (options.isResumed) {
      await resumeJobs(run);
      await settleLookedUp(run);
    }
    isCertain = true;
    for (const { action, phase } of PHASES) {
      if ((await countRows(store, publish.id, { outcomes: ['planned'], actions: [action] })) === 0) continue;
      await updatePublish(store.db, publish.id, { state: 'running', phase });
      await applyPhase(run, action);
    }
    await finish(run, spent);
  } catch (error) {
    if (error instanceof Stopped) return;
    await stop(run, { error, isCertain, apiCalls: spent() });
  }
}

async function finish(run: Run, spent: () => number, error: Publish['error'] = null): Promise<void> {
  const { deps, publish } = run;
  await updatePublish(deps.store.db, publish.id, { state: 'verifying', phase: 'Reading back from Salesforce' });
  deps.org.forgetAccess();
  const verified = await verify(deps, publish);
  const state = await finalState(deps, publish.id);
  if (state !== 'failed' && error === null) await tellPlans(deps, publish);
  const finished = { state, phase: 'Finished', verified, error, apiCalls: spent(), finishedAt: deps.now() };
  await deps.ports.freeze(publish.alignmentId, false);
  await updatePublish(deps.store.db, publish.id, finished);
}

/** @throws Stopped, Cancelled, BailiwickError org_limit */
async function goOn({ store, org, apiShare }: SyncDeps, publish: Publish, { isStopping }: RunOptions): Promise<void> {
  if (isStopping()) throw new Stopped('The service is stopping; the publish goes on at the next start.');
  if ((await findPublish(store, publish.id))?.cancelledBy) throw new Cancelled();
  const { used, limit } = org.budget() ?? (await org.limits());
  if (used >= limit * apiShare)
    throw new BailiwickError(
      'org_limit',
      `${used} of ${limit} API calls of the day are used: no more are spent here.`,
      {
        action: `Go on when the 24-hour limit frees up, or allow more than ${Math.round(apiShare * 100)} % of it.`,
      },
    );
}

async function settleLookedUp(run: Run): Promise<void> {
  const { deps, publish } = run;
  const found = await journalRows(deps.store, publish.id, { outcomes: ['planned', 'unknown'], job: 'none' });
  // a team that is still there may yet be taken away by the owner change: its own phase looks for itself
  const rows = found.filter(({ action }) => !action.startsWith('restore'));
  const state = await crmState(deps, rows);
  const effects = effectsOf(rows, state, effectContext(run));
  const done = new Set(effects.settled.map(({ id }) => id));
  const again = found.filter((row) => row.outcome === 'unknown' && !done.has(row.id));
  const planned = again.map(({ id }): Settled => ({ id, outcome: 'planned', code: null, message: null, advice: null }));
  await settle(deps.store, [...effects.settled, ...planned], { ...effects, at: deps.now() });
}

async function finalState({ store }: SyncDeps, publishId: string): Promise<'done' | 'partial' | 'failed'> {
  const bad = await countRows(store, publishId, { outcomes: ['failed', 'unknown', 'planned'] });
  const skipped = await journalRows(store, publishId, { outcomes: ['skipped'] });
  const left = bad + skipped.filter(({ code }) => code !== IS_OWNER_NOW).length;
  if (left === 0) return 'done';
  return left === (await countRows(store, publishId)) ? 'failed' : 'partial';
}

async function tellPlans({ ports }: SyncDeps, publish: Publish): Promise<void> {
  if (publish.isPartOnly) return;
  const by = { id: publish.byId, name: publish.byName };
  if (publish.kind === 'publish') await ports.markLive(publish.alignmentId, publish.alignmentVersion, by);
  else if (publish.previousAlignmentId !== null) await ports.restoreLive(publish.previousAlignmentId, by);
}

/** The org is gone, somebody asked to stop, or something unforeseen happened: what was not reached is said so. */
async function stop(
  run: Run,
  { error, isCertain, apiCalls }: { error: unknown; isCertain: boolean; apiCalls: number },
) {
  const { deps, publish } = run;
  const why = await reasonOf(run, error);
  const rows = await journalRows(deps.store, publish.id, { outcomes: ['planned'] });
  await settle(
    deps.store,
    rows.map(({ id, jobId }): Settled => ({
      id,
      outcome: isCertain && jobId === null ? 'skipped' : 'unknown',
      code: why.code,
      message: `Not reached: ${why.message}`,
      advice: why.action,
    })),
    { at: deps.now() },
  );
  await deps.ports.freeze(publish.alignmentId, false);
  const reached = await countRows(deps.store, publish.id, { outcomes: ['written', 'alreadyThere', 'unknown'] });
  await updatePublish(deps.store.db, publish.id, {
    state: reached > 0 ? 'partial' : 'failed',
    phase: 'Stopped',
    error: why,
    apiCalls,
    finishedAt: deps.now(),
  });
}

async function reasonOf({ deps, publish }: Run, error: unknown): Promise<NonNullable<Publish['error']>> {
  if (error instanceof Cancelled) {
    const by = (await findPublish(deps.store, publish.id))?.cancelledBy ?? 'Somebody';
    return {
      code: 'cancelled',
      message: `${by} stopped it.`,
      action: 'Go on with the rest, or take back what is written.',
    };
  }
  if (error instanceof BailiwickError)
    return { code: error.code, message: error.message, action: error.action ?? 'Go on when the cause is gone.' };
  return {
    code: 'internal',
    message: `Something went wrong that we did not foresee: ${String(error)}`,
    action: 'Go on with the rest; if it fails again, tell support.',
  };
}
