import { BailiwickError } from '../../core/errors.ts';
import { notRecognized } from './limits.ts';
import type { RawShape } from './rawShape.ts';

/** Names under which files keep the ZIP, best first; compared without case and punctuation. */
const KNOWN_NAMES =
  /^(zcta5?(ce|geoid)?(00|10|20)?|geoidzcta5?(00|10|20)?|zip(code)?5?|zip5(code)?|postal(code)?|postcode|geoid(00|10|20)?|affgeoid(00|10|20)?)$/;
/** A property without a known name must hold ZIPs nearly everywhere, and nearly all different. */
const SHARE_WITHOUT_NAME = 0.9;

/** A ZIP as it was read, and whether zeros were put back. */
export interface ReadZip {
  readonly zip: string;
  readonly repaired: boolean;
}

/**
 * The ZIP in a value: five digits, ZIP+4, state FIPS and ZIP (seven digits), or a Census code such as 860Z200US02818.
 * Three or four digits lost their leading zeros. Null for anything else.
 */
export function zipIn(value: unknown): ReadZip | null {
  const text = typeof value === 'number' && Number.isInteger(value) ? String(value) : value;
  if (typeof text !== 'string') return null;
  const [, zip] = /^\s*(?:86\w*US|\d{2}(?=\d{5}\s*$))?(\d{3,5})(?:-\d{4})?\s*$/.exec(text) ?? [];
  if (zip === undefined || /^0+$/.test(zip)) return null;
  return { zip: zip.padStart(5, '0'), repaired: zip.length < 5 };
}

/**
 * The property that holds the ZIPs: the one that was named, else the one with the most ZIPs among those with a known name,
 * else the only kind of property whose values are nearly all ZIPs and nearly all different.
 * @throws BailiwickError bad_request where the named one is not there, file_not_recognized where none is found
 */
export function zipProperty(
  shapes: readonly RawShape[],
  { name, wanted }: { name: string; wanted?: string | undefined },
) {
  const names = new Set(shapes.flatMap(({ properties }) => Object.keys(properties)));
  if (wanted !== undefined) {
    const found = [...names].find((property) => property.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) return found;
    throw new BailiwickError('bad_request', `${name} has no property "${wanted}"; it has ${listed(names)}.`, {
      action: 'Name one of them with --zip-property.',
    });
  }
  const rated = [...names].map((property) => ({ property, ...rating(property, shapes) }));
  const fit = rated
    .filter(({ isKnown, share, distinct }) =>
      isKnown ? share >= 0.5 : share >= SHARE_WITHOUT_NAME && distinct >= SHARE_WITHOUT_NAME,
    )
    .sort(
      (a, b) => Number(b.isKnown) - Number(a.isKnown) || b.whole - a.whole || b.share - a.share || b.plain - a.plain,
    );
  const [best] = fit;
  if (best) return best.property;
  throw notRecognized(
    `No property of ${name} holds ZIPs; it has ${listed(names)}.`,
    'Name the property that holds the ZIPs with --zip-property.',
  );
}

/** Shares of the shapes: with a ZIP, with one of five digits; and of the ZIPs: different ones. */
function rating(property: string, shapes: readonly RawShape[]) {
  const values = shapes.map(({ properties }) => properties[property]);
  const zips = values.map(zipIn).filter((read) => read !== null);
  const whole = zips.filter(({ repaired }) => !repaired).length / shapes.length;
  const plain = values.filter((value) => /^\d{5}$/.test(String(value))).length;
  const distinct = new Set(zips.map(({ zip }) => zip)).size / Math.max(1, zips.length);
  const isKnown = KNOWN_NAMES.test(property.toLowerCase().replace(/[^a-z0-9]/g, ''));
  return { isKnown, share: zips.length / shapes.length, whole, plain, distinct };
}

function listed(names: ReadonlySet<string>): string {
  if (names.size === 0) return 'no properties';
  return `${[...names].slice(0, 12).join(', ')}${names.size > 12 ? ', …' : ''}`.slice(0, 300);
}
