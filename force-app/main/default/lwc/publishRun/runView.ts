import { count, duration, filled, isFinal, moment, plural, runKind } from 'c/bailiwick';
import type { Publish } from 'c/bailiwick';
import { texts } from './texts';

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
    progress: filled(texts.ofChanges, count(progress.done), count(progress.total), progress.phase),
    about: filled(
      texts.of,
      runKind(publish),
      publish.alignmentName,
      moment(at),
      publish.byName,
      took,
      plural(apiCalls, texts.apiCall),
    ),
    outcome: filled(
      texts.writtenAlreadyThereFailedSkipped,
      count(outcomes.written),
      count(outcomes.alreadyThere),
      count(outcomes.failed),
      count(outcomes.skipped),
    ),
    error,
    verified: verified
      ? filled(
          texts.verifiedOfChangesReadBackAreAs,
          count(verified.asPlanned),
          count(verified.checked),
          isBack ? texts.theyWereBefore : 'planned',
        )
      : '',
    access: accessText(publish),
    canAskAll: isOver && verified !== null && verified.access.asked < verified.access.of,
    askAll: filled(texts.askAboutAll, count(verified?.access.of ?? 0)),
    differences: verified?.differences ?? [],
    failures: failures.slice(0, MOST_FAILURES).map((failure, i) => ({ ...failure, key: `${i}` })),
    failuresMore:
      trouble > MOST_FAILURES ? filled(texts.ofAreListedHereTheFileHasAll, MOST_FAILURES, count(trouble)) : '',
    canGoOn: isOver && publish.canGoOn,
    hasHandover: isOver && !isBack && outcomes.written + outcomes.alreadyThere > 0,
  };
}

export function runTitle({ kind, state, verified }: Pick<Publish, 'kind' | 'state' | 'verified'>): string {
  const isBack = kind === 'takeBack';
  if (!isFinal({ state })) return isBack ? texts.takingItBack : texts.publishing;
  const isProved = verified !== null && verified.asPlanned === verified.checked;
  if (state === 'done') return isBack ? texts.takenBack : isProved ? texts.publishedAndVerified : texts.published;
  if (state === 'partial') return texts.doneExceptForSomeRecords;
  return isBack ? texts.theTakeBackStopped : texts.thePublishStopped;
}

/** Whether reps see what they got, and how many were asked about. */
function accessText({ verified }: Publish): string {
  if (!verified || verified.access.of === 0) return '';
  const { asked, of, blind } = verified.access;
  const seen = filled(texts.ofAccountsSeenByTheirReps, count(asked - blind), count(asked));
  return asked < of ? filled(texts.askedAboutOf, seen, count(asked), count(of)) : `${seen}.`;
}
