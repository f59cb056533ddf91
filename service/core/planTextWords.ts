/*
 * Words of a plan text. A name stands as it is where nobody could misread it, and in double quotes with JSON's escapes
 * otherwise, so that every name survives, one line stays one line, and no name can pretend to be another field.
 */

const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} .,'’()&/+_–-]*[\p{L}\p{M}\p{N}.)’'])?$/u;

/** Stands for nobody. */
export const NOBODY = '-';
/** Between the fields of a line; inside a name it is escaped. */
export const BETWEEN = ' | ';

/** A name as the text holds it. */
export function written(name: string): string {
  if (PLAIN.test(name)) return name;
  // what cannot be seen, or looks like a space and is none, is spelled out
  return JSON.stringify(name).replace(/(?! )[\p{C}\p{Z}|]/gu, (char) =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** The name that is meant; null where a quote is damaged or nothing stands there. */
export function readName(text: string): string | null {
  const word = text.trim();
  if (!word.startsWith('"')) return word === '' || word.includes('|') ? null : word;
  try {
    const name: unknown = JSON.parse(word);
    return typeof name === 'string' && name !== '' ? name : null;
  } catch {
    return null;
  }
}

/** An id with the name beside it that only people read; nobody is a dash. */
export function writtenRecord(record: { readonly id: string; readonly name: string } | null): string {
  if (record === null) return NOBODY;
  return record.name === '' ? record.id : `${record.id} ${written(record.name)}`;
}

/** Null for nobody, undefined where it is neither an id nor a dash. */
export function readRecord(text: string): { id: string; name: string } | null | undefined {
  const word = text.trim();
  if (word === NOBODY) return null;
  const [, id, rest = ''] = /^([A-Za-z0-9-]{15,36})(?:\s+(.*))?$/.exec(word) ?? [];
  return id === undefined ? undefined : { id, name: readName(rest) ?? '' };
}

/** Text order that does not depend on the machine's language. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
