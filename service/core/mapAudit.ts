import type { Territory } from './alignment.ts';
import { deviations, utilization } from './balance.ts';
import { disruption } from './disruption.ts';
import { evenness, type Evenness } from './evenness.ts';
import type { Geography } from './geography.ts';
import type { FieldTotals } from './fieldState.ts';
import type { TerritoryId } from './ids.ts';
import { totals, type Measure, type OverridePart } from './measures.ts';
import { optimize, spreadKm2 } from './optimize/optimize.ts';
import { NO_RULES } from './planRules.ts';
import { proposalProblem } from './proposal.ts';
import type { TravelSettings } from './travel.ts';
import { band, type Band } from './workload.ts';

/** How fair a map is in one measure. */
export interface Fairness extends Evenness {
  readonly measure: Measure;
  readonly tolerance: number;
  readonly onTarget: number;
  /** Largest deviation from the target, either way; a ratio. */
  readonly worst: number;
}

export interface MapFigures {
  readonly territories: number;
  readonly fairness: readonly Fairness[];
  readonly bands: Readonly<Record<Band, number>>;
  /** Hours a year on the road, of all. */
  readonly travelHours: number;
}

/** Measures with their target ranges. */
export type Ranges = readonly { readonly measure: Measure; readonly tolerance: number }[];

/** Deviation of every territory from its target, spread over value ÷ share of the seat, and bands of the working hours. */
export function mapFigures({ sums, seats }: Pick<FieldTotals, 'sums' | 'seats'>, ranges: Ranges): MapFigures {
  const bands: Record<Band, number> = { 'under-used': 0, healthy: 0, stretched: 0, overloaded: 0 };
  sums.forEach((sum, j) => bands[band(utilization(sum, seats[j]!))]++);
  return {
    territories: sums.length,
    fairness: ranges.map(({ measure, tolerance }) => {
      const off = deviations(sums, seats, measure);
      return {
        measure,
        tolerance,
        onTarget: off.filter((each) => Math.abs(each) <= tolerance).length,
        worst: off.reduce((most, each) => (Math.abs(each) > Math.abs(most) ? each : most), 0),
        ...evenness(off.map((each) => each + 1)),
      };
    }),
    bands,
    travelHours: sums.reduce((sum, each) => sum + each.travelHours, 0),
  };
}

export interface BestPlan {
  readonly preset: 'balanced' | 'cleanSlate';
  /** Territories inside every target range. */
  readonly onTarget: number;
  readonly owners: readonly number[];
  readonly figures: MapFigures;
  readonly accountsShare: number;
  readonly salesShare: number;
  /** Squared distance of the plan ÷ that of today's map − 1; below 0 is more compact. */
  readonly spreadChange: number;
}

export interface AuditGround {
  readonly geography: Geography;
  readonly territories: readonly string[];
  readonly owners: readonly number[];
  readonly ranges: Ranges;
  readonly travel: TravelSettings;
  /** Accounts held by name: they stay where they are. */
  readonly overrides?: readonly OverridePart[];
}

export interface AuditOptions {
  readonly seed: number;
  readonly effort: number;
  /** How far it is, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Steps of the engine for an audit: a short look, no proposal. */
export const AUDIT_EFFORT = 0.2;

/** From today's map first; where that leaves more than this share of the territories off target, from a clean slate too. */
const ENOUGH_ON_TARGET = 0.9;

/**
 * What a good plan would gain over today's map with the same seats: the engine with a small effort, from today's map or, where
 * that does not get most territories on target, from a clean slate; the better of both.
 * @throws BailiwickError infeasible where the ranges cannot hold, with what contradicts what
 */
export function bestPlan(found: FieldTotals, ground: AuditGround, options: AuditOptions): BestPlan {
  const half = (from: number) => ({
    ...options,
    onProgress: (share: number) => options.onProgress?.(from + share / 2),
  });
  const gentle = planOf('balanced', { found, ground, options: half(0) });
  if (gentle.onTarget >= ENOUGH_ON_TARGET * ground.territories.length) return gentle;
  const clean = planOf('cleanSlate', { found, ground, options: half(0.5) });
  return clean.onTarget > gentle.onTarget ? clean : gentle;
}

interface Asked {
  readonly found: FieldTotals;
  readonly ground: AuditGround;
  readonly options: AuditOptions;
}

function planOf(preset: BestPlan['preset'], { found: { inputs, seats }, ground, options }: Asked): BestPlan {
  const { geography, owners, ranges, travel, overrides = [] } = ground;
  const { byUnit: problem } = proposalProblem(
    { owners, territories: seatedTerritories(ground.territories, seats), overrides },
    { geography, inputs, travel },
    {
      preset,
      measures: ranges.map(({ measure, tolerance }) => ({ name: measure, tolerance })),
      limits: null,
      locked: owners.map(() => false),
      frozen: seats.map(() => false),
      rules: NO_RULES,
    },
  );
  const { seed, effort, onProgress } = options;
  const plan = optimize(problem, { seed, effort, onProgress: ({ share }) => onProgress?.(share) });
  const sums = totals(plan.owners, { inputs, seats, travel, overrides });
  return {
    preset,
    owners: plan.owners,
    onTarget: plan.onTarget,
    figures: mapFigures({ sums, seats }, ranges),
    ...disruption(owners, plan.owners, inputs),
    spreadChange: spreadKm2(problem, plan.owners) / spreadKm2(problem, owners) - 1,
  };
}

/** Territories of a file: known by name only. */
function seatedTerritories(names: readonly string[], seats: FieldTotals['seats']): Territory[] {
  return names.map((name, j) => ({
    ...seats[j]!,
    id: name as TerritoryId,
    name,
    parentId: null,
    parentName: null,
    repId: null,
    repName: null,
    homeZip: null,
  }));
}
