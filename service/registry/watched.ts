import type { DuckDb } from '../store/duckDb.ts';

/** How often a running statement is asked how far it is. */
const ASK_EVERY_MS = 250;

interface Watch {
  readonly onShare: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Does the work and tells its progress; a signal ends the statement that runs. */
export async function watched(tx: DuckDb, work: () => Promise<void>, { onShare, signal }: Watch): Promise<void> {
  signal?.throwIfAborted();
  onShare(0);
  const timer = setInterval(() => onShare(tx.progress()), ASK_EVERY_MS);
  const stop = () => tx.interrupt();
  signal?.addEventListener('abort', stop);
  try {
    await work();
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', stop);
  }
}
