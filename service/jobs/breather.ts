import { setImmediate } from 'node:timers/promises';

/** Longer than this nobody should wait for an answer because somebody else's figures are being added up. */
const EVERY_MS = 20;

/**
 * For long work on the main thread: call it between pieces, and await what it answers. It lets other requests in as soon as the work has
 * held the thread long enough, and answers nothing otherwise.
 */
export function breather(everyMs = EVERY_MS): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < everyMs) return undefined;
    return setImmediate().then(() => void (since = performance.now()));
  };
}
