import { BailiwickError } from '../../core/errors.ts';
import { blownFuses, type FuseReason } from '../../core/fuse.ts';
import type { TeamId } from '../../core/ids.ts';
import type { RequestUser } from '../../http/identity.ts';
import { ownRows } from '../ledgerStore.ts';
import type { PlannedPublish } from '../plan.ts';
import { previewHash } from '../preview.ts';
import { isRunning } from '../view.ts';
import { findPublish, unfinishedPublishes } from '../store.ts';
import { outcomeCounts } from '../journalStore.ts';
import type { PublishInput } from '../sync.ts';
import { countsOf, fuseInput, isEmpty, unexpected } from './figures.ts';
import { notify } from './notify.ts';
import type { AutoDeps } from './ports.ts';
import type { Settings, TeamSettings } from './settings.ts';
import {
  beginPlanRun,
  beginRun,
  findRun,
  lastCounts,
  runsInState,
  updateRun,
  type SyncRun,
  type SyncTrigger,
} from './store.ts';

export interface Due {
  readonly teamId: TeamId;
  readonly trigger: SyncTrigger;
  /** Only these accounts; null = all. */
  readonly accountIds: readonly string[] | null;
  /** Who asked for it, where somebody did. */
  readonly byName?: string;
  /** A plan that goes live by itself, instead of the live one. */
  readonly plan?: DuePlan;
}

/** A plan whose date has come. */
export interface DuePlan {
  readonly alignmentId: string;
  /** Only these territories; null = the whole plan. */
  readonly territoryIds: readonly string[] | null;
  /** Where it takes accounts, as somebody has looked at it: the fuse asks about everything else. */
  readonly expected: Readonly<Record<string, string>>;
}

/** More accounts than this in one limited run are a whole comparison. */
export const MAX_LIMITED = 5_000;

/** Who an automatic run is in the CRM: the integration user, who sees and edits what her rights let her. */
export const automaticUser = ({ orgId, userId }: Pick<AutoDeps['org'], 'orgId' | 'userId'>): RequestUser => ({
  userId,
  orgId,
  name: 'Automatic sync',
  permissions: new Set(['view', 'reassign', 'operate']),
  role: 'salesOps',
});

/** Automatic runs: the live plan against the CRM, through the same preview, journal and verification as by hand. */
export function createRuns(deps: AutoDeps, settings: Settings) {
  const { store, org, sync, ports, now } = deps;
  const user = automaticUser(org);

  /** @throws BailiwickError conflict while the team's plan is being written */
  async function requireIdle(teamId: TeamId): Promise<void> {
    const publish = (await unfinishedPublishes(store)).find((each) => each.teamId === teamId);
    const [run] = await runsInState(store, ['running'], teamId);
    if (!publish && !run) return;
    throw new BailiwickError('conflict', `${publish?.byName ?? 'An automatic run'} is writing this team's plan now.`, {
      action: 'Wait until that has finished.',
    });
  }

  async function begin(due: Due): Promise<SyncRun> {
    await requireIdle(due.teamId);
    const { teamId, trigger, byName = null } = due;
    return beginRun(store, { teamId, trigger, byName, state: 'running', startedAt: now() });
  }

  /** Begins the run of a plan under an id that was chosen before; null where it has begun already. */
  async function beginPlan(id: string, due: Due): Promise<SyncRun | null> {
    if (await findRun(store, id)) return null;
    await requireIdle(due.teamId);
    const { teamId, trigger, byName = null } = due;
    return beginPlanRun(store, { id, teamId, trigger, byName, state: 'running', startedAt: now() });
  }

  /** Ends a run and tells whoever is to be told. */
  async function end(run: SyncRun, change: Partial<SyncRun>): Promise<SyncRun> {
    await updateRun(store, run.id, { ...change, finishedAt: change.state === 'waiting' ? null : now() });
    const ended = (await findRun(store, run.id))!;
    const { name: teamName } = await settings.team(run.teamId as TeamId).catch(() => ({ name: run.teamId }));
    const { settings: how, secret } = await settings.of(run.teamId as TeamId);
    const notified = await notify(deps, ended, { settings: how, secret, teamName });
    if (notified.length > 0) await updateRun(store, run.id, { notified: [...ended.notified, ...notified] });
    return (await findRun(store, run.id))!;
  }

  /** Carries out a run that has begun. Never throws: what went wrong is noted with the run and told. */
  async function carryOut(run: SyncRun, due: Due): Promise<SyncRun> {
    const before = org.budget()?.used ?? 0;
    const spent = () => Math.max(0, (org.budget()?.used ?? before) - before);
    try {
      const ended = await compared(run, due);
      // its publish goes on at the next start, and the run with it
      return ended === null ? run : await end(run, { apiCalls: spent(), ...ended });
    } catch (error) {
      deps.log(`automatic run ${run.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      // taken back a moment before: nothing failed
      const state = isNotScheduled(error) ? ('skipped' as const) : ('failed' as const);
      return end(run, { state, apiCalls: spent(), ...reasonOf(error) });
    }
  }

  async function compared(run: SyncRun, due: Due): Promise<Partial<SyncRun> | null> {
    const team = await settings.of(due.teamId);
    const liveId = await ports.live(due.teamId);
    if (liveId === null)
      return { state: 'skipped', reason: 'The team has no live plan.', action: 'Publish a plan by hand first.' };
    if (due.plan) return scheduled(run, due, team);
    const sheet = await sheetOf(due, team);
    const found = await looked(run, { due, team, alignmentId: sheet?.alignmentId ?? liveId }).catch(
      async (error: unknown) => {
        await sheet?.giveUp();
        throw error;
      },
    );
    // from here on the draft holds what the sheet said
    await sheet?.settle();
    const { planned, request, reasons } = found;
    const hash = previewHash(planned);
    if (reasons.length > 0) return stopped(run, { reasons, hash });
    if (!isEmpty(planned)) return written(run, request, hash);
    if (sheet) {
      await ports.requireReady(sheet.alignmentId);
      await ports.markLive(sheet.alignmentId, request.version, { id: user.userId, name: user.name });
    }
    return { state: 'nothing', reason: 'Salesforce is as the plan says.' };
  }

  /** A plan on its date: written also where the CRM is so already, so that it is live afterwards. */
  async function scheduled(run: SyncRun, due: Due, team: TeamSettings): Promise<Partial<SyncRun> | null> {
    const { planned, request, reasons } = await looked(run, { due, team, alignmentId: due.plan!.alignmentId });
    const hash = previewHash(planned);
    return reasons.length > 0 ? stopped(run, { reasons, hash }) : written(run, request, hash);
  }

  /** What the run would write, and why it has to ask first; noted with it. */
  async function looked(
    run: SyncRun,
    { due, team, alignmentId }: { due: Due; team: TeamSettings; alignmentId: string },
  ) {
    ports.forget();
    org.forgetAccess();
    const { name, version } = await ports.alignment(alignmentId);
    const some = due.accountIds === null ? {} : { accountIds: [...due.accountIds] };
    const part = due.plan?.territoryIds ? { territoryIds: [...due.plan.territoryIds], states: [] } : null;
    const request: PublishInput = { ...team.settings.strategy, alignmentId, version, part, ...some };
    await updateRun(store, run.id, { alignmentId, alignmentName: name, alignmentVersion: version, request });
    const planned = await sync.planned(user, request);
    const { reasons, counts } = await judged(planned, team, due.plan?.expected);
    await updateRun(store, run.id, { counts });
    return { planned, request, reasons };
  }

  /** The sheet of the night goes with a run of everything. */
  async function sheetOf({ teamId, accountIds }: Due, { settings: { sheetName, fuse } }: TeamSettings) {
    if (sheetName === null || accountIds !== null) return null;
    return ports.nightSheet({ user, teamId, name: sheetName, badShare: fuse.vanishedShare });
  }

  async function judged(planned: PlannedPublish, { settings: how }: TeamSettings, expected?: DuePlan['expected']) {
    const { alignment } = planned;
    const wishes = await ports.desired(alignment.id, alignment.version);
    const input = fuseInput(planned, {
      wishes,
      ours: await ownRows(store, alignment.teamId, 'association'),
      last: await lastCounts(store, alignment.teamId),
      stages: await org.opportunityStages(),
      dealStage: how.fuse.dealStage,
    });
    const moved = new Set([
      ...input.moves.filter(({ from }) => from !== null).map((each) => each.accountId),
      ...input.handed,
    ]);
    return {
      reasons: blownFuses(expected ? unexpected(input, expected) : input, how.fuse),
      counts: countsOf(planned, wishes, moved.size),
    };
  }

  /** Nothing is written; whoever runs this answers. A run that waits for the same set of writes is not asked for twice. */
  async function stopped(run: SyncRun, { reasons, hash }: { reasons: readonly FuseReason[]; hash: string }) {
    const { alignmentId, trigger } = (await findRun(store, run.id)) ?? run;
    // a plan that waits on its date and the live plan do not ask instead of each other
    const isAlike = (other: SyncRun) =>
      trigger === 'effectiveDate' || other.trigger === 'effectiveDate' ? other.alignmentId === alignmentId : true;
    const waiting = await runsInState(store, ['waiting'], run.teamId);
    const others = waiting.filter((other) => other.id !== run.id && isAlike(other));
    if (others.some(({ previewHash: shown }) => shown === hash))
      return { state: 'skipped' as const, reason: 'The same changes wait for an answer already.', action: null };
    for (const other of others)
      await updateRun(store, other.id, {
        state: 'skipped',
        finishedAt: now(),
        reason: 'A newer run found other changes and asks instead.',
        action: null,
      });
    return {
      state: 'waiting' as const,
      fuse: reasons.map((reason) => ({ ...reason })),
      previewHash: hash,
      reason: `Nothing was written. ${reasons[0]?.sentence ?? ''}`,
      action: 'Look at what would change, then approve it once or dismiss it.',
    };
  }

  async function written(run: SyncRun, request: PublishInput, hash: string): Promise<Partial<SyncRun> | null> {
    const isScheduled = run.trigger === 'effectiveDate';
    const { id } = await sync.publish(user, { ...request, previewHash: hash }, { origin: 'schedule', isScheduled });
    await updateRun(store, run.id, { publishId: id });
    await sync.finished(id);
    return outcomeOf(id);
  }

  /** What became of the publish of a run; null while it is not over: the service is stopping. */
  async function outcomeOf(publishId: string): Promise<Partial<SyncRun> | null> {
    const publish = await findPublish(store, publishId);
    if (!publish || isRunning(publish)) return null;
    const counts = (await outcomeCounts(store, [publishId])).get(publishId);
    const bad = (counts?.get('failed') ?? 0) + (counts?.get('unknown') ?? 0) + (counts?.get('skipped') ?? 0);
    const good = (counts?.get('written') ?? 0) + (counts?.get('alreadyThere') ?? 0);
    const isDone = publish.state === 'done';
    return {
      publishId,
      state: publish.state as 'done' | 'partial' | 'failed',
      reason: publish.error?.message ?? `${good} written, ${bad} not.`,
      action:
        publish.error?.action ?? (isDone ? null : 'Open the publish: every record that was refused has its reason.'),
    };
  }

  return { begin, beginPlan, carryOut, end, written, outcomeOf, requireIdle };
}
export type Runs = ReturnType<typeof createRuns>;

const isNotScheduled = (error: unknown): boolean =>
  error instanceof BailiwickError && (error.details as { notScheduled?: boolean } | undefined)?.notScheduled === true;

export function reasonOf(error: unknown): { reason: string; action: string } {
  if (error instanceof BailiwickError)
    return { reason: error.message, action: error.action ?? 'The next run tries again.' };
  return {
    reason: `Something went wrong that we did not foresee: ${String(error)}`,
    action: 'The next run tries again.',
  };
}
