import { optimize } from '../../service/core/optimize/optimize.ts';
import { instance } from './optimize/instances.ts';
import { print, timed } from './timing.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** A quick look at the engine on points without towns' names; the whole table is `npm run bench -- optimize`. */
export async function engine(n: number, k: number): Promise<void> {
  const runs = [];
  for (const seed of SEEDS) {
    const problem = instance(`points:${n}`, { seed, k, tolerance: 0.1, measures: 2 });
    const { ms, result } = await timed(() => optimize(problem, { effort: 1, seed }));
    runs.push({ ms, onTarget: result.onTarget, gap: result.objective / result.bound.value - 1 });
  }
  const note = `on target ${runs.map(({ onTarget }) => onTarget).join(' ')} of ${k}; gap ${runs.map(({ gap }) => `${(gap * 100).toFixed(0)} %`).join(' ')}`;
  print({ name: `engine ${n} units, k ${k}, two measures ±10 %`, milliseconds: runs.map(({ ms }) => ms), note });
}
