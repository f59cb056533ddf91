import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId, TerritoryId } from '../core/ids.ts';
import { goesAlong, type DealRule } from '../core/dealRule.ts';
import type { RequestUser } from '../http/identity.ts';
import { placed, type AccountPage, type PageDeps } from './accountPage.ts';
import type { KnownAccount } from './book.ts';
import { effectOf } from './effect.ts';
import type { LivePlan, Reassignment } from './ports.ts';

export interface ReassignBody extends DealRule {
  readonly teamId: string;
  readonly to: string;
  readonly scope: 'account' | 'sites' | 'zip';
  readonly version: number;
  readonly dryRun: boolean;
  readonly reason: string | null;
}

/** Gives an account, all its sites or its whole ZIP to another territory: first the effect, then the change. */
export function createReassign({ org, ports, book, scope }: PageDeps, page: AccountPage) {
  return async (user: RequestUser, id: AccountId, body: ReassignBody) => {
    const account = await page.visible(user, id);
    const plan = await livePlan(body);
    const to = plan.territories.findIndex((territory) => territory.id === body.to);
    if (to < 0)
      throw new BailiwickError('bad_request', 'The territory is not part of the live plan.', {
        action: 'Pick another territory.',
      });
    const accounts = await touched(account, body.scope);
    await requireEditable(user, plan, { accounts, to });
    const zips = body.scope === 'zip' ? zipOf(account) : [];
    const change = await effectOf({ ports, book }, plan, {
      accounts,
      to,
      units: zips.length > 0 ? [account.unit] : [],
    });
    const moving = accounts.filter((other) => placed(plan, other).index !== to);
    const { deals, dealStage } = body;
    const stages = await dealStages(body);
    if (body.dryRun)
      return {
        accounts: moving.map((other) => ({ id: other.id, name: other.name })),
        units: zips,
        ...change,
        deals: await openDeals(plan, { moving, to, rule: body, stages }),
        stages,
      };
    if (moving.length === 0)
      throw new BailiwickError('conflict', 'It is in that territory already.', { action: 'Pick another territory.' });
    return ports.reassign(user, {
      teamId: plan.teamId,
      alignmentId: plan.alignmentId,
      version: plan.version,
      name: `${account.name} to ${plan.territories[to]!.name}`,
      to: plan.territories[to]!.id,
      zips,
      // the ZIP takes along what follows it; accounts in it that are held by name are held by the new territory
      overrides: moving.filter((other) => zips.length === 0 || isHeld(plan, other)).map((other) => other.id),
      accountIds: moving.map((other) => other.id),
      deals: { deals, dealStage },
      reason: body.reason,
    } satisfies Reassignment);
  };

  async function livePlan({ teamId, version }: ReassignBody): Promise<LivePlan> {
    const plan = await ports.livePlan(teamId as TeamId);
    if (!plan)
      throw new BailiwickError('not_found', 'This team has no live plan.', { action: 'Publish a plan first.' });
    if (plan.version === version) return plan;
    throw new BailiwickError(
      'alignment_stale',
      `The live plan is at version ${plan.version}, the page shows ${version}.`,
      { action: 'Reload the page.' },
    );
  }

  async function touched(account: KnownAccount, how: ReassignBody['scope']): Promise<KnownAccount[]> {
    if (how === 'account') return [account];
    if (how === 'sites') return [account, ...(await page.siblings(account))];
    return account.unit < 0 ? [account] : [...(await book.inUnit(account.unit))];
  }

  /** Every account must be editable by the user, and every territory that gives or takes in her branch. */
  async function requireEditable(
    user: RequestUser,
    plan: LivePlan,
    { accounts, to }: { accounts: KnownAccount[]; to: number },
  ): Promise<void> {
    const writable = await scope.writable(user, plan.teamId);
    const mayWrite = (index: number) =>
      writable === 'all' || index < 0 || writable.has(plan.territories[index]!.id as TerritoryId);
    const access = await org.access(
      user.userId,
      accounts.map(({ id }) => id),
    );
    const refused = accounts.filter(
      (account) => !access.get(account.id)?.edit || !mayWrite(placed(plan, account).index),
    );
    if (refused.length === 0 && mayWrite(to)) return;
    throw new BailiwickError(
      'forbidden',
      `${refused.length || 'The target territory and 0'} of ${accounts.length} accounts are not yours to reassign.`,
      {
        action: 'Choose fewer accounts, or ask the manager of the other branch.',
      },
    );
  }

  /** Stages of the sales process. @throws BailiwickError bad_request where the one asked for is none of them */
  async function dealStages({ deals, dealStage }: ReassignBody): Promise<readonly string[]> {
    const stages = await org.dealStages();
    if (deals !== 'untilStage' || stages.includes(dealStage ?? '')) return stages;
    throw new BailiwickError('bad_request', `"${dealStage}" is no stage of this org.`, {
      action: `Pick one of: ${stages.join(', ')}.`,
    });
  }

  /** Open deals of the accounts with what becomes of each. Deals of others than the leaving rep stay in any case. */
  async function openDeals(
    plan: LivePlan,
    { moving, to, rule, stages }: { moving: KnownAccount[]; to: number; rule: DealRule; stages: readonly string[] },
  ) {
    const along = goesAlong(rule, stages);
    const accounts = new Map(moving.map((account) => [account.id, account]));
    const taking = plan.territories[to]?.repId ?? null;
    return (await org.openDeals([...accounts.keys()])).flatMap((deal) => {
      const account = accounts.get(deal.accountId);
      if (!account || deal.ownerId === taking) return [];
      const leaving = [account.ownerId, plan.territories[placed(plan, account).index]?.repId];
      const moves = taking !== null && leaving.includes(deal.ownerId) && along(deal.stage);
      const { name, ownerName, stage, amountUsd } = deal;
      return [{ name, accountName: account.name, ownerName, stage, amountUsd, moves }];
    });
  }
}

const isHeld = (plan: LivePlan, { id }: KnownAccount) => plan.overrides.some(({ accountId }) => accountId === id);

function zipOf(account: KnownAccount): string[] {
  return account.unit >= 0 && account.zip ? [account.zip.slice(0, 5)] : [];
}
