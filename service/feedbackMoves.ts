import { effectOf } from './accounts/effect.ts';
import { placed } from './accounts/accountPage.ts';
import type { Book, KnownAccount } from './accounts/book.ts';
import type { AccountPorts, AccountsOrg } from './accounts/ports.ts';
import type { Alignments } from './alignments/alignments.ts';
import { findAlignment, findLive, listAlignments, type StoredAlignment } from './alignments/store.ts';
import { BailiwickError } from './core/errors.ts';
import { unitIndex } from './core/geography.ts';
import type { UserId } from './core/ids.ts';
import { reasonNote } from './core/reasonNote.ts';
import type { AgreedMove, Effect, PlanningPorts, Wish } from './planning/ports.ts';
import type { Store } from './store/store.ts';
import { lastPublished } from './sync/store.ts';

interface MoveDeps {
  readonly store: Store;
  readonly alignments: Alignments;
  readonly ports: AccountPorts;
  readonly book: Book;
  readonly org: Pick<AccountsOrg, 'access'>;
}

/** An edit made meanwhile by somebody else is met this often before the move is given up. */
const TRIES = 3;

/** What feedback needs of plans: where things could go, what that does, and the move into a draft. */
export function feedbackMoves({ store, alignments, ports, book, org }: MoveDeps) {
  const units = unitIndex(ports.geography);

  async function drafts(teamId: string): Promise<StoredAlignment[]> {
    const plans = await listAlignments(store, [teamId]);
    // what is approved is held as it is: a move goes into another draft
    return plans.filter((plan) => plan.state === 'draft' && !plan.isFrozen && !alignments.isHeld(plan));
  }

  const draftNamed: PlanningPorts['draftNamed'] = async (user, teamId, name) => {
    const there = (await drafts(teamId)).find((draft) => draft.name === name);
    if (there) return there.id;
    const live = await findLive(store.db, teamId);
    if (!live)
      throw new BailiwickError('not_ready', 'This team has no live plan that a draft could start from.', {
        action: 'Publish a plan first.',
      });
    return (await alignments.create(user, { teamId, name, from: live.id })).id;
  };

  /** What a wish moves in a plan: the accounts, and the units that take along all that follows them. */
  async function handover(plan: StoredAlignment, { accountId, zips, to: id }: Omit<Wish, 'teamId' | 'draftId'>) {
    const to = plan.territories.findIndex((territory) => territory.id === id);
    if (to < 0)
      throw new BailiwickError('conflict', `"${plan.name}" has no such territory any more.`, {
        action: 'Pick another territory or another draft.',
      });
    const wanted = zips.map((zip) => units.get(zip) ?? -1);
    const account = accountId === null ? null : await book.find(accountId);
    if (wanted.includes(-1) || (accountId !== null && !account))
      throw new BailiwickError('conflict', 'The account or a ZIP is not there any more.', {
        action: 'Decline it and say so.',
      });
    return { to, accounts: account ? [account] : [], units: wanted };
  }

  async function effect(wish: Wish): Promise<Effect> {
    const plan = wish.draftId === null ? await findLive(store.db, wish.teamId) : await alignments.find(wish.draftId);
    if (!plan)
      throw new BailiwickError('not_ready', 'This team has no live plan.', { action: 'Publish a plan first.' });
    const { before, after } = await effectOf({ ports, book }, plan, await handover(plan, wish));
    return { planName: plan.name, before, after };
  }

  async function move(wish: AgreedMove): Promise<void> {
    for (let left = TRIES; ; left--) {
      try {
        return await once(wish);
      } catch (error) {
        if (left <= 1 || !(error instanceof BailiwickError) || error.code !== 'alignment_stale') throw error;
      }
    }
  }

  async function once(wish: AgreedMove): Promise<void> {
    const plan = await alignments.find(wish.draftId);
    const { to, accounts, units: wanted } = await handover(plan, wish);
    const open = wanted.filter((unit) => plan.owners[unit] !== to);
    const [account] = accounts.filter((one) => placed(plan, one).index !== to);
    if (open.length === 0 && !account) return;
    const idOf = (index: number) => plan.territories[index]?.id ?? null;
    const request = {
      version: plan.version,
      moves: open.map((unit) => ({
        unit: ports.geography.ids[unit]!,
        from: idOf(plan.owners[unit] ?? -1),
        to: wish.to as string,
      })),
      overrides: account ? [{ accountId: account.id, to: wish.to as string }] : [],
      note: reasonNote(wish.reason),
    };
    const editor = { userId: account ? await editorOf(account, wish.agreed) : wish.byId };
    await alignments.moveAgreed({ userId: wish.byId, name: wish.byName }, plan.id, { request, editor });
  }

  /** One of those who agreed who may edit the account in Salesforce today. */
  async function editorOf({ id, name }: KnownAccount, agreed: readonly UserId[]): Promise<UserId> {
    for (const userId of agreed) if ((await org.access(userId, [id])).get(id)?.edit) return userId;
    throw new BailiwickError('forbidden', `Nobody who agreed may edit ${name} in Salesforce.`, {
      action: 'Pass it on to somebody who may, or have it shared with you for editing.',
    });
  }

  const planStates: PlanningPorts['planStates'] = async (ids) => {
    const found = new Map<string, { name: string; fate: 'draft' | 'live' | 'dropped' }>();
    for (const id of new Set(ids)) {
      const plan = await findAlignment(store.db, id);
      if (!plan) continue;
      const wasLive = plan.state === 'archived' && (await lastPublished(store.db, id)) !== null;
      const fate = plan.state === 'live' || wasLive ? 'live' : plan.state === 'archived' ? 'dropped' : 'draft';
      found.set(id, { name: plan.name, fate });
    }
    return found;
  };

  return {
    draftNamed,
    effect,
    move,
    planStates,
    drafts: async (teamId: string) => (await drafts(teamId)).map(({ id, name }) => ({ id, name })),
    unitsOf: (zips: readonly string[]) => zips.map((zip) => units.get(zip) ?? -1),
  };
}

export type FeedbackMoves = ReturnType<typeof feedbackMoves>;
