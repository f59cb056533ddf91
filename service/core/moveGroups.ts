import { pieces, unitsByTerritory } from './contiguity.ts';
import type { Plan } from './optimize/plan.ts';

/** Neighbouring units that could go together from one territory (−1: nobody) to a neighbouring one. */
export interface GroupMove {
  readonly units: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** What a candidate is judged by: lower is better, Infinity forbids it. Loads are sums over the group so far, by measure. */
export interface GroupJudge {
  /** Value of giving this much; `given` as the giver counts it, `taken` as the taker does. */
  value(from: number, to: number, given: Float64Array, taken: Float64Array): number;
  /** Has the group become too big to be worth growing? */
  isEnough(from: number, to: number, given: Float64Array, taken: Float64Array): boolean;
  /** Cost of this unit changing hands besides balance, in the same terms as `value`; Infinity where it may not. */
  cost(u: number, from: number, to: number): number;
  /** Names what this territory holds and how it is judged. */
  key(j: number): string;
}

/** A group of more units than this is no small repair, however empty they are. */
const MOST_UNITS = 120;
/** Growths begun along one border, spread evenly over it. */
const SEEDS_PER_BORDER = 10;
/** Groups kept of one pair of territories. */
const KEPT_PER_PAIR = 3;
/** A move may make things a little worse where the next one mends it. */
const WORTH_A_LOOK = 0.05;

export interface Scored extends GroupMove {
  readonly score: number;
}

/** Groups found before, by pair and by what the two territories hold: most of a plan is as it was one move ago. */
export type GroupCache = Map<string, readonly Scored[]>;

/**
 * The best groups of units that each wanted pair of territories could hand over: grown unit by unit from the border,
 * nearest to the taker first, and cut where the judge likes them best. What a group would cut off from its giver goes
 * along. The giver keeps at least one unit and stays in one piece. Sorted best first.
 */
export function groupMoves(
  plan: Plan,
  judge: GroupJudge,
  cache: GroupCache,
  isWanted: (from: number, to: number) => boolean,
): Scored[] {
  const found: Scored[] = [];
  let unitsOf: number[][] | null = null;
  for (const [pair, seeds] of borders(plan, isWanted)) {
    const from = Math.floor(pair / plan.k) - 1;
    const to = pair % plan.k;
    const key = `${pair} ${judge.key(from)} ${judge.key(to)}`;
    let groups = cache.get(key);
    if (!groups) {
      unitsOf ??= unitsByTerritory([...plan.owner], plan.k);
      groups = legal({ plan, judge, unitsOf }, grownAlong(plan, judge, { seeds, from, to }));
      cache.set(key, groups);
    }
    found.push(...groups);
  }
  return found.sort((a, b) => a.score - b.score || a.from - b.from || a.to - b.to || a.units[0]! - b.units[0]!);
}

function grownAlong(
  plan: Plan,
  judge: GroupJudge,
  { seeds, from, to }: { seeds: readonly number[]; from: number; to: number },
): Scored[] {
  const byUnits = new Map<string, Scored>();
  const step = Math.max(1, seeds.length / SEEDS_PER_BORDER);
  for (let at = 0; at < seeds.length; at += step) {
    for (const group of grow(plan, judge, { seed: seeds[Math.floor(at)]!, from, to }))
      byUnits.set(group.units.join(), group);
  }
  return [...byUnits.values()];
}

/** Units of one territory that touch another, by pair: (from + 1) * k + to. */
function borders(plan: Plan, isWanted: (from: number, to: number) => boolean): [number, number[]][] {
  const byPair = new Map<number, number[]>();
  for (let u = 0; u < plan.n; u++) {
    const from = plan.owner[u]!;
    const near = new Set<number>();
    for (const next of plan.problem.neighbors[u]!) near.add(plan.owner[next]!);
    for (const to of near) {
      if (to === from || to < 0 || !isWanted(from, to)) continue;
      const pair = (from + 1) * plan.k + to;
      const list = byPair.get(pair);
      if (list) list.push(u);
      else byPair.set(pair, [u]);
    }
  }
  return [...byPair].sort(([a], [b]) => a - b);
}

interface Growth {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** Prefixes of one growth that are worth a look: the one the judge likes best, and the one that is just enough. */
function grow(plan: Plan, judge: GroupJudge, { seed, from, to }: Growth): Scored[] {
  if (judge.cost(seed, from, to) === Infinity) return [];
  const count = plan.problem.measures.length;
  const [given, taken] = [new Float64Array(count), new Float64Array(count)];
  const units: number[] = [];
  const seen = new Set([seed]);
  const frontier = [seed];
  const farther = (u: number) => plan.squaredKm(u, to) - (from < 0 ? 0 : plan.squaredKm(u, from));
  const keys = new Map([[seed, farther(seed)]]);
  let cost = 0;
  let [best, length] = [Infinity, 0];
  let last = Infinity;
  while (frontier.length > 0 && units.length < MOST_UNITS) {
    const u = takeNearest(frontier, keys);
    units.push(u);
    cost += judge.cost(u, from, to);
    for (let m = 0; m < count; m++) {
      if (from >= 0) given[m]! += plan.amount(m, u, from);
      taken[m]! += plan.amount(m, u, to);
    }
    last = judge.value(from, to, given, taken) + cost;
    if (last < best - 1e-12) [best, length] = [last, units.length];
    if (judge.isEnough(from, to, given, taken)) break;
    for (const next of plan.problem.neighbors[u]!) {
      if (seen.has(next) || plan.owner[next] !== from || judge.cost(next, from, to) === Infinity) continue;
      seen.add(next);
      keys.set(next, farther(next));
      frontier.push(next);
    }
  }
  const lengths = length === units.length ? [length] : [length, units.length];
  return lengths.map((size) => {
    const some = units.slice(0, size).sort((a, b) => a - b);
    return { units: some, from, to, score: size === length ? best : last };
  });
}

function takeNearest(frontier: number[], keys: ReadonlyMap<number, number>): number {
  let at = 0;
  for (let i = 1; i < frontier.length; i++) if (keys.get(frontier[i]!)! < keys.get(frontier[at]!)!) at = i;
  const u = frontier[at]!;
  frontier[at] = frontier.at(-1)!;
  frontier.pop();
  return u;
}

interface Among {
  readonly plan: Plan;
  readonly judge: GroupJudge;
  readonly unitsOf: readonly (readonly number[])[];
}

/** The best few whose giver stays whole, with what they cut off taken along. */
function legal(among: Among, groups: readonly Scored[]): Scored[] {
  const kept: Scored[] = [];
  for (const group of [...groups].sort((a, b) => a.score - b.score || a.units[0]! - b.units[0]!)) {
    if (kept.length >= KEPT_PER_PAIR) break;
    const whole = withCutOff(among, group);
    if (whole && whole.score < WORTH_A_LOOK && !kept.some(({ units }) => units.join() === whole.units.join()))
      kept.push(whole);
  }
  return kept;
}

function withCutOff({ plan, judge, unitsOf }: Among, group: Scored): Scored | null {
  const { units, from, to } = group;
  if (from < 0) return group;
  const own = unitsOf[from]!;
  if (own.length <= units.length) return null;
  const taken = new Set(units);
  if (staysWhole(plan, taken, from)) return group;
  const [, ...cutOff] = pieces(
    own.filter((u) => !taken.has(u)),
    plan.problem.neighbors,
  );
  const all = [...units, ...cutOff.flat()].sort((a, b) => a - b);
  const cost = all.reduce((sum, u) => sum + judge.cost(u, from, to), 0);
  if (cost === Infinity || all.length > MOST_UNITS) return null;
  const sum = (j: number) =>
    Float64Array.from(plan.problem.measures, (_, m) => all.reduce((total, u) => total + plan.amount(m, u, j), 0));
  return { units: all, from, to, score: judge.value(from, to, sum(from), sum(to)) + cost };
}

/** Do the giver's units around the group still find each other without it? Ends as soon as they have. */
function staysWhole(plan: Plan, group: ReadonlySet<number>, from: number): boolean {
  const around = new Set<number>();
  for (const u of group)
    for (const next of plan.problem.neighbors[u]!) if (plan.owner[next] === from && !group.has(next)) around.add(next);
  const [first] = around;
  if (first === undefined) return true;
  around.delete(first);
  const seen = new Set([first]);
  for (const u of seen) {
    if (around.size === 0) return true;
    for (const next of plan.problem.neighbors[u]!) {
      if (plan.owner[next] !== from || group.has(next) || seen.has(next)) continue;
      seen.add(next);
      around.delete(next);
    }
  }
  return around.size === 0;
}
