import { BailiwickError } from '../core/errors.ts';
import type { RecordId, TeamId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import { dayOf } from './days.ts';
import {
  insertIntroductions,
  introductionsOf,
  updateIntroduction,
  type Introduction,
  type NewIntroduction,
} from './introductionStore.ts';
import { addToPlanLog } from './logStore.ts';
import { dayWords, subjectOf } from './noticeWords.ts';
import { planSettingsOf } from './planSettings.ts';

/** An account that has changed rep with a publish. */
export interface HandedAccount {
  readonly accountId: string;
  readonly accountName: string;
  readonly fromId: string | null;
  readonly fromName: string | null;
  readonly toId: string | null;
  readonly toName: string | null;
  readonly openDeals: readonly { name: string; amountUsd: number | null; nextStep: string | null }[];
}

export interface IntroductionPorts {
  /** What of a publish the user may see. @throws BailiwickError not_found */
  handed(
    user: RequestUser,
    publishId: string,
  ): Promise<{ teamId: TeamId; alignmentId: string; planName: string; accounts: readonly HandedAccount[] }>;
  createTasks(
    tasks: readonly { ownerId: UserId; subject: string; description: string; day: string; whatId: RecordId }[],
  ): Promise<readonly ({ ok: true; id: string | null } | { ok: false; message: string; action: string })[]>;
  tasksDone(ids: readonly RecordId[]): Promise<ReadonlyMap<string, boolean>>;
  timeZone(): Promise<string>;
}

interface Deps {
  readonly store: Store;
  readonly ports: IntroductionPorts;
  readonly now: () => Date;
}

/** More tasks than this are a mail merge, not a handover. */
const MOST_TASKS = 2_000;
/** Tasks of one request to the CRM. */
const BATCH = 200;
const DAY_MS = 86_400_000;

/** Introductions of accounts to their new reps: tasks in the org for both, and how far they are. */
export function createIntroductions({ store, ports, now }: Deps) {
  /** Makes the tasks that are not there yet: of accounts with open deals, or of all. */
  async function make(user: RequestUser, publishId: string, { accounts }: { accounts: 'deals' | 'all' }) {
    const handed = await ports.handed(user, publishId);
    const { teamId, alignmentId, planName } = handed;
    const chosen = handed.accounts.filter(({ openDeals }) => accounts === 'all' || openDeals.length > 0);
    const { introductionDays } = await planSettingsOf(store.db, teamId);
    const dueOn = dayOf(now().getTime() + introductionDays * DAY_MS, await ports.timeZone());
    const rows = chosen.flatMap((account) => tasksOf(account, { publishId, teamId, dueOn, at: now() }));
    if (rows.length === 0)
      throw new BailiwickError('conflict', 'No account of this publish needs an introduction.', {
        action: accounts === 'deals' ? 'Ask for all accounts: none of these has an open deal.' : 'Look at the list.',
      });
    if (rows.length > MOST_TASKS)
      throw new BailiwickError('too_large', `${rows.length} tasks would be made; at most ${MOST_TASKS} are.`, {
        action: 'Make them for accounts with open deals only.',
      });
    await insertIntroductions(store.db, rows);
    await send(publishId);
    await addToPlanLog(store.db, {
      ...{ at: now(), teamId, alignmentId, planName, what: 'introductions', byId: user.userId, byName: user.name },
      note: `Introductions of ${chosen.length} accounts, due on ${dayWords(dueOn)}.`,
    });
    return show(user, publishId);
  }

  /** What has no task yet; a task that a lost answer has made is found by its subject. */
  async function send(publishId: string): Promise<void> {
    const missing = (await introductionsOf(store.db, publishId)).filter(({ taskId }) => taskId === null);
    for (let k = 0; k < missing.length; k += BATCH) {
      const some = missing.slice(k, k + BATCH);
      const outcomes = await ports.createTasks(
        some.map(({ userId, subject, body, dueOn, accountId }) => ({
          ...{ ownerId: userId as UserId, subject, description: body, day: dueOn, whatId: accountId as RecordId },
        })),
      );
      for (const [i, { id }] of some.entries()) {
        const outcome = outcomes[i]!;
        await updateIntroduction(
          store.db,
          id,
          outcome.ok
            ? { taskId: outcome.id, problem: null }
            : { problem: `${outcome.message} ${outcome.action}`.trim() },
        );
      }
    }
  }

  /** How far they are, asked of the org now, by pair of reps. */
  async function show(user: RequestUser, publishId: string) {
    const { accounts } = await ports.handed(user, publishId);
    const seen = new Set(accounts.map(({ accountId }) => accountId));
    const rows = (await introductionsOf(store.db, publishId)).filter(({ accountId }) => seen.has(accountId));
    const open = rows.filter(({ taskId, isDone }) => taskId !== null && !isDone);
    const done = await ports.tasksDone(open.map(({ taskId }) => taskId as RecordId));
    for (const row of open) {
      if (!done.get(row.taskId!)) continue;
      row.isDone = true;
      await updateIntroduction(store.db, row.id, { isDone: true, readAt: now() });
    }
    const pairs = [...Map.groupBy(rows, ({ fromName, toName }) => `${fromName}\n${toName}`).values()].map(pairOf);
    return {
      pairs,
      done: pairs.reduce((sum, pair) => sum + pair.done, 0),
      total: pairs.reduce((sum, pair) => sum + pair.total, 0),
      refused: rows.filter(({ problem }) => problem !== null).length,
    };
  }

  return { make, show };
}

export type Introductions = ReturnType<typeof createIntroductions>;

/** An account is introduced once everybody's task about it is done. */
function pairOf(rows: readonly Introduction[]) {
  const accounts = [...Map.groupBy(rows, ({ accountId }) => accountId).values()];
  return {
    fromName: rows[0]?.fromName ?? null,
    toName: rows[0]?.toName ?? null,
    dueOn: rows.map(({ dueOn }) => dueOn).sort()[0] ?? '',
    done: accounts.filter((tasks) => tasks.every(({ isDone }) => isDone)).length,
    total: accounts.length,
    open: accounts.filter((tasks) => tasks.some(({ isDone }) => !isDone)).map((tasks) => tasks[0]!.accountName),
  };
}

function tasksOf(
  { accountId, accountName, fromId, fromName, toId, toName, openDeals }: HandedAccount,
  made: Pick<NewIntroduction, 'publishId' | 'teamId' | 'dueOn' | 'at'>,
): NewIntroduction[] {
  const deals = openDeals.map(
    ({ name, amountUsd, nextStep }) =>
      `Open deal: ${name}${amountUsd === null ? '' : ` ($${Math.round(amountUsd).toLocaleString('en-US')})`}${nextStep ? `; next step: ${nextStep}` : ''}`,
  );
  const of = (userId: string, text: string, first: string): NewIntroduction => ({
    ...made,
    ...{ accountId, accountName, fromName, toName, userId },
    // the same account, publish and person: the same subject, whenever it is asked again
    subject: subjectOf(text, `${made.publishId.slice(0, 4)}${accountId.slice(-7, -3)}`),
    body: [first, ...deals, `Due on ${dayWords(made.dueOn)}.`].join('\n'),
  });
  const giver = fromName ?? 'nobody';
  return [
    ...(fromId && toId ? [of(fromId, `Introduce ${toName} to ${accountName}`, `${toName} takes over ${accountName} from you.`)] : []), // prettier-ignore
    ...(toId ? [of(toId, `Meet ${accountName}`, `You take over ${accountName} from ${giver}. ${fromId ? `${giver} introduces you.` : 'Introduce yourself.'}`)] : []), // prettier-ignore
  ];
}
