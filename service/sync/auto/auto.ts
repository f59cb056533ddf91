import { BailiwickError } from '../../core/errors.ts';
import type { TeamId } from '../../core/ids.ts';
import type { RequestUser } from '../../http/identity.ts';
import type { PublishInput } from '../sync.ts';
import type { AutoDeps } from './ports.ts';
import { tellTeam, waysOf, type Message } from './notify.ts';
import { presentRun } from './present.ts';
import { createRuns, reasonOf, type Due, type DuePlan } from './runs.ts';
import { createScheduler } from './scheduler.ts';
import type { SettingsBody } from './schemas.ts';
import { createSettings } from './settings.ts';
import { sendWebhook } from './webhook.ts';
import { findRun, leaveWaiting, listRuns, publishOfRun, runsInState, type SyncRun } from './store.ts';

export type AutoSync = ReturnType<typeof createAutoSync>;

/** How often the clock is looked at: a schedule is as exact as this. */
const LOOK_EVERY_MS = 30_000;

/** Keeps the CRM as the live plans say while nobody looks, and asks before it does much. */
export function createAutoSync(
  given: Omit<AutoDeps, 'sleep'> & Partial<Pick<AutoDeps, 'sleep'>>,
  /** Calls the work again and again until what it gives back is called; a test looks by itself. */
  every: (ms: number, work: () => void) => () => void = byTimer,
) {
  const deps: AutoDeps = { sleep: (ms) => new Promise((done) => setTimeout(done, ms)), ...given };
  const { store, now } = deps;
  const settings = createSettings(deps);
  const runs = createRuns(deps, settings);
  const scheduler = createScheduler(deps, { settings, runs });
  const underWay = new Set<Promise<unknown>>();
  let looking: Promise<void> | null = null;
  let stop: (() => void) | null = null;

  function keep<T>(work: Promise<T>): Promise<T> {
    const kept: Promise<unknown> = work
      .catch((error: unknown) => deps.log(`automatic sync: ${String(error)}`))
      .finally(() => underWay.delete(kept));
    underWay.add(kept);
    return work;
  }

  /** One look at a time; whoever comes meanwhile waits for the one under way. */
  function look(): Promise<void> {
    looking ??= keep(scheduler.look()).finally(() => (looking = null));
    return looking;
  }

  async function run(id: string): Promise<SyncRun> {
    const found = await findRun(store, id);
    if (found) return found;
    throw new BailiwickError('not_found', 'There is no such run.', { action: 'Open the list of runs.' });
  }

  async function followed(left: SyncRun, publishId: string): Promise<void> {
    await deps.sync.finished(publishId);
    const ended = await runs.outcomeOf(publishId);
    if (ended) await runs.end(left, ended);
  }

  /** Runs that a former process left: their publishes have gone on by themselves. */
  async function resume(): Promise<void> {
    for (const left of await runsInState(store, ['running'])) {
      const publish = await publishOfRun(store, left);
      if (publish) void keep(followed(left, publish.id));
      else if (left.trigger === 'effectiveDate')
        // whoever leads the plan begins it again
        await runs.end(left, {
          state: 'skipped',
          reason: 'The service was stopped before anything was written.',
          action: 'It begins again at once.',
        });
      else {
        await runs.end(left, {
          state: 'failed',
          reason: 'The service was stopped before anything was written.',
          action: 'It is made up for at once where the team is on.',
        });
        await scheduler.pend(left.teamId as TeamId, { trigger: 'catchUp', accountIds: null });
      }
    }
  }

  /** @throws BailiwickError conflict */
  async function taken(id: string, change: Partial<SyncRun>): Promise<void> {
    if (await leaveWaiting(store, id, change)) return;
    throw new BailiwickError('conflict', 'This run waits for no answer.', { action: 'Reload the list of runs.' });
  }

  async function writeApproved(waiting: SyncRun): Promise<void> {
    const request = waiting.request as PublishInput;
    const ended = await runs.written(waiting, request, waiting.previewHash ?? '').catch((error: unknown) => ({
      state: 'failed' as const,
      ...reasonOf(error),
    }));
    if (ended) await runs.end(waiting, ended);
  }

  return {
    settings: settings.show,
    /** How the team is written when nobody says otherwise. */
    strategy: async (teamId: TeamId) => (await settings.of(teamId)).settings.strategy,
    save: (user: RequestUser, teamId: TeamId, body: SettingsBody) => settings.save(user, teamId, body),
    async list(teamId: TeamId, limit: number) {
      await settings.team(teamId);
      const [waiting] = await runsInState(store, ['waiting'], teamId);
      return {
        runs: (await listRuns(store, teamId, limit)).map(presentRun),
        waiting: waiting ? presentRun(waiting) : null,
        isRunning: (await runsInState(store, ['running'], teamId)).length > 0,
      };
    },
    show: async (id: string) => presentRun(await run(id)),
    /** Begins a run by hand; the fuse holds for it as for any other. */
    async runNow(user: RequestUser, teamId: TeamId): Promise<{ id: string }> {
      await settings.team(teamId);
      const due = { teamId, trigger: 'person' as const, accountIds: null, byName: user.name };
      const begun = await runs.begin(due);
      void keep(runs.carryOut(begun, due));
      return { id: begun.id };
    },
    /** Writes a plan whose date has come, under a run id that was chosen before; answers when that is over. */
    async carryOutPlan(id: string, due: Omit<Due, 'trigger' | 'accountIds'> & { plan: DuePlan }): Promise<void> {
      const whole = { ...due, trigger: 'effectiveDate' as const, accountIds: null };
      const begun = await runs.beginPlan(id, whole);
      if (begun) await keep(runs.carryOut(begun, whole));
    },
    /** Drops a run that waits, because what it would write is not wanted any more. */
    async drop(id: string, byName: string): Promise<void> {
      const reason = `${byName} took the plan's date back; nothing was written.`;
      await leaveWaiting(store, id, { state: 'dismissed', finishedAt: now(), byName, reason, action: null });
    },
    runOf: (id: string) => findRun(store, id),
    timeZone: settings.timeZone,
    /** Through whom and what a team is told of trouble, for others who have something to tell. */
    async voice(teamId: TeamId) {
      const { settings: how, secret } = await settings.of(teamId);
      const { webhookUrl: url, tellUserIds: userIds } = how;
      const send = (body: Readonly<Record<string, unknown>>) =>
        url === null ? Promise.resolve(null) : sendWebhook({ url, secret, body }, deps.sleep);
      return { userIds, hasWebhook: url !== null, send };
    },
    /** Lets exactly what was shown pass, once. @throws BailiwickError conflict, preview_stale */
    async approve(user: RequestUser, id: string, shownHash: string): Promise<{ id: string }> {
      const waiting = await run(id);
      if (waiting.state === 'waiting' && waiting.previewHash !== shownHash)
        throw new BailiwickError('preview_stale', 'This is not what the run waits with.', {
          action: 'Reload the run and look again.',
        });
      await runs.requireIdle(waiting.teamId as TeamId);
      await taken(id, { state: 'running', isApproved: true, byName: user.name, reason: null, action: null });
      void keep(writeApproved(waiting));
      return { id };
    },
    async dismiss(user: RequestUser, id: string) {
      await run(id);
      const reason = `${user.name} dismissed it; nothing was written.`;
      await taken(id, { state: 'dismissed', finishedAt: now(), byName: user.name, reason, action: null });
      return presentRun(await run(id));
    },
    /** Tells the team's people of something else than a run, in the ways that are set for it. */
    async tell(teamId: TeamId, message: Message): Promise<string[]> {
      const [{ settings: how, secret }, { name }] = [await settings.of(teamId), await settings.team(teamId)];
      return tellTeam(deps, { settings: how, secret, teamName: name, teamId }, message);
    },
    tellWays: async (teamId: TeamId) => waysOf((await settings.of(teamId)).settings),
    look,
    resume,
    start(): void {
      stop ??= every(LOOK_EVERY_MS, () => void look().catch(() => undefined));
    },
    /** Waits until nothing is under way. */
    async idle(): Promise<void> {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    /** Begins nothing more. */
    stop(): void {
      stop?.();
      stop = null;
    },
    /** Waits for what is under way; publishes are stopped by whoever runs them. */
    async close(): Promise<void> {
      stop?.();
      stop = null;
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function byTimer(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}
