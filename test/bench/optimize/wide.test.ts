import { expect, test } from 'vitest';
import { optimize, solveStart } from '../../../service/core/optimize/optimize.ts';
import { instance } from './instances.ts';
import { exactTransport } from './transport.ts';

test('a plan far above its bound gets the next start too, and the shorter one stays', () => {
  const problem = instance('state', { seed: 703, k: 25, tolerance: 0.05, measures: 2 });
  const options = { seed: 703, effort: 1 };
  const [first, both] = [solveStart(problem, 0, options), optimize(problem, options)];
  expect(first.onTarget).toBe(25);
  expect(first.objective / first.bound.value).toBeGreaterThan(1.04);
  expect(both.start).toBe(1);
  expect(both.onTarget).toBe(25);
  expect(both.objective).toBeLessThan(0.95 * first.objective);
});

test.each([
  // more than twice as many territories as are looked at for a unit
  ['territories of 40 units', 'points:1600', { seed: 3, k: 40, tolerance: 0.05, measures: 2 }],
  // so many units each that only territories near a unit are looked at once prices stand
  ['territories of 160 units', 'points:6400', { seed: 3, k: 40, tolerance: 0.05, measures: 2 }],
  // with those near a unit alone the prices run away: a third of the bound was lost
  [
    'tight ranges in a metropolis that must be filled from far',
    'state',
    { seed: 402, k: 50, tolerance: 0.01, measures: 2 },
  ],
])('where not all territories are looked at, the bound is the exact one to 0.2 %%: %s', async (_, ground, options) => {
  const problem = instance(ground, options);
  const solution = optimize(problem, { seed: options.seed, effort: 0.1 });
  const exact = (await exactTransport(problem, solution))?.value ?? NaN;
  expect(solution.bound.value).toBeLessThanOrEqual(exact * (1 + 1e-6));
  expect(solution.bound.value).toBeGreaterThan(exact * 0.998);
});
