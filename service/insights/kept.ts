/** Answers of one kind that are kept: a handful of plans is looked at again and again. */
const MAX_KEPT = 12;

/** Work that takes its time, as somebody who asks again sees it. */
export type Asked<Answer> =
  { readonly state: 'running'; readonly share: number } | { readonly state: 'done'; readonly answer: Answer };

interface Entry<Answer> {
  readonly promise: Promise<Answer>;
  share: number;
  outcome: { readonly answer: Answer } | { readonly error: unknown } | null;
}

/** Computes an answer once for all that it rests on, which the key names; a failure is told once and then tried again. */
export function createKept<Answer>() {
  const known = new Map<string, Entry<Answer>>();

  function entryOf(key: string, work: (seen: (share: number) => void) => Promise<Answer>): Entry<Answer> {
    const found = known.get(key);
    if (found) return found;
    const entry: Entry<Answer> = {
      promise: work((share) => (entry.share = share)),
      share: 0,
      outcome: null,
    };
    entry.promise.then(
      (answer) => (entry.outcome = { answer }),
      (error: unknown) => (entry.outcome = { error }),
    );
    for (const [oldest] of known) if (known.size >= MAX_KEPT) known.delete(oldest);
    known.set(key, entry);
    return entry;
  }

  return {
    /** Waits for it. */
    async of(key: string, work: (seen: (share: number) => void) => Promise<Answer>): Promise<Answer> {
      try {
        return await entryOf(key, work).promise;
      } catch (error) {
        known.delete(key);
        throw error;
      }
    },
    /** Says how far it is, and begins it where nobody has. */
    ask(key: string, work: (seen: (share: number) => void) => Promise<Answer>): Asked<Answer> {
      const { outcome, share } = entryOf(key, work);
      if (outcome === null) return { state: 'running', share };
      if ('answer' in outcome) return { state: 'done', answer: outcome.answer };
      known.delete(key);
      throw outcome.error;
    },
    /** What is there already. */
    find(key: string): Answer | null {
      const outcome = known.get(key)?.outcome;
      return outcome && 'answer' in outcome ? outcome.answer : null;
    },
  };
}
