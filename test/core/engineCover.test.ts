import { describe, expect, test } from 'vitest';
import { optimize } from '../../service/core/optimize/optimize.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { Forbidden } from '../../service/core/optimize/problem.ts';
import { repair } from '../../service/core/optimize/repair.ts';
import { below, seeded } from '../../service/core/random.ts';
import { gridProblem } from '../kit/gridProblem.ts';
import { groundProblem, hangingParts, piecesOf, randomGround } from '../kit/randomGround.ts';

/** From nothing, with many forbidden pairs scattered over the ground. */
function scattered(seed: number) {
  const random = seeded(seed);
  const k = 5;
  const ground = randomGround(random, { width: 14, height: 14, k, parts: 8, edges: 0.9 });
  const n = ground.owners.length;
  const forbidden = new Forbidden(n, k);
  for (let i = 0; i < n / 4; i++) forbidden.add(below(random, n), below(random, k));
  return { ground, k, forbidden, problem: groundProblem(random, ground, k, { current: null, forbidden }) };
}

describe('units amid territories that they may not join', () => {
  test('the nearest territory that may have one takes it with the units on the way', () => {
    const forbidden = new Forbidden(20, 2);
    const map = gridProblem(
      `A A A B B
       A . A B B
       A A A B B
       A A A B B`,
      { forbidden },
    );
    forbidden.add(6, 0);
    const plan = new Plan(map.problem, map.owners);
    repair(plan, (u, j) => plan.squaredKm(u, j));
    expect(map.draw([...plan.owner])).toBe(['A A A B B', 'A B B B B', 'A A A B B', 'A A A B B'].join('\n'));
  });

  test('what the way cuts off goes along; where no way may be taken, or under a limit, nothing moves', () => {
    const picture = `A A A B
                     A . A B
                     A . A B`;
    const forbidden = new Forbidden(12, 2);
    forbidden.add(5, 0);
    forbidden.add(9, 0);
    const drawn = (given: Parameters<typeof gridProblem>[1]) => {
      const { problem, owners, draw } = gridProblem(picture, { forbidden, ...given });
      const plan = new Plan(problem, owners);
      repair(plan, (u, j) => plan.squaredKm(u, j));
      return draw([...plan.owner]);
    };
    expect(drawn({})).toBe(['A A A B', 'A B B B', 'A B B B'].join('\n'));
    const untouched = ['A A A B', 'A . A B', 'A . A B'].join('\n');
    expect(drawn({ limits: { accountsShare: 0, salesShare: 0 } })).toBe(untouched);
    expect(drawn({ locked: Array.from({ length: 12 }, (_, u) => u % 4 === 2) })).toBe(untouched);
  });

  test.each([0, 0.2])('are nearly all covered, legally, with effort %f', (effort) => {
    let open = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { ground, k, forbidden, problem } = scattered(seed);
      const { owners } = optimize(problem, { effort, seed });
      open += owners.filter((j) => j < 0).length;
      owners.forEach((j, u) => j >= 0 && expect(forbidden.has(u, j)).toBe(false));
      for (let j = 0; j < k; j++) {
        expect(piecesOf(ground, owners, j)).toHaveLength(1);
        expect(hangingParts(ground, owners, j)).toEqual([]);
      }
    }
    // some five a problem without the ways
    expect(open).toBeLessThanOrEqual(5);
  });
});

test('a locked unit away from its territory is joined to it where a way leaves all others whole (20 grounds)', () => {
  const k = 5;
  let [strayed, broken] = [0, 0];
  for (let seed = 1; seed <= 20; seed++) {
    const random = seeded(seed);
    const ground = randomGround(random, { width: 14, height: 14, k, edges: 0.9 });
    const current = [...ground.owners];
    const locked = current.map(() => false);
    for (let i = 0; i < 3; i++) {
      const u = below(random, current.length);
      current[u] = below(random, k);
      locked[u] = true;
    }
    for (let j = 0; j < k; j++) strayed += piecesOf(ground, current, j).length - 1;
    const { owners } = optimize(groundProblem(random, ground, k, { current, locked }), { effort: 0.3, seed });
    locked.forEach((isLocked, u) => isLocked && expect(owners[u]).toBe(current[u]));
    for (let j = 0; j < k; j++) broken += piecesOf(ground, owners, j).length - 1;
  }
  expect(strayed).toBeGreaterThan(40);
  expect(broken).toBeLessThan(0.25 * strayed);
});
