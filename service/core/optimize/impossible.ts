import { components } from '../adjacency.ts';
import { EARTH_RADIUS_KM } from '../geography.ts';
import { leastCosts, vectors, type Figures, type Items } from './figures.ts';
import type { FileGround } from './fileProblem.ts';
import { mayGo } from './permits.ts';
import type { Prepared } from './solveFiles.ts';

/** A proof that no plan lies inside every range; the sentence names what forbids it. */
export interface Proof {
  readonly sentence: string;
  /** Smallest change that takes the obstacle away. */
  readonly relax: string;
  /** Units whose territory is off for this reason; for proofs about one territory its index. */
  readonly units: readonly number[];
  readonly territory: number | null;
}

/** What cannot be divided: a unit, what no account holds of one, a group, or one account. */
interface Whole {
  readonly units: readonly number[];
  /** By measure. */
  readonly amounts: readonly number[];
  readonly name: string;
  readonly canSplit: boolean;
  /** Who has an account; of units it is their owner. */
  readonly territory: number | null;
}

/** A load this share of its target beyond the range is rounding. */
const ROUNDING = 1e-9;

/** `ownerOfPart` tells the territory of each account group. */
export function wholesOf({ ground, nodes, parts, problem }: Prepared, ownerOfPart: (part: number) => number): Whole[] {
  const { units, accounts, measures } = ground;
  const hasParts = new Set(parts.map(({ unit }) => unit));
  const whole = (members: readonly number[], node: number): Whole => {
    const isGroup = members.some((u) => units.groups[u] !== '');
    // units that only join the pieces of a group are not bound to it
    const bound = isGroup ? members.filter((u) => units.groups[u] !== '') : members;
    const id = units.ids[bound[0]!]!;
    const hasRest = hasParts.has(bound[0]!);
    return {
      units: bound,
      amounts:
        bound.length === members.length
          ? problem.measures.map(({ perUnit }) => perUnit[node]!)
          : measures.map(({ name }) => bound.reduce((sum, u) => sum + units.measures.get(name.toLowerCase())![u]!, 0)),
      name: isGroup ? `group ${units.groups[bound[0]!]}` : hasRest ? `what no account holds of ${id}` : id,
      canSplit: !isGroup && !hasRest,
      territory: null,
    };
  };
  const single = parts.flatMap(({ unit, accounts: list }, i): Whole[] =>
    list.length > 1
      ? []
      : [
          {
            units: [unit],
            amounts: problem.measures.map(({ perUnit }) => perUnit[nodes.nodes.length + i]!),
            name: `account ${accounts!.ids[list[0]!]}`,
            canSplit: false,
            territory: ownerOfPart(i),
          },
        ],
  );
  return [...nodes.nodes.map(whole), ...single];
}

/** Wholes (units, groups, accounts) that alone exceed the range of every territory that may have them. */
export function tooLarge({ ranges, permits, roster, measures }: FileGround, wholes: readonly Whole[]): Proof[] {
  const k = roster.names.length;
  return measures.flatMap(({ name }, m) => {
    const most = Math.max(...ranges.high.subarray(m * k, (m + 1) * k));
    return wholes.flatMap(({ units, amounts, name: whole, canSplit, territory }): Proof[] => {
      const amount = amounts[m]!;
      const fits = (j: number) => amount <= ranges.high[m * k + j]! + ROUNDING * ranges.target[m * k + j]!;
      const mayAll = (j: number) => units.every((u) => mayGo(permits, u, j));
      if (amount <= most && roster.names.some((_, j) => fits(j) && mayAll(j))) return [];
      const best = roster.names.reduce<number>(
        (found, _, j) =>
          mayAll(j) && (found < 0 || ranges.target[m * k + j]! > ranges.target[m * k + found]!) ? j : found,
        -1,
      );
      const share = percent(amount / ranges.target[m * k + Math.max(0, best)]!);
      return [
        {
          sentence: `${whole} alone holds ${share} of the target of ${name}`,
          relax: canSplit ? 'split it by account or let this territory be larger' : 'let this territory be larger',
          units,
          territory,
        },
      ];
    });
  });
}

/** Territories whose locked units are too much, or that cannot reach enough: LB grows without limit with one price. */
export function cutOff({ ranges, permits, roster, measures }: FileGround, items: Items): Proof[] {
  const k = roster.names.length;
  if (!permits.forbidden && !permits.frozen.includes(true) && !permits.lockedTo.some((j) => j >= 0)) return [];
  const [locked, reach] = [new Float64Array(k * measures.length), new Float64Array(k * measures.length)];
  const may = new Int32Array(k);
  for (let i = 0; i < items.count; i++) {
    const u = items.unitOf[i]!;
    let count = 0;
    for (let j = 0; j < k; j++) if (mayGo(permits, u, j)) may[count++] = j;
    for (let m = 0; m < measures.length; m++) {
      const amount = items.amounts[m * items.count + i]!;
      if (amount === 0) continue;
      for (let at = 0; at < count; at++) reach[m * k + may[at]!]! += amount;
      if (count === 1) locked[m * k + may[0]!]! += amount;
    }
  }
  return measures.flatMap(({ name }, m) =>
    roster.names.flatMap((territory, j): Proof[] => {
      const at = m * k + j;
      const slack = ROUNDING * ranges.target[at]!;
      const proof = (sentence: string, relax: string) => [{ sentence, relax, units: [], territory: j }];
      if (locked[at]! > ranges.high[at]! + slack)
        return proof(
          `the units held in ${territory} by locks and rules have ${percent(locked[at]! / ranges.target[at]!)} of its target of ${name}`,
          'free some of them',
        );
      if (reach[at]! < ranges.low[at]! - slack)
        return proof(
          `all units that may go to ${territory} have ${percent(reach[at]! / ranges.target[at]!)} of its target of ${name}`,
          'allow it more units',
        );
      return [];
    }),
  );
}

/** Pieces of the map, without bridges, for which no whole number of territories fits in every measure. */
export function unfitPieces({ ground, neighbors }: Prepared, items: Items): Proof[] {
  const { ranges, roster, measures, units } = ground;
  const k = roster.names.length;
  const { of, count } = components(neighbors);
  const isEven = measures.every((_, m) =>
    [ranges.low, ranges.high].every((limit) =>
      limit.subarray(m * k, (m + 1) * k).every((value) => value === limit[m * k]),
    ),
  );
  // with unequal targets the number of territories says nothing
  if (count < 2 || !isEven) return [];
  const held = new Float64Array(count * measures.length);
  for (let m = 0; m < measures.length; m++)
    for (let i = 0; i < items.count; i++)
      held[m * count + of[items.unitOf[i]!]!]! += items.amounts[m * items.count + i]!;
  const fits = (c: number, q: number) =>
    measures.every((_, m) => {
      const amount = held[m * count + c]!;
      const slack = ROUNDING * ranges.target[m * k]!;
      return q * ranges.low[m * k]! <= amount + slack && amount <= q * ranges.high[m * k]! + slack;
    });
  return Array.from({ length: count }, (_, c) => c).flatMap((c): Proof[] => {
    if (Array.from({ length: k }, (_, q) => q + 1).some((q) => fits(c, q))) return [];
    const own = [...units.ids.keys()].filter((u) => of[u] === c);
    const shares = measures.map(
      ({ name }, m) => `${percent(held[m * count + c]! / ranges.target[m * k]!)} of a target of ${name}`,
    );
    return [
      {
        sentence: `the piece of the map with ${units.ids[own[0]!]} holds ${shares.join(' and ')}, which fits no whole number of territories`,
        relax: 'allow a bridge to it',
        units: own,
        territory: null,
      },
    ];
  });
}

/** Prices are tried at these multiples: where no plan exists the bound grows along them without limit. */
const RAYS = [1, 10, 100, 1000];

/** Locks, forbidden pairs or distances that forbid every plan: LB(w) > Σ p·max d² over the allowed territories (λ = 0). */
export function provedByPrices(
  ground: FileGround,
  items: Items,
  { figures, prices }: { figures: Figures; prices: ArrayLike<number> },
): Proof | null {
  const { permits, roster, ranges } = ground;
  if (!permits.forbidden && !permits.lockedTo.some((j) => j >= 0)) return null;
  const centers = vectors(figures.centers);
  const most = farthest(ground, items, centers);
  for (const ray of RAYS) {
    const w = Float64Array.from(prices, (price) => price * ray);
    let bound = leastCosts({ ...ground, lambda: 0 }, items, { centers, prices: w }).priced;
    let size = Math.abs(bound);
    ranges.target.forEach((_, at) => {
      const part = w[at]! * (w[at]! > 0 ? ranges.low[at]! : ranges.high[at]!);
      bound += part;
      size += Math.abs(part);
    });
    if (bound > most + ROUNDING * size)
      return {
        sentence: `locks and rules leave no plan inside the ranges: ${roster.names.length} territories would need ${bound.toPrecision(4)} km², at most ${most.toPrecision(4)} can be`,
        relax: 'free units or take back a rule',
        units: [],
        territory: null,
      };
  }
  return null;
}

function farthest(
  { permits, roster }: FileGround,
  { count, unitOf, weight, xyz }: Items,
  centers: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    let most = 0;
    for (let j = 0; j < roster.names.length; j++) {
      if (!mayGo(permits, unitOf[i]!, j)) continue;
      const x = xyz[i * 3]! - centers[j * 3]!;
      const y = xyz[i * 3 + 1]! - centers[j * 3 + 1]!;
      const z = xyz[i * 3 + 2]! - centers[j * 3 + 2]!;
      most = Math.max(most, x * x + y * y + z * z);
    }
    sum += weight[i]! * most;
  }
  return sum * EARTH_RADIUS_KM * EARTH_RADIUS_KM;
}

export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(ratio < 10 ? 1 : 0).replace(/\.0$/, '')} %`;
}
