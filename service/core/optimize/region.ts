import { objectiveOf } from './certify.ts';
import type { Energy } from './energy.ts';
import { sharesOf } from './instance.ts';
import { Plan } from './plan.ts';
import { corridors, type DisruptionLimits, type Problem } from './problem.ts';
import { restricted } from './subProblem.ts';

/** Some territories of a plan as a plan of its own, with the targets and what is left of the limits that they have in the whole. */
export class Region {
  readonly plan: Plan;
  /** Prices of the ranges as they stand in the whole, as `Energy` takes them. */
  readonly prices: Float64Array;
  private readonly whole: Plan;
  private readonly energy: Energy;
  private readonly territories: readonly number[];
  private readonly units: readonly number[];

  constructor(whole: Plan, energy: Energy, territories: readonly number[]) {
    this.whole = whole;
    this.energy = energy;
    this.territories = territories;
    this.prices = energy.ranges.pricesOf(territories);
    const seat = new Int32Array(whole.k).fill(-1);
    territories.forEach((j, i) => (seat[j] = i));
    const units: number[] = [];
    for (let u = 0; u < whole.n; u++) if (whole.owner[u]! >= 0 && seat[whole.owner[u]!]! >= 0) units.push(u);
    this.units = units;
    this.plan = new Plan(
      regionProblem(whole, units, territories),
      units.map((u) => seat[whole.owner[u]!]!),
    );
  }

  /** This share of what the whole plan costs, in km² of the region's own objective. */
  costKm2(share: number): number {
    let weight = 0;
    for (const u of this.units) weight += this.whole.weight[u]!;
    return weight > 0 ? (share * objectiveOf(this.whole)) / weight : Infinity;
  }

  /** The whole takes over the owners as they stand here. */
  adopt(): void {
    this.units.forEach((u, i) => {
      const j = this.territories[this.plan.owner[i]!]!;
      if (this.whole.owner[u] !== j) this.energy.move(u, j);
    });
  }
}

function regionProblem(plan: Plan, units: readonly number[], region: readonly number[]): Problem {
  const { problem } = plan;
  const targets = corridors(problem, plan.loads).map((row) => region.map((j) => row[j]!.target));
  const part = restricted(problem, units, region);
  return {
    ...part,
    measures: part.measures.map((measure, m) => ({ ...measure, targets: targets[m]! })),
    limits: leftOf(plan, units, part),
  };
}

/** Limits are shares of all; what has changed rep outside the region, or came into it from elsewhere, is used up. */
function leftOf({ problem, owner, n }: Plan, units: readonly number[], part: Problem): DisruptionLimits | null {
  const { limits, disruption, current } = problem;
  if (!limits || !disruption || !current) return null;
  const stays = new Set(units.filter((_, i) => part.current![i]! >= 0));
  const left = (values: readonly number[] | undefined, most: number | undefined): number => {
    const share = values ? sharesOf(values) : null;
    if (!share || most === undefined) return 1;
    let [used, inside] = [0, 0];
    for (const u of units) inside += share[u]!;
    for (let u = 0; u < n; u++) if (current[u]! >= 0 && current[u] !== owner[u] && !stays.has(u)) used += share[u]!;
    return inside > 0 ? Math.max(0, most - used) / inside : 1;
  };
  return {
    accountsShare: left(disruption.accounts, limits.accountsShare),
    salesShare: left(disruption.salesUsd, limits.salesShare),
    ...(limits.pipelineShare === undefined
      ? {}
      : { pipelineShare: left(disruption.pipelineUsd, limits.pipelineShare) }),
  };
}
