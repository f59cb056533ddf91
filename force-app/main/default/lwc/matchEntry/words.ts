import { addressLine, day, filled, kindWord, percent } from 'c/bailiwick';
import type { MatchCandidate, MatchEntry, MatchHow } from 'c/bailiwick';
import { texts } from './texts';

const HOW: Readonly<Record<MatchHow, string>> = {
  key: texts.matchedByItsNpiOrCcn,
  nameAndAddress: texts.matchedByNameAndAddress,
  accepted: texts.accepted,
  byHand: texts.namedByHand,
};

/** What an account's state rests on. */
export function standingText({ state, key, how, decision }: MatchEntry): string {
  const who = decision ? ` ${filled(texts.by, decision.byName, day(decision.at))}` : '';
  if (state === 'matched' && how) {
    const isDecided = how === 'accepted' || how === 'byHand';
    return `${HOW[how]}${how === 'byHand' ? ` ${filled(texts.as, key)}` : ''}${isDecided ? who : ''}.`;
  }
  return decision?.verdict === 'rejected' ? filled(texts.rejected, who) : '';
}

/** A proposed record as people judge it: how alike it is, and in what. */
export function candidateRow(one: MatchCandidate, { account, key }: MatchEntry) {
  const isIt = one.key === key;
  return {
    key: one.key,
    name: one.name || one.key,
    look: one.rejected ? 'off' : '',
    where: `${kindWord(one.kind)} · ${addressLine(one.street, one)} · ${one.key}`,
    score: filled(texts.alike, percent(one.likeness.score)),
    // a number keeps its sign on its line
    reasons: one.likeness.reasons.join(', ').replaceAll(' %', '\u00a0%'),
    stateText: one.rejected ? texts.rejected2 : isIt ? texts.thisIsItsRecord : '',
    canAccept: !isIt,
    canReject: !one.rejected,
    acceptLabel: filled(texts.acceptIs, account.name, one.name),
    rejectLabel: filled(texts.rejectIsNot, account.name, one.name),
  };
}
