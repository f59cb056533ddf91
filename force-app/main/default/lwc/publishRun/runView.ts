import { count, duration, isFinal, moment, plural, runKind } from 'c/bailiwick';
import type { Publish } from 'c/bailiwick';

const MOST_FAILURES = 20;

/** A run in words and numbers. */
export function runView(publish: Publish) {
  const { progress, state, outcomes, verified, failures, error, finishedAt, at, apiCalls } = publish;
  const isBack = publish.kind === 'takeBack';
  const isOver = isFinal(publish);
  const took = finishedAt === null ? '' : `, ${duration(Date.parse(finishedAt) - Date.parse(at))}`;
  const trouble = outcomes.failed + outcomes.skipped;
  return {
    isOver,
    isRunning: !isOver,
    title: runTitle(publish),
    look: state === 'done' ? 'run run-good' : isOver ? 'run run-bad' : 'run',
    value: progress.total > 0 ? Math.round((100 * progress.done) / progress.total) : 0,
    progress: `${count(progress.done)} of ${count(progress.total)} changes · ${progress.phase}`,
    about: `${runKind(publish)} of ${publish.alignmentName}, ${moment(at)}, ${publish.byName}${took}, ${plural(apiCalls, 'API call')}`,
    outcome: `${count(outcomes.written)} written, ${count(outcomes.alreadyThere)} already there, ${count(outcomes.failed)} failed, ${count(outcomes.skipped)} skipped.`,
    error,
    verified: verified
      ? `Verified: ${count(verified.asPlanned)} of ${count(verified.checked)} changes read back are as ${isBack ? 'they were before' : 'planned'}.`
      : '',
    access: accessText(publish),
    canAskAll: isOver && verified !== null && verified.access.asked < verified.access.of,
    askAll: `Ask about all ${count(verified?.access.of ?? 0)}`,
    differences: verified?.differences ?? [],
    failures: failures.slice(0, MOST_FAILURES).map((failure, i) => ({ ...failure, key: `${i}` })),
    failuresMore:
      trouble > MOST_FAILURES ? `${MOST_FAILURES} of ${count(trouble)} are listed here; the file has all.` : '',
    canGoOn: isOver && publish.canGoOn,
    hasHandover: isOver && !isBack && outcomes.written + outcomes.alreadyThere > 0,
  };
}

export function runTitle({ kind, state, verified }: Pick<Publish, 'kind' | 'state' | 'verified'>): string {
  const isBack = kind === 'takeBack';
  if (!isFinal({ state })) return isBack ? 'Taking it back…' : 'Publishing…';
  const isProved = verified !== null && verified.asPlanned === verified.checked;
  if (state === 'done') return isBack ? 'Taken back' : isProved ? 'Published and verified' : 'Published';
  if (state === 'partial') return 'Done, except for some records';
  return isBack ? 'The take-back stopped' : 'The publish stopped';
}

/** Whether reps see what they got, and how many were asked about. */
function accessText({ verified }: Publish): string {
  if (!verified || verified.access.of === 0) return '';
  const { asked, of, blind } = verified.access;
  const seen = `${count(asked - blind)} of ${count(asked)} accounts seen by their reps`;
  return asked < of ? `${seen}; asked about ${count(asked)} of ${count(of)}.` : `${seen}.`;
}
