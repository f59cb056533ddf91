import { randomUUID } from 'node:crypto';
import { BailiwickError } from '../core/errors.ts';
import type { TeamId } from '../core/ids.ts';
import type { Store } from '../store/store.ts';
import { dayStart } from './days.ts';
import { ITSELF, type LifePorts, type PlanHead, type RunOutcome } from './lifePorts.ts';
import { coverOfPlan, schedulesIn, updateCover, updateSchedule, type Schedule } from './lifeStore.ts';
import { addToPlanLog, type PlanEvent } from './logStore.ts';
import { dayWords } from './noticeWords.ts';
import type { Notices } from './notices.ts';

export interface WatchDeps {
  readonly store: Store;
  readonly ports: LifePorts;
  readonly now: () => Date;
  readonly log: (message: string) => void;
}

/** A date that is met later than this was missed: the service was down. It is made up for, and said so. */
const LATE_MS = 10 * 60_000;

/**
 * Plans whose date has come are written through the automatic sync with its fuse. Nothing is decided by memory alone: the
 * run is chosen in the row before it begins, and a later look, also of another process, goes on from the row.
 */
export function createGoLive({ store, ports, now, log }: WatchDeps, notices: Notices) {
  async function look(): Promise<void> {
    for (const schedule of await schedulesIn(store.db, ['running'])) await follow(schedule);
    const waiting = await schedulesIn(store.db, ['waiting']);
    // an org that does not answer is not asked for nothing
    const zone = waiting.length > 0 ? await ports.timeZone() : '';
    for (const schedule of waiting) {
      const due = dayStart(schedule.effectiveOn, zone);
      if (due > now().getTime()) continue;
      if (await claimed(schedule, due)) await carryOut(schedule.alignmentId);
    }
  }

  /** Asks once more, under the plan's lock, whether it still is to go live, and says which run does it. */
  async function claimed({ alignmentId }: Schedule, due: number): Promise<boolean> {
    return store.transaction(async (tx) => {
      const plan = await ports.locked(tx, alignmentId);
      const [schedule] = (await schedulesIn(tx, ['waiting'])).filter((each) => each.alignmentId === alignmentId);
      if (!schedule) return false;
      if (plan.state !== 'draft' || plan.stage !== 'scheduled') {
        // published by hand, dropped, or its approval was taken away
        await updateSchedule(tx, alignmentId, { state: plan.state === 'live' ? 'done' : 'off' });
        return false;
      }
      const late = now().getTime() - due > LATE_MS;
      const reason = late
        ? `The service was not running on ${dayWords(schedule.effectiveOn)}: it is made up for.`
        : null;
      await updateSchedule(tx, alignmentId, { state: 'running', runId: randomUUID(), reason, action: null });
      await note(tx, plan, 'goingLive', reason ?? `Its date, ${dayWords(schedule.effectiveOn)}, has come.`);
      return true;
    });
  }

  async function carryOut(alignmentId: string): Promise<void> {
    const [schedule] = (await schedulesIn(store.db, ['running'])).filter((each) => each.alignmentId === alignmentId);
    if (!schedule?.runId) return;
    const { runId, territoryIds, expected, byName } = schedule;
    const teamId = schedule.teamId as TeamId;
    try {
      await ports.runs.goLive({ runId, teamId, alignmentId, territoryIds: territoryIds ?? null, expected, byName });
    } catch (error) {
      // another publish of the team is under way: the next look tries again
      if (error instanceof BailiwickError && error.code === 'conflict') return;
      log(`going live of ${alignmentId}: ${String(error)}`);
    }
    await follow(schedule);
  }

  /** What became of the run of a plan. */
  async function follow(schedule: Schedule): Promise<void> {
    const run = schedule.runId === null ? null : await ports.runs.outcome(schedule.runId);
    // chosen and never begun: the process died in between
    if (!run) return carryOutAgain(schedule);
    if (run.state === 'running') return;
    if (run.state === 'waiting') return waits(schedule, run);
    if (run.state === 'skipped' && run.publishId === null) return skipped(schedule);
    if (run.state === 'done' || run.state === 'partial' || run.state === 'nothing') return done(schedule, run);
    return failed(schedule, run);
  }

  async function carryOutAgain({
    alignmentId,
    runId,
    teamId,
    territoryIds,
    expected,
    byName,
  }: Schedule): Promise<void> {
    const what = { runId: runId!, teamId: teamId as TeamId, alignmentId, territoryIds: territoryIds ?? null };
    await ports.runs
      .goLive({ ...what, expected, byName })
      .catch((error: unknown) => log(`going live: ${String(error)}`));
  }

  /** It was stopped before anything was written: once more, unless it is not to go live any more. */
  async function skipped({ alignmentId }: Schedule): Promise<void> {
    await store.transaction(async (tx) => {
      const plan = await ports.locked(tx, alignmentId);
      const isStill = plan.state === 'draft' && plan.stage === 'scheduled';
      await updateSchedule(tx, alignmentId, isStill ? { state: 'waiting', runId: null } : { state: 'off' });
    });
  }

  async function waits(schedule: Schedule, run: RunOutcome): Promise<void> {
    if (schedule.reason === run.reason) return;
    await told(schedule, run, { what: 'waits', state: 'running', text: 'waits for your answer before it goes live' });
  }

  const failed = (schedule: Schedule, run: RunOutcome) =>
    told(schedule, run, { what: 'failed', state: 'failed', text: 'did not go live' });

  /** Noted, and Sales Ops is told, in one transaction. */
  async function told(
    { alignmentId, byId, byName }: Schedule,
    { reason, action }: RunOutcome,
    { what, state, text }: { what: PlanEvent; state: Schedule['state']; text: string },
  ): Promise<void> {
    const plan = await ports.head(alignmentId);
    const body = [reason, action].filter(Boolean).join('\n');
    const drafts = await notices.ofTrouble(plan, {
      by: { id: byId, name: byName },
      text: `Bailiwick: "${plan.name}" ${text}`,
      body: `${body}\nOpen the plan in the territory workbench under Publish.`,
    });
    await store.transaction(async (tx) => {
      await updateSchedule(tx, alignmentId, { state, reason, action });
      await note(tx, plan, what, body);
      await notices.insert(tx, plan, drafts);
    });
  }

  async function done({ alignmentId, territoryIds }: Schedule, run: RunOutcome): Promise<void> {
    await store.transaction(async (tx) => {
      const plan = await ports.locked(tx, alignmentId);
      const reason = run.state === 'partial' ? run.reason : null;
      await updateSchedule(tx, alignmentId, { state: 'done', reason, action: run.action });
      const cover = await coverOfPlan(tx, alignmentId);
      if (cover) {
        await updateCover(tx, cover.id, { state: 'covering', publishId: run.publishId, reason: null });
        await note(tx, plan, 'coverBegan', `${cover.territoryName} is covered until ${dayWords(cover.backOn)}.`);
      }
      // a part goes live as the live plan with the part in it: the plan itself has done its work
      if (territoryIds && plan.state === 'draft')
        await ports.drop(tx, plan, { note: 'Its territories are live.', by: ITSELF });
    });
  }

  async function note(tx: Parameters<typeof updateSchedule>[0], plan: PlanHead, what: PlanEvent, text: string) {
    const { id: alignmentId, teamId, name: planName, version } = plan;
    const by = { byId: ITSELF.id, byName: ITSELF.name };
    await addToPlanLog(tx, { ...{ at: now(), teamId, alignmentId, planName, version, what, note: text }, ...by });
  }

  return { look, note };
}

export type GoingLive = ReturnType<typeof createGoLive>;
