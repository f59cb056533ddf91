import { describe, expect, it } from 'vitest';
import { components, connect, gabriel, neighborLists } from '../../service/core/adjacency.ts';
import { distanceKm } from '../../service/core/geography.ts';
import { seeded } from '../../service/core/random.ts';

describe('gabriel', () => {
  it('leaves out the long way round a middle place', () => {
    // a — b — c on a line that bends a little: a and c see b inside their circle
    expect(gabriel([40, 40.01, 40], [-75, -74.9, -74.8])).toEqual(
      expect.arrayContaining([
        [0, 1],
        [1, 2],
      ]),
    );
    expect(gabriel([40, 40.01, 40], [-75, -74.9, -74.8])).toHaveLength(2);
  });

  it('keeps exactly the pairs whose circle is empty, against the plain definition', () => {
    const random = seeded(3);
    const lat = Array.from({ length: 60 }, () => 41 + random() * 0.2);
    const lon = Array.from({ length: 60 }, () => -73 + random() * 0.2);
    const y = lat.map((value) => Math.log(Math.tan(Math.PI / 4 + (value * Math.PI) / 360)));
    const x = lon.map((value) => (value * Math.PI) / 180);
    const expected: string[] = [];
    for (let a = 0; a < 60; a++) {
      for (let b = a + 1; b < 60; b++) {
        const [cx, cy] = [(x[a]! + x[b]!) / 2, (y[a]! + y[b]!) / 2];
        const radius = Math.hypot(x[a]! - cx, y[a]! - cy);
        const isEmpty = x.every((_, c) => c === a || c === b || Math.hypot(x[c]! - cx, y[c]! - cy) >= radius);
        if (isEmpty) expected.push(`${a},${b}`);
      }
    }
    expect(
      gabriel(lat, lon)
        .map((pair) => pair.join())
        .sort(),
    ).toEqual(expected.sort());
  });
});

describe('connect', () => {
  const islands = {
    lat: [40, 40, 40, 40, 42],
    lon: [-75, -74.9, -74, -73.9, -74],
    neighbors: neighborLists(5, [
      [0, 1],
      [2, 3],
    ]),
  };

  it('joins pieces by their shortest pairs', () => {
    expect(connect(islands.neighbors, islands.lat, islands.lon)).toEqual([
      [1, 2],
      [2, 4],
    ]);
  });

  it('has nothing to do for one piece or none', () => {
    expect(connect([[1], [0]], [40, 41], [-75, -75])).toEqual([]);
    expect(connect([], [], [])).toEqual([]);
  });

  it('uses as few bridges as there are gaps and never a longer total than the spanning tree over places', () => {
    const random = seeded(11);
    const lat = Array.from({ length: 40 }, () => 40 + random());
    const lon = Array.from({ length: 40 }, () => -75 + random());
    const pairs = Array.from({ length: 25 }, () => [Math.floor(random() * 40), Math.floor(random() * 40)] as const);
    const neighbors = neighborLists(40, pairs);
    const bridges = connect(neighbors, lat, lon);
    expect(bridges).toHaveLength(components(neighbors).count - 1);
    expect(components(neighborLists(40, [...pairs, ...bridges])).count).toBe(1);
    const km = (list: readonly (readonly [number, number])[]) =>
      list.reduce((sum, [a, b]) => sum + distanceKm({ lat: lat[a]!, lon: lon[a]! }, { lat: lat[b]!, lon: lon[b]! }), 0);
    expect(km(bridges)).toBeCloseTo(km(kruskal(neighbors, lat, lon)), 6);
  });
});

/** The slow way: all pairs by length, kept where they join two pieces. */
function kruskal(neighbors: readonly (readonly number[])[], lat: readonly number[], lon: readonly number[]) {
  const piece = [...components(neighbors).of];
  const all = lat.flatMap((_, a) => lat.map((_, b) => [a, b] as const)).filter(([a, b]) => a < b);
  const km = ([a, b]: readonly [number, number]) =>
    distanceKm({ lat: lat[a]!, lon: lon[a]! }, { lat: lat[b]!, lon: lon[b]! });
  return all
    .sort((p, q) => km(p) - km(q))
    .filter(([a, b]) => {
      const [from, to] = [piece[a]!, piece[b]!];
      if (from === to) return false;
      piece.forEach((value, i) => value === from && (piece[i] = to));
      return true;
    });
}
