import type { Publish } from './publishAnswers';

const FINAL = new Set<Publish['state']>(['done', 'partial', 'failed']);

export const isFinal = ({ state }: Pick<Publish, 'state'>): boolean => FINAL.has(state);

export function runKind({ kind, origin }: Pick<Publish, 'kind' | 'origin'>): string {
  if (kind === 'takeBack') return 'Take-back';
  return origin === 'schedule' ? 'Automatic run' : 'Publish';
}

const STATES: Readonly<Record<Publish['state'], string>> = {
  queued: 'Waiting to begin',
  running: 'Running',
  verifying: 'Reading back',
  done: 'Done',
  partial: 'Done, except for some records',
  failed: 'Stopped',
};
export const runState = ({ state }: Pick<Publish, 'state'>): string => STATES[state];
