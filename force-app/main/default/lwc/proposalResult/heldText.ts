import type { HeldRow } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

/** What becomes of an account held by name: it stays, also where its ZIP goes elsewhere. */
export function heldText({ accountName, territory, zip, zipTerritory }: HeldRow): string {
  const although = zipTerritory === territory ? '' : filled(texts.althoughGoesTo, zip, zipTerritory);
  return filled(texts.staysWith, accountName, territory, although);
}
