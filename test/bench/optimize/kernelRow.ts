import { assign, type Move } from '../../../service/core/alignment.ts';
import { Kernel, type Change } from '../../../service/core/kernel.ts';
import { MEASURES } from '../../../service/core/measures.ts';
import { bisection } from '../../../service/core/optimize/bisection.ts';
import { below, seeded, type Random } from '../../../service/core/random.ts';
import { DEFAULT_TRAVEL } from '../../../service/core/travel.ts';
import { quantile } from '../timing.ts';
import { country } from './instances.ts';

const STEPS = 2000;
/** What the compiler needs before its figures mean anything. */
const WARM_UP = 200;

/** Latencies of one step under the hand: every measure's totals and deviations, compactness and stray pieces after it. */
export function kernelRow(k: number): string[] {
  const { problem } = country('national', { seed: 1, k, tolerance: 0.05, measures: 3 });
  const [hours, dollars, providers] = problem.measures.map(({ perUnit }) => perUnit);
  const owners = [...bisection(problem)];
  const homes = owners.reduce<number[]>((found, j, u) => ((found[j] ??= u), found), []);
  const kernel = new Kernel({
    owners,
    neighbors: problem.neighbors,
    travel: DEFAULT_TRAVEL,
    seats: homes.map((u, j) => ({
      // every second seat has a home, so that both kinds of centre are in the figures
      home: j % 2 ? { lat: problem.lat[u]!, lon: problem.lon[u]! } : null,
      capacityHours: 1840,
      targetShare: 1,
      administrationHours: 180,
    })),
    inputs: {
      potentialUsd: dollars!,
      salesUsd: dollars!,
      headroomUsd: dollars!,
      providers: providers!,
      accounts: providers!,
      procedures: providers!,
      callHours: hours!,
      caseHours: hours!,
      stops: hours!,
      spacingKm: hours!,
      lat: problem.lat,
      lon: problem.lon,
    },
  });
  const random = seeded(1);
  return [1, 200].flatMap((many) => {
    const steps = Array.from({ length: STEPS + WARM_UP }, () => {
      const moves = lasso(kernel, problem.neighbors, { many, random });
      return timedStep(kernel, moves);
    }).slice(WARM_UP);
    const told = (what: string, times: number[]) => {
      times.sort((a, b) => a - b);
      const ms = (share: number) => `${quantile(times, share).toFixed(3)} ms`;
      return `  ${what}, ${problem.lat.length} units, k ${k}: p50 ${ms(0.5)}, p99 ${ms(0.99)}, most ${ms(1)} over ${STEPS} steps`;
    };
    const name = many === 1 ? 'one unit moved' : `lasso of ${many}`;
    return [
      told(
        name,
        steps.map(({ made }) => made),
      ),
      told(
        'and taken back',
        steps.map(({ undone }) => undone),
      ),
    ];
  });
}

/** Makes the step and reads every figure that a screen shows; then takes it back, so that each step meets a whole plan. */
function timedStep(kernel: Kernel, moves: readonly Move[]): { made: number; undone: number } {
  const start = performance.now();
  const change = kernel.make(moves);
  readAll(kernel, change);
  const between = performance.now();
  kernel.undo(change);
  readAll(kernel, change);
  return { made: between - start, undone: performance.now() - between };
}

function readAll(kernel: Kernel, { before }: Change): void {
  for (const measure of MEASURES) kernel.deviations(measure);
  for (const { territory } of before) kernel.squaredKm(territory);
  kernel.strays();
}

/** Units around a random one go to the territory across the nearest border. */
function lasso(
  kernel: Kernel,
  neighbors: readonly (readonly number[])[],
  { many, random }: { many: number; random: Random },
): Move[] {
  const owners = kernel.owners;
  for (;;) {
    const near = [below(random, owners.length)];
    const seen = new Set(near);
    for (const unit of near) {
      if (near.length >= many) break;
      for (const next of neighbors[unit]!) if (!seen.has(next)) near.push((seen.add(next), next));
    }
    const units = near.slice(0, many);
    const home = owners[units[0]!]!;
    const to = units.flatMap((unit) => neighbors[unit]!.map((next) => owners[next]!)).find((owner) => owner !== home);
    if (to !== undefined) return assign(owners as unknown as number[], units, to);
  }
}
