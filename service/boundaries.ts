import { carryOver } from './alignments/carryOver.ts';
import { listAlignments } from './alignments/store.ts';
import { recordedAt } from './planRecords.ts';
import type { Geography } from './core/geography.ts';
import { createBoundaries, type OwnedPlan } from './geography/boundaries.ts';
import { boundaryRoutes } from './geography/boundaryRoutes.ts';
import { formerGround, keepGround } from './geography/grounds.ts';
import { LoadedStore } from './geography/loadedStore.ts';
import type { Route } from './http/routes.ts';
import type { Store } from './store/store.ts';

/**
 * Brings all plans onto the boundaries that the service runs on, and keeps which units these are for the next change.
 * @throws BailiwickError not_ready where a plan's former boundaries are unknown
 */
export async function pinBoundaries(
  store: Store,
  options: { dataDir: string; geography: Geography; now: () => Date; log: (message: string) => void },
): Promise<void> {
  const loaded = new LoadedStore(options.dataDir);
  loaded.sweep();
  keepGround(loaded, options.geography);
  const moved = await carryOver(store, {
    geography: options.geography,
    former: (key) => formerGround(loaded, key),
    keep: (plan) => loaded.keep(`plan-${plan.id}-v${plan.version}.json`, plan),
    now: options.now,
    recorded: recordedAt(options.now),
  });
  for (const { name, note } of moved) options.log(`"${name}": ${note}`);
}

/** Routes over the loaded boundaries of a data directory. */
export function boundariesOf(
  store: Store,
  {
    dataDir,
    geography,
    teams,
    now,
    apply,
  }: {
    dataDir: string;
    geography: Geography;
    teams: () => Promise<readonly { id: string }[]>;
    now: () => Date;
    apply: (() => void) | undefined;
  },
): Route[] {
  const loaded = new LoadedStore(dataDir);
  const livePlans = async (): Promise<OwnedPlan[]> => {
    const plans = await listAlignments(
      store,
      (await teams()).map(({ id }) => id),
    );
    return plans.filter(({ state }) => state === 'live');
  };
  return boundaryRoutes(createBoundaries({ store: loaded, geography, livePlans, apply }), loaded, now);
}
