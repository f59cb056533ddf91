import { filled, moment } from 'c/bailiwick';
import type { PlanLife } from 'c/bailiwick';
import { texts } from './texts';

const KINDS = { change: texts.toldOfTheChange, waits: texts.askedToLookAtIt, failed: texts.toldThatSomethingWentWrong };

/** Who was told what. */
export function toldOf({ notices }: PlanLife) {
  return notices.map(({ kind, userName, state, sentAt, problem }, i) => ({
    key: `${i}`,
    text: `${userName}: ${KINDS[kind]}`,
    note: state === 'sent' ? filled(texts.byATaskInSalesforce, moment(sentAt ?? '')) : state === 'waiting' ? texts.beingSent : filled(texts.notReached, problem ?? ''), // prettier-ignore
  }));
}

const EVENTS: Readonly<Record<string, string>> = {
  submitted: texts.sentToReview,
  returned: texts.returnedToDraft,
  announced: texts.announcedToTheReps,
  approvedInPart: texts.approvedForABranch,
  approved: texts.approved,
  revoked: texts.approvalTakenBack,
  scheduled: texts.dateSet,
  unscheduled: texts.dateTakenBack,
  dropped: texts.closed,
  goingLive: texts.goesLive,
  waits: texts.waitsForAnAnswer,
  failed: texts.wentWrong,
  triedAgain: texts.triedAgain,
  wentLive: texts.live,
  replaced: texts.replaced,
  livedAgain: texts.liveAgain,
  takenBack: texts.takenBack,
  boundaries: texts.boundariesChangedToBeLookedAtAgain,
  notified: texts.told,
  coverPlanned: texts.leaveCoverPlanned,
  coverBegan: texts.leaveCoverBegan,
  coverEnded: texts.leaveCoverEnded,
  introductions: texts.introductions,
};

/** Everything that happened, the newest first. */
export function historyOf({ steps }: PlanLife) {
  return [...steps].reverse().map(({ at, what, note, byName }, i) => ({
    key: `${i}`,
    text: `${EVENTS[what] ?? what}${note ? `: ${note}` : ''}`,
    note: `${moment(at)}, ${byName}`,
  }));
}
