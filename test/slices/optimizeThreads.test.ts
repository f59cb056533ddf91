import { describe, expect, test } from 'vitest';
import { optimize, startCount } from '../../service/core/optimize/optimize.ts';
import { Forbidden, type Problem, type Progress } from '../../service/core/optimize/problem.ts';
import { below, seeded } from '../../service/core/random.ts';
import { runOptimize } from '../../service/jobs/runOptimize.ts';
import { StartsProgress } from '../../service/jobs/startsProgress.ts';
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
  runOptimize(problem, { seed: 3, effort: 0.3, workers, pairsBeside: 0, onProgress });

describe('one progress of several starts', () => {
  const heard: Pick<Progress, 'share' | 'onTarget'>[] = [];
  const at = (share: number, onTarget: number): Progress => ({ phase: 'balance', share, onTarget, territories: 5 });
  const listen = (starts: number) => {
    heard.length = 0;
    return new StartsProgress(starts, ({ share, onTarget }) => void heard.push({ share, onTarget }));
  };

  test('one start has the whole bar', () => {
    const told = listen(1);
    told.hear(0, at(0.5, 3));
    told.hear(0, at(1, 5));
    expect(heard).toEqual([
      { share: 0.5, onTarget: 3 },
      { share: 1, onTarget: 5 },
    ]);
  });

  test('a later start is heard once those before it are done, and no number falls', () => {
    const told = listen(3);
    told.hear(1, at(0.2, 5));
    told.hear(0, at(1, 4));
    // the second ends before the first, the third goes on where both left off
    told.finish(1);
    told.hear(0, at(1, 4));
    told.finish(0);
    told.hear(2, at(0, 1));
    told.hear(2, at(1, 5));
    expect(heard.map(({ onTarget }) => onTarget)).toEqual([4, 4, 4, 5]);
    const shares = heard.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBeLessThan(1);
    expect(shares[2]).toBeGreaterThan(shares[1]!);
    expect(shares[3]).toBeCloseTo(1, 12);
  });
});

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
    // a small problem's starts share one thread
    expect(await runOptimize(problem, { seed: 3, effort: 0.3, workers: 2, onProgress: quiet }).result).toEqual(here);
  });

  test.each([1, 2])('a cancel gives a legal plan that says it was stopped (%i threads)', async (workers) => {
    const { ground, problem } = fresh(2, 1e-5);
    const shares: number[] = [];
    const job = runOptimize(problem, {
      seed: 3,
      effort: 1000,
      workers,
      pairsBeside: 0,
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
