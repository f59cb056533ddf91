import { describe, expect, it } from 'vitest';
import { PALETTE, territoryColors, touchingTerritories } from '../../service/core/colors.ts';
import { below, seeded } from '../../service/core/random.ts';

/** A plane grid of units cut into territories by nearest seed. */
function plane(width: number, count: number, seed: number) {
  const random = seeded(seed);
  const seeds = Array.from({ length: count }, () => [random() * width, random() * width] as const);
  const owners: number[] = [];
  const neighbors: number[][] = [];
  for (let unit = 0; unit < width * width; unit++) {
    const [x, y] = [unit % width, Math.floor(unit / width)];
    const away = seeds.map(([sx, sy]) => (sx - x) ** 2 + (sy - y) ** 2);
    owners.push(away.indexOf(Math.min(...away)));
    const around = [x > 0 && unit - 1, x < width - 1 && unit + 1, y > 0 && unit - width, y < width - 1 && unit + width];
    neighbors.push(around.filter((next): next is number => next !== false));
  }
  return { owners, neighbors };
}

describe('territory colours', () => {
  it('differ between neighbours on 20 maps of up to 200 territories', () => {
    const random = seeded(7);
    for (let round = 0; round < 20; round++) {
      const count = 2 + below(random, 199);
      const { owners, neighbors } = plane(60, count, round);
      const touching = touchingTerritories(owners, count, neighbors);
      const colors = territoryColors(touching);
      touching.forEach((others, i) => others.forEach((other) => expect(colors[i]).not.toBe(colors[other])));
      expect(Math.max(...colors)).toBeLessThan(PALETTE.length);
    }
  });

  it('keep the earlier colour after a move where it still fits', () => {
    const { owners, neighbors } = plane(40, 30, 1);
    const before = territoryColors(touchingTerritories(owners, 30, neighbors));
    owners[0] = 5;
    const after = territoryColors(touchingTerritories(owners, 30, neighbors), before);
    const changed = after.filter((color, i) => color !== before[i]).length;
    expect(changed).toBeLessThanOrEqual(2);
  });

  it('answer nothing for no territories and one colour for a lone one', () => {
    expect(territoryColors([])).toEqual([]);
    expect(territoryColors([[]])).toEqual([0]);
  });
});
