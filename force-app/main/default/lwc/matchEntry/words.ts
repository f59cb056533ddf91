import { addressLine, day, kindWord, percent } from 'c/bailiwick';
import type { MatchCandidate, MatchEntry, MatchHow } from 'c/bailiwick';

const HOW: Readonly<Record<MatchHow, string>> = {
  key: 'Matched by its NPI or CCN',
  nameAndAddress: 'Matched by name and address',
  accepted: 'Accepted',
  byHand: 'Named by hand',
};

/** What an account's state rests on. */
export function standingText({ state, key, how, decision }: MatchEntry): string {
  const who = decision ? ` by ${decision.byName}, ${day(decision.at)}` : '';
  if (state === 'matched' && how) {
    const isDecided = how === 'accepted' || how === 'byHand';
    return `${HOW[how]}${how === 'byHand' ? ` as ${key}` : ''}${isDecided ? who : ''}.`;
  }
  return decision?.verdict === 'rejected' ? `Rejected${who}.` : '';
}

/** A proposed record as people judge it: how alike it is, and in what. */
export function candidateRow(one: MatchCandidate, { account, key }: MatchEntry) {
  const isIt = one.key === key;
  return {
    key: one.key,
    name: one.name || one.key,
    look: one.rejected ? 'off' : '',
    where: `${kindWord(one.kind)} · ${addressLine(one.street, one)} · ${one.key}`,
    score: `${percent(one.likeness.score)} alike:`,
    // a number keeps its sign on its line
    reasons: one.likeness.reasons.join(', ').replaceAll(' %', '\u00a0%'),
    stateText: one.rejected ? 'Rejected' : isIt ? 'This is its record' : '',
    canAccept: !isIt,
    canReject: !one.rejected,
    acceptLabel: `Accept: ${account.name} is ${one.name}`,
    rejectLabel: `Reject: ${account.name} is not ${one.name}`,
  };
}
