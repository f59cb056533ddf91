const EVERY_MS = 400;

/** Asks again and again until the answer is final or the asker is gone; every answer is handed to `seen`. */
export async function poll<T>(
  ask: () => Promise<T>,
  {
    isFinal,
    isWanted,
    seen,
    everyMs = EVERY_MS,
  }: {
    isFinal: (answer: T) => boolean;
    isWanted: () => boolean;
    seen: (answer: T) => void;
    everyMs?: number;
  },
): Promise<T | null> {
  while (isWanted()) {
    const answer = await ask();
    if (!isWanted()) return null;
    seen(answer);
    if (isFinal(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return null;
}
