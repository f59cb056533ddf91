import { describe, expect, test } from 'vitest';
import { bordering } from '../../service/core/optimize/bordering.ts';
import { CutOff } from '../../service/core/optimize/cutOff.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { below, seeded } from '../../service/core/random.ts';
import { groundProblem, hangingParts, piecesOf, randomGround } from '../kit/randomGround.ts';

/** Pieces up to this size may be taken along (`CutOff`). */
const MOST = 24;

function worlds(count: number, size: (seed: number) => Parameters<typeof randomGround>[1]) {
  return Array.from({ length: count }, (_, i) => {
    const random = seeded(i + 1);
    const given = size(i + 1);
    const ground = randomGround(random, given);
    return { random, ground, k: given.k, plan: new Plan(groundProblem(random, ground, given.k), ground.owners) };
  });
}

const small = (seed: number) => ({
  width: 3 + (seed % 4),
  height: 3 + (seed % 3),
  k: 2 + (seed % 3),
  parts: seed % 7,
  edges: 0.2 + 0.2 * (seed % 4),
});

describe('contiguity with account groups, against brute force', () => {
  test('a unit may leave where the rest of its territory stays in one piece and no account group hangs in the air', () => {
    let [free, tied] = [0, 0];
    for (const { ground, plan } of worlds(400, small)) {
      for (let u = 0; u < plan.n; u++) {
        const own = plan.owner[u]!;
        const without = new Set([u]);
        const stays =
          ground.partOf[u]! >= 0 ||
          (piecesOf(ground, plan.owner, own, without).length <= 1 &&
            hangingParts(ground, plan.owner, own, without).length === 0);
        expect(plan.canLeave(u), `unit ${u}`).toBe(stays);
        if (stays) free++;
        else tied++;
      }
    }
    expect(free).toBeGreaterThan(2000);
    expect(tied).toBeGreaterThan(1000);
  });

  test('a territory is whole where its units are one piece and each of its account groups touches one of them', () => {
    let [whole, broken] = [0, 0];
    for (const { random, ground, k, plan } of worlds(400, small)) {
      // legal owners with some noise: both answers must occur
      for (let i = 0; i < 2; i++) plan.move(below(random, plan.n), below(random, k));
      for (let j = 0; j < k; j++) {
        const isWhole =
          piecesOf(ground, plan.owner, j).length === 1 && hangingParts(ground, plan.owner, j).length === 0;
        expect(plan.isWhole(j)).toBe(isWhole);
        if (isWhole) whole++;
        else broken++;
      }
    }
    expect(whole).toBeGreaterThan(200);
    expect(broken).toBeGreaterThan(200);
  });

  test('a territory touches a unit by its whole units only, and borders are those of any two neighbours', () => {
    for (const { ground, k, plan } of worlds(100, small)) {
      const borders = new Set<string>();
      ground.neighbors.forEach((around, u) => {
        for (let j = 0; j < k; j++)
          expect(plan.touches(u, j)).toBe(around.some((v) => plan.owner[v] === j && ground.partOf[v]! < 0));
        for (const v of around) if (plan.owner[u] !== plan.owner[v]) borders.add(`${plan.owner[u]} ${plan.owner[v]}`);
      });
      const links = bordering(plan);
      const listed = Array.from({ length: links.length / 2 }, (_, i) => `${links[2 * i]} ${links[2 * i + 1]}`);
      expect(listed.sort()).toEqual([...borders].sort());
    }
  });

  test('moves there and back leave loads and sizes as counted from scratch', () => {
    for (const { random, k, plan } of worlds(50, small)) {
      for (let i = 0; i < 60; i++) plan.move(below(random, plan.n), below(random, k + 1) - 1);
      const [loads, sizes] = [[...plan.loads], [...plan.sizes]];
      plan.recount();
      plan.loads.forEach((load, at) => expect(loads[at]).toBeCloseTo(load, 9));
      expect(sizes).toEqual([...plan.sizes]);
    }
  });
});

describe('what is cut off with a unit', () => {
  test.each([
    ['small territories', small, 300],
    [
      'large ones',
      (seed: number) => ({
        width: 10 + (seed % 4),
        height: 12,
        k: 2,
        parts: seed % 12,
        edges: 0.15 + 0.05 * (seed % 6),
      }),
      150,
    ],
  ])('is every piece but the largest, with the account groups that hang on it (%s)', (_, size, count) => {
    let [taken, refused] = [0, 0];
    for (const { ground, plan } of worlds(count, size)) {
      const cutOff = new CutOff(plan);
      for (let u = 0; u < plan.n; u++) {
        if (ground.partOf[u]! >= 0 || plan.canLeave(u)) continue;
        const own = plan.owner[u]!;
        const found = cutOff.with(u);
        const pieces = piecesOf(ground, plan.owner, own, new Set([u])).sort((a, b) => b.length - a.length);
        if (!found) {
          // two searches ran too far: there must be that much to run through
          expect(pieces.flat().length).toBeGreaterThan(2 * MOST);
          refused++;
          continue;
        }
        const units = found.filter((unit) => ground.partOf[unit]! < 0);
        const stays = pieces.find((piece) => !units.includes(piece[0]!)) ?? [];
        expect(stays.length).toBe(pieces[0]?.length ?? 0);
        const cut = pieces.filter((piece) => piece !== stays).flat();
        expect(units.sort((a, b) => a - b)).toEqual(cut.sort((a, b) => a - b));
        const hanging = hangingParts(ground, plan.owner, own, new Set([u, ...cut]));
        expect(found.filter((unit) => ground.partOf[unit]! >= 0).sort((a, b) => a - b)).toEqual(hanging);
        expect(units.length).toBeLessThanOrEqual(MOST * ground.neighbors[u]!.length);
        taken++;
      }
    }
    expect(taken).toBeGreaterThan(500);
    // 36 units are never too many; on the large grounds both answers occur
    expect(refused > 0).toBe(size !== small);
  });
});
