import type { Comparison, Override, Plan } from 'c/bailiwick';
import type { WorkingPlan } from './workingPlan';
import { texts } from './texts';

const ON_TARGET = 0.1;

/** Owners of one plan in the territory indices of another one; who is not in it counts as nobody. */
export function ownersIn(plan: Plan, owners: readonly number[], other: Plan): readonly number[] {
  const at = plan.territories.map((territory) => other.territories.findIndex((one) => one?.id === territory?.id));
  if (at.every((index, i) => index === i)) return owners;
  return owners.map((owner) => (owner < 0 ? owner : (at[owner] ?? -1)));
}

/** What goes from one territory to another, in the indices of the plan after; -1 is nobody. */
interface Flow {
  readonly from: number;
  readonly to: number;
  readonly accounts: number;
  readonly salesUsd: number;
  readonly potentialUsd: number;
}

/** What changes rep from one plan of a team to another, in sum, for each territory and for each rep. */
export function compare(before: WorkingPlan, after: WorkingPlan): Comparison {
  const { inputs } = after.inputs;
  const was = ownersIn(before.plan, before.draft.owners, after.plan);
  const all = flows(before, after, was);
  // Who had no rep before changes none.
  const moved = all.filter(({ from }) => from >= 0);
  const fresh = all.filter(({ from }) => from === -1);
  const rows = territoryRows(before, after, all);
  const within = (working: WorkingPlan) =>
    working.draft.now().filter(({ workloadDeviation }) => Math.abs(workloadDeviation) <= ON_TARGET).length;
  const [accounts, salesUsd] = [sum(moved, 'accounts'), sum(moved, 'salesUsd')];
  return {
    units: after.draft.owners.filter((owner, unit) => owner !== was[unit]).length,
    newlyCovered: sum(fresh, 'accounts'),
    accounts,
    accountsShare: accounts / (total(inputs.accounts) || 1),
    salesUsd,
    salesShare: salesUsd / (total(inputs.salesUsd) || 1),
    potentialUsd: sum(moved, 'potentialUsd'),
    onTargetBefore: within(before),
    onTargetAfter: within(after),
    territories: after.plan.territories.length,
    perTerritory: rows,
    perRep: perRep(rows),
  };
}

/** Units that change hands with all that is in them; an account held by name goes its own way, not that of its unit. */
function flows(before: WorkingPlan, after: WorkingPlan, was: readonly number[]): Flow[] {
  const { accounts, salesUsd, potentialUsd } = after.inputs.inputs;
  const is = after.draft.owners;
  const found: Flow[] = is.flatMap((to, unit) => {
    const from = was[unit] ?? -1;
    if (from === to) return [];
    const [one, two, three] = [accounts[unit], salesUsd[unit], potentialUsd[unit]];
    return [{ from, to, accounts: one ?? 0, salesUsd: two ?? 0, potentialUsd: three ?? 0 }];
  });
  const [then, now] = [heldIn(before.plan, after.plan), heldIn(after.plan, after.plan)];
  for (const [key, { unit, part }] of new Map([...then, ...now])) {
    const byUnit = { from: was[unit] ?? -1, to: is[unit] ?? -1 };
    const own = { from: then.get(key)?.territory ?? byUnit.from, to: now.get(key)?.territory ?? byUnit.to };
    if (byUnit.from !== byUnit.to) found.push({ ...byUnit, ...amounts(part, -1) });
    if (own.from !== own.to) found.push({ ...own, ...amounts(part, 1) });
  }
  return found;
}

const amounts = ({ accounts = 0, salesUsd = 0, potentialUsd = 0 }: Override['part'], sign: 1 | -1) => ({
  accounts: sign * accounts,
  salesUsd: sign * salesUsd,
  potentialUsd: sign * potentialUsd,
});

/** Accounts held by name, in the territory indices of the other plan; those that are not named are told apart by what they hold. */
function heldIn(plan: Plan, other: Plan): Map<string, Override> {
  const at = (index: number) => other.territories.findIndex((one) => one?.id === plan.territories[index]?.id);
  return new Map(
    plan.overrides.map((held) => [
      held.accountId ?? `${held.unit} ${JSON.stringify(held.part)}`,
      { ...held, territory: at(held.territory) },
    ]),
  );
}

function territoryRows(before: WorkingPlan, after: WorkingPlan, all: readonly Flow[]): Comparison['perTerritory'] {
  const [was, is] = [before.draft.now(), after.draft.now()];
  return after.plan.territories
    .map((territory, index) => {
      const old = before.plan.territories.findIndex((one) => one?.id === territory?.id);
      const taken = all.filter(({ to }) => to === index);
      const given = all.filter(({ from }) => from === index);
      return {
        index,
        name: territory?.name ?? '',
        repName: territory?.repName ?? texts.noRep,
        repBefore: before.plan.territories[old]?.repName ?? texts.noRep,
        gains: sum(taken, 'accounts'),
        loses: sum(given, 'accounts'),
        gainsSalesUsd: sum(taken, 'salesUsd'),
        losesSalesUsd: sum(given, 'salesUsd'),
        gainsPotentialUsd: sum(taken, 'potentialUsd'),
        losesPotentialUsd: sum(given, 'potentialUsd'),
        before: was[old]?.utilization ?? 0,
        after: is[index]?.utilization ?? 0,
        hoursBefore: was[old]?.workloadHours ?? 0,
        hoursAfter: is[index]?.workloadHours ?? 0,
      };
    })
    .filter(
      (row) =>
        row.gains > 0 || row.loses > 0 || Math.abs(row.before - row.after) > 0.001 || row.repName !== row.repBefore,
    );
}

/** One line a person: what all their territories gain and lose, and their hours. */
function perRep(rows: Comparison['perTerritory']): Comparison['perRep'] {
  const byRep = new Map<string, Comparison['perRep'][number]>();
  const of = (repName: string) => {
    const known = byRep.get(repName) ?? {
      ...{ repName, territories: [], gains: 0, loses: 0, gainsSalesUsd: 0, losesSalesUsd: 0 },
      ...{ hoursBefore: 0, hoursAfter: 0 },
    };
    byRep.set(repName, known);
    return known;
  };
  for (const row of rows) {
    const [now, then] = [of(row.repName), of(row.repBefore)];
    now.territories = [...now.territories, row.name];
    now.gains += row.gains;
    now.gainsSalesUsd += row.gainsSalesUsd;
    now.hoursAfter += row.hoursAfter;
    then.loses += row.loses;
    then.losesSalesUsd += row.losesSalesUsd;
    then.hoursBefore += row.hoursBefore;
  }
  return [...byRep.values()].sort((a, b) => b.gainsSalesUsd + b.losesSalesUsd - (a.gainsSalesUsd + a.losesSalesUsd));
}

const sum = (list: readonly Flow[], what: 'accounts' | 'salesUsd' | 'potentialUsd'): number =>
  list.reduce((all, flow) => all + flow[what], 0);

const total = (vector: readonly number[]): number => vector.reduce((all, value) => all + value, 0);
