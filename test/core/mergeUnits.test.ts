import { describe, expect, it } from 'vitest';
import { cellRings, type Border } from '../../service/core/cells.ts';
import { unitIndex } from '../../service/core/geography.ts';
import { countyUnit, unitId } from '../../service/core/ids.ts';
import { mergeUnits, type Ground } from '../../service/core/mergeUnits.ts';
import { ringArea } from '../../service/core/polygon.ts';
import { sharedArcs } from '../../service/core/sharedArcs.ts';
import { grid } from '../kit/grid.ts';

/** Squares of a picture as a ground: unit i has ZIP 10000 + i, its letter is its county. */
function ground(picture: string, bridges: [number, number][] = []) {
  const drawn = grid(picture);
  const { neighbors, letters, owners, lat, lon } = drawn;
  const width = picture.trim().split('\n')[0]!.trim().split(/\s+/).length;
  const ids = owners.map((_, i) => unitId(String(10_000 + i)));
  const linked = neighbors.map((list, a) => [
    ...list,
    ...bridges.filter((p) => p.includes(a)).map(([p, q]) => (p === a ? q : p)),
  ]);
  const content: Ground = {
    ids,
    names: owners.map((_, i) => `City ${i}`),
    states: owners.map(() => 'RI'),
    counties: owners.map((owner) => letters[owner] ?? ''),
    lat,
    lon,
    areaKm2: owners.map((_, i) => i + 1),
    neighbors: linked,
    bridges,
    parents: { '02999': ids[0]! },
  };
  const arcs = sharedArcs(
    owners.map((_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return [[x, y, x + 1, y, x + 1, y + 1, x, y + 1]];
    }),
  );
  const nodes = new Map<string, number>();
  const node = (x = 0, y = 0) => nodes.get(`${x},${y}`) ?? (nodes.set(`${x},${y}`, nodes.size), nodes.size - 1);
  const borders: Border[] = arcs.map(({ left, right, path }) => ({
    left,
    right,
    path,
    ends: [node(path[0], path[1]), node(path.at(-2), path.at(-1))],
  }));
  const group = (letter: string, fips: string) => ({
    id: countyUnit(fips),
    name: letter,
    state: 'RI',
    county: fips,
    units: drawn.unitsOf(letter),
  });
  return { content, borders, group };
}

describe('mergeUnits', () => {
  it('makes one unit of each group: areas add up, inner borders vanish, ZIPs hang on it, neighbours are united', () => {
    const { content, borders, group } = ground(`
      A A B
      A B B
      c d e`);
    const merged = mergeUnits(content, borders, [group('A', '44001'), group('B', '44003')]);
    expect(merged.ground.ids).toEqual(['10006', '10007', '10008', 'C44001', 'C44003']);
    expect(merged.ground.areaKm2).toEqual([7, 8, 9, 1 + 2 + 4, 3 + 5 + 6]);
    expect(merged.ground.neighbors).toEqual([
      [1, 3],
      [0, 2, 4],
      [1, 4],
      [0, 4],
      [1, 2, 3],
    ]);
    expect(merged.ground.parents).toEqual({
      '02999': 'C44001',
      '10000': 'C44001',
      '10001': 'C44001',
      '10003': 'C44001',
      '10002': 'C44003',
      '10004': 'C44003',
      '10005': 'C44003',
    });
    expect(unitIndex(merged.ground).get('10003')).toBe(3);
    const rings = cellRings(merged.borders, 5);
    expect(rings.map((list) => Math.abs(list.reduce((sum, ring) => sum + ringArea(ring), 0)))).toEqual([1, 1, 1, 3, 3]);
    expect(merged.borders.every(({ left, right }) => left !== right)).toBe(true);
  });

  it('joins the pieces of a border between the same two units into one line', () => {
    const { content, borders, group } = ground(`
      A B
      A B
      A B`);
    const merged = mergeUnits(content, borders, [group('A', '44001'), group('B', '44003')]);
    const between = merged.borders.filter(({ right }) => right >= 0);
    expect(between.map(({ path }) => path.length / 2)).toEqual([4]);
    expect(merged.borders).toHaveLength(3);
  });

  it('keeps a county in the middle of another as its hole', () => {
    const { content, borders, group } = ground(`
      A A A
      A B A
      A A A`);
    const merged = mergeUnits(content, borders, [group('A', '44001'), group('B', '44003')]);
    const rings = cellRings(merged.borders, 2);
    expect(rings.map((list) => list.length)).toEqual([2, 1]);
    expect(rings.map((list) => Math.abs(list.reduce((sum, ring) => sum + ringArea(ring), 0)))).toEqual([8, 1]);
  });

  it('keeps a bridge only where nothing else joins its two sides', () => {
    // 0 and 2 are bridged around 1; 3 lies apart and needs its bridge
    const { content, borders, group } = ground(`A b A d`, [
      [0, 2],
      [2, 3],
    ]);
    const apart = { ...content, neighbors: [[1, 2], [0], [0, 3], [2]] };
    const { bridges, neighbors, ids } = mergeUnits(apart, borders, [group('A', '44001')]).ground;
    expect(ids).toEqual(['10001', '10003', 'C44001']);
    expect(bridges).toEqual([[1, 2]]);
    expect(neighbors).toEqual([[2], [2], [0, 1]]);
  });

  it('stands at the member nearest to the middle of the area', () => {
    const { content, borders, group } = ground(`A A A A A`);
    const one = mergeUnits(content, borders, [group('A', '44001')]).ground;
    // areas 1 to 5: the middle lies at 2.67, nearest to unit 3
    expect(one.lon[0]).toBeCloseTo(content.lon[3]!, 10);
  });

  it('refuses an id that is a ZIP here, and a unit in two groups', () => {
    const { content, borders, group } = ground(`A B`);
    const taken = { ...group('A', '44001'), id: unitId('02999') };
    expect(() => mergeUnits(content, borders, [taken])).toThrow(/02999 .* is taken/);
    expect(() => mergeUnits(content, borders, [group('A', '44001'), { ...group('B', '44003'), units: [0] }])).toThrow(
      /two groups/,
    );
  });

  it('changes nothing without groups', () => {
    const { content, borders } = ground(`A B`);
    expect(mergeUnits(content, borders, []).ground).toEqual(content);
  });
});
