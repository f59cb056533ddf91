import type { Neighbors } from './geography.ts';
import { leftOver } from './rebalance.ts';

/** A territory as its size is judged; hours a year. */
export interface SizedTerritory {
  readonly workloadHours: number;
  readonly administrationHours: number;
  readonly capacityHours: number;
}

/** From which share of the hours on territories merge, and above which they need somebody: ratios that users may set. */
export interface SizeLimits {
  readonly mergeBelow: number;
  readonly overloaded: number;
  /** Two seats are each used at least this much where one territory is split in two. */
  readonly leastUsed: number;
}

export const DEFAULT_SIZE_LIMITS: SizeLimits = { mergeBelow: 0.9, overloaded: 1.15, leastUsed: 0.7 };
/** Healthy work ends here (product.md, bands): with more heads than this asks for nobody is stretched. */
const HEALTHY = 0.9;

export interface HeadCount {
  readonly heads: number;
  /** Heads that work at 115 % of their hours, and heads that work at 90 %. */
  readonly low: number;
  readonly high: number;
}

/** Build-up: work without administration ÷ (share × working hours − administration of a head) at 100, 115 and 90 %. */
export function headCount(
  fieldHours: number,
  head: { readonly capacityHours: number; readonly administrationHours: number },
): HeadCount {
  const at = (share: number) => {
    const own = share * head.capacityHours - head.administrationHours;
    return own > 0 ? fieldHours / own : 0;
  };
  return { heads: at(1), low: at(DEFAULT_SIZE_LIMITS.overloaded), high: at(HEALTHY) };
}

/** Share of one capacity, the larger of both, that two territories fill together; one administration falls away. */
export function mergedShare(a: SizedTerritory, b: SizedTerritory): number {
  const capacity = Math.max(a.capacityHours, b.capacityHours);
  return capacity > 0 ? (a.workloadHours + b.workloadHours - b.administrationHours) / capacity : Infinity;
}

/** Which territories share a border, sorted; by territory. */
export function bordering(owners: readonly number[], neighbors: Neighbors, count: number): number[][] {
  const sets = Array.from({ length: count }, () => new Set<number>());
  owners.forEach((a, unit) => {
    for (const next of neighbors[unit] ?? []) {
      const b = owners[next] ?? -1;
      if (a >= 0 && b >= 0 && a !== b) sets[a]!.add(b);
    }
  });
  return sets.map((set) => [...set].sort((a, b) => a - b));
}

export type SizeVerdict = 'merge' | 'split' | 'hire' | 'rightSized';

export interface Sized {
  readonly verdict: SizeVerdict;
  /** Workload ÷ working hours; of a merger, that of both together. */
  readonly capacityShare: number;
  /** The other half of a merger; null otherwise. */
  readonly mergeWith: number | null;
  /** Hours above the limit that no neighbour can take. */
  readonly leftOverHours: number;
  /** Who gives to the new seat, most loaded first, with hours; only where somebody is missing. */
  readonly donors: readonly { readonly territory: number; readonly hours: number }[];
}

/**
 * Verdict of every territory: merge where it and a neighbour fill little of one capacity (each once, the emptiest pair first);
 * split or hire where it stays overloaded whatever its neighbours take: split where its own work uses two seats, else hire,
 * with those around as donors; else right-sized.
 */
export function sizeVerdicts(
  territories: readonly SizedTerritory[],
  around: Neighbors,
  limits: SizeLimits = DEFAULT_SIZE_LIMITS,
): Sized[] {
  const partner = mergers(territories, around, limits);
  const over = territories.map((each) => each.workloadHours - limits.overloaded * each.capacityHours);
  const left = leftOver(
    over,
    over.map((hours) => -hours),
    around,
  );
  return territories.map((each, j): Sized => {
    const other = partner.get(j) ?? null;
    const capacityShare = other === null ? usedShare(each) : mergedShare(each, territories[other]!);
    const plain = { capacityShare, mergeWith: other, leftOverHours: left[j]!, donors: [] };
    if (other !== null) return { ...plain, verdict: 'merge' };
    if (left[j] === 0) return { ...plain, verdict: 'rightSized' };
    const isTwo = each.workloadHours + each.administrationHours >= 2 * limits.leastUsed * each.capacityHours;
    const donors = isTwo ? [] : donorsOf(j, territories, around);
    return { ...plain, verdict: isTwo ? 'split' : 'hire', donors };
  });
}

const usedShare = ({ workloadHours, capacityHours }: SizedTerritory) =>
  capacityHours > 0 ? workloadHours / capacityHours : 0;

function mergers(territories: readonly SizedTerritory[], around: Neighbors, limits: SizeLimits): Map<number, number> {
  const pairs = around.flatMap((list, a) =>
    list.flatMap((b) => (b > a ? [{ a, b, share: mergedShare(territories[a]!, territories[b]!) }] : [])),
  );
  const partner = new Map<number, number>();
  for (const { a, b, share } of pairs.sort((x, y) => x.share - y.share || x.a - y.a || x.b - y.b)) {
    if (share > limits.mergeBelow || partner.has(a) || partner.has(b)) continue;
    partner.set(a, b).set(b, a);
  }
  return partner;
}

/** The territory and its neighbours give what they have above 100 %, most loaded first, until the new seat is full. */
function donorsOf(home: number, territories: readonly SizedTerritory[], around: Neighbors): Sized['donors'] {
  const { capacityHours, administrationHours } = territories[home]!;
  let room = capacityHours - administrationHours;
  const donors: { territory: number; hours: number }[] = [];
  const byLoad = [home, ...(around[home] ?? [])].sort(
    (a, b) => usedShare(territories[b]!) - usedShare(territories[a]!) || a - b,
  );
  for (const territory of byLoad) {
    const { workloadHours, capacityHours: own } = territories[territory]!;
    const hours = Math.min(room, workloadHours - own);
    if (hours <= 0) continue;
    donors.push({ territory, hours });
    room -= hours;
  }
  return donors;
}
