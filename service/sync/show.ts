import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import { handoverFile, handoverRows, presentHandover } from './handover.ts';
import { accountLog, heldOn, presentLog } from './history.ts';
import { journalRows, outcomeCounts, type JournalRow, type Outcome } from './journalStore.ts';
import type { SyncDeps } from './ports.ts';
import { findPublish, lastStanding, listPublishes, type Publish } from './store.ts';
import { isRunning, MAX_FAILURES, outcomesFile, presentPublish } from './view.ts';

export const BAD: Outcome[] = ['failed', 'unknown', 'skipped'];

const notFound = (): BailiwickError =>
  new BailiwickError('not_found', 'There is no such publish.', { action: 'Open the list of publishes of your team.' });

/** What somebody may see of publishes and of what they did. */
export function createShow(deps: SyncDeps) {
  const { store, org, ports } = deps;

  const isOwn = (user: RequestUser, { byId }: Publish): boolean => byId === user.userId || user.role === 'salesOps';

  /**
   * Rows of accounts that the user may see: she may look at a colleague's publish, but not at the names in it. A deleted
   * account is seen by nobody any more: whoever made the publish is told of it all the same.
   */
  async function readable<Row extends { accountId: string }>(
    user: RequestUser,
    rows: readonly Row[],
    publish?: Publish,
  ): Promise<Row[]> {
    const ids = [...new Set(rows.map((row) => row.accountId as AccountId))].filter((id) => id.length > 0);
    if (ids.length === 0) return [...rows];
    const access = await org.access(user.userId, ids);
    const unseen = ids.filter((id) => !access.get(id)?.read);
    const gone = new Set<string>(publish && isOwn(user, publish) ? unseen : []);
    if (gone.size > 0) for (const { id } of await org.heldAccounts(unseen)) gone.delete(id);
    const isShown = (id: string): boolean => id === '' || access.get(id as AccountId)?.read === true || gone.has(id);
    return rows.filter(({ accountId }) => isShown(accountId));
  }

  async function seesTeam(user: RequestUser, teamId: string): Promise<boolean> {
    const writable = await ports.writable(user, teamId as TeamId);
    return writable === 'all' || writable.size > 0;
  }

  /** @throws not_found also when the user may not know of it */
  async function visible(user: RequestUser, id: string): Promise<Publish> {
    const found = user.permissions.has('reassign') ? await findPublish(store, id) : null;
    if (!found || !(await seesTeam(user, found.teamId))) throw notFound();
    return found;
  }

  async function present(user: RequestUser, publishes: readonly Publish[]) {
    const counts = await outcomeCounts(
      store,
      publishes.map(({ id }) => id),
    );
    return Promise.all(
      publishes.map(async (each) => {
        const standing = each.kind === 'publish' && !isRunning(each) ? await lastStanding(store, each.teamId) : null;
        const count = counts.get(each.id) ?? new Map<Outcome, number>();
        const isClean = BAD.every((outcome) => !count.get(outcome));
        const failures = isClean ? [] : await journalRows(store, each.id, { outcomes: BAD, limit: MAX_FAILURES });
        const mine = isOwn(user, each);
        return presentPublish(each, count, {
          failures: await readable(user, failures, each),
          canTakeBack: standing?.id === each.id,
          canGoOn: mine && !isClean && (await isNewest(each)),
          // differences are sentences with names: for whoever made the publish
          isOwn: mine,
        });
      }),
    );
  }

  async function isNewest(publish: Publish): Promise<boolean> {
    const [newest] = await listPublishes(store, publish.teamId);
    return newest?.id === publish.id && !isRunning(publish);
  }

  async function handover(user: RequestUser, id: string) {
    const publish = await visible(user, id);
    const rows: JournalRow[] = await readable(user, await journalRows(store, id));
    const plans = [publish.previousAlignmentId, publish.alignmentId].filter((each) => each !== null);
    return {
      publish,
      rows: handoverRows(publish, rows, await Promise.all(plans.map((each) => ports.alignment(each)))),
    };
  }

  return {
    visible,
    isNewest,
    async list(user: RequestUser, teamId?: string) {
      if (!user.permissions.has('reassign')) return [];
      const seen: Publish[] = [];
      for (const each of await listPublishes(store, teamId)) if (await seesTeam(user, each.teamId)) seen.push(each);
      return present(user, seen);
    },
    async show(user: RequestUser, id: string) {
      const [shown] = await present(user, [await visible(user, id)]);
      return shown;
    },
    async outcomes(user: RequestUser, id: string) {
      const found = await visible(user, id);
      return outcomesFile(found, await readable(user, await journalRows(store, id), found));
    },
    handover: async (user: RequestUser, id: string) => presentHandover((await handover(user, id)).rows),
    async handoverCsv(user: RequestUser, id: string) {
      const { publish, rows } = await handover(user, id);
      return handoverFile(publish, rows);
    },
    /** Who moved an account when and why, and who had it on a day. @throws not_found for an account out of sight */
    async history(user: RequestUser, accountId: AccountId, on?: string) {
      if (!(await org.access(user.userId, [accountId])).get(accountId)?.read)
        throw new BailiwickError('not_found', 'There is no such account.', { action: 'Open it from your own list.' });
      const entries = await accountLog(store, accountId);
      const held = on === undefined ? null : heldOn(entries, on);
      return { on: held && { ...held, date: on ?? '' }, moves: presentLog(entries) };
    },
  };
}
