import { ACCOUNT_ROLES, USER_ROLES, type AccountClass, type AccountRole, type UserRole } from './mapping.ts';

const NUMBERS = ['currency', 'double', 'int', 'percent'];
const TEXTS = ['string', 'picklist', 'textarea', 'multipicklist', 'phone', 'combobox', 'email', 'url'];

/** How a role's field is known: by its type, by words in its name or label (best first), by what stands in it. */
export interface RoleSpec {
  readonly types: readonly string[];
  readonly words: readonly RegExp[];
  readonly holds?: (text: string) => boolean;
  /** What stands in it is proof enough without a name: a check digit. */
  readonly isDistinctive?: boolean;
  /** It is known by its values, and a field with more different ones is not it. */
  readonly maxValues?: number;
  /** Words that mean something else. */
  readonly not?: RegExp;
  /** Names that every org has. */
  readonly standard?: readonly string[];
}

/** Ten digits whose last one is the Luhn check digit of "80840" and the others (CMS, 45 CFR 162.406). */
export function isNpi(text: string): boolean {
  if (!/^[12]\d{9}$/.test(text)) return false;
  let sum = 24;
  for (let k = 0; k < 9; k++) {
    const digit = Number(text.charAt(k)) * (k % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10 === Number(text.charAt(9));
}

/** CMS Certification Number: two digits of the state, then a digit or letter and three digits. */
const isCcn = (text: string): boolean => /^\d{2}[0-9A-Z]\d{3}$/.test(text);
export const isZip = (text: string): boolean => /^\d{5}(-?\d{4})?$/.test(text);

/** Kinds of records by the words people use for them. */
export const CLASS_WORDS: Readonly<Record<AccountClass, RegExp>> = {
  parent: /health ?system|\bidn\b|parent|network|corporate|\bgpo\b|integrated delivery/i,
  facility:
    /facilit|hospital|\bhco\b|clinic|surg(ery|ical) cent|\basc\b|organi[sz]ation|site of care|laborator|centers?\b/i,
  physician: /physician|doctor|\bhcp\b|provider|practitioner|prescriber|professional|surgeon|person/i,
};
const isClassWord = (text: string): boolean => Object.values(CLASS_WORDS).some((words) => words.test(text));

export const ACCOUNT_SPECS: Readonly<Record<AccountRole, RoleSpec>> = {
  npi: { types: [...TEXTS, ...NUMBERS], words: [/\bnpi\b/i, /national provider/i], holds: isNpi, isDistinctive: true },
  ccn: {
    types: TEXTS,
    words: [/\bccn\b/i, /cms certification/i, /medicare (provider )?(number|id)/i],
    holds: isCcn,
    not: /zip|postal/i,
  },
  specialty: {
    types: TEXTS,
    words: [/^(primary )?special(i)?ty$/i, /special(i)?ty/i, /taxonomy/i, /discipline/i],
  },
  // by its values, because "Type" alone says nothing
  kind: {
    types: ['picklist', 'string'],
    words: [/facility (kind|type)/i, /(account|customer|provider) (kind|type|class)/i, /^type$/i, /classification/i],
    holds: isClassWord,
    isDistinctive: true,
    maxValues: 25,
    not: /\bname\b/i,
  },
  salesUsd: {
    types: NUMBERS,
    words: [
      /annual sales/i,
      /sales.*(12 months|ttm|ytd|last year)/i,
      /(current|net|total) sales/i,
      /sales|revenue.*(us|ours)/i,
    ],
    not: /target|quota|goal|forecast|representative|\brep\b/i,
  },
  street: { types: TEXTS, words: [/street/i, /address( line)? ?1?$/i], not: /e-?mail|web/i },
  city: { types: TEXTS, words: [/\bcity\b/i, /\btown\b/i] },
  state: { types: TEXTS, words: [/\bstate\b/i, /\bprovince\b/i] },
  postalCode: { types: TEXTS, words: [/postal ?code/i, /\bzip\b/i, /zip ?code/i], holds: isZip },
  latitude: { types: NUMBERS, words: [/latitude/i, /\blat\b/i] },
  longitude: { types: NUMBERS, words: [/longitude/i, /\b(lng|lon|long)\b/i] },
  lastActivity: {
    types: ['date', 'datetime'],
    words: [/^last ?activity/i, /last (call|visit|activity)/i],
    standard: ['LastActivityDate'],
  },
  parent: {
    types: ['reference'],
    words: [/^parent/i, /health system|parent|affiliat/i],
    standard: ['ParentId'],
  },
};

export const USER_SPECS: Readonly<Record<UserRole, RoleSpec>> = {
  postalCode: {
    types: TEXTS,
    words: [/home.*(zip|postal)/i, /postal ?code/i, /\bzip\b/i],
    holds: isZip,
    standard: ['PostalCode'],
  },
  city: { types: TEXTS, words: [/\bcity\b/i], standard: ['City'] },
  latitude: { types: NUMBERS, words: [/latitude/i], standard: ['Latitude'] },
  longitude: { types: NUMBERS, words: [/longitude/i], standard: ['Longitude'] },
  quotaUsd: { types: NUMBERS, words: [/\bquota\b/i, /sales (target|goal)/i] },
};

export const isAccountRole = (name: string): name is AccountRole => (ACCOUNT_ROLES as readonly string[]).includes(name);
export const isUserRole = (name: string): name is UserRole => (USER_ROLES as readonly string[]).includes(name);
