import type { Correction } from 'c/bailiwick';

const OTHER = 'Another reason';

/** Usual reasons; the service keeps the words. */
export const REASONS: Readonly<Record<Correction['kind'], readonly string[]>> = {
  volume: [
    'The customer told us its volume',
    'Claims miss a payer or a site',
    'It moved, merged or closed',
    'It opened or grew since the claims',
    OTHER,
  ],
  access: [
    'A competitor holds a contract',
    'Purchasing is done by its group',
    'Vendors are not let in',
    'It does not treat our patients any more',
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
