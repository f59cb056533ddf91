import type { Book } from './accounts/book.ts';
import type { Scope } from './accounts/scope.ts';
import type { Alignments } from './alignments/alignments.ts';
import { BailiwickError } from './core/errors.ts';
import type { Route } from './http/routes.ts';
import type { Org } from './org/org.ts';
import { requirePublishable } from './planning/approval.ts';
import type { Store } from './store/store.ts';
import { createAutoSync } from './sync/auto/auto.ts';
import type { AutoPorts } from './sync/auto/ports.ts';
import { autoRoutes } from './sync/auto/routes.ts';
import { checkRoutes, createChecks, type ChecksDeps } from './sync/checks/checks.ts';
import { createDrift } from './sync/drift/drift.ts';
import type { DriftPorts } from './sync/drift/ports.ts';
import { driftRoutes } from './sync/drift/routes.ts';
import type { SyncPorts } from './sync/ports.ts';
import type { Sync } from './sync/sync.ts';

export interface SyncSideDeps {
  readonly store: Store;
  readonly org: Org;
  readonly sync: Sync;
  readonly plans: SyncPorts;
  readonly alignments: Alignments;
  readonly scope: Scope;
  readonly book: Book;
  readonly now: () => Date;
  readonly log: (message: string) => void;
  readonly claimsRevision: () => Promise<string | null>;
  readonly nightSheet: AutoPorts['nightSheet'];
  /** Pages that may call the service. */
  readonly origins: readonly string[];
  readonly mapping: ChecksDeps['mapping'];
  readonly apiShare: number;
}

/** What runs by itself and what is found beside the plan. */
export function syncSide({ store, org, sync, plans, scope, book, now, log, ...deps }: SyncSideDeps) {
  const ready = readyIn(store, deps.alignments);
  const shared = { ...plans, teams: scope.teams, forget: book.forget, requireReady: (id: string) => ready(id, false) };
  const { claimsRevision, nightSheet } = deps;
  const auto = createAutoSync({ store, org, sync, ports: { ...shared, claimsRevision, nightSheet }, now, log });
  const drift = createDrift({
    store,
    org,
    sync,
    now,
    ports: {
      ...shared,
      strategy: auto.strategy,
      leaves: (teamId) => {
        scope.forget();
        return scope.leaves(teamId);
      },
      acceptPlaces: acceptPlaces(deps.alignments, plans, ready),
    },
  });
  const { origins, mapping } = deps;
  const checks = createChecks({ org, origins, mapping, now, apiShare: deps.apiShare });
  const routes: Route[] = [...autoRoutes(auto), ...driftRoutes(drift), ...checkRoutes(checks)];
  return { auto, drift, checks, routes };
}

type Ready = (id: string, isSmall: boolean) => Promise<void>;

/** Whether a draft may go live without being published. */
function readyIn(store: Store, alignments: Alignments): Ready {
  return (id, isSmall) =>
    store.transaction(async (tx) =>
      requirePublishable(tx, await alignments.locked(tx, id), { isSmall, isScheduled: false }),
    );
}

/** The live plan's successor with these accounts held by name. */
function acceptPlaces(alignments: Alignments, plans: SyncPorts, ready: Ready): DriftPorts['acceptPlaces'] {
  return async (user, liveId, places) => {
    const live = await alignments.find(liveId);
    const draft = await alignments.create(user, { teamId: live.teamId, name: live.name, from: liveId });
    try {
      await alignments.move(user, draft.id, {
        version: draft.version,
        moves: [],
        overrides: places.map(({ accountId, territoryId }) => ({ accountId, to: territoryId })),
        note: 'Accepted as Salesforce has it',
      });
      if ((await plans.live(live.teamId)) !== liveId)
        throw new BailiwickError('alignment_stale', 'Another plan has gone live meanwhile.', {
          action: 'Look at the new list.',
        });
      await ready(draft.id, true);
      await alignments.markLive(draft.id, { id: user.userId, name: user.name });
    } catch (error) {
      await alignments.discard(draft.id);
      throw error;
    }
    return { alignmentId: draft.id };
  };
}
