import type { Comparison } from 'c/bailiwick';
import type { WorkingPlan } from './workingPlan';

const ON_TARGET = 0.1;

export function compare(before: WorkingPlan, after: WorkingPlan): Comparison {
  const { inputs } = before.inputs;
  const changed = after.draft.owners.flatMap((owner, unit) => (owner === before.draft.owners[unit] ? [] : [unit]));
  // Who had no rep before changes none.
  const moved = changed.filter((unit) => (before.draft.owners[unit] ?? -1) >= 0);
  const sum = (vector: readonly number[], units?: readonly number[]) =>
    (units ?? vector.map((_, i) => i)).reduce((total, unit) => total + (vector[unit] ?? 0), 0);
  const [was, is] = [before.draft.now(), after.draft.now()];
  const within = (rows: typeof was) =>
    rows.filter(({ workloadDeviation }) => Math.abs(workloadDeviation) <= ON_TARGET).length;
  const of = (owner: number, owners: readonly number[]) =>
    sum(
      inputs.accounts,
      changed.filter((unit) => owners[unit] === owner),
    );
  return {
    units: changed.length,
    newlyCovered: sum(
      inputs.accounts,
      changed.filter((unit) => before.draft.owners[unit] === -1),
    ),
    accounts: sum(inputs.accounts, moved),
    accountsShare: sum(inputs.accounts, moved) / (sum(inputs.accounts) || 1),
    salesUsd: sum(inputs.salesUsd, moved),
    salesShare: sum(inputs.salesUsd, moved) / (sum(inputs.salesUsd) || 1),
    potentialUsd: sum(inputs.potentialUsd, moved),
    onTargetBefore: within(was),
    onTargetAfter: within(is),
    territories: is.length,
    perTerritory: after.plan.territories
      .map((territory, index) => ({
        index,
        name: territory?.name ?? '',
        repName: territory?.repName ?? 'no rep',
        gains: of(index, after.draft.owners),
        loses: of(index, before.draft.owners),
        before: was[index]?.utilization ?? 0,
        after: is[index]?.utilization ?? 0,
      }))
      .filter(({ gains, loses, before: from, after: to }) => gains > 0 || loses > 0 || Math.abs(from - to) > 0.001),
  };
}
