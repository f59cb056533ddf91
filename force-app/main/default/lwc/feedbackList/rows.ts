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

/** One piece of feedback in words. */
export function feedbackRow(one: Feedback, day: (iso: string) => string) {
  const who = one.managers.length > 0 ? one.managers.join(' or ') : 'Sales Ops';
  const where = one.state === 'open' ? `; with ${one.isMine ? 'your manager, ' : ''}${who}, due ${day(one.dueAt)}` : '';
  const verb = one.state === 'accepted' ? 'accepted' : 'declined';
  const words = one.decision ? `: “${one.decision}”` : '.';
  const subject = one.accountName ? `${one.accountName} (${one.territoryName})` : one.territoryName;
  return {
    id: one.id,
    accountId: one.accountId,
    subject,
    openLabel: `Open ${one.accountName ?? ''}`,
    state: STATES[one.state],
    look: `tag tag-${one.state}`,
    reason: REASONS[one.reason] ?? one.reason,
    text: one.text,
    note: `${one.isMine ? 'You' : one.byName}, ${day(one.at)}${where}`,
    decision: one.decidedAt ? `${one.decidedByName ?? 'Somebody'} ${verb} it on ${day(one.decidedAt)}${words}` : '',
    canDecide: one.canDecide,
    next: one.accountId
      ? 'Deciding tells the rep. The change itself is made with Reassign on the account’s page.'
      : 'Deciding tells the rep. The change itself is made in the workbench.',
  };
}
