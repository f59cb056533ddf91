import type { Territory } from './alignment.ts';
import type { Geography } from './geography.ts';
import { keptTogether, type Together } from './keepTogether.ts';
import { unitTravelHours, type Measure, type OverridePart, type UnitInputs } from './measures.ts';
import { spreadKm2 } from './optimize/optimize.ts';
import { assertSolvable, type BalancedMeasure, type DisruptionLimits, type Problem } from './optimize/problem.ts';
import { assertConsistent, forbiddenPairs, unreachable, type PlanRules, type RuleGround } from './planRules.ts';
import { assertRangesFit } from './rangesFit.ts';
import type { TravelSettings } from './travel.ts';

export const PRESETS = ['fewestChanges', 'balanced', 'cleanSlate'] as const;
export type Preset = (typeof PRESETS)[number];

/** λ of each preset, as a multiple of the squared distance of today's map; a clean slate does not know today's map. */
export const DISRUPTION_FACTOR: Readonly<Record<Preset, number>> = { fewestChanges: 1, balanced: 0.3, cleanSlate: 0 };
/** "Fewest changes": at most this share of accounts and of sales changes rep (product.md). */
export const DEFAULT_LIMITS = { accountsShare: 0.15, salesShare: 0.15 };

export interface ProposalRequest {
  readonly preset: Preset;
  readonly measures: readonly { readonly name: Measure; readonly tolerance: number }[];
  readonly limits: DisruptionLimits | null;
  /** Units that must stay with their owner: locked ones and those of rejected moves. */
  readonly locked: readonly boolean[];
  /** Territories that may gain nothing. */
  readonly frozen: readonly boolean[];
  readonly rules: PlanRules;
}

/** What is known of the units. */
export interface ProposalMarket {
  readonly geography: Geography;
  readonly inputs: UnitInputs;
  readonly travel: TravelSettings;
  /** Open opportunities of each unit in US dollars; null where nobody told. */
  readonly pipelineUsd?: readonly number[] | null;
}

/** The plan that a computation starts from. */
export interface ProposalPlan {
  readonly owners: readonly number[];
  readonly territories: readonly Territory[];
  /** Accounts held against geography: their part counts where they are held, whoever gets their unit. */
  readonly overrides?: readonly OverridePart[];
}

/** A problem for the engine, and the way from its owners back to all units. */
export interface PlanProblem extends Together {
  /** The same before groups became one unit: what figures are counted on. */
  readonly byUnit: Problem;
  /** Units that nobody has and, under the rules, nobody may take. */
  readonly unreachable: readonly number[];
}

/**
 * The engine's problem from a plan and what is known of its units.
 * @throws BailiwickError infeasible or bad_request with what contradicts what, and what to do
 */
export function proposalProblem(plan: ProposalPlan, market: ProposalMarket, request: ProposalRequest): PlanProblem {
  const { territories } = plan;
  const { geography } = market;
  const { rules } = request;
  const overrides = plan.overrides ?? [];
  const inputs = withoutHeld(market.inputs, overrides);
  // what is held fixed is known from today's map only, so then even a clean slate begins there
  const clean = request.preset === 'cleanSlate' && ![...request.locked, ...request.frozen].includes(true);
  const current = clean ? null : plan.owners;
  const unitNames = geography.ids.map((id, u) => `${id} ${geography.names[u] ?? ''}`.trim());
  const ground: RuleGround = { ...geography, ...request, unitNames, territories, current };
  assertConsistent(rules, ground);
  const forbidden = forbiddenPairs(rules, ground);
  const left = unreachable(forbidden, current, territories.length);
  const stays = new Set(left);
  const problem: Problem = {
    lat: geography.lat,
    lon: geography.lon,
    neighbors: geography.neighbors,
    k: territories.length,
    shares: territories.map((territory) => territory.targetShare),
    measures: request.measures.map((measure) =>
      balanced(measure, { ...market, territories, rules, inputs, overrides }),
    ),
    homes: territories.map((territory) => territory.home),
    current,
    locked: request.locked.map((isLocked, u) => isLocked || stays.has(u)),
    frozen: request.frozen,
    disruption: {
      accounts: inputs.accounts,
      salesUsd: inputs.salesUsd,
      ...(market.pipelineUsd ? { pipelineUsd: market.pipelineUsd } : {}),
    },
    limits: clean ? null : request.limits,
    disruptionWeight: 0,
    forbidden,
    apart: rules.apart,
    regions: rules.wholeCounties ? numbered(geography.counties) : null,
  };
  assertSolvable(problem);
  assertRangesFit(
    problem,
    plan.owners,
    territories.map(({ name }) => name),
  );
  const disruptionWeight = DISRUPTION_FACTOR[request.preset] * spreadKm2(problem, plan.owners);
  const byUnit = { ...problem, disruptionWeight };
  return { ...keptTogether(byUnit, rules.together, (u) => unitNames[u]!), byUnit, unreachable: left };
}

/** Names as numbers from 0, in order of first appearance; an empty name is -1. */
function numbered(names: readonly string[]): number[] {
  const known = new Map<string, number>();
  return names.map((name) => {
    if (name === '') return -1;
    const number = known.get(name) ?? known.size;
    known.set(name, number);
    return number;
  });
}

interface Balancing {
  readonly territories: readonly Territory[];
  readonly inputs: UnitInputs;
  readonly travel: TravelSettings;
  readonly rules: PlanRules;
  readonly overrides: readonly OverridePart[];
}

/** What the units hold without the accounts that are held by name. */
function withoutHeld(inputs: UnitInputs, overrides: readonly OverridePart[]): UnitInputs {
  if (overrides.length === 0) return inputs;
  const bare = Object.fromEntries(Object.entries(inputs).map(([name, vector]) => [name, [...vector]])) as Record<
    keyof UnitInputs,
    number[]
  >;
  for (const { unit, part } of overrides) {
    for (const [name, value] of Object.entries(part) as [keyof UnitInputs, number][])
      bare[name][unit] = Math.max(0, bare[name][unit]! - value);
  }
  return bare;
}

function balanced(
  { name, tolerance }: { name: Measure; tolerance: number },
  { territories, inputs, travel, rules, overrides }: Balancing,
): BalancedMeasure {
  const held = territories.map((_, j) =>
    overrides.reduce((sum, { territory, part }) => (territory === j ? sum + heldOf(part, name) : sum), 0),
  );
  const bounds = boundsOf(rules, name, territories.length);
  if (name !== 'workloadHours') return { name, tolerance, perUnit: inputs[name], perPair: null, base: held, ...bounds };
  const k = territories.length;
  const perPair = new Float64Array(inputs.callHours.length * k);
  inputs.callHours.forEach((_, unit) =>
    territories.forEach((seat, j) => (perPair[unit * k + j] = unitTravelHours(inputs, unit, seat, travel))),
  );
  return {
    name,
    tolerance,
    perUnit: inputs.callHours.map((hours, unit) => hours + (inputs.caseHours[unit] ?? 0)),
    perPair,
    base: territories.map((territory, j) => territory.administrationHours + held[j]!),
    ...bounds,
  };
}

/** What a held account adds to its territory; its travel is left aside. */
function heldOf(part: OverridePart['part'], name: Measure): number {
  return name === 'workloadHours' ? (part.callHours ?? 0) + (part.caseHours ?? 0) : (part[name] ?? 0);
}

function boundsOf({ bounds }: PlanRules, measure: Measure, k: number): Pick<BalancedMeasure, 'min' | 'max'> {
  const own = bounds.filter((bound) => bound.measure === measure);
  if (own.length === 0) return {};
  const of = (j: number) => own.filter(({ territory }) => territory === null || territory === j);
  const all = Array.from({ length: k }, (_, j) => of(j));
  return {
    min: all.map((list) =>
      list.reduce<number | null>((most, { min }) => (min === null ? most : Math.max(min, most ?? min)), null),
    ),
    max: all.map((list) =>
      list.reduce<number | null>((least, { max }) => (max === null ? least : Math.min(max, least ?? max)), null),
    ),
  };
}
