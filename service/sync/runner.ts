import type { SyncDeps } from './ports.ts';
import { runPublish } from './run.ts';
import { unfinishedPublishes, type Publish } from './store.ts';

/** Publishes under way in this process. */
export function createRunner(deps: SyncDeps, log: (message: string) => void) {
  const running = new Map<string, Promise<void>>();
  let isStopping = false;

  function start(publish: Publish, isResumed: boolean): void {
    const work = deps.ports
      .freeze(publish.alignmentId, true)
      .then(() => runPublish(deps, publish, { isResumed, isStopping: () => isStopping }))
      .catch((error: unknown) =>
        log(`publish ${publish.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
      )
      .finally(() => running.delete(publish.id));
    running.set(publish.id, work);
  }

  return {
    start,
    /** Goes on with what a former process left unfinished. Called once at start, before requests come in. */
    async resume(): Promise<string[]> {
      const unfinished = await unfinishedPublishes(deps.store);
      for (const each of unfinished) if (!running.has(each.id)) start(each, true);
      return unfinished.map(({ id }) => id);
    },
    /** Waits until this publish has ended in this process; at once where it is not running. */
    finished: async (publishId: string): Promise<void> => running.get(publishId),
    /** Waits until no publish is running. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running.values());
    },
    /** Stops after the request under way; the rest is done at the next start. */
    async close(): Promise<void> {
      isStopping = true;
      await Promise.all(running.values());
    },
  };
}
