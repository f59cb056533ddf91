import type { Alignments } from './alignments/alignments.ts';
import type { Book } from './accounts/book.ts';
import type { AccountsOrg, CrmUser } from './accounts/ports.ts';
import type { Scope } from './accounts/scope.ts';
import type { Territory } from './core/alignment.ts';
import { pointOf, unitIndex, type Geography, type Point } from './core/geography.ts';
import type { TeamId, TerritoryId } from './core/ids.ts';
import { todaysMap } from './core/todaysMap.ts';
import { callPlanOf } from './core/workload.ts';
import type { Org } from './org/org.ts';

/** ZIP → territory, as sales operations keeps it in a sheet. */
export type ZipSheet = ReadonlyMap<string, string>;

export interface TodayDeps {
  readonly org: Pick<Org, 'associations'>;
  readonly crm: AccountsOrg;
  readonly scope: Scope;
  readonly book: Book;
  readonly geography: Geography;
  readonly alignments: Alignments;
}

/**
 * Gives a team without a live plan its first one: today's map, from a ZIP sheet where there is one, else from where the
 * CRM's associations put the accounts. Structure, reps and homes come from the territory hierarchy and its users.
 */
export async function adoptTodaysMap(
  deps: TodayDeps,
  team: { id: TeamId; name: string },
  sheet?: ZipSheet,
): Promise<void> {
  const plan = callPlanOf(team.name);
  const leaves = await deps.scope.leaves(team.id);
  if (leaves.length === 0) return;
  const index = new Map(leaves.map(({ id }, i) => [id as string, i]));
  const owners = sheet
    ? fromSheet(deps.geography, sheet, index)
    : await fromAssociations(
        deps,
        leaves.map(({ id }) => id),
      );
  const users = new Map((await deps.crm.users()).map((user) => [user.id as string, user]));
  const units = unitIndex(deps.geography);
  const territories = await Promise.all(
    leaves.map(async ({ id, name, parentId }, i): Promise<Territory> => {
      const members = (await deps.scope.membersOf(id)).flatMap((userId) => users.get(userId) ?? []);
      const rep = members.find(({ isActive }) => isActive) ?? null;
      const homeZip = homeOf(rep ?? members[0]);
      const homeUnit = units.get(homeZip ?? '');
      return {
        id,
        name,
        parentId,
        parentName: parentId && parentId !== team.id ? (await deps.scope.node(parentId)).name : null,
        repId: rep?.id ?? null,
        repName: rep?.name ?? null,
        homeZip: homeUnit === undefined ? null : homeZip,
        home: homeUnit === undefined ? middle(deps.geography, owners, i) : pointOf(deps.geography, homeUnit),
        capacityHours: plan.workingHours,
        targetShare: 1,
        administrationHours: plan.administrationHours,
      };
    }),
  );
  await deps.alignments.adoptLive({
    teamId: team.id,
    name: `${team.name} today`,
    territories,
    owners,
    overrides: [],
    basedOn: null,
    createdBy: 'Bailiwick',
  });
}

const homeOf = (user: CrmUser | undefined): string | null => user?.postalCode?.slice(0, 5) ?? null;

function fromSheet({ ids }: Geography, sheet: ZipSheet, index: ReadonlyMap<string, number>): number[] {
  return ids.map((zip) => index.get(sheet.get(zip) ?? '') ?? -1);
}

async function fromAssociations(
  { org, book, geography }: TodayDeps,
  territoryIds: readonly TerritoryId[],
): Promise<number[]> {
  const index = new Map(territoryIds.map((id, i) => [id as string, i]));
  const placed = new Map<string, number>();
  for (const { accountId, territoryId } of await org.associations({ territoryIds }))
    placed.set(accountId, index.get(territoryId) ?? -1);
  const accounts = (await book.all()).map(({ id, unit }) => ({ unit, territory: placed.get(id) ?? -1 }));
  return todaysMap(accounts, geography.neighbors);
}

/** A seat without a home travels from the middle of its units; null where it has none. */
function middle(geography: Geography, owners: readonly number[], territory: number): Point | null {
  const units = owners.flatMap((owner, unit) => (owner === territory ? [unit] : []));
  if (units.length === 0) return null;
  const mean = (values: readonly number[]) => units.reduce((sum, unit) => sum + (values[unit] ?? 0), 0) / units.length;
  return { lat: mean(geography.lat), lon: mean(geography.lon) };
}
