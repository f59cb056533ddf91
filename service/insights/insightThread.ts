import { Worker } from 'node:worker_threads';
import { BailiwickError, type ErrorCode } from '../core/errors.ts';
import type { FieldGround, FieldState, FieldTotals } from '../core/fieldState.ts';
import type { AuditGround } from '../core/mapAudit.ts';
import type { Measure } from '../core/measures.ts';
import type { UnitCoverage } from '../core/coverage.ts';
import type { WhiteSpaceGround, WhiteSpaceOptions } from '../core/whiteSpace.ts';

/** What would hold up everybody else's answers at national size. */
export type ThreadTask =
  | {
      readonly kind: 'whiteSpace';
      readonly coverage: UnitCoverage;
      readonly ground: WhiteSpaceGround;
      readonly options: WhiteSpaceOptions;
    }
  | {
      readonly kind: 'bestPlan';
      readonly found: FieldTotals;
      readonly ground: AuditGround;
      readonly options: { readonly seed: number; readonly effort: number };
    }
  | { readonly kind: 'travel'; readonly state: FieldState; readonly ground: FieldGround }
  | {
      readonly kind: 'drift';
      readonly states: readonly [FieldState, FieldState];
      readonly ground: FieldGround;
      readonly measures: readonly Measure[];
    };

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly answer: unknown }
  | {
      readonly kind: 'failed';
      readonly error: { readonly code: string; readonly message: string; readonly action: string | undefined };
    };

export interface InsightThreads {
  run<Answer>(task: ThreadTask, seen?: (share: number) => void): Promise<Answer>;
  /** Ends what is under way without an answer (shut-down). */
  close(): Promise<void>;
}

/** At most one at a time: two cores, one of them for everybody else. */
export function createInsightThreads(): InsightThreads {
  const running = new Set<Worker>();
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  function started<Answer>(task: ThreadTask, seen: (share: number) => void): Promise<Answer> {
    if (isClosed) throw new Error('The service is closing.');
    const worker = new Worker(new URL('./insightWorker.ts', import.meta.url), { workerData: task });
    running.add(worker);
    return new Promise<Answer>((resolve, reject) => {
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'progress') seen(message.share);
        else if (message.kind === 'done') resolve(message.answer as Answer);
        else reject(asError(message.error));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        running.delete(worker);
        reject(new Error(`The insights thread ended with code ${code} before it had an answer.`));
      });
    });
  }

  return {
    run: (task, seen = () => undefined) => {
      const turn = last.then(() => started(task, seen));
      last = turn.catch(() => undefined);
      return turn as Promise<never>;
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...running].map((worker) => worker.terminate()));
      await last;
    },
  };
}

function asError({ code, message, action }: Extract<ThreadMessage, { kind: 'failed' }>['error']): Error {
  if (code === 'internal') return new Error(message);
  return new BailiwickError(code as ErrorCode, message, action ? { action } : {});
}
