import type { LivePlan } from './accounts/ports.ts';
import type { Scope } from './accounts/scope.ts';
import type { TeamId, TerritoryId } from './core/ids.ts';
import type { RequestUser } from './http/identity.ts';

interface VisibleDeps {
  readonly scope: Scope;
  livePlan(teamId: TeamId): Promise<LivePlan | null>;
}

/** Units whose figures a user may see: a rep those of her live territories, everybody else all. */
export async function visibleUnits(
  user: RequestUser,
  { scope, livePlan }: VisibleDeps,
): Promise<ReadonlySet<number> | 'all'> {
  if (user.role !== 'rep') return 'all';
  const own = await scope.own(user);
  const units = new Set<number>();
  for (const team of await scope.teams()) {
    const plan = await livePlan(team.id);
    plan?.owners.forEach((owner, unit) => {
      const territory: TerritoryId | undefined = plan.territories[owner]?.id;
      if (territory && own.has(territory)) units.add(unit);
    });
  }
  return units;
}

/** Today's territories with their units; none without a live plan. */
export function territoryUnits(plan: LivePlan | null): { name: string; units: number[] }[] {
  const territories = (plan?.territories ?? []).map(({ name }) => ({ name, units: [] as number[] }));
  plan?.owners.forEach((owner, unit) => territories[owner]?.units.push(unit));
  return territories;
}
