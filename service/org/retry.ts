import { failureOf, type Failure } from './failures.ts';

/** Time and chance, injected so that tests do not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

/** jsforce never retries a POST or PATCH and waits without jitter; five tries with doubling pauses last about 15 s. */
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Full jitter: anywhere up to the doubled pause, so that parallel callers do not come back together. */
export const pauseMs = (attempt: number, clock: Clock): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + clock.random() / 2);

/** Repeats work that may be done twice without harm while its failure is one that passes. */
export async function retrying<T>(
  work: () => Promise<T>,
  clock: Clock,
  passes: (failure: Failure) => boolean = ({ isTransient }) => isTransient,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!passes(failureOf(error)) || attempt + 1 >= MAX_TRIES) throw error;
      await clock.sleep(pauseMs(attempt, clock));
    }
  }
}
