const KINDS: Readonly<Record<string, string>> = {
  hospital: 'Hospital',
  surgeryCenter: 'Surgery center',
  urgentCare: 'Urgent care',
  laboratory: 'Laboratory',
  dialysis: 'Dialysis',
  nursing: 'Nursing',
  clinic: 'Clinic',
  group: 'Group practice',
  physician: 'Physician',
  practitioner: 'Practitioner',
  other: 'Other',
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
  return [npi === null ? '' : `NPI ${npi}`, ccn === null ? '' : `CCN ${ccn}`].filter((part) => part !== '').join(' · ');
}
