import { count, filled } from 'c/bailiwick';
import type { Matches, MatchEntry, MatchState, MatchVerdict } from 'c/bailiwick';
import { texts } from './texts';

const STATES: readonly { value: MatchState; label: string; hint: string }[] = [
  { value: 'toReview', label: texts.toReview, hint: texts.alikeAndNobodyIsSure },
  { value: 'matched', label: texts.matched, hint: texts.byNumberByNameAndAddressOrByA },
  { value: 'rejected', label: texts.rejected, hint: texts.everyProposedRecordWasRejected },
  { value: 'none', label: texts.nothingAlike, hint: texts.noLoadedFileListsAnythingAlike },
];

/** What an empty list says. */
export const EMPTY: Readonly<Record<MatchState, string>> = {
  toReview: texts.nothingToReview,
  matched: texts.noAccountIsMatchedYet,
  rejected: texts.nothingWasRejected,
  none: texts.everyAccountHasARecordThatIsAlike,
};

export function tabsOf(counts: Matches['counts'] | null) {
  return STATES.map(({ value, label, hint }) => ({
    value,
    label: counts ? `${label} (${count(counts[value])})` : label,
    hint,
  }));
}

/** What the service will make of a decision; its answer is the last word. A decision taken back only the service can tell. */
export function expected(entry: MatchEntry, ask: MatchVerdict): MatchEntry {
  if (ask.verdict === 'undo') return entry;
  const { key } = ask;
  const isProposed = entry.candidates.some((candidate) => candidate.key === key);
  if (ask.verdict === 'accepted') return { ...entry, state: 'matched', key, how: isProposed ? 'accepted' : 'byHand' };
  const candidates = entry.candidates.map((one) => (one.key === key ? { ...one, rejected: true } : one));
  const state = candidates.every(({ rejected }) => rejected) ? 'rejected' : 'toReview';
  return { ...entry, candidates, state, key: null, how: null };
}

export function saidText({ account, candidates }: MatchEntry, ask: MatchVerdict): string {
  if (ask.verdict === 'undo') return filled(texts.theDecisionIsTakenBack, account.name);
  const name = candidates.find(({ key }) => key === ask.key)?.name ?? ask.key;
  return ask.verdict === 'accepted' ? filled(texts.is, account.name, name) : filled(texts.isNot, account.name, name);
}
