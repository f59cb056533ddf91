import type { TerritoryId } from '../core/ids.ts';
import type { PlannedPublish } from './plan.ts';

/** Who gains and loses what, in accounts and current sales; a vacant territory stands for itself. */
export function perRep({ alignment, live, changes, wishes }: PlannedPublish) {
  const territories = new Map(
    [...(live?.territories ?? []), ...alignment.territories].map((territory) => [territory.id, territory]),
  );
  const sales = new Map(wishes.map(({ accountId, salesUsd }) => [accountId, salesUsd]));
  const reps = new Map<
    string,
    {
      repId: string | null;
      repName: string;
      gains: number;
      loses: number;
      gainsSalesUsd: number;
      losesSalesUsd: number;
    }
  >();
  const of = (territoryId: TerritoryId) => {
    const territory = territories.get(territoryId);
    const key = territory?.repId ?? territoryId;
    const repName = territory?.repName ?? `Vacant (${territory?.name ?? territoryId})`;
    const entry = reps.get(key) ?? {
      repId: territory?.repId ?? null,
      repName,
      gains: 0,
      loses: 0,
      gainsSalesUsd: 0,
      losesSalesUsd: 0,
    };
    reps.set(key, entry);
    return entry;
  };
  for (const { accountId, territoryId } of changes.add) {
    of(territoryId).gains++;
    of(territoryId).gainsSalesUsd += sales.get(accountId) ?? 0;
  }
  for (const { accountId, territoryId } of changes.remove) {
    of(territoryId).loses++;
    of(territoryId).losesSalesUsd += sales.get(accountId) ?? 0;
  }
  return [...reps.values()].sort(
    (a, b) => b.gains + b.loses - (a.gains + a.loses) || a.repName.localeCompare(b.repName),
  );
}
