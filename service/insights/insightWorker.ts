import { parentPort, workerData } from 'node:worker_threads';
import { fieldDrift } from '../core/fieldState.ts';
import { bestPlan } from '../core/mapAudit.ts';
import { travelOfState } from '../core/travelOfState.ts';
import { whiteSpace } from '../core/whiteSpace.ts';
import type { ThreadMessage, ThreadTask } from './insightThread.ts';

const tell = (message: ThreadMessage) => parentPort?.postMessage(message);
const onProgress = (share: number) => tell({ kind: 'progress', share });

function answer(task: ThreadTask): unknown {
  if (task.kind === 'whiteSpace') return whiteSpace(task.coverage, task.ground, task.options);
  if (task.kind === 'bestPlan') return bestPlan(task.found, task.ground, { ...task.options, onProgress });
  if (task.kind === 'travel') return travelOfState(task.state, task.ground);
  return fieldDrift(task.states, task.ground, task.measures);
}

try {
  tell({ kind: 'done', answer: answer(workerData as ThreadTask) });
} catch (error) {
  const known = error as { code?: string; message?: string; action?: string };
  tell({
    kind: 'failed',
    error: { code: known.code ?? 'internal', message: known.message ?? String(error), action: known.action },
  });
}
