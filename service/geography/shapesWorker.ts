import { parentPort, workerData } from 'node:worker_threads';
import { BailiwickError, type ErrorCode } from '../core/errors.ts';
import { takeShapes, type ShapesTask, type TakenShapes } from './takeShapes.ts';

export type ShapesAnswer =
  | { readonly kind: 'taken'; readonly taken: TakenShapes }
  | {
      readonly kind: 'failed';
      /** Without a code it is a mistake of ours. */
      readonly error: { code: ErrorCode | null; message: string; action?: string; details?: unknown };
    };

const answer = await takeShapes(workerData as ShapesTask).then(
  (taken): ShapesAnswer => ({ kind: 'taken', taken }),
  (error: unknown): ShapesAnswer => {
    if (!(error instanceof BailiwickError))
      return { kind: 'failed', error: { code: null, message: String((error as Error).stack ?? error) } };
    const { code, message, action, details } = error;
    return { kind: 'failed', error: { code, message, ...(action === undefined ? {} : { action }), details } };
  },
);
parentPort?.postMessage(answer);
