import { z } from 'zod';
import type { Tally } from '../importReport.ts';
import { GIVE_TABLE, type Table } from './table.ts';
import { notRecognized } from './limits.ts';
import { zipIn } from './zipProperty.ts';

/** Place and land of each ZIP area. */
export const gazetteer = z.record(z.string(), z.tuple([z.number(), z.number(), z.number().nullable()]));
/** ZIP → its area (ZCTA), state and post office. */
export const zipToZcta = z.record(z.string(), z.tuple([z.string(), z.string(), z.string()]));
/** ZIP → its counties in the order of the file; names of the counties. */
export const zipToCounty = z.object({
  counties: z.record(z.string(), z.array(z.string())),
  names: z.record(z.string(), z.string()),
});

export type Gazetteer = z.output<typeof gazetteer>;
export type ZipToZcta = z.output<typeof zipToZcta>;
export type ZipToCounty = z.output<typeof zipToCounty>;

export interface Tallies {
  readonly setAside: Tally;
  readonly repaired: Tally;
}

/** What a table was read into. */
export type ReadZips = (
  | { readonly kind: 'gazetteer'; readonly content: Gazetteer }
  | { readonly kind: 'zip_to_zcta'; readonly content: ZipToZcta }
  | { readonly kind: 'zip_to_county'; readonly content: ZipToCounty }
) & { readonly column: string; readonly name: string };

const ZIP_COLUMNS = [
  'zipcode',
  'zip',
  'zip5',
  'zcta5',
  'zcta',
  'geoid',
  'geoid20',
  'geoid10',
  'zcta5ce20',
  'zcta5ce10',
];
const COUNTY_COLUMNS = ['stcountyfp', 'county', 'countyfips', 'fips', 'geoidcounty20', 'countygeoid', 'stcofips'];
const ZCTA_COLUMNS = ['zcta', 'zctacode', 'zcta5', 'zctause'];
const SQUARE_METRES = 1e6;
const KM2_PER_SQUARE_MILE = 2.589988;

type Cell = (column: string | undefined) => string;
type EachZip = (visit: (zip: string, cell: Cell, line: number) => string | null) => void;

/** Reads a table by the names of its columns. @throws BailiwickError file_not_recognized where it is none of the three kinds */
export function readZips(table: Table, name: string, tallies: Tallies): ReadZips {
  const column = (names: readonly string[]) => names.find((each) => table.columns.includes(each));
  const [lat, lon] = [
    column(['intptlat', 'intptlat20', 'intptlat10', 'lat', 'latitude']),
    column(['intptlong', 'intptlon', 'intptlon20', 'intptlon10', 'lon', 'lng', 'long', 'longitude']),
  ];
  const zip = column(ZIP_COLUMNS);
  const area = column(ZCTA_COLUMNS.filter((each) => each !== zip));
  const county = column(COUNTY_COLUMNS);
  if (zip === undefined || (!(lat && lon) && !area && !county))
    throw notRecognized(`${name} has the columns ${table.columns.slice(0, 12).join(', ').slice(0, 200)}.`, GIVE_TABLE);
  const each = eachZip(table, zip, tallies);
  if (lat && lon)
    return { kind: 'gazetteer', content: readGazetteer(each, { lat, lon }), column: zip, name: 'Census gazetteer' };
  return area
    ? { kind: 'zip_to_zcta', content: readZcta(each, area), column: zip, name: 'ZIP to ZCTA crosswalk' }
    : { kind: 'zip_to_county', content: readCounties(each, county!), column: zip, name: 'ZIP to county crosswalk' };
}

/** Visits rows that name a ZIP; the visit answers why a row is set aside. */
function eachZip({ columns, rows }: Table, zipColumn: string, { setAside, repaired }: Tallies): EachZip {
  const at = new Map(columns.map((column, i) => [column, i]));
  return (visit) => {
    for (const { line, cells } of rows) {
      const cell: Cell = (column) => (column === undefined ? '' : (cells[at.get(column) ?? -1] ?? ''));
      if (cells.length < columns.length) {
        setAside.add('it is cut off', line);
        continue;
      }
      const read = zipIn(cell(zipColumn));
      if (!read) {
        setAside.add('it names no ZIP', line);
        continue;
      }
      const problem = visit(read.zip, cell, line);
      if (problem !== null) setAside.add(problem, line, read.zip);
      else if (read.repaired) repaired.add('lost leading zeros of ZIPs were put back', line, read.zip);
    }
  };
}

function readGazetteer(each: EachZip, { lat, lon }: { lat: string; lon: string }): Gazetteer {
  const content: Gazetteer = {};
  each((zip, cell) => {
    const place = [Number(cell(lat) || NaN), Number(cell(lon) || NaN)] as const;
    if (!(Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180)) return 'it has no latitude and longitude';
    if (Object.hasOwn(content, zip)) return 'its ZIP was there before';
    const [m2, sqmi] = [Number(cell('aland') || cell('aland20') || NaN), Number(cell('alandsqmi') || NaN)];
    const land = Number.isFinite(m2) ? m2 / SQUARE_METRES : Number.isFinite(sqmi) ? sqmi * KM2_PER_SQUARE_MILE : null;
    content[zip] = [place[0], place[1], land];
    return null;
  });
  return content;
}

function readZcta(each: EachZip, area: string): ZipToZcta {
  const content: ZipToZcta = {};
  each((zip, cell) => {
    const zcta = zipIn(cell(area));
    if (!zcta) return 'it names no ZIP area (ZCTA)';
    if (Object.hasOwn(content, zip)) return 'its ZIP was there before';
    content[zip] = [zcta.zip, cell('state') || cell('stateabbr'), cell('poname') || cell('city')];
    return null;
  });
  return content;
}

function readCounties(each: EachZip, county: string): ZipToCounty {
  const counties: Record<string, string[]> = {};
  const names: Record<string, string> = {};
  each((zip, cell) => {
    const fips = /^\d{4,5}$/.exec(cell(county))?.[0]?.padStart(5, '0');
    if (fips === undefined) return 'it names no county (five-digit FIPS)';
    const known = (counties[zip] ??= []);
    if (known.includes(fips)) return 'it repeats a row before it';
    known.push(fips);
    const name = cell('countyname') || cell('county_name');
    if (name !== '') names[fips] = name;
    return null;
  });
  return { counties, names };
}
