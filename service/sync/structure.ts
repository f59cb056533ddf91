import { createHash } from 'node:crypto';
import type { TerritoryId, UserId } from '../core/ids.ts';
import { PLANNED_ID } from '../core/replan.ts';
import type { Membership } from '../org/structure.ts';
import type { Ground } from './plan.ts';
import type { PublishableTerritory } from './ports.ts';

export interface CreatedTerritory {
  readonly territory: PublishableTerritory;
  readonly developerName: string;
  readonly parentId: TerritoryId;
}

/** Territories of the plan that the CRM does not have, or has under another name or rep. */
export interface StructureChanges {
  readonly create: readonly CreatedTerritory[];
  readonly rename: readonly { readonly territory: PublishableTerritory; readonly from: string }[];
  readonly addMembers: readonly {
    readonly territory: PublishableTerritory;
    readonly userId: UserId;
    readonly role: string | null;
  }[];
  readonly removeMembers: readonly {
    readonly territory: PublishableTerritory;
    readonly member: Membership;
    readonly userName: string;
  }[];
  /** Code of each territory of the plan: its developer name. */
  readonly codes: ReadonlyMap<TerritoryId, string>;
  /** Names of territories that the live plan has and this one has not: they stay in the CRM, empty. */
  readonly left: readonly string[];
}

/** Salesforce's limit of a developer name. */
const MAX_DEVELOPER_NAME = 80;

/** "Phoenix West" → "Phoenix_West_3f9a2c1d": the tail is the plan's and the territory's own, so that a repeat meets itself. */
export function developerNameOf(alignmentId: string, { id, name }: Pick<PublishableTerritory, 'id' | 'name'>): string {
  const tail = createHash('sha256').update(`${alignmentId} ${id}`).digest('hex').slice(0, 8);
  const words = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const head = /^[A-Za-z]/.test(words) ? words : `T_${words}`;
  return `${head.slice(0, MAX_DEVELOPER_NAME - tail.length - 1).replace(/_+$/, '')}_${tail}`;
}

/**
 * What the plan changes about territories themselves. A name or a rep counts as changed only where the plan differs from
 * the live one: what somebody renamed in the CRM meanwhile is not renamed back.
 */
export async function plannedStructure(
  ground: Ground,
  writable: 'all' | ReadonlySet<TerritoryId>,
): Promise<StructureChanges> {
  const { deps, request, alignment, live } = ground;
  const inCrm = new Map((await deps.org.territories()).map((territory) => [territory.id, territory]));
  const create = alignment.territories
    .filter(({ id }) => PLANNED_ID.test(id))
    .map((territory) => ({
      territory,
      developerName: developerNameOf(alignment.id, territory),
      parentId: parentFor(territory, ground),
    }));
  const codes = new Map([
    ...alignment.territories.flatMap(({ id }) => {
      const code = inCrm.get(id)?.developerName;
      return code === undefined ? [] : [[id, code] as const];
    }),
    ...create.map(({ territory, developerName }) => [territory.id, developerName] as const),
  ]);
  const kept = new Set(alignment.territories.map(({ id }) => id));
  const left = (live?.territories ?? []).filter(({ id }) => !kept.has(id)).map(({ name }) => name);
  const none = { create: [], rename: [], addMembers: [], removeMembers: [], codes, left };
  if (!request.structure || request.accountIds) return none;
  const may = (id: TerritoryId): boolean => writable === 'all' || writable.has(id);
  const former = new Map((live?.territories ?? []).map((territory) => [territory.id, territory]));
  const inPart = ({ id }: PublishableTerritory): boolean =>
    !request.part || request.part.territoryIds.length === 0 || request.part.territoryIds.includes(id);
  const mine = alignment.territories.filter((territory) => may(territory.id) && inPart(territory));
  const rename = mine.flatMap((territory) => {
    const from = inCrm.get(territory.id)?.name;
    const isChanged = former.has(territory.id) && former.get(territory.id)?.name !== territory.name;
    return isChanged && from !== undefined && from !== territory.name ? [{ territory, from }] : [];
  });
  return { ...none, create, rename, ...(await memberChanges(ground, { mine, former, create })) };
}

/** A new territory lies beside its sisters: under the parent that the plan names, else under that of most others. */
function parentFor({ parentId }: PublishableTerritory, { alignment }: Ground): TerritoryId {
  if (parentId !== null && !PLANNED_ID.test(parentId)) return parentId;
  const counts = new Map<TerritoryId, number>();
  for (const { parentId: id } of alignment.territories)
    if (id !== null && !PLANNED_ID.test(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? alignment.teamId;
}

interface Compared {
  readonly mine: readonly PublishableTerritory[];
  readonly former: ReadonlyMap<TerritoryId, PublishableTerritory>;
  readonly create: readonly CreatedTerritory[];
}

async function memberChanges({ deps }: Ground, { mine, former, create }: Compared) {
  const isNew = new Set(create.map(({ territory }) => territory.id));
  const changed = mine.filter(({ id, repId }) => isNew.has(id) || (former.has(id) && former.get(id)?.repId !== repId));
  const seats = await deps.org.memberships(changed.map(({ id }) => id).filter((id) => !isNew.has(id)));
  const of = (id: TerritoryId) => seats.filter(({ territoryId }) => territoryId === id);
  const addMembers = changed.flatMap((territory) => {
    const { id, repId } = territory;
    if (repId === null || of(id).some(({ userId }) => userId === repId)) return [];
    const role = of(id).find(({ userId }) => userId === former.get(id)?.repId)?.role ?? null;
    return [{ territory, userId: repId, role }];
  });
  const removeMembers = changed.flatMap((territory) =>
    of(territory.id)
      .filter(({ userId }) => userId === former.get(territory.id)?.repId)
      .map((member) => ({ territory, member, userName: former.get(territory.id)?.repName ?? '' })),
  );
  return { addMembers, removeMembers };
}
