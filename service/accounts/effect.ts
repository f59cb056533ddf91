import { utilization } from '../core/balance.ts';
import { totals, type OverridePart } from '../core/measures.ts';
import type { AccountPart } from '../core/unitInputs.ts';
import { band } from '../core/workload.ts';
import { placed } from './accountPage.ts';
import type { Book, KnownAccount } from './book.ts';
import type { AccountPorts, LivePlan } from './ports.ts';

/** Accounts that go to a territory by name, or with whole units. */
export interface Handover {
  readonly accounts: readonly KnownAccount[];
  readonly to: number;
  /** Units that change hands, with what follows them; none where single accounts do. */
  readonly units: readonly number[];
}

/** Figures of the giving and taking territories of a plan before and after. */
export async function effectOf(
  { ports, book }: { ports: Pick<AccountPorts, 'figures'>; book: Book },
  plan: Omit<LivePlan, 'alignmentId'>,
  { accounts, to, units }: Handover,
) {
  const figures = await ports.figures(plan.teamId);
  const { inputs, parts } = await book.measured(figures);
  const owners = plan.owners.slice();
  for (const unit of units) owners[unit] = to;
  const moved = new Set<string>(accounts.map(({ id }) => id));
  const overrides = [
    ...plan.overrides.filter(({ accountId }) => !moved.has(accountId)),
    ...(units.length > 0 ? [] : accounts.flatMap((account) => overridePart(account, parts.get(account.id), to))),
  ];
  const givers = [
    ...accounts.map((account) => placed(plan, account).index),
    ...units.map((unit) => plan.owners[unit]!),
  ];
  const shown = [...new Set([...givers, to])].filter((index) => index >= 0);
  const of = { inputs, seats: plan.territories, travel: figures.travel };
  const present = (list: ReturnType<typeof totals>) =>
    shown.map((index) => {
      const territory = plan.territories[index]!;
      const used = utilization(list[index]!, territory);
      return { id: territory.id, name: territory.name, ...list[index]!, utilization: used, band: band(used) };
    });
  return {
    before: present(totals(plan.owners, { ...of, overrides: plan.overrides })),
    after: present(totals(owners, { ...of, overrides })),
  };
}

/** What an account takes with it when it is held against geography; nothing where it has no place. */
export function overridePart(account: KnownAccount, part: AccountPart | undefined, territory: number): OverridePart[] {
  if (account.unit < 0 || !part) return [];
  const { unit: _, tier: __, ...amounts } = part;
  return [{ unit: account.unit, territory, part: amounts }];
}
