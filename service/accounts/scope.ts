import { BailiwickError } from '../core/errors.ts';
import type { TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { AccountsOrg, CrmTerritory } from './ports.ts';

/** Territories and their members change rarely; a minute old is new enough for a permission. */
const FRESH_MS = 60_000;

interface Hierarchy {
  readonly at: number;
  readonly nodes: ReadonlyMap<TerritoryId, CrmTerritory>;
  readonly children: ReadonlyMap<TerritoryId | null, readonly CrmTerritory[]>;
  readonly members: readonly { readonly userId: UserId; readonly territoryId: TerritoryId }[];
}

/** Who works where and who may change what: read from the territory hierarchy and its members. */
export function createScope({ org, now }: { org: AccountsOrg; now: () => Date }) {
  let known: Promise<Hierarchy> | null = null;
  let readAt = 0;

  function hierarchy(): Promise<Hierarchy> {
    if (!known || now().getTime() - readAt > FRESH_MS) {
      readAt = now().getTime();
      known = load();
      known.catch(() => (known = null));
    }
    return known;
  }

  async function load(): Promise<Hierarchy> {
    const [territories, members] = await Promise.all([org.territories(), org.territoryUsers()]);
    const children = new Map<TerritoryId | null, CrmTerritory[]>();
    for (const node of territories) children.set(node.parentId, [...(children.get(node.parentId) ?? []), node]);
    return { at: readAt, nodes: new Map(territories.map((node) => [node.id, node])), children, members };
  }

  /** Each root of the hierarchy is a team; the biggest first. */
  async function teams(): Promise<{ id: TeamId; name: string }[]> {
    const known = await hierarchy();
    return (known.children.get(null) ?? [])
      .map(({ id, name }) => ({ team: { id, name }, size: below(known, id).length }))
      .sort((a, b) => b.size - a.size || a.team.name.localeCompare(b.team.name))
      .map(({ team }) => team);
  }

  /** Territories below a node that have none below themselves: where reps sit. */
  async function leaves(root: TerritoryId): Promise<CrmTerritory[]> {
    const known = await hierarchy();
    return below(known, root).filter(({ id }) => id !== root && !known.children.has(id));
  }

  async function node(id: TerritoryId): Promise<CrmTerritory> {
    const found = (await hierarchy()).nodes.get(id);
    if (found) return found;
    throw new BailiwickError('not_found', 'There is no such territory.', {
      action: 'Open your own territory from the home page.',
    });
  }

  async function teamOf(id: TerritoryId): Promise<TeamId | null> {
    const { nodes } = await hierarchy();
    let at = nodes.get(id);
    while (at?.parentId) at = nodes.get(at.parentId);
    return at?.id ?? null;
  }

  /** The territories where the user is a member, and everything below them. */
  async function own(user: Pick<RequestUser, 'userId'>): Promise<Set<TerritoryId>> {
    const known = await hierarchy();
    const roots = known.members.filter(({ userId }) => userId === user.userId);
    return new Set(roots.flatMap(({ territoryId }) => below(known, territoryId).map(({ id }) => id)));
  }

  /** Which of the team's territories a user may change: Sales Ops all, a Territory Admin those of her branch, a rep none. */
  async function writable(user: RequestUser, teamId: TeamId): Promise<'all' | Set<TerritoryId>> {
    if (user.role === 'salesOps') return 'all';
    if (user.role === 'rep') return new Set();
    const mine = await own(user);
    if (mine.has(teamId)) return 'all';
    const team = new Set(below(await hierarchy(), teamId).map(({ id }) => id));
    return new Set([...mine].filter((id) => team.has(id)));
  }

  async function membersOf(id: TerritoryId): Promise<UserId[]> {
    return (await hierarchy()).members.filter(({ territoryId }) => territoryId === id).map(({ userId }) => userId);
  }

  return { teams, leaves, node, teamOf, own, writable, membersOf, forget: () => (known = null) };
}

export type Scope = ReturnType<typeof createScope>;

function below(hierarchy: Hierarchy, root: TerritoryId): CrmTerritory[] {
  const first = hierarchy.nodes.get(root);
  const found = first ? [first] : [];
  for (const node of found) found.push(...(hierarchy.children.get(node.id) ?? []));
  return found;
}
