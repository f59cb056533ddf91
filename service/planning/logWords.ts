import type { PlanEvent } from './logStore.ts';

/** What each event is called in files and on the command line. */
export const EVENT_NAMES: Readonly<Record<PlanEvent, string>> = {
  submitted: 'Plan sent to review',
  returned: 'Plan returned to draft',
  announced: 'Plan announced to reps',
  approvedInPart: 'Plan approved for a branch',
  approved: 'Plan approved',
  revoked: 'Approval taken back',
  scheduled: 'Date set',
  unscheduled: 'Date taken back',
  dropped: 'Plan closed',
  goingLive: 'Plan goes live',
  waits: 'Plan waits for an answer',
  failed: 'Plan went wrong',
  triedAgain: 'Tried again',
  wentLive: 'Plan is live',
  replaced: 'Plan replaced',
  livedAgain: 'Plan is live again',
  takenBack: 'Plan taken back',
  boundaries: 'Boundaries changed',
  notified: 'Person told',
  coverPlanned: 'Leave cover planned',
  coverBegan: 'Leave cover began',
  coverEnded: 'Leave cover ended',
  introductions: 'Introductions asked for',
  settings: 'Settings changed',
};
