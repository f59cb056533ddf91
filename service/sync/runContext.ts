import type { EffectContext } from './recheck.ts';
import type { SyncDeps } from './ports.ts';
import type { Publish } from './store.ts';

/** The service is going down: the rest is done at the next start. */
export class Stopped extends Error {}
/** Somebody asked to stop. */
export class Cancelled extends Error {}

/** One publish under way: asked before every request whether it may go on. */
export interface Run {
  readonly deps: SyncDeps;
  readonly publish: Publish;
  /** @throws Stopped, Cancelled, BailiwickError org_limit */
  mayGoOn(): Promise<void>;
}

export const effectContext = ({ deps, publish }: Run): EffectContext => ({
  teamId: publish.teamId,
  byId: publish.byId,
  orgUserId: deps.org.userId,
  at: deps.now(),
});
