import { moment } from 'c/bailiwick';
import type { PlanLife } from 'c/bailiwick';

const KINDS = { change: 'told of the change', waits: 'asked to look at it', failed: 'told that something went wrong' };

/** Who was told what. */
export function toldOf({ notices }: PlanLife) {
  return notices.map(({ kind, userName, state, sentAt, problem }, i) => ({
    key: `${i}`,
    text: `${userName}: ${KINDS[kind]}`,
    note: state === 'sent' ? `by a task in Salesforce, ${moment(sentAt ?? '')}` : state === 'waiting' ? 'being sent' : `not reached: ${problem ?? ''}`, // prettier-ignore
  }));
}

const EVENTS: Readonly<Record<string, string>> = {
  submitted: 'Sent to review',
  returned: 'Returned to draft',
  announced: 'Announced to the reps',
  approvedInPart: 'Approved for a branch',
  approved: 'Approved',
  revoked: 'Approval taken back',
  scheduled: 'Date set',
  unscheduled: 'Date taken back',
  dropped: 'Closed',
  goingLive: 'Goes live',
  waits: 'Waits for an answer',
  failed: 'Went wrong',
  triedAgain: 'Tried again',
  wentLive: 'Live',
  replaced: 'Replaced',
  livedAgain: 'Live again',
  takenBack: 'Taken back',
  boundaries: 'Boundaries changed: to be looked at again',
  notified: 'Told',
  coverPlanned: 'Leave cover planned',
  coverBegan: 'Leave cover began',
  coverEnded: 'Leave cover ended',
  introductions: 'Introductions',
};

/** Everything that happened, the newest first. */
export function historyOf({ steps }: PlanLife) {
  return [...steps].reverse().map(({ at, what, note, byName }, i) => ({
    key: `${i}`,
    text: `${EVENTS[what] ?? what}${note ? `: ${note}` : ''}`,
    note: `${moment(at)}, ${byName}`,
  }));
}
