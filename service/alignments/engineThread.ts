import { Worker } from 'node:worker_threads';
import type { Solution } from '../core/optimize/optimize.ts';
import type { Problem, Progress } from '../core/optimize/problem.ts';
import type { Repair, RepairRequest } from '../core/smallestRepair.ts';
import { runOptimize, spareThreads, type OptimizeRun } from '../jobs/runOptimize.ts';
import type { PlanProof, PlanTask, RepairTask } from './repairWorker.ts';

/** One computation in threads of its own: several solves one after the other, one progress, one cancel. */
export interface EngineThread {
  readonly progress: Progress;
  readonly isCancelled: boolean;
  /** What is under way from here on stands for the progress from one share to another. */
  spans(from: number, to: number): void;
  /** Effort 1 meets the published times; less is quicker. */
  solve(problem: Problem, options: { seed: number; effort: number }): Promise<Solution>;
  repair(task: PlanTask & { request: RepairRequest }): Promise<Repair>;
  certify(task: PlanTask): Promise<PlanProof>;
  /** Asks for the best so far; what comes after it in the same computation ends at once, too. */
  cancel(): void;
  terminate(): Promise<void>;
}

export function createEngineThread(territories: number): EngineThread {
  let progress: Progress = { phase: 'start', share: 0, onTarget: 0, territories };
  let span = { from: 0, to: 1 };
  let isCancelled = false;
  let run: OptimizeRun | null = null;
  let worker: Worker | null = null;
  const inThread = <Answer>(task: RepairTask) => {
    const thread = new Worker(new URL('./repairWorker.ts', import.meta.url), { workerData: task });
    worker = thread;
    return new Promise<Answer>((resolve, reject) => {
      thread.on('message', resolve);
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`The repair thread ended with code ${code} before it had a plan.`)));
    });
  };
  return {
    get progress() {
      return progress;
    },
    get isCancelled() {
      return isCancelled;
    },
    spans: (from, to) => void (span = { from, to }),
    async solve(problem, options) {
      run = runOptimize(problem, {
        ...options,
        workers: spareThreads(),
        onProgress: (own) => (progress = { ...own, share: span.from + own.share * (span.to - span.from) }),
      });
      if (isCancelled) run.cancel();
      return run.result;
    },
    repair: (task) => inThread<Repair>(task),
    certify: (task) => inThread<PlanProof>({ ...task, request: null }),
    cancel() {
      isCancelled = true;
      run?.cancel();
    },
    terminate: async () => void (await Promise.all([run?.terminate(), worker?.terminate()])),
  };
}
