/** Words of organisation names that say what it is in law, not which one it is. */
const LEGAL = new Set('INC LLC LLP LP PC PA PLLC CORP CORPORATION CO COMPANY LTD LIMITED LIABILITY PARTNERSHIP PARTNERS DBA THE OF AND AT FOR A AN IN'.split(' ')); // prettier-ignore

/** Short forms in names of facilities, spelled out. */
const NAME_WORDS: Readonly<Record<string, string>> = {
  ST: 'SAINT', SAINTS: 'SAINT', STE: 'SAINT', MT: 'MOUNT', FT: 'FORT', HOSP: 'HOSPITAL', HOSPITALS: 'HOSPITAL', HSP: 'HOSPITAL', HSPTL: 'HOSPITAL',
  CTR: 'CENTER', CENTRE: 'CENTER', CNTR: 'CENTER', CENTERS: 'CENTER', MED: 'MEDICAL', MEDICINE: 'MEDICAL', MEM: 'MEMORIAL', MEML: 'MEMORIAL', REG: 'REGIONAL', REGL: 'REGIONAL',
  COMM: 'COMMUNITY', CMNTY: 'COMMUNITY', CO: 'COUNTY', CNTY: 'COUNTY', UNIV: 'UNIVERSITY', GEN: 'GENERAL', HLTH: 'HEALTH', HEALTHCARE: 'HEALTH', SYS: 'SYSTEM',
  SVCS: 'SERVICES', SURG: 'SURGERY', SURGICAL: 'SURGERY', SURGICENTER: 'SURGERY', AMB: 'AMBULATORY', REHAB: 'REHABILITATION', PSYCH: 'PSYCHIATRIC', ASSOC: 'ASSOCIATES', ASSN: 'ASSOCIATION', DEPT: 'DEPARTMENT',
  VAMC: 'VETERANS', VA: 'VETERANS', CAH: 'CRITICAL', INST: 'INSTITUTE', PHYS: 'PHYSICIANS', GRP: 'GROUP', CLIN: 'CLINIC', DIST: 'DISTRICT', NATL: 'NATIONAL', INTL: 'INTERNATIONAL', CHILDRENS: 'CHILDREN', WOMENS: 'WOMEN', ORTHO: 'ORTHOPEDIC', ORTHOPAEDIC: 'ORTHOPEDIC',
}; // prettier-ignore

/** Short forms of the post (USPS Publication 28), all written short. */
const STREET_WORDS: Readonly<Record<string, string>> = {
  STREET: 'ST', STR: 'ST', AVENUE: 'AVE', AV: 'AVE', ROAD: 'RD', DRIVE: 'DR', BOULEVARD: 'BLVD', BL: 'BLVD', LANE: 'LN', COURT: 'CT', PLACE: 'PL', SQUARE: 'SQ', HIGHWAY: 'HWY', HIWAY: 'HWY',
  PARKWAY: 'PKWY', PKY: 'PKWY', CIRCLE: 'CIR', TERRACE: 'TER', TRAIL: 'TRL', TURNPIKE: 'TPKE', EXPRESSWAY: 'EXPY', FREEWAY: 'FWY', ROUTE: 'RTE', RT: 'RTE', CENTER: 'CTR', CENTRE: 'CTR', PLAZA: 'PLZ',
  NORTH: 'N', SOUTH: 'S', EAST: 'E', WEST: 'W', NORTHEAST: 'NE', NORTHWEST: 'NW', SOUTHEAST: 'SE', SOUTHWEST: 'SW', SAINT: 'ST', MOUNT: 'MT', FORT: 'FT', FIRST: '1', SECOND: '2', THIRD: '3', FOURTH: '4', FIFTH: '5', SIXTH: '6', SEVENTH: '7', EIGHTH: '8', NINTH: '9', TENTH: '10', ONE: '1', TWO: '2', COUNTY: 'CO', STATE: 'ST', US: 'US',
}; // prettier-ignore

/** What follows says which room, not which house. */
const UNITS = new Set('SUITE STE UNIT APT ROOM RM FLOOR FL BLDG BUILDING DEPT PO POB BOX'.split(' '));

const plain = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’.]/g, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');

/** "St. Mary's Hosp. Ctr., Inc." → SAINT MARYS HOSPITAL CENTER; what says nothing of which one it is falls away. */
export function nameWords(name: string): string[] {
  const words = plain(name);
  // "Co" at the end is a company, elsewhere a county.
  const spelled = words.map((word, i) => (word === 'CO' && i === words.length - 1 ? word : (NAME_WORDS[word] ?? word)));
  const telling = spelled.filter((word) => !LEGAL.has(word));
  return telling.length > 0 ? telling : spelled;
}

/** A street address as it is compared: "12-14 North Main Street, Suite 3" → house 12, words N MAIN ST. */
export interface StreetAddress {
  readonly house: string | null;
  readonly words: readonly string[];
}

/** Null where there is no text at all. */
export function streetAddress(street: string | null): StreetAddress | null {
  const words = plain(street ?? '').map((word) => word.replace(/^(\d+)(ST|ND|RD|TH)$/, '$1'));
  const short = words.map((word) => STREET_WORDS[word] ?? word);
  if (short.length === 0) return null;
  const [first = ''] = short;
  const house = /^\d+[A-Z]?$/.test(first) && short.length > 1 ? first : null;
  const rest = house === null ? short : short.slice(1);
  const cut = rest.findIndex((word, i) => i > 0 && UNITS.has(word) && !(word === 'FL' && i + 1 < rest.length && i < 2));
  return { house, words: cut > 0 ? rest.slice(0, cut) : rest };
}
