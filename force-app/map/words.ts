import { filled } from '../main/default/lwc/bailiwick/filled.ts';
import { texts } from '../main/default/lwc/mapWords/texts.ts';

export { filled };

/** What the map says: English until the page gives the org's own words. */
export const words: typeof texts = { ...texts };
let locale = 'en-US';

/** The words and the locale of whoever looks; before the first map is made. */
export function speak(own: Readonly<Partial<typeof texts>>, theirs: string): void {
  Object.assign(words, own);
  locale = theirs;
}

/** A whole number as the reader writes it. */
export const count = (value: number): string => Math.round(value).toLocaleString(locale);
