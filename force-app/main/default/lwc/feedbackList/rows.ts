import type { Feedback } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

const REASONS: Readonly<Record<string, string>> = {
  relationship: texts.relationship,
  privileges: texts.hospitalPrivileges,
  distance: texts.distance,
  wrongData: texts.wrongData,
  strategic: texts.strategicAccount,
  other: texts.somethingElse,
};
const STATES = { open: texts.open, accepted: texts.accepted, declined: texts.declined } as const;

const BECOMES = {
  nothing: '',
  draft: texts.itIsInTheNextPlanNothingChangesIn,
  live: texts.itIsLive,
  dropped: texts.thePlanThatItWasInWasGivenUp,
} as const;

/** One piece of feedback in words. */
export function feedbackRow(one: Feedback, day: (iso: string) => string) {
  const verb = one.state === 'accepted' ? 'accepted' : 'declined';
  const words = one.decision ? `: “${one.decision}”` : '.';
  const what = one.accountName ?? (one.zips.length > 0 ? filled(texts.zip, one.zips.join(', ')) : null);
  return {
    id: one.id,
    accountId: one.accountId,
    subject: what
      ? `${what} (${one.territoryName}${one.toTerritoryName ? ` → ${one.toTerritoryName}` : ''})`
      : one.territoryName,
    openLabel: filled(texts.open2, one.accountName ?? ''),
    state: one.isOverdue ? texts.overdue : STATES[one.state],
    look: `tag tag-${one.isOverdue ? 'overdue' : one.state}`,
    reason: REASONS[one.reason] ?? one.reason,
    text: one.text,
    note: `${one.isMine ? texts.you : one.byName}, ${day(one.at)}${where(one, day)}`,
    decision: one.decidedAt
      ? filled(texts.itOn, one.decidedByName ?? texts.somebody, verb, day(one.decidedAt), words)
      : '',
    becomes: becomesText(one),
    // the first step is what is said above
    hasSteps: one.steps.length > 1,
    steps: one.steps.slice(1).map((step, i) => ({ key: `${i}`, text: stepText(step, day) })),
  };
}

function where(one: Feedback, day: (iso: string) => string): string {
  if (one.state !== 'open') return '';
  const who = one.managers.length > 0 ? one.managers.join(' or ') : texts.salesOps;
  const yours =
    one.isMine && one.kind === 'feedback' && one.askedName === one.territoryName ? `${texts.yourManager} ` : '';
  return filled(texts.withDue, yours, who, day(one.dueAt));
}

function becomesText({ becomes, draftName }: Feedback): string {
  if (becomes === null) return '';
  return becomes === 'draft' && draftName ? filled(texts.itIsAMoveInTheDraft, draftName) : BECOMES[becomes];
}

function stepText(
  { at, what, byName, territoryName, note }: Feedback['steps'][number],
  day: (iso: string) => string,
): string {
  const did = {
    said: texts.saidIt,
    agreed: filled(texts.agreedFor, territoryName ?? ''),
    accepted: texts.acceptedIt,
    declined: texts.declinedIt,
    passed: filled(
      texts.passedItOnTo,
      territoryName === 'Sales Ops' ? texts.salesOps : filled(texts.theManagersOf, territoryName ?? ''),
    ),
    routed: texts.sentItToSalesOps,
    moved: texts.theMoveIsInTheDraft,
    reopened: texts.theMoveCouldNotBeMadeItIsOpenAgain,
  }[what];
  const words = what === 'moved' ? '' : note ? `: “${note}”` : '';
  return what === 'moved' || what === 'reopened'
    ? `${day(at)}: ${did}${words}`
    : `${day(at)}: ${byName} ${did}${words}`;
}

/** What became of a decision that was just made. */
export function toldText({ state, askedName, managers, draftName }: Feedback): string {
  if (state === 'declined') return texts.declinedWhoSaidItReadsWhy;
  if (state === 'accepted') return draftName ? filled(texts.acceptedItIsAMoveInTheDraft, draftName) : texts.accepted2;
  const who = managers.length > 0 ? managers.join(' or ') : texts.salesOps;
  return askedName ? filled(texts.itIsWithNowFor, who, askedName) : filled(texts.itIsWithNow, who);
}
