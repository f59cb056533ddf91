import type { Measure, TerritorySeat, TerritoryTotals } from './measures.ts';

/** Default target range of each measure: ± this share of the target (product.md). */
export const DEFAULT_TOLERANCE: Readonly<Record<Measure, number>> = {
  workloadHours: 0.1,
  potentialUsd: 0.15,
  salesUsd: 0.15,
  headroomUsd: 0.15,
  providers: 0.15,
  accounts: 0.15,
  procedures: 0.15,
};

type Wanting = Pick<TerritorySeat, 'targetShare'>;

/** Target of each territory: its share of what all territories hold together; 0 where no seat wants anything. */
export function targets(sums: readonly TerritoryTotals[], seats: readonly Wanting[], measure: Measure): number[] {
  return targetsOf(
    sums.map((sum) => sum[measure]),
    seats,
  );
}

function targetsOf(held: readonly number[] | Float64Array, seats: readonly Wanting[]): number[] {
  let total = 0;
  for (const value of held) total += value;
  const shares = seats.reduce((sum, seat) => sum + seat.targetShare, 0);
  return seats.map((seat) => (shares > 0 ? (total * seat.targetShare) / shares : 0));
}

/**
 * Signed deviation from the target, as a ratio: 0.12 means 12 % above it.
 * With no measure anywhere every territory is exactly on target, so the deviation is 0 and not NaN.
 */
export function deviation(value: number, target: number): number {
  if (target > 0) return value / target - 1;
  return value > 0 ? Infinity : 0;
}

/** Deviations of every territory in one measure, in territory order. */
export function deviations(sums: readonly TerritoryTotals[], seats: readonly Wanting[], measure: Measure): number[] {
  return deviationsOf(
    sums.map((sum) => sum[measure]),
    seats,
  );
}

/** The same from what each territory holds of the measure. */
export function deviationsOf(held: readonly number[] | Float64Array, seats: readonly Wanting[]): number[] {
  return targetsOf(held, seats).map((target, j) => deviation(held[j]!, target));
}

/** Workload ÷ working hours, as a ratio; 0 for a seat without hours. */
export function utilization(sum: TerritoryTotals, seat: Pick<TerritorySeat, 'capacityHours'>): number {
  return seat.capacityHours > 0 ? sum.workloadHours / seat.capacityHours : 0;
}

/** Travel as a share of all hours; 0 without hours. */
export function travelShare(sum: TerritoryTotals): number {
  return sum.workloadHours > 0 ? sum.travelHours / sum.workloadHours : 0;
}
