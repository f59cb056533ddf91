import { parentPort, workerData } from 'node:worker_threads';
import type { Problem } from '../core/optimize/problem.ts';
import { reviveProblem } from '../core/reviveProblem.ts';
import { smallestRepair, type RepairRequest } from '../core/smallestRepair.ts';

/** What the thread gets. */
export interface RepairTask {
  readonly problem: Problem;
  readonly owners: readonly number[];
  readonly request: RepairRequest;
}

const { problem, owners, request } = workerData as RepairTask;
parentPort?.postMessage(smallestRepair(reviveProblem(problem), owners, request));
