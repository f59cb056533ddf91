interface Watched {
  /** What is due is done, one after the other; each goes on from rows and may be called at any time. */
  readonly look: readonly (() => Promise<void>)[];
  readonly log: (message: string) => void;
}

/** How often the clock is looked at: a date is as exact as this. */
const LOOK_EVERY_MS = 30_000;

/** Looks at the clock for what goes live, comes back or is to be told. One look at a time. */
export function createWatch(
  { look: all, log }: Watched,
  every: (ms: number, work: () => void) => () => void = byTimer,
) {
  let looking: Promise<void> | null = null;
  let stop: (() => void) | null = null;

  async function once(): Promise<void> {
    for (const work of all) await work().catch((error: unknown) => log(`life of plans: ${String(error)}`));
  }

  /** Whoever comes while a look is under way waits for it, and then for one of her own: what she did is seen. */
  async function look(): Promise<void> {
    await looking;
    looking ??= once().finally(() => (looking = null));
    await looking;
  }

  return {
    look,
    start(): void {
      stop ??= every(LOOK_EVERY_MS, () => void look().catch(() => undefined));
    },
    stop(): void {
      stop?.();
      stop = null;
    },
    async close(): Promise<void> {
      stop?.();
      stop = null;
      await looking;
    },
  };
}

export type Watch = ReturnType<typeof createWatch>;

function byTimer(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}
