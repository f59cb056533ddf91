import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import type { Decisions } from './decisions.ts';
import type { PlanningPorts, Subject } from './ports.ts';
import type { FeedbackBody } from './schemas.ts';
import type { Rulebook } from './rules.ts';
import type { Sights } from './sights.ts';
import * as db from './store.ts';

const DAY_MS = 86_400_000;
/** Whoever has more open than this talks to nobody. */
const MOST_OPEN = 50;

export interface FeedbackDeps {
  readonly store: Store;
  readonly ports: PlanningPorts;
  readonly now: () => Date;
  readonly sights: Sights;
  readonly rulebook: Rulebook;
  readonly decisions: Decisions;
}

/** "This is wrong": said by reps, asked by managers of each other, and told back once it is decided. */
export function createFeedback({ store, ports, now, sights, rulebook, decisions }: FeedbackDeps) {
  async function say(user: RequestUser, body: FeedbackBody) {
    const subject = await subjectOf(user, body);
    const to = await placeOf(subject, body.toTerritoryId);
    if ((await db.countOpen(store, user.userId)) >= MOST_OPEN)
      throw new BailiwickError('conflict', `You have ${MOST_OPEN} open pieces of feedback.`, {
        action: 'Wait until your manager has decided some of them.',
      });
    const first = await firstSteps(user, subject, { to, text: body.text });
    const { teamId, territoryId, territoryName, account } = subject;
    const at = now();
    const rules = await rulebook.of(teamId);
    const said = await db.insertFeedback(
      store,
      {
        ...{ kind: first.kind, teamId, territoryId, territoryName, reason: body.reason, text: body.text },
        accountId: account?.id ?? null,
        accountName: account?.name ?? null,
        zips: body.zips,
        toTerritoryId: to?.id ?? null,
        toTerritoryName: to?.name ?? null,
        byId: user.userId,
        byName: user.name,
        at,
        dueAt: new Date(at.getTime() + rules.dueDays * DAY_MS),
        state: 'open',
        askedId: first.asked.id,
        askedName: first.asked.name,
      },
      first.steps,
    );
    if (said) return sights.present(user, (await rulebook.apply(said, decisions)) ?? said);
    throw new BailiwickError('conflict', 'You said so already, and it is not decided yet.', {
      action: 'Wait for the decision; it is shown where you said it.',
    });
  }

  async function subjectOf(user: RequestUser, { accountId, territoryId, teamId, zips }: FeedbackBody) {
    if (accountId !== null) return ports.account(user, accountId as AccountId, teamId as TeamId);
    if (territoryId !== null) return ports.territory(user, territoryId as TerritoryId);
    const subject = await ports.zips(zips, teamId as TeamId);
    const writable = await ports.writable(user, subject.teamId);
    if (user.permissions.has('reassign') && (writable === 'all' || writable.size > 0)) return subject;
    throw new BailiwickError('forbidden', 'ZIPs are asked for by managers.', {
      action: 'Say what is wrong with your territory or with an account.',
    });
  }

  async function placeOf({ teamId, territoryId, territoryName }: Subject, toId: string | null) {
    if (toId === null) return null;
    const to = (await ports.places(teamId)).find(({ id }) => id === toId);
    if (!to)
      throw new BailiwickError('bad_request', 'It cannot go to a territory of another team.', {
        action: 'Pick a territory of this team.',
      });
    if (to.id !== territoryId) return to;
    throw new BailiwickError('bad_request', `It is in ${territoryName} already.`, {
      action: 'Pick where it should be.',
    });
  }

  /** A manager agrees by asking, for the side that is hers: what is left to ask is the other side. */
  async function firstSteps(
    user: RequestUser,
    subject: Subject,
    { to, text }: { to: { id: TerritoryId; name: string } | null; text: string },
  ) {
    const by = { at: now(), byId: user.userId, byName: user.name };
    const said = { ...by, what: 'said' as const, note: text };
    const { territoryId, territoryName, teamId } = subject;
    const writable = user.permissions.has('reassign') ? await ports.writable(user, teamId) : new Set<TerritoryId>();
    const owns = (id: TerritoryId) => writable !== 'all' && writable.has(id);
    const from = { id: territoryId, name: territoryName };
    if (!to || owns(territoryId) === owns(to.id)) return { kind: 'feedback' as const, asked: from, steps: [said] };
    const [mine, asked] = owns(to.id) ? [to, from] : [from, to];
    const agreed = { ...by, what: 'agreed' as const, territoryId: mine.id, territoryName: mine.name };
    return { kind: 'request' as const, asked, steps: [said, agreed] };
  }

  /** What the user said herself, and what is about, or asked of, territories that she may change. */
  async function list(user: RequestUser) {
    const territoryIds: TerritoryId[] = [];
    const teamIds: TeamId[] = [];
    for (const { id } of await ports.teams()) {
      const writable = await ports.writable(user, id);
      if (writable === 'all') teamIds.push(id);
      else territoryIds.push(...writable);
    }
    const rows = await db.listFeedback(store, { byId: user.userId, territoryIds, teamIds });
    return { feedback: await sights.presentAll(user, rows) };
  }

  /** Where something could go, with where the asker would have it, and the drafts that it could go into. */
  async function places(user: RequestUser, { teamId, accountId }: { teamId: string; accountId?: string | undefined }) {
    const team = teamId as TeamId;
    const at = accountId === undefined ? null : (await ports.account(user, accountId as AccountId, team)).territoryId;
    const [all, own] = await Promise.all([ports.places(team), ports.own(user)]);
    const mine = user.role === 'rep' ? all.filter(({ id }) => own.has(id)) : [];
    return {
      at,
      suggested: mine.some(({ id }) => id === at) ? null : (mine[0]?.id ?? null),
      places: all.map(({ id, name, parentName }) => ({ id, name, parentName })),
      drafts: user.permissions.has('reassign') ? [...(await ports.drafts(team))] : [],
    };
  }

  return { say, list, places };
}

export type FeedbackDesk = ReturnType<typeof createFeedback>;
