import type { Comparison, Plan } from 'c/bailiwick';
import type { WorkingPlan } from './workingPlan';

const ON_TARGET = 0.1;

/** Owners of one plan in the territory indices of another one; who is not in it counts as nobody. */
export function ownersIn(plan: Plan, owners: readonly number[], other: Plan): readonly number[] {
  const at = plan.territories.map((territory) => other.territories.findIndex((one) => one?.id === territory?.id));
  if (at.every((index, i) => index === i)) return owners;
  return owners.map((owner) => (owner < 0 ? owner : (at[owner] ?? -1)));
}

type Vector = readonly number[];
interface Moved {
  readonly units: readonly number[];
  readonly before: Vector;
  readonly after: Vector;
}

/** What changes rep from one plan of a team to another, in sum, for each territory and for each rep. */
export function compare(before: WorkingPlan, after: WorkingPlan): Comparison {
  const { inputs } = after.inputs;
  const was = ownersIn(before.plan, before.draft.owners, after.plan);
  const is = after.draft.owners;
  const units = is.flatMap((owner, unit) => (owner === was[unit] ? [] : [unit]));
  // Who had no rep before changes none.
  const moved = units.filter((unit) => (was[unit] ?? -1) >= 0);
  const fresh = units.filter((unit) => was[unit] === -1);
  const rows = territoryRows(before, after, { units, before: was, after: is });
  const within = (working: WorkingPlan) =>
    working.draft.now().filter(({ workloadDeviation }) => Math.abs(workloadDeviation) <= ON_TARGET).length;
  return {
    units: units.length,
    newlyCovered: sum(inputs.accounts, fresh),
    accounts: sum(inputs.accounts, moved),
    accountsShare: sum(inputs.accounts, moved) / (sum(inputs.accounts) || 1),
    salesUsd: sum(inputs.salesUsd, moved),
    salesShare: sum(inputs.salesUsd, moved) / (sum(inputs.salesUsd) || 1),
    potentialUsd: sum(inputs.potentialUsd, moved),
    onTargetBefore: within(before),
    onTargetAfter: within(after),
    territories: after.plan.territories.length,
    perTerritory: rows,
    perRep: perRep(rows),
  };
}

function territoryRows(before: WorkingPlan, after: WorkingPlan, moved: Moved): Comparison['perTerritory'] {
  const { inputs } = after.inputs;
  const [was, is] = [before.draft.now(), after.draft.now()];
  return after.plan.territories
    .map((territory, index) => {
      const old = before.plan.territories.findIndex((one) => one?.id === territory?.id);
      const taken = moved.units.filter((unit) => moved.after[unit] === index);
      const given = moved.units.filter((unit) => moved.before[unit] === index);
      return {
        index,
        name: territory?.name ?? '',
        repName: territory?.repName ?? 'no rep',
        repBefore: before.plan.territories[old]?.repName ?? 'no rep',
        gains: sum(inputs.accounts, taken),
        loses: sum(inputs.accounts, given),
        gainsSalesUsd: sum(inputs.salesUsd, taken),
        losesSalesUsd: sum(inputs.salesUsd, given),
        gainsPotentialUsd: sum(inputs.potentialUsd, taken),
        losesPotentialUsd: sum(inputs.potentialUsd, given),
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

function sum(vector: Vector, units?: readonly number[]): number {
  return (units ?? vector.map((_, i) => i)).reduce((total, unit) => total + (vector[unit] ?? 0), 0);
}
