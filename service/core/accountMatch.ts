import { nameWords, streetAddress } from './addressText.ts';

/** A named place as two sources may write it. */
export interface NamedPlace {
  readonly name: string;
  readonly street: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
}

/** How alike two named places are; each part from 0 to 1, with words for people. */
export interface Likeness {
  readonly score: number;
  readonly name: number;
  /** Null where one of them has no street. */
  readonly street: number | null;
  readonly place: number;
  readonly reasons: readonly string[];
}

/** Words that half of all facilities carry: they weigh little. */
const COMMON = new Set('HOSPITAL MEDICAL CENTER HEALTH CLINIC SURGERY AMBULATORY SYSTEM SERVICES REGIONAL COMMUNITY GENERAL MEMORIAL CARE COUNTY DISTRICT SPECIALTY OUTPATIENT GROUP ASSOCIATES URGENT DAY CAMPUS FACILITY'.split(' ')); // prettier-ignore
const COMMON_WEIGHT = 0.35;
/** Words that tell a part of a house, or another house on its ground: with one of them on one side only it is less likely the same. */
const PARTS = new Set('SNF DP NURSING HOSPICE REHABILITATION PSYCHIATRIC BEHAVIORAL DIALYSIS PHARMACY LABORATORY FOUNDATION HOME PHYSICIANS IMAGING CHILDREN WOMEN'.split(' ')); // prettier-ignore
const PART_FACTOR = 0.8;

const WEIGHTS = { name: 0.5, street: 0.35, place: 0.15 };

/**
 * Likeness of two named places, 0 to 1: half the name (weighted Dice over words), a third the street, the rest ZIP, city and
 * state. Without a street on either side its weight goes to the others and the score stays below 0.85: nothing is certain then.
 */
export function likeness(a: NamedPlace, b: NamedPlace): Likeness {
  const name = nameLikeness(a, b);
  const street = streetLikeness(a.street, b.street);
  const place = placeLikeness(a, b);
  const score =
    street === null
      ? Math.min(0.85, (name * WEIGHTS.name + place * WEIGHTS.place) / (WEIGHTS.name + WEIGHTS.place))
      : name * WEIGHTS.name + street * WEIGHTS.street + place * WEIGHTS.place;
  return {
    score: rounded(score),
    name: rounded(name),
    street: street === null ? null : rounded(street),
    place,
    reasons: told(a, b, { name, street, place }),
  };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

function nameLikeness(a: NamedPlace, b: NamedPlace): number {
  const cities = new Set([...nameWords(a.city ?? ''), ...nameWords(b.city ?? '')]);
  const weight = (word: string) => (COMMON.has(word) || cities.has(word) ? COMMON_WEIGHT : 1);
  const [left, right] = [nameWords(a.name), nameWords(b.name)];
  const open = [...right];
  let shared = 0;
  for (const word of left) {
    const found = bestOf(word, open);
    if (!found) continue;
    open.splice(open.indexOf(found.word), 1);
    shared += found.likeness * (weight(word) + weight(found.word));
  }
  const sum = (words: readonly string[]) => words.reduce((all, word) => all + weight(word), 0);
  const all = sum(left) + sum(right);
  const dice = all > 0 ? shared / all : 0;
  // A name within the other ("Mercy" in "Mercy Hospital Fort Smith") is half as good as the whole.
  const contained = Math.min(sum(left), sum(right)) > 0 ? shared / 2 / Math.min(sum(left), sum(right)) : 0;
  const parts = (words: readonly string[]) => [...new Set(words.filter((word) => PARTS.has(word)))].sort().join();
  const factor = parts(left) === parts(right) ? 1 : PART_FACTOR;
  return Math.min(1, Math.max(dice, dice + (contained - dice) * 0.5)) * factor;
}

/** The word itself, else the nearest one within a slip of the pen; an initial stands for a word. */
function bestOf(word: string, words: readonly string[]): { word: string; likeness: number } | null {
  if (words.includes(word)) return { word, likeness: 1 };
  const near = words.find((other) => Math.min(word.length, other.length) >= 5 && isOneEditAway(word, other));
  if (near !== undefined) return { word: near, likeness: 0.9 };
  const initial = words.find((other) => (word.length === 1 || other.length === 1) && word[0] === other[0]);
  return initial === undefined ? null : { word: initial, likeness: 0.5 };
}

/** One letter more, less or other. */
export function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  const [restA, restB] = [a.slice(i), b.slice(i)];
  return restA.slice(1) === restB.slice(1) || restA === restB.slice(1) || restA.slice(1) === restB;
}

function streetLikeness(a: string | null, b: string | null): number | null {
  const [left, right] = [streetAddress(a), streetAddress(b)];
  if (!left || !right) return null;
  const words = new Set(right.words);
  const shared = left.words.filter((word) => words.has(word)).length;
  const all = left.words.length + right.words.length;
  const street = all > 0 ? (2 * shared) / all : 0;
  if (left.house === null || right.house === null) return street * (left.house === right.house ? 1 : 0.6);
  if (left.house === right.house) return 0.4 + 0.6 * street;
  return street * 0.3;
}

function placeLikeness(a: NamedPlace, b: NamedPlace): number {
  const same = (x: string | null, y: string | null) =>
    x !== null && y !== null && nameWords(x).join(' ') === nameWords(y).join(' ');
  if (a.zip !== null && a.zip === b.zip) return 1;
  if (a.state !== null && b.state !== null && !same(a.state, b.state)) return 0;
  if (same(a.city, b.city)) return 0.9;
  if (a.zip !== null && b.zip !== null && a.zip.slice(0, 3) === b.zip.slice(0, 3)) return 0.6;
  return same(a.state, b.state) ? 0.3 : 0;
}

function told(a: NamedPlace, b: NamedPlace, parts: { name: number; street: number | null; place: number }): string[] {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const name = parts.name >= 0.995 ? 'same name' : `names ${percent(parts.name)} alike`;
  const street =
    parts.street === null
      ? 'no street to compare'
      : parts.street >= 0.995
        ? 'same street and number'
        : `streets ${percent(parts.street)} alike`;
  const place =
    parts.place === 1
      ? `same ZIP ${a.zip}`
      : parts.place >= 0.9
        ? `same city, ZIP ${a.zip ?? 'missing'} and ${b.zip ?? 'missing'}`
        : parts.place > 0
          ? 'same state only'
          : 'another state';
  return [name, street, parts.place === 0.6 ? 'ZIPs nearby' : place];
}

/** A candidate for one account, best first. */
export interface Candidate<Key> {
  readonly key: Key;
  readonly likeness: Likeness;
}

export type Verdict = 'certain' | 'ambiguous' | 'likely' | 'none';

/** Taken without asking from here on: on the real lists below nearly every miss lies lower. */
export const CERTAIN_SCORE = 0.88;
/** Worth a look from here on. */
export const LIKELY_SCORE = 0.5;
/** A runner-up this near makes it ambiguous: then a person decides. */
export const CLEAR_LEAD = 0.08;

/** What may be done with the candidates of one account: only one that is alike, and clearly before all others, is certain. */
export function verdictOf(candidates: readonly Candidate<unknown>[]): Verdict {
  const [best, next] = candidates;
  if (!best || best.likeness.score < LIKELY_SCORE) return 'none';
  if (next && best.likeness.score - next.likeness.score < CLEAR_LEAD) return 'ambiguous';
  const { score, name, street } = best.likeness;
  return score >= CERTAIN_SCORE && name >= 0.7 && (street ?? 0) >= 0.7 ? 'certain' : 'likely';
}
