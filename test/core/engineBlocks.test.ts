import { describe, expect, test } from 'vitest';
import { EARTH_RADIUS_KM, unitVector } from '../../service/core/geography.ts';
import { Blocks } from '../../service/core/optimize/blocks.ts';
import { seeded, type Random } from '../../service/core/random.ts';

function placesAround(random: Random, n: number, spread: number): Float64Array {
  const places = new Float64Array(n * 3);
  for (let i = 0; i < n; i++)
    unitVector({ lat: 40 + spread * (random() - 0.5), lon: -90 + spread * (random() - 0.5) }).forEach(
      (value, d) => (places[i * 3 + d] = value * EARTH_RADIUS_KM),
    );
  return places;
}

function keysOf(units: Float64Array, u: number, centers: Float64Array, lift: (j: number) => number): number[] {
  return Array.from({ length: centers.length / 3 }, (_, j) => {
    const d2 = [0, 1, 2].reduce((sum, d) => sum + (units[u * 3 + d]! - centers[j * 3 + d]!) ** 2, 0);
    return d2 - lift(j);
  });
}

describe('blocks of neighbouring units', () => {
  test('every unit stands in one block', () => {
    for (const n of [1, 63, 64, 65, 1000]) {
      const blocks = new Blocks(placesAround(seeded(n), n, 20), 3);
      expect([...blocks.units].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, u) => u));
      expect(blocks.starts[0]).toBe(0);
      expect(blocks.starts.at(-1)).toBe(n);
      for (let b = 0; b < blocks.count; b++) expect(blocks.starts[b + 1]! - blocks.starts[b]!).toBeLessThanOrEqual(64);
    }
  });

  test('what wins for a unit is never passed over, whatever lifts lie between the two (12 grounds)', () => {
    let kept = 0;
    let all = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const random = seeded(seed);
      const [n, k, rank] = [1600, 200, seed % 2 === 0 ? 1 : 5];
      const units = placesAround(random, n, 10);
      const centers = placesAround(random, k, 10);
      const least = Float64Array.from({ length: k }, () => 4000 * (random() - 0.5));
      const most = least.map((value) => value + (seed % 3) * 500 * random());
      const blocks = new Blocks(units, k);
      const found = new Int32Array(k);
      for (let b = 0; b < blocks.count; b++) {
        const count = blocks.candidates(b, { centers, least, most, rank }, found);
        const near = new Set(found.subarray(0, count));
        kept += count;
        all += k;
        for (let i = blocks.starts[b]!; i < blocks.starts[b + 1]!; i++) {
          const part = random();
          const keys = keysOf(units, blocks.units[i]!, centers, (j) => least[j]! + part * (most[j]! - least[j]!));
          const winners = [...keys.keys()].sort((p, q) => keys[p]! - keys[q]!).slice(0, rank);
          for (const j of winners) expect(near.has(j)).toBe(true);
        }
      }
    }
    expect(kept).toBeLessThan(0.4 * all);
  });
});
