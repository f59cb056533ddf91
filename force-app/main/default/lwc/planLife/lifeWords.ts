import { filled, moment, plainDay, plural } from 'c/bailiwick';
import type { PlanLife } from 'c/bailiwick';
import { texts } from './texts';

/** The step that leads on, from each stage, in the words of its button. */
const NEXT: readonly { step: string; label: string }[] = [
  { step: 'tryAgain', label: texts.tryAgain },
  { step: 'schedule', label: texts.setTheDate },
  { step: 'approve', label: texts.approve },
  { step: 'announce', label: texts.announceToReps },
  { step: 'submit', label: texts.sendToReview },
];
/** Which of them is the next one in a stage. */
const NEXT_IN: Readonly<Record<PlanLife['stage'], readonly string[]>> = {
  draft: ['submit'],
  review: ['announce'],
  announced: ['approve'],
  approved: ['schedule'],
  scheduled: ['tryAgain'],
};
const OTHERS: Readonly<Record<string, { label: string; needsReason: boolean }>> = {
  approve: { label: texts.approveWithoutAnnouncing, needsReason: false },
  return: { label: texts.returnToDraft, needsReason: true },
  revoke: { label: texts.takeTheApprovalBack, needsReason: true },
  unschedule: { label: texts.takeTheDateBack, needsReason: false },
  drop: { label: texts.dropThePlan, needsReason: false },
};

/** Longer than this is no reason. */
const LEAST_REASON = 3;

/** The one button that leads on; null where the reader has nothing to do next. */
export function primaryOf({ stage, can, settings }: PlanLife): { step: string; label: string } | null {
  const wanted = NEXT_IN[stage];
  const free = stage === 'draft' && !can.includes('submit') && !settings.approvalRequired ? ['schedule'] : [];
  return NEXT.find(({ step }) => can.includes(step) && [...wanted, ...free].includes(step)) ?? null;
}

/** What else may be done with the plan. */
export function othersOf(life: PlanLife, note: string, isBusy: boolean) {
  const primary = primaryOf(life)?.step;
  return life.can
    .filter((step) => step !== primary && OTHERS[step])
    .map((step) => {
      const { label, needsReason } = OTHERS[step]!;
      return { step, label, cannot: isBusy || (needsReason && note.trim().length < LEAST_REASON), needsReason };
    });
}

/** Which of the buttons want a reason; empty where none does. */
export function reasonHelpOf(others: ReturnType<typeof othersOf>): string {
  const needs = others.filter(({ needsReason }) => needsReason).map(({ label }) => `“${label}”`);
  return needs.length > 0 ? filled(texts.sayWhyInLettersOrMore, needs.join(' and '), LEAST_REASON) : '';
}

/** The field for the day: where it is shown, and whether it has a button beside the one that leads on. */
export function dateOf({ settings, stage, can, timeZone }: PlanLife) {
  const needsApproval = settings.approvalRequired && stage !== 'approved' && stage !== 'scheduled';
  const isShown = can.includes('schedule') && !needsApproval;
  return {
    isShown,
    hasButton: isShown && stage !== 'approved',
    help: filled(texts.itIsLiveFromTheFirstMinuteOfThat, timeZone),
  };
}

/** What went wrong by itself, with what to do. */
export function failureOf({ schedule, stage, cover }: PlanLife): string {
  if (cover?.state === 'failed') return filled(texts.theCoverDidNotEnd, cover.reason ?? '', cover.action ?? '');
  if (stage !== 'scheduled' || schedule?.state !== 'failed') return '';
  return filled(texts.itDidNotGoLive, schedule.reason ?? '', schedule.action ?? '');
}

const LOOKS = { now: 'place place-now', done: 'place place-done', later: 'place' };

/** Each place of the path with who and when. */
export function placesOf({ path, state }: PlanLife) {
  return path.map(({ stage, label, isNow, isDone, at, byName, note }) => ({
    stage,
    label,
    look: isNow ? LOOKS.now : isDone ? LOOKS.done : LOOKS.later,
    aria: isNow ? 'step' : null,
    who: at
      ? `${byName ?? ''}, ${moment(at)}`
      : stage === 'draft'
        ? (byName ?? '')
        : isNow || isDone
          ? ''
          : texts.notYet,
    note,
    isLive: state === 'live',
  }));
}

/** What holds for the plan now, a sentence each. */
export function standingOf(life: PlanLife): string[] {
  const { stage, state, touched, accounts, approval, schedule, settings, cover } = life;
  if (state !== 'draft') return [state === 'live' ? texts.thisPlanIsLive : texts.thisPlanIsClosed];
  const lines = [filled(texts.itChangesAnd, plural(touched, texts.territory), plural(accounts, texts.account))];
  const isHeld = stage === 'approved' || stage === 'scheduled';
  if (isHeld) lines.push(texts.nobodyCanChangeItAsLongAsItIs);
  else if (settings.approvalRequired) lines.push(texts.onlyApprovedPlansArePublishedIn);
  if (stage === 'announced' || isHeld) lines.push(texts.theRepsConcernedSeeItOnTheirPages);
  if (!isHeld && approval.approvals.length > 0)
    lines.push(
      approval.approvals.some(({ isCurrent }) => isCurrent)
        ? filled(texts.stillToBeApproved, approval.missing.join(', '))
        : texts.itWasChangedAfterItWasApprovedIn,
    );
  if (schedule && stage === 'scheduled') lines.push(...scheduleLines(life));
  if (cover)
    lines.push(filled(texts.itCoversAndGoesBackOn, cover.repName ?? cover.territoryName, plainDay(cover.backOn)));
  if (cover?.state === 'covering' && cover.reason) lines.push(cover.reason);
  return lines;
}

function scheduleLines({ schedule, timeZone }: PlanLife): string[] {
  const { effectiveOn, state, reason, action } = schedule!;
  const when = filled(texts.liveFromOnByItself, plainDay(effectiveOn), timeZone);
  if (state === 'running' && reason) return [when, reason, action ?? ''].filter(Boolean);
  if (state === 'running') return [when, texts.itIsGoingLiveNow];
  return [when];
}
