import { count } from 'c/bailiwick';
import type { Matches, MatchEntry, MatchState, MatchVerdict } from 'c/bailiwick';

const STATES: readonly { value: MatchState; label: string; hint: string }[] = [
  { value: 'toReview', label: 'To review', hint: 'Alike, and nobody is sure' },
  { value: 'matched', label: 'Matched', hint: 'By number, by name and address, or by a person' },
  { value: 'rejected', label: 'Rejected', hint: 'Every proposed record was rejected' },
  { value: 'none', label: 'Nothing alike', hint: 'No loaded file lists anything alike' },
];

/** What an empty list says. */
export const EMPTY: Readonly<Record<MatchState, string>> = {
  toReview: 'Nothing to review.',
  matched: 'No account is matched yet.',
  rejected: 'Nothing was rejected.',
  none: 'Every account has a record that is alike.',
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
  if (ask.verdict === 'undo') return `${account.name}: the decision is taken back.`;
  const name = candidates.find(({ key }) => key === ask.key)?.name ?? ask.key;
  return ask.verdict === 'accepted' ? `${account.name} is ${name}.` : `${account.name} is not ${name}.`;
}
