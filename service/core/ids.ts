declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A record in the CRM: 18 characters, case-safe. */
export type RecordId = Branded<'RecordId'>;
/** A `Territory2` of the CRM that one rep owns. */
export type TerritoryId = RecordId;
/** The root `Territory2` of a team's branch names the team. */
export type TeamId = RecordId;
export type AccountId = RecordId;
export type UserId = RecordId;
/** A geography unit: a five-digit ZIP, or C and the five-digit FIPS of a county (ZIPs and FIPS codes share their numbers). */
export type UnitId = Branded<'UnitId'>;

/** @throws TypeError unless the text is an 18-character Salesforce id */
export function recordId(text: string): RecordId {
  if (!/^[a-zA-Z0-9]{18}$/.test(text)) throw new TypeError(`Not an 18-character Salesforce id: "${text}".`);
  return text as RecordId;
}

/** What a unit's id looks like. */
export const UNIT_ID = /^C?\d{5}$/;

/** @throws TypeError unless the text is five digits, or C and five digits */
export function unitId(text: string): UnitId {
  if (!UNIT_ID.test(text)) throw new TypeError(`Not a five-digit ZIP or county code: "${text}".`);
  return text as UnitId;
}

/** The unit of a whole county. @throws TypeError unless the FIPS has five digits */
export function countyUnit(fips: string): UnitId {
  return unitId(`C${fips}`);
}

/** The 18-character form of a 15-character Salesforce id: each suffix letter encodes the upper-case bits of five characters. */
export function longId(id: string): string {
  if (id.length !== 15) return id;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let k = 0; k < 5; k++) if (/[A-Z]/.test(id.charAt(block * 5 + k))) bits |= 1 << k;
    suffix += alphabet.charAt(bits);
  }
  return id + suffix;
}
