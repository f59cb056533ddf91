import type { Territory } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import { pointOf, type Geography, type Point } from '../core/geography.ts';
import type { AccountId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { KnownAccount } from './book.ts';
import type { AccountPorts, AccountsOrg, LivePlan } from './ports.ts';
import type { Scope } from './scope.ts';

/** One territory of a live plan that the user may look into. */
export interface SeenTerritory {
  readonly plan: LivePlan;
  readonly index: number;
  readonly territory: Territory;
}

/** Into whose territories and accounts a user may look: her own and those below her; Sales Ops into all. */
export function createSight({ org, ports, scope }: { org: AccountsOrg; ports: AccountPorts; scope: Scope }) {
  async function mayOpen(user: RequestUser): Promise<(id: TerritoryId) => boolean> {
    if (user.role === 'salesOps') return () => true;
    const own = await scope.own(user);
    return (id) => own.has(id);
  }

  /** @throws BailiwickError not_found for one that is not there, is in no live plan, or is not hers to see: the same answer */
  async function territory(user: RequestUser, id: TerritoryId): Promise<SeenTerritory> {
    const team = await scope.teamOf(id);
    const plan = team ? await ports.livePlan(team) : null;
    const index = plan?.territories.findIndex((each) => each.id === id) ?? -1;
    const found = plan?.territories[index];
    if (plan && found && (await mayOpen(user))(id)) return { plan, index, territory: found };
    throw new BailiwickError('not_found', 'There is no such territory, or it is not shared with you.', {
      action: 'Open your own territory from the home page.',
    });
  }

  async function readable(user: RequestUser, accounts: readonly KnownAccount[]): Promise<KnownAccount[]> {
    if (accounts.length === 0) return [];
    const access = await org.access(
      user.userId,
      accounts.map(({ id }) => id as AccountId),
    );
    return accounts.filter(({ id }) => access.get(id)?.read);
  }

  return { mayOpen, territory, readable };
}

export type Sight = ReturnType<typeof createSight>;

/** Where an account is: its coordinates where the CRM has them, else the middle of its ZIP; null without either. */
export function placeOfAccount(account: KnownAccount, geography: Geography): Point | null {
  const { latitude: lat, longitude: lon, unit } = account;
  if (lat !== null && lon !== null) return { lat, lon };
  return unit >= 0 ? pointOf(geography, unit) : null;
}
