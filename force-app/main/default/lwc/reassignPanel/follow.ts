import { filled, get, poll } from 'c/bailiwick';
import type { Publish } from 'c/bailiwick';
import { texts } from './texts';

const FINAL = new Set(['done', 'partial', 'failed']);

/** Waits for a publish and tells how far it is. @throws Error with the first account that the CRM refused */
export async function follow(
  publishId: string,
  { isWanted, seen }: { isWanted: () => boolean; seen: (text: string) => void },
): Promise<void> {
  const last = await poll(() => get<Publish>(`/publishes/${publishId}`), {
    isFinal: ({ state }) => FINAL.has(state),
    isWanted,
    seen: ({ progress }) => seen(filled(texts.ofChangesWritten, progress.done, progress.total)),
  });
  const failure = last?.failures[0];
  if (failure) throw new Error(`${failure.accountName}: ${failure.message} ${failure.action}`);
}
