import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import type { PlanningPorts } from './ports.ts';
import type { DecisionBody, FeedbackBody } from './schemas.ts';
import * as db from './store.ts';

/** A manager has five working days, which is a week. */
const DUE_DAYS = 7;
const DAY_MS = 86_400_000;
/** Whoever has more open than this talks to nobody. */
const MOST_OPEN = 50;

export interface FeedbackDeps {
  readonly store: Store;
  readonly ports: PlanningPorts;
  readonly now: () => Date;
}

/** "This is wrong": said by reps, decided by who may change the territory, and told back. */
export function createFeedback({ store, ports, now }: FeedbackDeps) {
  async function say(user: RequestUser, body: FeedbackBody) {
    const subject =
      body.accountId === null
        ? await ports.territory(user, body.territoryId as TerritoryId)
        : await ports.account(user, body.accountId as AccountId, body.teamId as TeamId);
    if ((await db.countOpen(store, user.userId)) >= MOST_OPEN)
      throw new BailiwickError('conflict', `You have ${MOST_OPEN} open pieces of feedback.`, {
        action: 'Wait until your manager has decided some of them.',
      });
    const { teamId, territoryId, territoryName, account } = subject;
    const at = now();
    const said = await db.insertFeedback(store, {
      ...{ teamId, territoryId, territoryName, reason: body.reason, text: body.text },
      accountId: account?.id ?? null,
      accountName: account?.name ?? null,
      byId: user.userId,
      byName: user.name,
      at,
      dueAt: new Date(at.getTime() + DUE_DAYS * DAY_MS),
      state: 'open',
    });
    if (said) return present(user, said);
    throw new BailiwickError('conflict', 'You said so already, and it is not decided yet.', {
      action: 'Wait for the decision; it is shown where you said it.',
    });
  }

  /** What the user said herself, and what is about territories that she may change. */
  async function list(user: RequestUser) {
    const territoryIds: TerritoryId[] = [];
    const teamIds: TeamId[] = [];
    for (const { id } of await ports.teams()) {
      const writable = await ports.writable(user, id);
      if (writable === 'all') teamIds.push(id);
      else territoryIds.push(...writable);
    }
    const rows = await db.listFeedback(store, { byId: user.userId, territoryIds, teamIds });
    return { feedback: await Promise.all((await shown(user, rows)).map((row) => present(user, row))) };
  }

  /** An account that is not, or no longer, shared with the reader is not named, not even to who spoke of it. */
  async function shown(user: RequestUser, rows: readonly db.Feedback[]): Promise<db.Feedback[]> {
    const ids = rows.flatMap(({ accountId }) => (accountId === null ? [] : [accountId as AccountId]));
    const readable = await ports.readable(user, ids);
    return rows.map((row) =>
      row.accountId === null || readable.has(row.accountId as AccountId)
        ? row
        : { ...row, accountId: null, accountName: 'An account that is not shared with you' },
    );
  }

  async function decide(user: RequestUser, id: string, { verdict, text }: DecisionBody) {
    const found = await db.findFeedback(store, id);
    if (!found || !(await mayKnow(user, found))) throw missing();
    if (!(await mayDecide(user, found))) {
      const [manager] = await ports.managers(found.territoryId as TerritoryId);
      throw new BailiwickError('forbidden', `${found.territoryName} is not yours to decide about.`, {
        action: manager ? `It is with ${manager}.` : 'Ask Sales Ops who manages it.',
      });
    }
    const decided = await db.decideFeedback(store, id, {
      state: verdict,
      decision: text,
      decidedById: user.userId,
      decidedByName: user.name,
      decidedAt: now(),
    });
    const [row] = decided ? await shown(user, [decided]) : [];
    if (row) return present(user, row);
    throw new BailiwickError('conflict', 'Somebody decided this before you.', { action: 'Load the list again.' });
  }

  /** Whoever may change something in the team knows of its feedback. */
  async function mayKnow(user: RequestUser, { teamId, byId }: db.Feedback): Promise<boolean> {
    const writable = await ports.writable(user, teamId as TeamId);
    return byId === user.userId || writable === 'all' || writable.size > 0;
  }

  async function mayDecide(user: RequestUser, { teamId, territoryId }: db.Feedback): Promise<boolean> {
    const writable = await ports.writable(user, teamId as TeamId);
    return user.permissions.has('reassign') && (writable === 'all' || writable.has(territoryId as TerritoryId));
  }

  async function present(user: RequestUser, row: db.Feedback) {
    const { at, dueAt, decidedAt, decidedById: _, teamId, byId, ...rest } = row;
    return {
      ...rest,
      teamId,
      isMine: byId === user.userId,
      at: at.toISOString(),
      dueAt: dueAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
      canDecide: row.state === 'open' && (await mayDecide(user, row)),
      managers: await ports.managers(row.territoryId as TerritoryId),
    };
  }

  return { say, list, decide };
}

export type FeedbackDesk = ReturnType<typeof createFeedback>;

const missing = () =>
  new BailiwickError('not_found', 'There is no such feedback, or it is not yours to see.', {
    action: 'Load the list again.',
  });
