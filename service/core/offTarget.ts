import { percent } from './findings.ts';
import type { Plan } from './optimize/plan.ts';
import { corridors, type Problem } from './optimize/problem.ts';

/** A territory outside its target range: how far, why, and the smallest relaxation that helps. */
export interface OffTarget {
  readonly territory: number;
  readonly cause: string;
  /** True only where the cause forbids every plan; else it is a price, and more effort or another limit may help. */
  readonly proof: boolean;
}

export interface OffTargetNames {
  readonly unit: (unit: number) => string;
  /** A measure as people say it, such as "hours". */
  readonly measure: (name: string) => string;
  /** What of the limits is used up, in words; null where there is room or no limit. */
  readonly limit: string | null;
}

interface Deviation {
  readonly m: number;
  readonly j: number;
  readonly load: number;
  readonly low: number;
  readonly high: number;
  readonly target: number;
}

/** Every territory of a finished plan that is outside its range in some measure, in territory order. */
export function offTarget(plan: Plan, names: OffTargetNames): OffTarget[] {
  const { problem, k } = plan;
  const ranges = corridors(problem, plan.loads);
  return Array.from({ length: k }, (_, j) => j).flatMap((j): OffTarget[] => {
    const off = problem.measures.flatMap((_, m): Deviation[] => {
      const { low, high, target } = ranges[m]![j]!;
      const load = plan.loads[m * k + j]!;
      const slack = 1e-9 * target;
      return load < low - slack || load > high + slack ? [{ m, j, load, low, high, target }] : [];
    });
    if (off.length === 0) return [];
    const how = off.map((one) => deviationText(problem, one, names)).join(', ');
    const proof = off.map((one) => proofOf(plan, one, names)).find((text) => text !== null);
    const hold = off.map((one) => relaxation(problem, one, names)).join(' and ');
    const why = proof ?? `${price(problem, j, names)}; ${hold} would hold it`;
    return [{ territory: j, cause: `${how}: ${why}.`, proof: proof !== undefined }];
  });
}

function deviationText({ measures }: Problem, { m, load, target }: Deviation, names: OffTargetNames): string {
  const ratio = target > 0 ? load / target - 1 : 0;
  return `${names.measure(measures[m]!.name)} ${ratio < 0 ? '−' : '+'}${percent(Math.abs(ratio))} of target`;
}

/** What no plan can change: a unit too big, too much locked in it, or too little that it may get. */
function proofOf(plan: Plan, { m, j, load, low, high, target }: Deviation, names: OffTargetNames): string | null {
  const { problem, n, owner } = plan;
  const amount = (u: number) => plan.amount(m, u, j);
  const base = problem.measures[m]!.base[j] ?? 0;
  let [held, reach, biggest] = [base, base, -1];
  for (let u = 0; u < n; u++) {
    const isHeld = problem.locked[u]! && owner[u] === j;
    if (isHeld) held += amount(u);
    const mayHave = owner[u] === j || (!problem.locked[u] && !problem.frozen[j] && !problem.forbidden?.has(u, j));
    if (mayHave) reach += amount(u);
    if (owner[u] === j && (biggest < 0 || amount(u) > amount(biggest))) biggest = u;
  }
  if (load > high && biggest >= 0 && base + amount(biggest) > high && !fitsElsewhere(plan, { m, j }, biggest))
    return `${names.unit(biggest)} alone holds ${percent(amount(biggest) / target)} of its target; let this territory be larger`;
  if (load > high && held > high)
    return `its locked ZIPs alone hold ${percent(held / target)} of its target; unlock some of them`;
  if (load < low && problem.frozen[j]) return 'it may not gain anything in this run; let it change too';
  if (load < low && reach < low)
    return `all ZIPs that it may have hold ${percent(reach / target)} of its target; allow it more ZIPs`;
  return null;
}

/** Could another territory have this unit within its range? */
function fitsElsewhere(plan: Plan, { m, j }: Pick<Deviation, 'm' | 'j'>, u: number): boolean {
  const { problem, k, loads } = plan;
  if (problem.locked[u]) return false;
  const ranges = corridors(problem, loads)[m]!;
  return Array.from({ length: k }, (_, other) => other).some(
    (other) =>
      other !== j &&
      !problem.frozen[other] &&
      !problem.forbidden?.has(u, other) &&
      (problem.measures[m]!.base[other] ?? 0) + plan.amount(m, u, other) <= ranges[other]!.high,
  );
}

/** The least tolerance, or bound of a rule, that would hold the territory as it is. */
function relaxation({ measures }: Problem, { m, load, target }: Deviation, names: OffTargetNames): string {
  const { name, tolerance } = measures[m]!;
  const ratio = target > 0 ? Math.abs(load / target - 1) : 0;
  if (ratio <= tolerance) return `another least or most of ${names.measure(name).toLowerCase()}`;
  return `±${Math.ceil(ratio * 100 - 1e-6)} % on ${names.measure(name).toLowerCase()}`;
}

function price(problem: Problem, j: number, { limit }: OffTargetNames): string {
  if (problem.frozen[j]) return 'it may not change in this run';
  return limit ? `${limit} is used up` : 'not impossible, but nothing better was found';
}
