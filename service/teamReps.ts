import type { Rep } from './alignments/ports.ts';
import type { AccountsOrg } from './accounts/ports.ts';
import type { Scope } from './accounts/scope.ts';
import { pointOf, unitIndex, type Geography } from './core/geography.ts';
import type { TeamId } from './core/ids.ts';

/** More people than a list to pick from can hold: those beyond are given a territory in Salesforce. */
const MAX_REPS = 2_000;

/** Active users, those who work in the team first: each can be given one of its territories. */
export async function teamReps(
  { scope, crm, geography }: { scope: Scope; crm: AccountsOrg; geography: Geography },
  teamId: TeamId,
): Promise<Rep[]> {
  const leaves = await scope.leaves(teamId);
  const members = new Set((await Promise.all(leaves.map(({ id }) => scope.membersOf(id)))).flat());
  const units = unitIndex(geography);
  const active = (await crm.users()).filter(({ isActive }) => isActive);
  return active
    .sort((a, b) => Number(members.has(b.id)) - Number(members.has(a.id)) || a.name.localeCompare(b.name))
    .slice(0, MAX_REPS)
    .map(({ id, name, postalCode }) => {
      const homeZip = postalCode?.slice(0, 5) ?? null;
      const unit = units.get(homeZip ?? '');
      return { id, name, homeZip, home: unit === undefined ? null : pointOf(geography, unit) };
    });
}
