import type { Publish } from './publishAnswers';
import { texts } from './texts';

const FINAL = new Set<Publish['state']>(['done', 'partial', 'failed']);

export const isFinal = ({ state }: Pick<Publish, 'state'>): boolean => FINAL.has(state);

export function runKind({ kind, origin }: Pick<Publish, 'kind' | 'origin'>): string {
  if (kind === 'takeBack') return texts.takeBack;
  return origin === 'schedule' ? texts.automaticRun : texts.publish;
}

const STATES: Readonly<Record<Publish['state'], string>> = {
  queued: texts.waitingToBegin,
  running: texts.running,
  verifying: texts.readingBack,
  done: texts.done,
  partial: texts.doneExceptForSomeRecords,
  failed: texts.stopped,
};
export const runState = ({ state }: Pick<Publish, 'state'>): string => STATES[state];
