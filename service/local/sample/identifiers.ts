import { longId } from '../../core/ids.ts';
import { seeded, type Random } from '../../core/random.ts';

/** A source of chance of its own for every thing that is made: one more account elsewhere changes nothing here. */
export function chance(seed: number, ...name: (string | number)[]): Random {
  let hash = 2166136261 ^ seed;
  for (const character of name.join('/')) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return seeded(hash ^ (hash >>> 15));
}

/** One of a list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new TypeError('Nothing to pick from.');
  return item;
}

/** Index by weight; weights may be any positive numbers. */
export function pickWeighted(random: Random, cumulative: readonly number[]): number {
  const target = random() * (cumulative.at(-1) ?? 0);
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function cumulated(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => (sum += weight));
}

/** Standard normal by Box and Muller (1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * A National Provider Identifier with a valid check digit (Luhn over 80840 + the number) that nobody holds:
 * numbers in use begin with 1; the sample's begin with 29.
 */
export function npi(serial: number): string {
  const body = `29${String(serial).padStart(7, '0')}`;
  const digits = [...`80840${body}`].reverse().map(Number);
  const sum = digits.reduce((all, digit, i) => {
    const value = i % 2 === 0 ? digit * 2 : digit;
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
}

/** State numbers of CMS certification numbers. */
const CCN_STATES: Readonly<Record<string, string>> = {
  CT: '07', DE: '08', DC: '09', ME: '20', MD: '21', MA: '22', NH: '30', NJ: '31', NY: '33', PA: '39', RI: '41', VT: '47',
}; // prettier-ignore

/** A CMS certification number outside of the ranges in use: the last four digits run from 9600 on. */
export function ccn(state: string, serial: number): string {
  return `${CCN_STATES[state] ?? '99'}${9600 + serial}`;
}

/** An 18-character record id: key prefix, a zone of the sample's own, and a number. */
export function sampleId(prefix: string, serial: number): string {
  return longId(`${prefix}5g0000${serial.toString(36).toUpperCase().padStart(6, '0')}`);
}
