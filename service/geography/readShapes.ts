import { Worker } from 'node:worker_threads';
import { BailiwickError } from '../core/errors.ts';
import type { ShapesAnswer } from './shapesWorker.ts';
import { takeShapes, type ShapesTask, type TakenShapes } from './takeShapes.ts';

/** A smaller file is read sooner than a thread starts. */
const THREAD_FROM_BYTES = 1_000_000;

/**
 * Reads a file of ZIP areas; a big one in a thread of its own, as it keeps a processor busy for seconds and everybody else is to be
 * answered meanwhile. @throws BailiwickError as the readers do
 */
export async function readShapes(task: ShapesTask, threadFrom = THREAD_FROM_BYTES): Promise<TakenShapes> {
  if (task.bytes.length < threadFrom) return takeShapes(task);
  const thread = new Worker(new URL('./shapesWorker.ts', import.meta.url), { workerData: task });
  try {
    const answer = await new Promise<ShapesAnswer>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`The thread that reads ${task.name} ended with code ${code}.`)));
    });
    if (answer.kind === 'taken') return answer.taken;
    const { code, message, ...more } = answer.error;
    throw code === null ? new Error(message) : new BailiwickError(code, message, more);
  } finally {
    await thread.terminate();
  }
}
