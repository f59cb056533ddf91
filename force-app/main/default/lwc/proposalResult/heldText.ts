import type { HeldRow } from 'c/bailiwick';

/** What becomes of an account held by name: it stays, also where its ZIP goes elsewhere. */
export function heldText({ accountName, territory, zip, zipTerritory }: HeldRow): string {
  const although = zipTerritory === territory ? '' : `, although ${zip} goes to ${zipTerritory}`;
  return `${accountName} stays with ${territory}${although}.`;
}
