import { parentPort, workerData } from 'node:worker_threads';
import { solveStart, type Solution } from '../core/optimize/optimize.ts';
import type { Problem, Progress } from '../core/optimize/problem.ts';
import { reviveProblem } from '../core/reviveProblem.ts';

/** What the worker gets once; the flag is shared memory, so that a cancel is seen in the middle of a step. */
export interface OptimizeTask {
  readonly problem: Problem;
  readonly seed: number;
  readonly effort: number;
  readonly cancel: Int32Array;
}

export type OptimizeMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly solution: Solution }
  | { readonly kind: 'failed'; readonly error: { code: string; message: string; action: string | undefined } };

const { problem, seed, effort, cancel } = workerData as OptimizeTask;
const tell = (message: OptimizeMessage) => parentPort?.postMessage(message);
const revived = reviveProblem(problem);

// each message is the number of a start of the fixed list
parentPort?.on('message', (start: number) => {
  try {
    const solution = solveStart(revived, start, {
      effort,
      seed,
      shouldStop: () => Atomics.load(cancel, 0) === 1,
      onProgress: (progress) => tell({ kind: 'progress', progress }),
    });
    tell({ kind: 'done', solution });
  } catch (error) {
    const known = error as { code?: string; message?: string; action?: string };
    tell({
      kind: 'failed',
      error: { code: known.code ?? 'internal', message: known.message ?? String(error), action: known.action },
    });
  }
});
