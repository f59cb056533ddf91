import type { AccountId, TerritoryId } from '../core/ids.ts';
import { driveMinutes } from '../core/travel.ts';
import type { RequestUser } from '../http/identity.ts';
import { placed, type AccountPage, type PageDeps } from './accountPage.ts';
import type { LivePlan } from './ports.ts';
import { placeOfAccount, type Sight } from './sight.ts';

/** A list to choose tomorrow's visits from, not a register. */
const MOST_ROWS = 50;

/** By road a place can be nearer than it is estimated to be: so much farther is asked about. */
const WIDER = 1.5;
const MOST_ASKED = 1_000;

export interface Near {
  readonly minutes: number;
  readonly team?: string | undefined;
}

/**
 * Own accounts within so many minutes of this one, the greatest headroom first: a rep's own, for others those of the
 * territory that this account is in.
 */
export function createNearAccounts({ ports, book, scope }: PageDeps, page: AccountPage, sight: Sight) {
  return async (user: RequestUser, id: AccountId, { minutes, team }: Near) => {
    const account = await page.visible(user, id);
    const from = placeOfAccount(account, ports.geography);
    const seen = await plan(user, id, team);
    if (!seen || !from)
      return { territoryId: null, territoryName: null, hasPlace: from !== null, isByRoad: false, accounts: [] };
    const market = await ports.figures(seen.plan.teamId);
    const { parts } = await book.measured(market);
    const around = (await book.all()).flatMap((other) => {
      if (other.id === id || other.work === 'parent' || !seen.indexes.has(placed(seen.plan, other).index)) return [];
      const to = placeOfAccount(other, ports.geography);
      const drive = to ? driveMinutes(from, to, market.travel) : Infinity;
      return to && drive <= minutes * WIDER ? [{ other, to, drive }] : [];
    });
    const near = around.sort((a, b) => a.drive - b.drive).slice(0, MOST_ASKED);
    const byRoad = (await ports.roads?.minutes([from], near.map(({ to }) => to)))?.[0] ?? null; // prettier-ignore
    const within = near.flatMap(({ other, drive: estimate }, i) => {
      const drive = byRoad?.[i] ?? estimate;
      return drive <= minutes ? [{ other, drive, headroomUsd: parts.get(other.id)?.headroomUsd ?? 0 }] : [];
    });
    const readable = new Set((await sight.readable(user, within.map(({ other }) => other))).map((each) => each.id)); // prettier-ignore
    const shown = within
      .filter(({ other }) => readable.has(other.id))
      .sort((a, b) => b.headroomUsd - a.headroomUsd || a.drive - b.drive)
      .slice(0, MOST_ROWS);
    const first = seen.plan.territories[[...seen.indexes][0] ?? -1];
    return {
      territoryId: first?.id ?? null,
      territoryName: first?.name ?? null,
      hasPlace: true,
      isByRoad: byRoad !== null,
      accounts: shown.map(({ other, drive, headroomUsd }) => ({
        id: other.id,
        name: other.name,
        kind: other.kind,
        city: other.city,
        tier: parts.get(other.id)?.tier ?? null,
        driveMinutes: drive,
        headroomUsd,
        potentialUsd: parts.get(other.id)?.potentialUsd ?? 0,
        salesUsd: other.salesUsd,
        lastActivity: other.lastActivity ?? null,
      })),
    };
  };

  /** The plan to look at and whose accounts count as own in it. */
  async function plan(
    user: RequestUser,
    id: AccountId,
    wanted: string | undefined,
  ): Promise<{ plan: LivePlan; indexes: ReadonlySet<number> } | null> {
    const isOpen = await sight.mayOpen(user);
    const account = await book.find(id);
    for (const team of await scope.teams()) {
      if (wanted && team.id !== wanted) continue;
      const live = await ports.livePlan(team.id);
      if (!live || !account) continue;
      const index = placed(live, account).index;
      const own = live.territories.flatMap((each, i) => (isOpen(each.id as TerritoryId) ? [i] : []));
      if (user.role === 'rep' && own.length > 0) return { plan: live, indexes: new Set(own) };
      if (user.role !== 'rep' && own.includes(index)) return { plan: live, indexes: new Set([index]) };
    }
    return null;
  }
}
