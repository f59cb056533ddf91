import { moment, plainDay, plural } from 'c/bailiwick';
import type { PlanLife } from 'c/bailiwick';

/** The step that leads on, from each stage, in the words of its button. */
const NEXT: readonly { step: string; label: string }[] = [
  { step: 'tryAgain', label: 'Try again' },
  { step: 'schedule', label: 'Set the date' },
  { step: 'approve', label: 'Approve' },
  { step: 'announce', label: 'Announce to reps' },
  { step: 'submit', label: 'Send to review' },
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
  approve: { label: 'Approve without announcing', needsReason: false },
  return: { label: 'Return to draft', needsReason: true },
  revoke: { label: 'Take the approval back', needsReason: true },
  unschedule: { label: 'Take the date back', needsReason: false },
  drop: { label: 'Drop the plan', needsReason: false },
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
  return needs.length > 0 ? `${needs.join(' and ')}: say why, in ${LEAST_REASON} letters or more.` : '';
}

/** The field for the day: where it is shown, and whether it has a button beside the one that leads on. */
export function dateOf({ settings, stage, can, timeZone }: PlanLife) {
  const needsApproval = settings.approvalRequired && stage !== 'approved' && stage !== 'scheduled';
  const isShown = can.includes('schedule') && !needsApproval;
  return {
    isShown,
    hasButton: isShown && stage !== 'approved',
    help: `It is live from the first minute of that day on (${timeZone}), without anybody present.`,
  };
}

/** What went wrong by itself, with what to do. */
export function failureOf({ schedule, stage, cover }: PlanLife): string {
  if (cover?.state === 'failed') return `The cover did not end. ${cover.reason ?? ''} ${cover.action ?? ''}`;
  if (stage !== 'scheduled' || schedule?.state !== 'failed') return '';
  return `It did not go live. ${schedule.reason ?? ''} ${schedule.action ?? ''}`;
}

const LOOKS = { now: 'place place-now', done: 'place place-done', later: 'place' };

/** Each place of the path with who and when. */
export function placesOf({ path, state }: PlanLife) {
  return path.map(({ stage, label, isNow, isDone, at, byName, note }) => ({
    stage,
    label,
    look: isNow ? LOOKS.now : isDone ? LOOKS.done : LOOKS.later,
    aria: isNow ? 'step' : null,
    who: at ? `${byName ?? ''}, ${moment(at)}` : stage === 'draft' ? (byName ?? '') : isNow || isDone ? '' : 'not yet',
    note,
    isLive: state === 'live',
  }));
}

/** What holds for the plan now, a sentence each. */
export function standingOf(life: PlanLife): string[] {
  const { stage, state, touched, accounts, approval, schedule, settings, cover } = life;
  if (state !== 'draft') return [state === 'live' ? 'This plan is live.' : 'This plan is closed.'];
  const lines = [`It changes ${plural(touched, 'territory', 'territories')} and ${plural(accounts, 'account')}.`];
  const isHeld = stage === 'approved' || stage === 'scheduled';
  if (isHeld) lines.push('Nobody can change it as long as it is approved.');
  else if (settings.approvalRequired) lines.push('Only approved plans are published in this team.');
  if (stage === 'announced' || isHeld) lines.push('The reps concerned see it on their pages.');
  if (!isHeld && approval.approvals.length > 0)
    lines.push(
      approval.approvals.some(({ isCurrent }) => isCurrent)
        ? `Still to be approved: ${approval.missing.join(', ')}.`
        : 'It was changed after it was approved in part: that approval does not count any more.',
    );
  if (schedule && stage === 'scheduled') lines.push(...scheduleLines(life));
  if (cover)
    lines.push(`It covers ${cover.repName ?? cover.territoryName} and goes back on ${plainDay(cover.backOn)}.`);
  return lines;
}

function scheduleLines({ schedule, timeZone }: PlanLife): string[] {
  const { effectiveOn, state, reason, action } = schedule!;
  const when = `Live from ${plainDay(effectiveOn)} on (${timeZone}), by itself.`;
  if (state === 'running' && reason) return [when, reason, action ?? ''].filter(Boolean);
  if (state === 'running') return [when, 'It is going live now.'];
  return [when];
}
