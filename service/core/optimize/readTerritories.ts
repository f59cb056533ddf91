import type { CsvTable } from '../csv.ts';
import type { Point } from '../geography.ts';
import { fault, numberIn, uniqueIds } from './readCells.ts';

/** Territories as a file gives them. */
export interface TerritoryTable {
  readonly names: readonly string[];
  /** Fixed centre; null where it is free. */
  readonly homes: readonly (Point | null)[];
  /** Share of the total that each should hold, on any positive scale. */
  readonly shares: readonly number[];
}

/** @throws BailiwickError bad_request with the line and what is wrong in it */
export function readTerritories(table: CsvTable): TerritoryTable {
  const { columns, rows } = table;
  if (!columns.includes('territory'))
    throw fault(
      'territories: the column "territory" is missing.',
      `The header is territory[,lat,lon][,share]; found ${columns.join(', ')}.`,
    );
  const names = uniqueIds(table, 'territories', 'territory');
  if (names.length === 0) throw fault('territories: there is none.', 'Give one line a territory.');
  const [atLat, atLon, atShare] = [columns.indexOf('lat'), columns.indexOf('lon'), columns.indexOf('share')];
  if (atLat < 0 !== atLon < 0)
    throw fault('territories: only one of lat and lon is there.', 'Give both columns, or none for free centres.');
  const homes = rows.map((row) => {
    const empty = [atLat, atLon].filter((at) => (row.cells[at] ?? '') === '').length;
    if (atLat < 0 || empty === 2) return null;
    const home = {
      lat: numberIn(row, atLat, { file: 'territories', name: 'lat' }),
      lon: numberIn(row, atLon, { file: 'territories', name: 'lon' }),
    };
    if (Math.abs(home.lat) > 90 || Math.abs(home.lon) > 180)
      throw fault(
        `territories, line ${row.line}: ${home.lat}, ${home.lon} is no place on Earth.`,
        'Latitude and longitude may be swapped.',
      );
    return home;
  });
  const shares = rows.map((row) => {
    if (atShare < 0 || (row.cells[atShare] ?? '') === '') return 1;
    const share = numberIn(row, atShare, { file: 'territories', name: 'share', isAmount: true });
    if (share <= 0)
      throw fault(`territories, line ${row.line}: the share is ${share}.`, 'Give a share above 0, or remove the line.');
    return share;
  });
  return { names, homes, shares };
}
