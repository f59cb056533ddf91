import type { Progress } from '../core/optimize/problem.ts';

/** What of the bar the first start gets where there may be others: it is enough as a rule. */
const FIRST_SHARE = 0.7;

/** One progress of all starts: each is heard once those before it are done, and no number falls. */
export class StartsProgress {
  readonly #starts: number;
  readonly #onProgress: (progress: Progress) => void;
  readonly #finished = new Set<number>();
  #current = 0;
  #onTarget = 0;

  constructor(starts: number, onProgress: (progress: Progress) => void) {
    this.#starts = starts;
    this.#onProgress = onProgress;
  }

  hear(start: number, progress: Progress): void {
    if (start !== this.#current) return;
    this.#onTarget = Math.max(this.#onTarget, progress.onTarget);
    const [from, to] = [this.#from(start), this.#from(start + 1)];
    this.#onProgress({ ...progress, onTarget: this.#onTarget, share: from + progress.share * (to - from) });
  }

  finish(start: number): void {
    this.#finished.add(start);
    while (this.#finished.has(this.#current)) this.#current++;
  }

  /** Where on the bar a start begins. */
  #from(start: number): number {
    const later = this.#starts - 1;
    if (start === 0 || later === 0) return start;
    return FIRST_SHARE + ((1 - FIRST_SHARE) * (start - 1)) / later;
  }
}
