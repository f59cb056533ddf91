import { Worker } from 'node:worker_threads';
import { BailiwickError, type ErrorCode } from '../core/errors.ts';
import { better, isEnough, startCount, type Solution } from '../core/optimize/optimize.ts';
import type { Problem, Progress } from '../core/optimize/problem.ts';
import type { OptimizeMessage, OptimizeTask } from './optimizeWorker.ts';

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
}

/** Runs the engine in threads of its own, so that the service goes on answering. */
export function runOptimize(problem: Problem, options: RunOptions): OptimizeRun {
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const threads = new Set<Worker>();
  const result = firstEnough(problem, options, (start) => {
    const task: OptimizeTask = { problem, start, seed: options.seed, effort: options.effort, cancel };
    const worker = new Worker(new URL('./optimizeWorker.ts', import.meta.url), { workerData: task });
    threads.add(worker);
    worker.once('exit', () => threads.delete(worker));
    return solved(worker, start === 0 ? options.onProgress : () => undefined);
  });
  const end = async () => void (await Promise.all([...threads].map((worker) => worker.terminate())));
  return {
    result: result.finally(() => void end()),
    cancel: () => void Atomics.store(cancel, 0, 1),
    terminate: end,
  };
}

/** The first start of the list that is enough, else the best of all: what `optimize` answers on one thread. */
async function firstEnough(
  problem: Problem,
  { workers = 1, effort }: RunOptions,
  solve: (start: number) => Promise<Solution>,
): Promise<Solution> {
  const running = new Map<number, Promise<Solution>>();
  const count = startCount(problem, effort);
  const launch = (start: number) => {
    if (start >= count || running.has(start)) return;
    const run = solve(start);
    // a start that nobody waits for any more may fail unseen
    run.catch(() => undefined);
    running.set(start, run);
  };
  let best: Solution | null = null;
  for (let start = 0; start < count; start++) {
    for (let next = start; next < start + Math.max(1, workers); next++) launch(next);
    const found: Solution = await running.get(start)!;
    best = best ? better(best, found) : found;
    if (isEnough(problem, best)) break;
  }
  return best!;
}

function solved(worker: Worker, onProgress: (progress: Progress) => void): Promise<Solution> {
  return new Promise<Solution>((resolve, reject) => {
    worker.on('message', (message: OptimizeMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'done') resolve(message.solution);
      else reject(asError(message.error));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The optimize thread ended with code ${code} before it had a plan.`)));
  });
}

function asError({ code, message, action }: { code: string; message: string; action: string | undefined }): Error {
  return code === 'internal'
    ? new Error(message)
    : new BailiwickError(code as ErrorCode, message, action ? { action } : {});
}
