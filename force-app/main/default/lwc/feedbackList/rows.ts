import type { Feedback } from 'c/bailiwick';

const REASONS: Readonly<Record<string, string>> = {
  relationship: 'Relationship',
  privileges: 'Hospital privileges',
  distance: 'Distance',
  wrongData: 'Wrong data',
  strategic: 'Strategic account',
  other: 'Something else',
};
const STATES = { open: 'Open', accepted: 'Accepted', declined: 'Declined' } as const;

const BECOMES = {
  nothing: '',
  draft: 'It is in the next plan. Nothing changes in Salesforce before that is live.',
  live: 'It is live.',
  dropped: 'The plan that it was in was given up.',
} as const;

/** One piece of feedback in words. */
export function feedbackRow(one: Feedback, day: (iso: string) => string) {
  const verb = one.state === 'accepted' ? 'accepted' : 'declined';
  const words = one.decision ? `: “${one.decision}”` : '.';
  const what = one.accountName ?? (one.zips.length > 0 ? `ZIP ${one.zips.join(', ')}` : null);
  return {
    id: one.id,
    accountId: one.accountId,
    subject: what
      ? `${what} (${one.territoryName}${one.toTerritoryName ? ` → ${one.toTerritoryName}` : ''})`
      : one.territoryName,
    openLabel: `Open ${one.accountName ?? ''}`,
    state: one.isOverdue ? 'Overdue' : STATES[one.state],
    look: `tag tag-${one.isOverdue ? 'overdue' : one.state}`,
    reason: REASONS[one.reason] ?? one.reason,
    text: one.text,
    note: `${one.isMine ? 'You' : one.byName}, ${day(one.at)}${where(one, day)}`,
    decision: one.decidedAt ? `${one.decidedByName ?? 'Somebody'} ${verb} it on ${day(one.decidedAt)}${words}` : '',
    becomes: becomesText(one),
    // the first step is what is said above
    hasSteps: one.steps.length > 1,
    steps: one.steps.slice(1).map((step, i) => ({ key: `${i}`, text: stepText(step, day) })),
  };
}

function where(one: Feedback, day: (iso: string) => string): string {
  if (one.state !== 'open') return '';
  const who = one.managers.length > 0 ? one.managers.join(' or ') : 'Sales Ops';
  const yours = one.isMine && one.kind === 'feedback' && one.askedName === one.territoryName ? 'your manager, ' : '';
  return `; with ${yours}${who}, due ${day(one.dueAt)}`;
}

function becomesText({ becomes, draftName }: Feedback): string {
  if (becomes === null) return '';
  return becomes === 'draft' && draftName ? `It is a move in the draft “${draftName}”.` : BECOMES[becomes];
}

function stepText(
  { at, what, byName, territoryName, note }: Feedback['steps'][number],
  day: (iso: string) => string,
): string {
  const did = {
    said: 'said it',
    agreed: `agreed for ${territoryName ?? ''}`,
    accepted: 'accepted it',
    declined: 'declined it',
    passed: `passed it on to ${territoryName === 'Sales Ops' ? 'Sales Ops' : `the managers of ${territoryName ?? ''}`}`,
    routed: 'sent it to Sales Ops',
    moved: 'the move is in the draft',
    reopened: 'the move could not be made, it is open again',
  }[what];
  const words = what === 'moved' ? '' : note ? `: “${note}”` : '';
  return what === 'moved' || what === 'reopened'
    ? `${day(at)}: ${did}${words}`
    : `${day(at)}: ${byName} ${did}${words}`;
}

/** What became of a decision that was just made. */
export function toldText({ state, askedName, managers, draftName }: Feedback): string {
  if (state === 'declined') return 'Declined. Who said it reads why.';
  if (state === 'accepted') return draftName ? `Accepted: it is a move in the draft “${draftName}”.` : 'Accepted.';
  const who = managers.length > 0 ? managers.join(' or ') : 'Sales Ops';
  return askedName ? `It is with ${who} now, for ${askedName}.` : `It is with ${who} now.`;
}
