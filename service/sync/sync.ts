import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import { adoptMatching } from './adopt.ts';
import { inverseRows, plannedRows } from './journal.ts';
import { planPublish, type PlannedPublish } from './plan.ts';
import type { SyncDeps } from './ports.ts';
import { callsNeeded, presentPreview, previewHash } from './preview.ts';
import { crmState, settleUnknown } from './recheck.ts';
import { runPublish } from './run.ts';
import type { PublishBody, PublishRequest } from './schemas.ts';
import * as db from './store.ts';
import { isRunning, MAX_FAILURES, outcomesFile, presentPublish } from './view.ts';

export type Sync = ReturnType<typeof createSync>;

const BAD: db.Outcome[] = ['failed', 'unknown', 'skipped'];

const notFound = (): BailiwickError =>
  new BailiwickError('not_found', 'There is no such publish.', { action: 'Open the list of publishes of your team.' });

/** Preview, publish, take back: from a plan to the rows of the CRM, through a journal that survives a crash. */
export function createSync(deps: SyncDeps & { log?: (message: string) => void }) {
  const { store, org, ports, now, log = console.error } = deps;
  const running = new Map<string, Promise<void>>();
  let isStopping = false;

  function run(publish: db.Publish, isResumed: boolean): void {
    const work = runPublish(deps, publish, { isResumed, isStopping: () => isStopping })
      .catch((error: unknown) =>
        log(`publish ${publish.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
      )
      .finally(() => running.delete(publish.id));
    running.set(publish.id, work);
  }

  async function preview(user: RequestUser, request: PublishRequest) {
    const plan = await planPublish(deps, user, request);
    return presentPreview(plan, org.budget() ?? (await org.limits()));
  }

  /**
   * Writes what the preview showed. `onTopOf` (never from outside): the accounts named are all in which the plan differs from
   * this live one, so the plan is live afterwards.
   */
  async function publish(
    user: RequestUser,
    { previewHash: shown, ...request }: PublishBody,
    { onTopOf }: { onTopOf?: string } = {},
  ): Promise<{ id: string }> {
    const plan = await planPublish(deps, user, request);
    if (previewHash(plan) !== shown)
      throw new BailiwickError('preview_stale', 'Salesforce or the plan has changed since the preview was made.', {
        action: 'Look at the new preview, then publish.',
      });
    await requireBudget(plan);
    const { alignment, leftOut } = plan;
    const live = await ports.live(alignment.teamId);
    if (onTopOf !== undefined && onTopOf !== live)
      throw new BailiwickError('alignment_stale', 'Another plan has gone live meanwhile.', {
        action: 'Reload the page.',
      });
    const namesAccounts = request.accountIds !== undefined && onTopOf === undefined;
    return begin(
      {
        kind: 'publish',
        alignmentId: alignment.id,
        alignmentName: alignment.name,
        alignmentVersion: alignment.version,
        teamId: alignment.teamId,
        isPartOnly: namesAccounts || leftOut.outsideBranch > 0,
        previousAlignmentId: live,
      },
      { user, rows: plannedRows(plan) },
    );
  }

  async function requireBudget(plan: PlannedPublish): Promise<void> {
    const { used, limit } = org.budget() ?? (await org.limits());
    const needed = callsNeeded(plan);
    if (needed > limit - used)
      throw new BailiwickError(
        'org_limit',
        `The publish needs ${needed} API calls; ${Math.max(0, limit - used)} are left today.`,
        {
          action: 'Wait until the 24-hour limit frees up, or publish fewer accounts.',
        },
      );
  }

  async function begin(
    what: Pick<
      db.Publish,
      'kind' | 'alignmentId' | 'alignmentName' | 'alignmentVersion' | 'teamId' | 'isPartOnly' | 'previousAlignmentId'
    > & {
      takesBack?: string;
    },
    how: { user: RequestUser; rows: db.NewJournalRow[] },
  ): Promise<{ id: string }> {
    const other = (await db.unfinishedPublishes(store)).find((each) => each.teamId === what.teamId);
    if (other)
      throw new BailiwickError('conflict', `A publish by ${other.byName} is still running for this team.`, {
        action: 'Wait until it has finished, then preview again.',
      });
    const { user, rows } = how;
    const fresh = { state: 'queued' as const, phase: 'Waiting', byId: user.userId, byName: user.name, at: now() };
    const id = await db.insertPublish(store, { ...what, ...fresh }, rows);
    const made = await db.findPublish(store, id);
    if (made) run(made, false);
    return { id };
  }

  /** Undoes exactly what a publish wrote, newest first. */
  async function takeBack(user: RequestUser, id: string): Promise<{ id: string }> {
    const former = await visible(user, id);
    const writable = await ports.writable(user, former.teamId as TeamId);
    const last = await db.lastStanding(store, former.teamId);
    if (last?.id !== former.id)
      throw new BailiwickError('conflict', 'Only the newest publish of a team that still stands can be taken back.', {
        action: 'Take back the newer publishes first.',
      });
    await settleUnknown(deps, former.teamId as TeamId);
    const written = await db.journalRows(store, id, { outcomes: ['written'] });
    await requireEditable(user, written);
    const isOutside =
      writable !== 'all' && written.some((row) => row.territoryId !== null && !writable.has(row.territoryId as TeamId));
    if (isOutside)
      throw new BailiwickError('forbidden', 'This publish wrote to territories outside your branch.', {
        action: 'Ask Sales Ops to take it back.',
      });
    return begin(
      {
        kind: 'takeBack',
        alignmentId: former.alignmentId,
        alignmentName: former.alignmentName,
        alignmentVersion: former.alignmentVersion,
        teamId: former.teamId,
        isPartOnly: former.isPartOnly,
        previousAlignmentId: former.previousAlignmentId,
        takesBack: former.id,
      },
      { user, rows: inverseRows(written, await crmState(deps, written)) },
    );
  }

  async function requireEditable(user: RequestUser, rows: readonly db.JournalRow[]): Promise<void> {
    const accountIds = [...new Set(rows.map((row) => row.accountId as AccountId))];
    org.forgetAccess();
    const access = await org.access(user.userId, accountIds);
    const refused = accountIds.filter((id) => !access.get(id)?.edit).length;
    if (refused > 0)
      throw new BailiwickError(
        'forbidden',
        `You may not edit ${refused} of ${accountIds.length} accounts of this publish.`,
        {
          action: 'Ask Sales Ops to take it back.',
        },
      );
  }

  /** Rows of accounts that the user may see: she may look at a colleague's publish, but not at the names in it. */
  async function readable(user: RequestUser, rows: readonly db.JournalRow[]): Promise<db.JournalRow[]> {
    if (rows.length === 0) return [];
    const access = await org.access(user.userId, [...new Set(rows.map((row) => row.accountId as AccountId))]);
    return rows.filter((row) => access.get(row.accountId as AccountId)?.read);
  }

  /** @throws not_found also when the user may not know of it */
  async function visible(user: RequestUser, id: string): Promise<db.Publish> {
    const found = user.permissions.has('reassign') ? await db.findPublish(store, id) : null;
    if (!found || !(await seesTeam(user, found.teamId))) throw notFound();
    return found;
  }

  async function seesTeam(user: RequestUser, teamId: string): Promise<boolean> {
    const writable = await ports.writable(user, teamId as TeamId);
    return writable === 'all' || writable.size > 0;
  }

  async function present(user: RequestUser, publishes: readonly db.Publish[]) {
    const counts = await db.outcomeCounts(
      store,
      publishes.map(({ id }) => id),
    );
    return Promise.all(
      publishes.map(async (each) => {
        const standing = each.kind === 'publish' && !isRunning(each) ? await db.lastStanding(store, each.teamId) : null;
        const count = counts.get(each.id) ?? new Map<db.Outcome, number>();
        const isClean = BAD.every((outcome) => !count.get(outcome));
        const failures = isClean ? [] : await db.journalRows(store, each.id, { outcomes: BAD, limit: MAX_FAILURES });
        return presentPublish(each, count, {
          failures: await readable(user, failures),
          canTakeBack: standing?.id === each.id,
          // differences are sentences with names: for whoever made the publish
          isOwn: each.byId === user.userId || user.role === 'salesOps',
        });
      }),
    );
  }

  return {
    preview,
    publish,
    takeBack,
    async list(user: RequestUser, teamId?: string) {
      if (!user.permissions.has('reassign')) return [];
      const seen: db.Publish[] = [];
      for (const each of await db.listPublishes(store, teamId)) if (await seesTeam(user, each.teamId)) seen.push(each);
      return present(user, seen);
    },
    async show(user: RequestUser, id: string) {
      const [shown] = await present(user, [await visible(user, id)]);
      return shown;
    },
    async outcomes(user: RequestUser, id: string) {
      const found = await visible(user, id);
      return outcomesFile(found, await readable(user, await db.journalRows(store, id)));
    },
    adopt: (user: RequestUser, teamId: TeamId) => adoptMatching(deps, user, teamId),
    /** Goes on with what a former process left unfinished. Called once at start, before requests come in. */
    async resume(): Promise<string[]> {
      const unfinished = await db.unfinishedPublishes(store);
      for (const each of unfinished) if (!running.has(each.id)) run(each, true);
      return unfinished.map(({ id }) => id);
    },
    /** Waits until no publish is running. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running.values());
    },
    /** Stops after the request under way; the rest is done at the next start. */
    async close(): Promise<void> {
      isStopping = true;
      await Promise.all(running.values());
    },
  };
}
