import { recordId, type AccountId, type TeamId, type TerritoryId } from '../../service/core/ids.ts';
import type { Permission, RequestUser } from '../../service/http/identity.ts';
import { openOrg, type Org } from '../../service/org/org.ts';
import type { Store } from '../../service/store/store.ts';
import type { DesiredAccount, PublishableAlignment, SyncPorts } from '../../service/sync/ports.ts';
import { createSync } from '../../service/sync/sync.ts';
import { account, TERRITORY, USER } from './smallOrg.ts';

export const TEAM = recordId(TERRITORY.sales) as TeamId;
export const PLAN = '11111111-1111-4111-8111-111111111111';
export const DRAFT = '22222222-2222-4222-8222-222222222222';
export const A = recordId(TERRITORY.eastA);
export const B = recordId(TERRITORY.eastB);

export const salesOps = userWith('salesOps', ['view', 'reassign', 'operate']);
export const admin = userWith('admin', ['view', 'reassign']);
export const rep = userWith('rep', ['view']);

function userWith(role: RequestUser['role'], permissions: Permission[]): RequestUser {
  const userId = recordId({ salesOps: USER.director, admin: USER.manager, rep: USER.ann }[role]);
  return { userId, orgId: 'org', name: role, role, permissions: new Set(permissions) };
}

/** What the plan wants, by account number: "A", "B", null (nowhere) or "?" (unplaced). */
export type Wishes = Record<number, 'A' | 'B' | null | '?'>;

export interface FakePlans {
  wishes: Wishes;
  version: number;
  live: string | null;
  writable: 'all' | Set<TerritoryId>;
  calls: string[];
}

/** The slices next door, in memory: one draft over two territories. */
export function plansOf(plans: FakePlans): SyncPorts {
  const alignment = (id: string): PublishableAlignment => ({
    id,
    name: 'Draft',
    teamId: TEAM,
    version: plans.version,
    state: plans.live === id ? 'live' : 'draft',
    territories: [
      { id: A, name: 'East A', repId: recordId(USER.ann), repName: 'Ann Test' },
      { id: B, name: 'East B', repId: recordId(USER.bob), repName: 'Bob Test' },
    ],
  });
  return {
    alignment: (id) => Promise.resolve(alignment(id)),
    live: () => Promise.resolve(plans.live),
    markLive: (id) => {
      plans.calls.push(`live ${id.slice(0, 1)}`);
      plans.live = id;
      return Promise.resolve();
    },
    restoreLive: (id) => {
      plans.calls.push(`restore ${id.slice(0, 1)}`);
      plans.live = id;
      return Promise.resolve();
    },
    writable: (user) => Promise.resolve(user.role === 'admin' ? plans.writable : 'all'),
    desired: () =>
      Promise.resolve(
        Object.entries(plans.wishes).map(([n, wish]): DesiredAccount => ({
          accountId: recordId(account(Number(n))) as AccountId,
          accountName: `Account ${n}`,
          zip: wish === '?' ? null : '02115',
          salesUsd: 10,
          territoryId: wish === 'A' ? A : wish === 'B' ? B : null,
          why: wish === '?' ? 'unplaced' : 'zip',
        })),
      ),
  };
}

export const openRoom = (url: string): Promise<Org> =>
  openOrg({
    loginUrl: url,
    auth: { kind: 'token', instanceUrl: url, accessToken: 'secret' },
    // pauses are cut short, so that a test of retries does not wait
    clock: { now: Date.now, sleep: (ms) => new Promise((done) => setTimeout(done, ms / 50)), random: Math.random },
  });

export const syncOver = (store: Store, org: Org, plans: FakePlans) =>
  createSync({ store, org, ports: plansOf(plans), now: () => new Date() });

export const freshPlans = (wishes: Wishes): FakePlans => ({
  wishes,
  version: 1,
  live: PLAN,
  writable: 'all',
  calls: [],
});
