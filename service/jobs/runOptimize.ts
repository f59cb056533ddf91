import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { BailiwickError, type ErrorCode } from '../core/errors.ts';
import { better, isEnough, startCount, type Solution } from '../core/optimize/optimize.ts';
import type { Problem, Progress } from '../core/optimize/problem.ts';
import type { OptimizeMessage, OptimizeTask } from './optimizeWorker.ts';
import { StartsProgress } from './startsProgress.ts';

export interface OptimizeRun {
  readonly result: Promise<Solution>;
  /** Asks the engine to stop; the best plan so far still arrives, marked as stopped. */
  cancel(): void;
  /** Ends the threads without a result (shut-down). */
  terminate(): Promise<void>;
}

export interface RunOptions {
  readonly seed: number;
  readonly effort: number;
  readonly onProgress: (progress: Progress) => void;
  /** Threads that share the list of starts; the result is the same for any number. */
  readonly workers?: number | undefined;
  /** Starts run beside each other on problems of at least so many pairs of unit and territory. */
  readonly pairsBeside?: number;
}

/** Where a start is shorter, one beside it, perhaps for nothing, costs more than it saves. */
const PAIRS_BESIDE = 1_000_000;

/** Threads beside one that answers: a core each, at most 4. */
export const spareThreads = () => Math.min(4, Math.max(1, availableParallelism() - 1));

/** Runs the engine in threads of its own, so that the service goes on answering. */
export function runOptimize(problem: Problem, options: RunOptions): OptimizeRun {
  const { seed, effort } = options;
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const threads = new Threads({ problem, seed, effort, cancel });
  const told = new StartsProgress(startCount(problem, effort), options.onProgress);
  const result = firstEnough(problem, options, async (start) => {
    const solution = await threads.solve(start, (progress) => told.hear(start, progress));
    told.finish(start);
    return solution;
  });
  return {
    result: result.finally(() => void threads.end()),
    cancel: () => void Atomics.store(cancel, 0, 1),
    terminate: () => threads.end(),
  };
}

/** The first start of the list that is enough, else the best of all: what `optimize` answers on one thread. */
async function firstEnough(
  problem: Problem,
  { workers = 1, pairsBeside = PAIRS_BESIDE, effort }: RunOptions,
  solve: (start: number) => Promise<Solution>,
): Promise<Solution> {
  const running = new Map<number, Promise<Solution>>();
  const count = startCount(problem, effort);
  const atOnce = problem.lat.length * problem.k < pairsBeside ? 1 : Math.max(1, workers);
  const launch = (start: number) => {
    if (start >= count || running.has(start)) return;
    const run = solve(start);
    // a start that nobody waits for any more may fail unseen
    run.catch(() => undefined);
    running.set(start, run);
  };
  let best: Solution | null = null;
  for (let start = 0; start < count; start++) {
    for (let next = start; next < start + atOnce; next++) launch(next);
    const found: Solution = await running.get(start)!;
    best = best ? better(best, found) : found;
    if (isEnough(problem, best)) break;
  }
  return best!;
}

/** The engine's threads for one problem. One that is free, its code already fast, takes the next start. */
class Threads {
  readonly #task: OptimizeTask;
  readonly #all = new Set<Worker>();
  readonly #free = new Set<Worker>();

  constructor(task: OptimizeTask) {
    this.#task = task;
  }

  async solve(start: number, onProgress: (progress: Progress) => void): Promise<Solution> {
    const [worker = this.#launched()] = this.#free;
    this.#free.delete(worker);
    const solution = await solved(worker, start, onProgress);
    this.#free.add(worker);
    return solution;
  }

  async end(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #launched(): Worker {
    const worker = new Worker(new URL('./optimizeWorker.ts', import.meta.url), { workerData: this.#task });
    this.#all.add(worker);
    worker.once('exit', () => {
      this.#all.delete(worker);
      this.#free.delete(worker);
    });
    return worker;
  }
}

function solved(worker: Worker, start: number, onProgress: (progress: Progress) => void): Promise<Solution> {
  const { promise, resolve, reject } = Promise.withResolvers<Solution>();
  const hear = (message: OptimizeMessage) => {
    if (message.kind === 'progress') onProgress(message.progress);
    else if (message.kind === 'done') resolve(message.solution);
    else reject(asError(message.error));
  };
  const ended = (code: number) =>
    reject(new Error(`The optimize thread ended with code ${code} before it had a plan.`));
  worker.on('message', hear).on('error', reject).on('exit', ended).postMessage(start);
  return promise.finally(() => worker.off('message', hear).off('error', reject).off('exit', ended));
}

function asError({ code, message, action }: { code: string; message: string; action: string | undefined }): Error {
  return code === 'internal'
    ? new Error(message)
    : new BailiwickError(code as ErrorCode, message, action ? { action } : {});
}
