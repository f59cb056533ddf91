import { describe, expect, test } from 'vitest';
import { BorderEdges } from '../../service/core/optimize/border.ts';
import { Counties } from '../../service/core/optimize/counties.ts';
import { Energy } from '../../service/core/optimize/energy.ts';
import { Handovers } from '../../service/core/optimize/handovers.ts';
import { optimize } from '../../service/core/optimize/optimize.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { anneal } from '../../service/core/optimize/search.ts';
import { below, seeded, type Random } from '../../service/core/random.ts';
import { groundProblem, randomGround } from '../kit/randomGround.ts';
import { expectLegal, ruled } from '../kit/ruledGround.ts';

const hot = (random: Random, after: () => boolean) => ({
  tries: 40_000,
  start: 3,
  end: 0.02,
  hardness: [1, 20] as const,
  random,
  after,
});

describe('moves at the border', () => {
  test('the hot search keeps every rule and limit, and its accounts stay true (200 tiny problems)', () => {
    let [moved, tight] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const { random, ground, problem } = ruled(seed);
      const plan = new Plan(problem, ground.owners);
      const energy = new Energy(plan);
      anneal(
        plan,
        energy,
        hot(random, () => {
          moved += expectLegal(ground, problem, plan.owner);
          return false;
        }),
      );
      const { limits } = problem;
      if (limits && Math.min(limits.accountsShare, limits.salesShare) < 0.3) tight++;
      const loads = [...plan.loads];
      plan.recount();
      plan.loads.forEach((load, at) => expect(loads[at]).toBeCloseTo(load, 6));
    }
    expect(moved).toBeGreaterThan(1000);
    expect(tight).toBeGreaterThan(20);
  });

  test('the whole engine from the map of today keeps them too (100 tiny problems)', () => {
    let moved = 0;
    for (let seed = 1001; seed <= 1100; seed++) {
      const { ground, problem } = ruled(seed);
      const { owners, bound, objective, onTarget } = optimize(problem, { effort: 0.2, seed });
      moved += expectLegal(ground, problem, owners);
      if (onTarget === problem.k) expect(bound.value).toBeLessThanOrEqual(objective * (1 + 1e-9));
    }
    expect(moved).toBeGreaterThan(200);
  });

  test('the border lists the edges from free units to whole units elsewhere, each once, whatever moves', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const { random, problem } = ruled(seed);
      // a part of a map may list neighbours in any order
      const neighbors = problem.neighbors.map((list) => (random() < 0.5 ? list : list.toReversed()));
      const plan = new Plan({ ...problem, neighbors }, problem.current!);
      const border = new BorderEdges(plan);
      for (let i = 0; i < 40; i++) {
        const u = below(random, plan.n);
        plan.move(u, below(random, plan.k));
        border.moved(u);
      }
      const free = [...plan.owner.keys()].filter((u) => !problem.locked[u] && !problem.frozen[problem.current![u]!]);
      const isWhole = (v: number) => plan.instance.partOf[v]! < 0;
      const expected = free.flatMap((u) =>
        problem.neighbors[u]!.filter((v) => isWhole(v) && plan.owner[v] !== plan.owner[u]).map((v) => `${u}-${v}`),
      );
      const found = [...border.edges.subarray(0, border.count)].map(
        (at) => `${border.from[at]}-${plan.instance.targets[at]}`,
      );
      expect(found.sort()).toEqual(expected.sort());
    }
  });

  test('what is handed over and what counties are split into is counted as from scratch', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const { random, problem } = ruled(seed);
      const limits = { accountsShare: 0.5, salesShare: 0.5, pipelineShare: 0.5 };
      const plan = new Plan({ ...problem, limits, disruptionWeight: 100 }, problem.current!);
      const handovers = new Handovers(plan);
      const regions = [...plan.owner.keys()].map((u) => (u % 5) - 1);
      const counties = new Counties(plan, regions);
      counties.recount();
      const pieces = () => new Set(regions.flatMap((c, u) => (c < 0 ? [] : [`${c} ${plan.owner[u]}`]))).size;
      for (let i = 0; i < 40; i++) {
        const [u, b] = [below(random, plan.n), below(random, plan.k)];
        const a = plan.owner[u]!;
        if (a === b) continue;
        const before = pieces();
        const delta = counties.delta(u, a, b);
        counties.count(u, a, b);
        handovers.count(u, a, b);
        plan.move(u, b);
        expect(pieces() - before).toBe(delta);
      }
      const moved = [...handovers.moved];
      handovers.recount();
      handovers.moved.forEach((share, i) => expect(moved[i]).toBeCloseTo(share, 12));
      expect(moved[0]).toBeGreaterThan(0);
    }
  });
});

describe('counties', () => {
  const SIZE = 16;
  const splitCounties = (regions: readonly number[], owners: readonly number[]) =>
    new Set(regions).size === 0
      ? 0
      : [...new Set(regions)].filter((c) => new Set(owners.filter((_, u) => regions[u] === c)).size > 1).length;

  test('fewer are split where the engine knows them, and balance is kept', () => {
    let [known, unknown] = [0, 0];
    for (let seed = 1; seed <= 5; seed++) {
      const random = seeded(seed);
      const k = 4 + (seed % 3);
      const ground = randomGround(random, { width: SIZE, height: SIZE, k, edges: 1 });
      // counties of 3 by 3 units, which no even cut of the square follows
      const regions = ground.owners.map((_, u) => Math.floor((u % SIZE) / 3) * 10 + Math.floor(u / SIZE / 3));
      const problem = groundProblem(random, ground, k, { current: null });
      const [plain, held] = [null, regions].map((given) =>
        optimize({ ...problem, regions: given }, { effort: 0.5, seed }),
      );
      expect(held!.onTarget).toBe(k);
      unknown += splitCounties(regions, plain!.owners);
      known += splitCounties(regions, held!.owners);
    }
    expect(known).toBeLessThan(0.8 * unknown);
  });
});
