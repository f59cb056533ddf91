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

/** What the plan wants, by account number: "A", "B", a territory's id, null (nowhere) or "?" (unplaced). */
export type Wishes = Record<number, 'A' | 'B' | null | '?' | TerritoryId>;

export interface FakePlans {
  wishes: Wishes;
  version: number;
  live: string | null;
  writable: 'all' | Set<TerritoryId>;
  calls: string[];
  createdAt: Date;
  isFrozen: boolean;
  /** Territories that only the draft has, and what it says otherwise about one. */
  more: PublishableAlignment['territories'][number][];
  changed: Record<string, Partial<PublishableAlignment['territories'][number]>>;
}

/** The slices next door, in memory: one draft over two territories. */
export function plansOf(plans: FakePlans): SyncPorts {
  const alignment = (id: string): PublishableAlignment => ({
    id,
    name: 'Draft',
    teamId: TEAM,
    version: plans.version,
    state: plans.live === id ? 'live' : 'draft',
    createdAt: plans.createdAt,
    territories: [
      { id: A, name: 'East A', parentId: recordId(TERRITORY.east), repId: recordId(USER.ann), repName: 'Ann Test' },
      { id: B, name: 'East B', parentId: recordId(TERRITORY.east), repId: recordId(USER.bob), repName: 'Bob Test' },
      ...(id === DRAFT ? plans.more : []),
    ].map((territory) => ({ ...territory, ...(id === DRAFT ? plans.changed[territory.id] : {}) })),
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
    withPart: (_user, id, part) => {
      plans.calls.push(`part ${part.territoryIds.length} ${part.states.join()}`);
      return Promise.resolve({ id, version: plans.version });
    },
    renameTerritoryId: (_id, from, to) => {
      plans.more = plans.more.map((territory) => (territory.id === from ? { ...territory, id: to } : territory));
      for (const [n, wish] of Object.entries(plans.wishes)) if (wish === from) plans.wishes[Number(n)] = to as never;
      return Promise.resolve();
    },
    claim: () => Promise.resolve(null),
    discard: () => Promise.resolve(),
    freeze: (_id, isFrozen) => {
      plans.isFrozen = isFrozen;
      return Promise.resolve();
    },
    desired: (_id, _version, part) =>
      Promise.resolve(
        Object.entries(plans.wishes)
          .map(([n, wish]): DesiredAccount => ({
            accountId: recordId(account(Number(n))) as AccountId,
            accountName: `Account ${n}`,
            zip: wish === '?' ? null : '02115',
            state: Number(n) % 2 ? 'MA' : 'NH',
            salesUsd: 10,
            territoryId:
              wish === 'A' ? A : wish === 'B' ? B : wish === null || wish === '?' ? null : (wish as TerritoryId),
            why: wish === '?' ? 'unplaced' : 'zip',
          }))
          .filter(
            ({ territoryId, state }) =>
              !part || part.territoryIds.includes(territoryId ?? '') || part.states.includes(state ?? ''),
          ),
      ),
  };
}

export const openRoom = (url: string, apiVersion?: string): Promise<Org> =>
  openOrg({
    ...(apiVersion === undefined ? {} : { apiVersion }),
    loginUrl: url,
    auth: { kind: 'token', instanceUrl: url, accessToken: 'secret' },
    // pauses are cut short, so that a test of retries does not wait
    clock: { now: Date.now, sleep: (ms) => new Promise((done) => setTimeout(done, ms / 50)), random: Math.random },
  });

export const syncOver = (store: Store, org: Org, plans: FakePlans, more: { bulkFrom?: number } = {}) =>
  createSync({
    ...more,
    store,
    org,
    ports: plansOf(plans),
    now: () => new Date(),
    // pauses are cut short, so that a test does not wait
    sleep: (ms) => new Promise((done) => setTimeout(done, ms / 100)),
  });

export const freshPlans = (wishes: Wishes): FakePlans => ({
  wishes,
  version: 1,
  live: PLAN,
  writable: 'all',
  calls: [],
  createdAt: new Date(Date.now() + 3_600_000),
  more: [],
  changed: {},
  isFrozen: false,
});
