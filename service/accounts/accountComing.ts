import { utilization } from '../core/balance.ts';
import { percent } from '../core/findings.ts';
import type { AccountId } from '../core/ids.ts';
import { totals } from '../core/measures.ts';
import type { RequestUser } from '../http/identity.ts';
import { placed, type AccountPage, type PageDeps } from './accountPage.ts';
import type { KnownAccount } from './book.ts';
import type { ComingPlan, LivePlan } from './ports.ts';
import type { Story } from './story.ts';

/** "This account leaves me": announced plans that give an account to another territory or rep, with the reason in figures. */
export function createAccountComing(
  { org, ports, book, scope }: PageDeps,
  { page, story }: { page: AccountPage; story: Story },
) {
  return async (user: RequestUser, id: AccountId) => {
    const account = await page.visible(user, id);
    const own = user.role === 'rep' ? await scope.own(user) : null;
    const found = [];
    for (const team of await scope.teams()) {
      const live = await ports.livePlan(team.id);
      for (const plan of live ? await ports.coming(team.id) : []) {
        const change = changeOf(live!, plan, account);
        // to a rep whose territory has no part in it the plan is not announced
        const ends = change && [change.from, change.to].flatMap((each) => each ?? []);
        if (!ends || (own && !ends.some((each) => own.has(each.id)))) continue;
        found.push({ teamName: team.name, ...(await told(account, { live: live!, plan, change })) });
      }
    }
    return { coming: found };
  };

  async function told(
    account: KnownAccount,
    { live, plan, change }: { live: LivePlan; plan: ComingPlan; change: NonNullable<ReturnType<typeof changeOf>> },
  ) {
    const used = await usedHours(live, plan);
    const holder = (of: typeof change.from) =>
      of && { territoryName: of.name, repName: of.repName, ...(used?.(of.id) ?? { before: null, after: null }) };
    const [from, to] = [holder(change.from), holder(change.to)];
    const units = account.unit >= 0 && live.owners[account.unit] !== plan.owners[account.unit] ? [account.unit] : [];
    const asked = { units, held: new Set<string>([account.id]) };
    const ids = [change.from?.id, change.to?.id].flatMap((id) => id ?? []);
    const said = [...new Set(ids.flatMap((id) => story.reasons(plan, id, asked)))];
    const { deals, dealStage } = plan.deals;
    return {
      planName: plan.name,
      stage: plan.stage,
      effectiveOn: plan.effectiveOn,
      backOn: plan.backOn,
      approvedBy: [...plan.approvedBy],
      ...{ from, to },
      reasons: said.length > 0 ? said : figuresReason(from, to),
      ...{ deals, dealStage },
      openDeals: (await org.openDeals([account.id])).length,
    };
  }

  /** Share of the hours of each territory, today and with the plan; null without claims. */
  async function usedHours(live: LivePlan, plan: ComingPlan) {
    const market = await ports.figuresIfAny(live.teamId);
    if (!market) return null;
    const { inputs } = await book.measured(market);
    const shares = ({ owners, overrides, territories: seats }: LivePlan) => {
      const sums = totals(owners, { inputs, seats, travel: market.travel, overrides });
      return new Map<string, number>(seats.map((seat, k) => [seat.id, utilization(sums[k]!, seat)]));
    };
    const [before, after] = [shares(live), shares(plan)];
    return (id: string) => ({ before: before.get(id) ?? null, after: after.get(id) ?? null });
  }
}

/** The territories of an account in both plans; null where neither territory nor rep changes. */
function changeOf(live: LivePlan, plan: ComingPlan, account: KnownAccount) {
  const from = live.territories[placed(live, account).index] ?? null;
  const to = plan.territories[placed(plan, account).index] ?? null;
  return from?.id === to?.id && from?.repId === to?.repId ? null : { from, to };
}

interface Holder {
  readonly territoryName: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** Where nobody wrote why: what it does to the hours of both. */
function figuresReason(...holders: readonly (Holder | null)[]): string[] {
  return holders.flatMap((each) =>
    each?.before == null || each.after == null
      ? []
      : [
          `${each.territoryName} uses ${percent(each.before)} of its hours today and ${percent(each.after)} with this plan.`,
        ],
  );
}
