/** A field of an object as describe tells it. */
export interface DescribedField {
  name: string;
  label: string;
  type: string;
  values: string[];
}

/** Which Account fields hold what the product needs; null = none found, and the figure is left out. */
export interface AccountMapping {
  npi: string | null;
  ccn: string | null;
  specialty: string | null;
  kind: string | null;
  salesUsd: string | null;
  street: string;
  city: string;
  state: string;
  postalCode: string;
  latitude: string;
  longitude: string;
  lastActivity: string | null;
}

const NUMBERS = new Set(['currency', 'double', 'int', 'percent']);
const TEXTS = new Set(['string', 'picklist', 'textarea', 'multipicklist', 'phone']);

interface Guess {
  words: RegExp[];
  types: ReadonlySet<string>;
  values?: RegExp;
}

const GUESSES: Record<'npi' | 'ccn' | 'specialty' | 'kind' | 'salesUsd', Guess> = {
  npi: { words: [/\bnpi\b/i, /national provider/i], types: new Set([...TEXTS, ...NUMBERS]) },
  ccn: { words: [/\bccn\b/i, /cms certification/i, /medicare (provider )?(number|id)/i], types: TEXTS },
  specialty: { words: [/^(primary )?special(i)?ty$/i, /special(i)?ty/i, /taxonomy/i], types: TEXTS },
  // by its values, because "Type" alone says nothing
  kind: {
    words: [/facility (kind|type)/i, /(account|customer|provider) (kind|type|class)/i, /^type$/i],
    types: new Set(['picklist']),
    values: /hospital|physician|surgery center|clinic/i,
  },
  salesUsd: {
    words: [/annual sales/i, /sales.*(12 months|ttm|ytd|last year)/i, /(current|net|total) sales/i],
    types: NUMBERS,
  },
};

/** "Facility_Kind__c" → "Facility Kind". */
const spelled = (name: string): string =>
  name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');

function guess(fields: readonly DescribedField[], { words, types, values }: Guess): string | null {
  const fitting = fields.filter(
    (field) => types.has(field.type) && (!values || field.values.some((value) => values.test(value))),
  );
  for (const word of words) {
    const found = fitting.find((field) => word.test(spelled(field.name)) || word.test(field.label));
    if (found) return found.name;
  }
  return null;
}

/** Reads a mapping off the fields' names, labels, types and values; an admin confirms or corrects it. */
export function guessMapping(fields: readonly DescribedField[]): AccountMapping {
  const has = (name: string): boolean => fields.some((field) => field.name === name);
  return {
    npi: guess(fields, GUESSES.npi),
    ccn: guess(fields, GUESSES.ccn),
    specialty: guess(fields, GUESSES.specialty),
    kind: guess(fields, GUESSES.kind),
    salesUsd: guess(fields, GUESSES.salesUsd),
    street: 'BillingStreet',
    city: 'BillingCity',
    state: 'BillingState',
    postalCode: 'BillingPostalCode',
    latitude: 'BillingLatitude',
    longitude: 'BillingLongitude',
    lastActivity: has('LastActivityDate') ? 'LastActivityDate' : null,
  };
}
