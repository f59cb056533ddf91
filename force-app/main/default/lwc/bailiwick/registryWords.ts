import { filled } from './filled';
import { texts } from './texts';

const KINDS: Readonly<Record<string, string>> = {
  hospital: texts.hospital,
  surgeryCenter: texts.surgeryCenter,
  urgentCare: texts.urgentCare,
  laboratory: texts.laboratory,
  dialysis: texts.dialysis,
  nursing: texts.nursing,
  clinic: texts.clinic,
  group: texts.groupPractice,
  physician: texts.physician,
  practitioner: texts.practitioner,
  other: texts.other,
};

/** Every kind of provider or facility, to choose from. */
export const kindChoices = Object.entries(KINDS).map(([value, label]) => ({ label, value }));

export const kindWord = (kind: string): string => KINDS[kind] ?? kind;

interface Place {
  city: string | null;
  state: string | null;
  zip: string | null;
}

/** Address in one line, as far as it is known: "1 Main St, Boston MA 02115". */
export function addressLine(street: string | null, { city, state, zip }: Place): string {
  const place = [city, state, zip].filter((part) => part !== null && part !== '').join(' ');
  return [street ?? '', place].filter((part) => part !== '').join(', ');
}

/** "NPI 1234567893 · CCN 220001", as far as there are any. */
export function keysLine({ npi, ccn }: { npi: string | null; ccn: string | null }): string {
  return [npi === null ? '' : filled(texts.npi, npi), ccn === null ? '' : filled(texts.ccn, ccn)]
    .filter((part) => part !== '')
    .join(' · ');
}
