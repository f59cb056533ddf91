import { BailiwickError } from '../core/errors.ts';
import type { TeamId } from '../core/ids.ts';
import type { z } from 'zod';
import { BULK_FROM } from '../org/bulk.ts';
import type { RequestUser } from '../http/identity.ts';
import { checkAccess } from './accessCheck.ts';
import { adoptMatching } from './adopt.ts';
import { callsNeeded } from './apiCalls.ts';
import { plannedRows } from './journal.ts';
import { journalRows, planAgain, type NewJournalRow } from './journalStore.ts';
import { planPublish, type PlannedPublish } from './plan.ts';
import type { SyncDeps } from './ports.ts';
import { presentPreview, previewHash } from './preview.ts';
import { previewFile } from './previewFile.ts';
import { createRunner } from './runner.ts';
import { previewBody, type PublishRequest, type TakeBackBody } from './schemas.ts';
import { createShow } from './show.ts';
import type { Db } from '../store/store.ts';
import * as db from './store.ts';
import { planTakeBack, presentTakeBack } from './takeBack.ts';
import { gains, repsOf } from './verify.ts';
import { isRunning } from './view.ts';

export type Sync = ReturnType<typeof createSync>;
/** A request as it comes: what is left out is as people expect it. */
export type PublishInput = z.input<typeof previewBody>;

/** Who or what begins a publish, and on top of what. */
export interface BeginOptions {
  /**
   * Never from outside: the accounts named are all in which the plan differs from this live one, so the plan is live
   * afterwards.
   */
  readonly onTopOf?: string;
  readonly origin?: db.Publish['origin'];
  /** By itself on the plan's date. */
  readonly isScheduled?: boolean;
}

const optionsOf = (request: PublishRequest): db.Publish['options'] => ({
  associations: request.associations,
  owners: request.owners,
  teamRole: request.teamRole,
  stampField: request.stampField,
  runRules: request.runRules,
  structure: request.structure,
  deals: request.deals,
  dealStage: request.dealStage,
  batchSize: request.batchSize,
  part: request.part,
});

/** Preview, publish, take back: from a plan to the rows of the CRM, through a journal that survives a crash. */
export function createSync(
  given: Omit<SyncDeps, 'sleep' | 'apiShare' | 'bulkFrom'> & Partial<SyncDeps> & { log?: (message: string) => void },
) {
  const deps: SyncDeps = {
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    apiShare: 0.9,
    bulkFrom: BULK_FROM,
    ...given,
  };
  const { store, org, ports, now } = deps;
  const runner = createRunner(deps, given.log ?? console.error);
  const { visible, isNewest, ...shown } = createShow(deps);

  async function plan(user: RequestUser, input: PublishInput): Promise<PlannedPublish> {
    return planPublish(deps, user, previewBody.parse(input));
  }

  async function preview(user: RequestUser, input: PublishInput) {
    return presentPreview(await plan(user, input), org.budget() ?? (await org.limits()), deps.apiShare);
  }

  /** Writes what the preview showed. */
  async function publish(
    user: RequestUser,
    { previewHash: shownHash, ...input }: PublishInput & { previewHash: string },
    { onTopOf, origin = 'person', isScheduled = false }: BeginOptions = {},
  ): Promise<{ id: string }> {
    const planned = await plan(user, input);
    if (previewHash(planned) !== shownHash)
      throw new BailiwickError('preview_stale', 'Salesforce or the plan has changed since the preview was made.', {
        action: 'Look at the new preview, then publish.',
      });
    await requireBudget(planned);
    const { alignment, leftOut, request } = planned;
    const live = await ports.live(alignment.teamId);
    if (onTopOf !== undefined && onTopOf !== live)
      throw new BailiwickError('alignment_stale', 'Another plan has gone live meanwhile.', {
        action: 'Reload the page.',
      });
    // a part goes live as the live plan with this part in it
    const isMerged = request.part !== null && live !== null && live !== alignment.id;
    const whole = isMerged ? await ports.withPart(user, alignment.id, request.part!) : alignment;
    const isSomeAccounts = request.accountIds !== undefined && onTopOf === undefined;
    const isPart = isSomeAccounts || leftOut.outsideBranch > 0 || (request.part !== null && !isMerged);
    return begin(
      {
        kind: 'publish',
        origin,
        alignmentId: whole.id,
        alignmentName: alignment.name,
        alignmentVersion: whole.version,
        teamId: alignment.teamId,
        options: { ...optionsOf(request), ...(isMerged ? { partOf: alignment.id } : {}) },
        isPartOnly: isPart || request.leaveOut.length > 0,
        previousAlignmentId: live,
      },
      {
        user,
        rows: plannedRows(planned),
        claim: (tx) => {
          const { id: alignmentId, version } = alignment;
          const isWhole = whole.id === alignmentId;
          return ports.claim(tx, { alignmentId, version, isWhole, isSmall: onTopOf !== undefined, isScheduled });
        },
      },
    ).catch(async (error: unknown) => {
      if (isMerged) await ports.discard(whole.id);
      throw error;
    });
  }

  async function requireBudget(planned: PlannedPublish): Promise<void> {
    const { used, limit } = org.budget() ?? (await org.limits());
    const needed = callsNeeded(planned);
    const left = Math.floor(limit * deps.apiShare - used);
    if (needed > left)
      throw new BailiwickError(
        'org_limit',
        `The publish needs ${needed} API calls; ${Math.max(0, left)} are left today.`,
        {
          action: 'Wait until the 24-hour limit frees up, or publish fewer accounts.',
        },
      );
  }

  async function begin(
    what: Omit<db.NewPublish, 'state' | 'phase' | 'byId' | 'byName' | 'at'>,
    how: {
      user: RequestUser;
      rows: readonly NewJournalRow[];
      takenBack?: readonly number[];
      claim?: (tx: Db) => Promise<string | null>;
    },
  ): Promise<{ id: string }> {
    const { user, rows, takenBack, claim } = how;
    await requireIdle(what.teamId);
    const fresh = { state: 'queued' as const, phase: 'Waiting', byId: user.userId, byName: user.name, at: now() };
    const id = await db
      .insertPublish(store, { ...what, ...fresh }, rows, { takenBack, claim })
      .catch(async (error: unknown) => {
        await requireIdle(what.teamId);
        throw error;
      });
    const made = await db.findPublish(store, id);
    if (made) runner.start(made, false);
    return { id };
  }

  /** One at a time for a team; the database refuses a second one also where two arrive together. */
  async function requireIdle(teamId: string): Promise<void> {
    const other = (await db.unfinishedPublishes(store)).find((each) => each.teamId === teamId);
    if (other)
      throw new BailiwickError('conflict', `A publish by ${other.byName} is still running for this team.`, {
        action: 'Wait until it has finished, then preview again.',
      });
  }

  async function backOf(user: RequestUser, id: string, territoryIds: TakeBackBody['territoryIds']) {
    const former = await visible(user, id);
    const last = await db.lastStanding(store, former.teamId);
    if (last?.id !== former.id)
      throw new BailiwickError('conflict', 'Only the newest publish of a team that still stands can be taken back.', {
        action: 'Take back the newer publishes first.',
      });
    return { former, planned: await planTakeBack(deps, user, { publish: former, territoryIds }) };
  }

  /** Undoes exactly what a publish wrote, or what it wrote in some territories; newest first. */
  async function takeBack(
    user: RequestUser,
    id: string,
    { territoryIds = null, previewHash: shownHash }: Partial<TakeBackBody> = {},
  ): Promise<{ id: string }> {
    const { former, planned } = await backOf(user, id, territoryIds);
    if (shownHash !== undefined && planned.hash !== shownHash)
      throw new BailiwickError('preview_stale', 'Salesforce has changed since the list was made.', {
        action: 'Look at the new list, then take back.',
      });
    return begin(
      {
        kind: 'takeBack',
        alignmentId: former.alignmentId,
        alignmentName: former.alignmentName,
        alignmentVersion: former.alignmentVersion,
        teamId: former.teamId,
        options: { ...former.options, part: territoryIds === null ? null : { territoryIds, states: [] } },
        isPartOnly: former.isPartOnly || territoryIds !== null,
        previousAlignmentId: former.previousAlignmentId,
        takesBack: former.id,
      },
      { user, rows: planned.rows, takenBack: planned.of },
    );
  }

  /** @throws BailiwickError forbidden where it is somebody else's */
  async function own(user: RequestUser, id: string): Promise<db.Publish> {
    const found = await visible(user, id);
    if (found.byId !== user.userId && user.role !== 'salesOps')
      throw new BailiwickError('forbidden', `This publish is ${found.byName}'s.`, {
        action: `Ask ${found.byName} or Sales Ops.`,
      });
    return found;
  }

  return {
    ...shown,
    /** What a publish would write, whole: for rules that ask before anything is written. */
    planned: plan,
    preview,
    previewCsv: async (user: RequestUser, input: PublishInput) => previewFile(await plan(user, input)),
    dealStages: async () => ({ stages: await org.opportunityStages() }),
    publish,
    takeBack,
    takeBackPreview: async (user: RequestUser, id: string, { territoryIds = null }: Partial<TakeBackBody> = {}) =>
      presentTakeBack((await backOf(user, id, territoryIds)).planned),
    /** Stops a publish after the request under way; what is written stays until it is taken back. */
    async cancel(user: RequestUser, id: string): Promise<{ id: string }> {
      const found = await own(user, id);
      if (!isRunning(found))
        throw new BailiwickError('conflict', 'It has finished already.', {
          action: 'Take it back if it is not wanted.',
        });
      await db.updatePublish(store.db, id, { cancelledBy: user.name });
      return { id };
    },
    /** Tries once more what failed, was not reached or got no answer. */
    async goOn(user: RequestUser, id: string): Promise<{ id: string }> {
      const found = await own(user, id);
      if (!(await isNewest(found)))
        throw new BailiwickError('conflict', 'Only the newest publish of a team can go on.', {
          action: 'Preview the plan again and publish what is left.',
        });
      await requireIdle(found.teamId);
      await planAgain(store, id);
      await db.updatePublish(store.db, id, { state: 'queued', phase: 'Waiting', error: null, cancelledBy: null });
      const again = await db.findPublish(store, id);
      if (again) runner.start(again, true);
      return { id };
    },
    /** Asks about every account that changed territory, not only about a part. */
    async checkAll(user: RequestUser, id: string) {
      const found = await visible(user, id);
      const rows = await journalRows(store, id, { outcomes: ['written', 'alreadyThere'], actions: ['addAssociation'] });
      org.forgetAccess();
      const { access, blind } = await checkAccess(deps, gains(rows), await repsOf(deps, found), { all: true });
      const verified = found.verified ?? { checked: 0, asPlanned: 0, differences: [], access };
      const others = verified.differences.filter((line) => !/ yet\.$/.test(line));
      await db.updatePublish(store.db, id, { verified: { ...verified, access, differences: [...others, ...blind] } });
      return shown.show(user, id);
    },
    adopt: (user: RequestUser, teamId: TeamId) => adoptMatching(deps, user, teamId),
    resume: runner.resume,
    finished: runner.finished,
    idle: runner.idle,
    close: runner.close,
  };
}
