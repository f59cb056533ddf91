import { count, day, percent, sentence, usd } from 'c/bailiwick';
import type { Correction } from 'c/bailiwick';

/** A correction in words. */
export function correctionWords(correction: Correction) {
  const { kind, factor, reason, byName, at, endedAt, endedByName, endedReason, effect } = correction;
  return {
    what: kind === 'volume' ? `Volume at ${percent(factor)} of claims` : `Access limited to ${percent(factor)}`,
    reason: sentence(reason),
    madeText: `${byName}, ${day(at)}`,
    effectText: effect ? effectText(kind, effect) : '',
    endedText: endedAt
      ? `Ended ${day(endedAt)}${endedByName ? ` by ${endedByName}` : ''}${endedReason ? `: ${endedReason}` : ''}`
      : '',
  };
}

function effectText(kind: Correction['kind'], effect: NonNullable<Correction['effect']>): string {
  if (effect.keys.length === 0) return 'Changes nothing: the market’s claims do not know it.';
  const potential = `potential ${usd(effect.opportunityUsdBefore)} → ${usd(effect.opportunityUsdAfter)}`;
  if (kind === 'access') return sentence(potential);
  return `${count(effect.proceduresBefore)} → ${count(effect.proceduresAfter)} procedures a year, ${potential}.`;
}
