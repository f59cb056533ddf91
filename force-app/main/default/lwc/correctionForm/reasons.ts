import type { Correction } from 'c/bailiwick';
import { texts } from './texts';

const OTHER = texts.anotherReason;

/** Usual reasons; the service keeps the words. */
export const REASONS: Readonly<Record<Correction['kind'], readonly string[]>> = {
  volume: [
    texts.theCustomerToldUsItsVolume,
    texts.claimsMissAPayerOrASite,
    texts.itMovedMergedOrClosed,
    texts.itOpenedOrGrewSinceTheClaims,
    OTHER,
  ],
  access: [
    texts.aCompetitorHoldsAContract,
    texts.purchasingIsDoneByItsGroup,
    texts.vendorsAreNotLetIn,
    texts.itDoesNotTreatOurPatientsAnyMore,
    OTHER,
  ],
};

/** The reason as it is kept: what was chosen and the note; empty where it says nothing yet. */
export function reasonText(reason: string, note: string): string {
  const said = note.trim();
  if (reason === OTHER) return said.length >= 3 ? said : '';
  return said === '' ? reason : `${reason}: ${said}`;
}

export const needsNote = (reason: string): boolean => reason === OTHER;
