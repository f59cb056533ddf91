import { Worker } from 'node:worker_threads';
import { BailiwickError, type ErrorCode } from '../core/errors.ts';
import type { Solution } from '../core/optimize/optimize.ts';
import type { Problem, Progress } from '../core/optimize/problem.ts';
import type { OptimizeMessage, OptimizeTask } from './optimizeWorker.ts';

export interface OptimizeRun {
  readonly result: Promise<Solution>;
  /** Asks the engine to stop; the best plan so far still arrives, marked as stopped. */
  cancel(): void;
  /** Ends the thread without a result (shut-down). */
  terminate(): Promise<void>;
}

/** Runs the engine in a thread of its own, so that the service goes on answering. */
export function runOptimize(
  problem: Problem,
  options: { seed: number; effort: number; onProgress: (progress: Progress) => void },
): OptimizeRun {
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const task: OptimizeTask = { problem, seed: options.seed, effort: options.effort, cancel };
  const worker = new Worker(new URL('./optimizeWorker.ts', import.meta.url), { workerData: task });
  const result = new Promise<Solution>((resolve, reject) => {
    worker.on('message', (message: OptimizeMessage) => {
      if (message.kind === 'progress') options.onProgress(message.progress);
      else if (message.kind === 'done') resolve(message.solution);
      else reject(asError(message.error));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The optimize thread ended with code ${code} before it had a plan.`)));
  });
  return {
    result,
    cancel: () => void Atomics.store(cancel, 0, 1),
    terminate: async () => void (await worker.terminate()),
  };
}

function asError({ code, message, action }: { code: string; message: string; action: string | undefined }): Error {
  return code === 'internal'
    ? new Error(message)
    : new BailiwickError(code as ErrorCode, message, action ? { action } : {});
}
