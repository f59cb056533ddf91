import { bisection, Cuts } from './bisection.ts';
import { Energy } from './energy.ts';
import { freshTransport, LLOYD_ROUNDS } from './fresh.ts';
import type { ImproveOptions } from './improvement.ts';
import { labelByHomes } from './labels.ts';
import { Plan } from './plan.ts';
import { repair } from './repair.ts';
import { MANY } from './schedule.ts';
import { restricted } from './subProblem.ts';

/** More territories than twice this many are begun in regions of at most so many: prices over a whole country converge slowly. */
const REGION = 24;
/** Where the mean territory is further outside its ranges than this, in targets, prices have found nothing. */
const SENSELESS = 0.3;
/** The first plan takes this share of the progress. */
const SHARE = 0.2;

/**
 * A first legal plan from nothing, and the prices behind it (measure * k + territory, as shares of the totals in km²).
 * Many territories are begun region by region: cuts settle what every region holds before prices settle the rest.
 */
export function begin(plan: Plan, start: number, options: ImproveOptions): Float64Array {
  const { problem, instance, k } = plan;
  const { effort } = options;
  const quick = effort === 0 && k > MANY;
  const stop = () => options.shouldStop?.() ?? false;
  const report = (share: number) =>
    options.onProgress?.({ phase: 'centres', share: SHARE * share, onTarget: 0, territories: k });
  if (k <= 2 * REGION || problem.homes.some((home) => home !== null))
    return beginWhole(plan, start, { effort, quick, stop, report });
  const prices = new Float64Array(plan.loads.length);
  const owner = new Int32Array(plan.n);
  let done = 0;
  const cuts = new Cuts(instance, { start: start >> 1, stop, quick });
  for (const share of cuts.all(REGION)) {
    const { units, territories } = share;
    if (stop()) {
      for (const single of cuts.split(share)) for (const u of single.units) owner[u] = single.territories[0]!;
      continue;
    }
    const part = restricted(problem, [...units], territories);
    const region = new Plan(part, new Int32Array(units.length).fill(-1));
    const own = beginWhole(region, start, { effort, quick, stop, report: () => undefined });
    units.forEach((u, i) => (owner[u] = territories[region.owner[i]!] ?? -1));
    territories.forEach((j, i) => {
      for (let m = 0; m < instance.measures; m++) prices[m * k + j] = own[m * territories.length + i]!;
    });
    report((done += territories.length) / k);
  }
  plan.set(owner);
  repair(plan, (u, j) => plan.squaredKm(u, j));
  return prices;
}

interface How {
  readonly effort: number;
  /** A first look at many territories: cuts are the likeliest ones. */
  readonly quick: boolean;
  readonly stop: () => boolean;
  readonly report: (share: number) => void;
}

/** Even starts use centres and prices, odd ones the cuts alone; prices that make nothing of the map give way to the cuts too. */
function beginWhole(plan: Plan, start: number, { effort, quick, stop, report }: How): Float64Array {
  const { instance, problem } = plan;
  const cuts = labelByHomes(problem, bisection(instance, { start: start >> 1, stop, quick }));
  plan.set(cuts);
  if (stop()) {
    repair(plan, (u, j) => plan.squaredKm(u, j));
    return new Float64Array(plan.loads.length);
  }
  const seeds = plan.centers.slice();
  const priced = (rounds: number, moves: boolean, tell = report): Float64Array => {
    const options = { seeds: seeds.slice(), rounds, quick: effort === 0, stop, report: tell };
    const transport = freshTransport(instance, options);
    const owner = cuts.slice();
    if (moves) transport.cheapest(owner);
    plan.set(owner);
    repair(plan, (u, j) => transport.reduced(u, j));
    return transport.prices;
  };
  if (start % 2 === 1) return priced(1, false);
  const prices = priced(effort > 0 ? LLOYD_ROUNDS : 1, true);
  return effort > 0 && new Energy(plan).meanViolation() > SENSELESS ? priced(1, false, () => undefined) : prices;
}
