import { parentPort, workerData } from 'node:worker_threads';
import { certify } from '../core/optimize/optimize.ts';
import { Plan } from '../core/optimize/plan.ts';
import type { Problem } from '../core/optimize/problem.ts';
import { reviveProblem } from '../core/reviveProblem.ts';
import { smallestRepair, type RepairRequest } from '../core/smallestRepair.ts';

/** A finished plan in its problem. */
export interface PlanTask {
  readonly problem: Problem;
  readonly owners: readonly number[];
}

/** What the thread gets: without a request the plan is only proved against its bound. */
export interface RepairTask extends PlanTask {
  readonly request: RepairRequest | null;
}

/** What a finished plan costs, and the least that any plan inside the ranges costs around these centres; km². */
export interface PlanProof {
  readonly objective: number;
  readonly bound: number;
}

const { problem: copy, owners, request } = workerData as RepairTask;
const problem = reviveProblem(copy);
parentPort?.postMessage(request ? smallestRepair(problem, owners, request) : prove());

function prove(): PlanProof {
  const { objective, bound } = certify(new Plan(problem, owners));
  return { objective, bound: bound.value };
}
