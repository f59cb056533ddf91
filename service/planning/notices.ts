import { randomUUID } from 'node:crypto';
import type { TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { Db, Store } from '../store/store.ts';
import { dayOf } from './days.ts';
import { ITSELF, type AccountChange, type LifePorts, type PlanHead } from './lifePorts.ts';
import { addToPlanLog } from './logStore.ts';
import { changeMessage, changesByRep, changeSubject, subjectOf, type Told } from './noticeWords.ts';
import { ANNOUNCED, insertNotices, nextTurn, updateNotice, waitingNotices, type NewNotice, type Notice } from './noticeStore.ts'; // prettier-ignore
import { planSettingsOf } from './planSettings.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

/** What messages need of others; compose.ts wires it. */
export interface NoticePorts extends Pick<LifePorts, 'changes' | 'touched' | 'timeZone'> {
  /** Members of the nearest nodes above these territories: who decides about them. */
  managers(ids: readonly TerritoryId[]): Promise<readonly { readonly id: UserId; readonly name: string }[]>;
  /** Those of the accounts that this user may see. */
  readableBy(userId: UserId, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Tasks that are there already are not made again. */
  createTasks(
    tasks: readonly { ownerId: UserId; subject: string; description: string; day: string }[],
  ): Promise<readonly ({ ok: true; id: string | null } | { ok: false; message: string; action: string })[]>;
  /** Whom a team has told to be told of failures. */
  operators(teamId: TeamId): Promise<readonly Person[]>;
  /** Whether the team has a webhook; and a message to it. Null when it arrived, else what went wrong. */
  hasWebhook(teamId: TeamId): Promise<boolean>;
  webhook(teamId: TeamId, body: Readonly<Record<string, unknown>>): Promise<string | null>;
}

interface Deps {
  readonly store: Store;
  readonly ports: NoticePorts;
  readonly now: () => Date;
}

/** Tasks of one request to the CRM. */
const BATCH = 200;
/** A message that could not be sent so often is given up, and shown as such. */
const MOST_TRIES = 5;
/** To whom a message goes that is for a machine. */
const WEBHOOK = 'webhook';

type Draft = Pick<NewNotice, 'kind' | 'userId' | 'userName' | 'body'> & { text: string };
type Plan = Pick<PlanHead, 'id' | 'teamId' | 'name'>;

/** Who is told what of a plan: written down with the step that causes it, sent afterwards, once. */
export function createNotices({ store, ports, now }: Deps) {
  /** What a step will tell; null where it tells nothing. Asked before the step: it reads the CRM. */
  async function prepared(plan: PlanHead, step: string, effectiveOn: string | null = null): Promise<Draft[] | null> {
    const settings = await planSettingsOf(store.db, plan.teamId);
    const drafts: Draft[] = [];
    if (step === 'submit' && settings.tellManagers) drafts.push(...(await forManagers(plan)));
    if ((step === 'announce' || step === 'schedule') && settings.tellReps)
      drafts.push(...(await forReps(plan.name, await ports.changes(plan.id), { told: { effectiveOn } })));
    return withWebhook(plan, step, drafts);
  }

  /** What a publish that nobody announced tells reps afterwards; those in `but` know of it. Null where it tells nobody. */
  async function afterwards(
    plan: Plan,
    changes: readonly AccountChange[],
    { by, at, but }: { by: string; at: Date; but: ReadonlySet<string> },
  ): Promise<Draft[] | null> {
    const on = dayOf(at.getTime(), await ports.timeZone());
    const drafts = await forReps(plan.name, changes, { told: { publishedBy: by, on }, but });
    return withWebhook(plan, 'published', drafts);
  }

  async function withWebhook({ teamId }: Plan, step: string, drafts: readonly Draft[]): Promise<Draft[] | null> {
    const [first] = drafts;
    if (!first) return null;
    if (!(await ports.hasWebhook(teamId))) return [...drafts];
    return [...drafts, forWebhook(first.kind, `plan.${step}`, drafts.length)];
  }

  async function forManagers(plan: PlanHead): Promise<Draft[]> {
    const touched = await ports.touched(plan.id);
    const managers = await ports.managers(touched.map(({ id }) => id));
    return managers
      .filter(({ id }) => id !== plan.createdById)
      .map(({ id, name }) => ({
        kind: 'waits',
        ...{ userId: id, userName: name },
        text: `Bailiwick: "${plan.name}" waits for your review`,
        body: `"${plan.name}" by ${plan.createdBy} changes ${touched.length} territories. Look at it in the territory workbench under Publish: return it with a reason, announce it to the reps, or approve it.`,
      }));
  }

  async function forReps(
    planName: string,
    all: readonly AccountChange[],
    { told, but = new Set() }: { told: Told; but?: ReadonlySet<string> },
  ): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (const [repId, { name, changes }] of changesByRep(all)) {
      if (but.has(repId)) continue;
      const ids = changes.map(({ accountId }) => accountId);
      const own = changes.flatMap(({ from, to }) =>
        [from, to].flatMap((end) => (end?.repId === repId ? [end.id] : [])),
      );
      const readable = await ports.readableBy(repId as UserId, ids);
      const managers = (await ports.managers(own.slice(0, 1))).map((each) => each.name);
      drafts.push({
        kind: 'change',
        ...{ userId: repId, userName: name },
        text: changeSubject({ planName, told, changes, readable }),
        body: changeMessage({ repId, planName, told, changes, readable, managers }),
      });
    }
    return drafts;
  }

  const forWebhook = (kind: Draft['kind'], event: string, people: number): Draft => ({
    ...{ kind, userId: WEBHOOK, userName: 'Webhook', text: event },
    body: `${people} people are told.`,
  });

  /** Notes them with the step; a rep hears of a plan's changes once before, whatever steps follow, or once afterwards. */
  async function insert(tx: Db, plan: Plan, drafts: readonly Draft[], change = ANNOUNCED): Promise<number> {
    const { id: alignmentId, teamId, name: planName } = plan;
    const turns = { change, waits: await nextTurn(tx, alignmentId, 'waits'), failed: await nextTurn(tx, alignmentId, 'failed') }; // prettier-ignore
    return insertNotices(
      tx,
      drafts.map(({ text, ...draft }) => {
        const subject = draft.userId === WEBHOOK ? text : subjectOf(text, randomUUID());
        const what = { teamId, alignmentId, planName, subject, turn: turns[draft.kind] };
        return { ...draft, ...what, state: 'waiting', at: now() };
      }),
    );
  }

  /** What Sales Ops is told of what did not go as planned: those of the team's settings, and who asked for it. */
  async function ofTrouble(plan: PlanHead, said: { by: Person; text: string; body: string }): Promise<Draft[]> {
    const { by, text, body } = said;
    const known = await ports.operators(plan.teamId);
    const asked = /^005\w{15}$/.test(by.id) ? [by] : [];
    const people = new Map<string, string>([...known, ...asked].map(({ id, name }) => [id, name]));
    const drafts = [...people].map(([userId, userName]): Draft => ({ kind: 'failed', userId, userName, text, body }));
    const hasHook = await ports.hasWebhook(plan.teamId);
    return hasHook ? [...drafts, { ...forWebhook('failed', 'plan.trouble', drafts.length), body }] : drafts;
  }

  /** Sends what waits. What was sent before a crash is found again by its subject and not sent twice. */
  async function send(): Promise<void> {
    const waiting = await waitingNotices(store.db, BATCH);
    const [machines, people] = [
      waiting.filter(({ userId }) => userId === WEBHOOK),
      waiting.filter(({ userId }) => userId !== WEBHOOK),
    ];
    for (const notice of machines) await settle(notice, await postTo(notice));
    if (people.length === 0) return;
    const today = dayOf(now().getTime(), await ports.timeZone());
    const outcomes = await ports
      .createTasks(
        people.map(({ userId, subject, body }) => ({
          ...{ ownerId: userId as UserId, subject, description: body, day: today },
        })),
      )
      .catch((error: unknown) =>
        people.map(() => ({ ok: false as const, message: (error as Error).message, action: '' })),
      );
    for (const [k, notice] of people.entries()) await settle(notice, outcomes[k]!);
  }

  async function postTo(notice: Notice) {
    const { id: noticeId, teamId, alignmentId, planName, kind, subject: event, body } = notice;
    const problem = await ports.webhook(teamId as TeamId, { event, noticeId, teamId, alignmentId, planName, kind, body }); // prettier-ignore
    return problem === null ? { ok: true as const, id: null } : { ok: false as const, message: problem, action: '' };
  }

  async function settle(notice: Notice, outcome: Awaited<ReturnType<NoticePorts['createTasks']>>[number]) {
    const tries = notice.tries + 1;
    if (!outcome.ok) {
      const problem = `${outcome.message} ${outcome.action}`.trim();
      const state = tries >= MOST_TRIES ? 'failed' : 'waiting';
      return updateNotice(store.db, notice.id, { tries, problem, state });
    }
    await store.transaction(async (tx) => {
      await updateNotice(tx, notice.id, { tries, state: 'sent', taskId: outcome.id, problem: null, sentAt: now() });
      const { teamId, alignmentId, planName } = notice;
      const note = `${notice.userName}: ${notice.subject.replace(/ \[\w+\]$/, '')}`;
      const by = { byId: ITSELF.id, byName: ITSELF.name };
      await addToPlanLog(tx, { at: now(), teamId, alignmentId, planName, what: 'notified', note, ...by });
    });
  }

  return { prepared, afterwards, insert, ofTrouble, send };
}

export type Notices = ReturnType<typeof createNotices>;
