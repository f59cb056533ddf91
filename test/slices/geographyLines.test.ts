import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGeography } from '../../service/geography/build.ts';
import { loadedFor } from '../../service/geography/loaded.ts';
import { geoFolder, zipMap, type GeoFolder } from '../kit/zipMap.ts';

let folder: GeoFolder;
beforeEach(() => {
  folder = geoFolder();
});
afterEach(() => folder.close());

describe('two states from files that do not fit', () => {
  it('are neighbours by rule across their line, and the line is drawn between both', async () => {
    // the line between Connecticut and Rhode Island runs near 71.8 W; the second file begins 30 m beside the first
    const connecticut = zipMap('06354 06374\n06377 06384', 'ZCTA5CE10', -71.9);
    for (const { properties } of connecticut.features) properties['STATEFP10'] = '09';
    await folder.map(connecticut, { name: 'ct.json' });
    const built = (west: number) =>
      folder.map(zipMap('02804 02808\n02812 02822', 'ZCTA5CE10', west), { name: `ri${west}.json` });
    const build = () => buildGeography(['CT', 'RI'], loadedFor(folder.store, ['CT', 'RI']));
    const crossing = ({ geography: { neighbors, states, ids, bridges } }: ReturnType<typeof build>) => ({
      pairs: neighbors.flatMap((list, a) =>
        list.filter((b) => a < b && states[a] !== states[b]).map((b) => `${ids[b]}-${ids[a]}`),
      ),
      bridges: bridges.length,
    });
    await built(-71.8);
    const fitting = build();
    expect(crossing(fitting)).toEqual({ pairs: ['06374-02804', '06384-02812'], bridges: 0 });
    expect(fitting.borders.filter(({ across }) => across !== undefined)).toEqual([]);
    await built(-71.7997);
    const loose = build();
    expect(crossing(loose)).toEqual({ pairs: ['06374-02804', '06384-02812'], bridges: 0 });
    const facing = loose.borders.filter(({ across }) => across !== undefined);
    const named = facing.map(({ left, across }) => `${loose.geography.ids[left]} ${loose.geography.ids[across!]}`);
    expect(named).toEqual(expect.arrayContaining(['06374 02804', '02804 06374', '06384 02812', '02812 06384']));
  });
});
