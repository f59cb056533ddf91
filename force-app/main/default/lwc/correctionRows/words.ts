import { count, day, filled, percent, sentence, usd } from 'c/bailiwick';
import type { Correction } from 'c/bailiwick';
import { texts } from './texts';

/** A correction in words. */
export function correctionWords(correction: Correction) {
  const { kind, factor, reason, byName, at, endedAt, endedByName, endedReason, effect } = correction;
  return {
    what:
      kind === 'volume'
        ? filled(texts.volumeAtOfClaims, percent(factor))
        : filled(texts.accessLimitedTo, percent(factor)),
    reason: sentence(reason),
    madeText: `${byName}, ${day(at)}`,
    effectText: effect ? effectText(kind, effect) : '',
    endedText: endedAt
      ? filled(
          texts.ended,
          day(endedAt),
          endedByName ? ` ${filled(texts.by, endedByName)}` : '',
          endedReason ? `: ${endedReason}` : '',
        )
      : '',
  };
}

function effectText(kind: Correction['kind'], effect: NonNullable<Correction['effect']>): string {
  if (effect.keys.length === 0) return texts.changesNothingTheMarketsClaimsDo;
  const potential = filled(texts.potential, usd(effect.opportunityUsdBefore), usd(effect.opportunityUsdAfter));
  if (kind === 'access') return sentence(potential);
  return filled(texts.proceduresAYear, count(effect.proceduresBefore), count(effect.proceduresAfter), potential);
}
