import { expect, test } from 'vitest';
import { begin } from '../../../service/core/optimize/begin.ts';
import { Energy } from '../../../service/core/optimize/energy.ts';
import { Instance } from '../../../service/core/optimize/instance.ts';
import { Plan } from '../../../service/core/optimize/plan.ts';
import { seeded } from '../../../service/core/random.ts';
import { instance } from './instances.ts';

/** Mean over the territories of how far they are outside their ranges at the begin, in targets. */
function outside(seed: number): number {
  const problem = instance('state', { seed, k: 25, tolerance: 0.05, measures: 2 });
  const given = new Instance(problem);
  const plan = new Plan(given, new Int32Array(given.n).fill(-1));
  begin(plan, 0, { effort: 1, random: seeded(seed) });
  return new Energy(plan).meanViolation();
}

test('where prices leave territories far off balance, a plan begins with its cuts', () => {
  // prices alone leave 0.6 and 1.8 targets
  for (const seed of [121, 132]) expect(outside(seed)).toBeLessThan(0.15);
});
