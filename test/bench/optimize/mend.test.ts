import { expect, test } from 'vitest';
import { optimize, solveStart } from '../../../service/core/optimize/optimize.ts';
import { instance } from './instances.ts';

test('what a search leaves off target by little keeps its shape while it is mended', () => {
  const { onTarget, squaredDistance, bound } = optimize(
    instance('state', { seed: 20, k: 25, tolerance: 0.05, measures: 2 }),
    { seed: 20, effort: 1 },
  );
  expect(onTarget).toBe(25);
  // cut anew at once it ends 7 % above its bound
  expect(squaredDistance / bound.value).toBeLessThan(1.04);
});

test.each([
  ['is first passed on coolly from territory to territory; by warmer searches alone: 14 %', 79, 1.1],
  ['is begun anew from centres and prices where it resists; by one straight cut: 10 %', 71, 1.06],
])('and %s', (_, seed, most) => {
  const problem = instance('state', { seed, k: 25, tolerance: 0.05, measures: 2 });
  const { onTarget, objective, bound } = solveStart(problem, 0, { seed, effort: 1 });
  expect(onTarget).toBe(25);
  expect(objective / bound.value).toBeLessThan(most);
});
