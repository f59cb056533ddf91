import { describe, expect, test } from 'vitest';
import { optimize, startCount } from '../../service/core/optimize/optimize.ts';
import { Forbidden, type Problem, type Progress } from '../../service/core/optimize/problem.ts';
import { below, seeded } from '../../service/core/random.ts';
import { runOptimize } from '../../service/jobs/runOptimize.ts';
import { groundProblem, hangingParts, piecesOf, randomGround } from '../kit/randomGround.ts';

/** A plan from nothing with account groups and forbidden pairs; a tight tolerance needs every start of the list. */
function fresh(seed: number, tolerance: number) {
  const random = seeded(seed);
  const k = 5;
  const ground = randomGround(random, { width: 14, height: 14, k, parts: 8, edges: 0.9 });
  const n = ground.owners.length;
  const forbidden = new Forbidden(n, k);
  for (let i = 0; i < n / 4; i++) forbidden.add(below(random, n), below(random, k));
  const problem = groundProblem(random, ground, k, { current: null, forbidden });
  return { ground, problem: { ...problem, measures: problem.measures.map((one) => ({ ...one, tolerance })) } };
}

const quiet = () => undefined;
const run = (problem: Problem, workers: number, onProgress: (progress: Progress) => void = quiet) =>
  runOptimize(problem, { seed: 3, effort: 0.3, workers, onProgress });

describe('the engine over threads', () => {
  test.each([
    ['where the first start is enough', 0.1],
    ['where every start is taken', 1e-5],
  ])('one thread, two threads and none give the same plan %s', async (_, tolerance) => {
    const { problem } = fresh(1, tolerance);
    expect(startCount(problem, 0.3)).toBeGreaterThan(1);
    const here = optimize(problem, { seed: 3, effort: 0.3 });
    expect(here.onTarget === problem.k).toBe(tolerance === 0.1);
    for (const workers of [1, 2]) expect(await run(problem, workers).result).toEqual(here);
  });

  test.each([1, 2])('a cancel gives a legal plan that says it was stopped (%i threads)', async (workers) => {
    const { ground, problem } = fresh(2, 1e-5);
    const shares: number[] = [];
    const job = runOptimize(problem, {
      seed: 3,
      effort: 1000,
      workers,
      onProgress: ({ phase, share }) => {
        shares.push(share);
        // in the middle of the search, which would go on for very long
        if (phase === 'balance') job.cancel();
      },
    });
    const { owners, stopped, bound, objective, loads } = await job.result;
    expect(stopped).toBe(true);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    for (let j = 0; j < problem.k; j++) {
      expect(piecesOf(ground, owners, j)).toHaveLength(1);
      expect(hangingParts(ground, owners, j)).toEqual([]);
    }
    owners.forEach((j, u) => expect(problem.forbidden!.has(u, j)).toBe(false));
    expect(bound.value).toBeLessThanOrEqual(objective);
    const held = owners.reduce((sum, j, u) => sum + (j === 0 ? problem.measures[0]!.perUnit[u]! : 0), 0);
    expect(loads[0]![0]).toBeCloseTo(held, 9);
  });

  test('a cancel before the first step still gives every unit an owner', async () => {
    const { ground, problem } = fresh(4, 0.1);
    const job = run(problem, 2);
    job.cancel();
    const { owners, stopped } = await job.result;
    expect(stopped).toBe(true);
    expect(owners).not.toContain(-1);
    for (let j = 0; j < problem.k; j++) expect(piecesOf(ground, owners, j)).toHaveLength(1);
  });

  test('what cannot be solved is told with its code, from the thread', async () => {
    const { problem } = fresh(1, 0.1);
    await expect(run({ ...problem, k: 100_000, shares: [] }, 2).result).rejects.toMatchObject({
      code: 'bad_request',
      message: '100000 territories cannot be made of 204 units.',
    });
  });
});
