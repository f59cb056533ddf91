import type { Territory } from './alignment.ts';
import type { BalancedMeasure, Problem } from './optimize/problem.ts';
import type { Geography } from './geography.ts';
import { unitTravelHours, type Measure, type UnitInputs } from './measures.ts';
import type { TravelSettings } from './travel.ts';

export const PRESETS = ['fewestChanges', 'balanced', 'cleanSlate'] as const;
export type Preset = (typeof PRESETS)[number];

/** Weight of accounts changing rep in each preset; a clean slate does not know today's map. */
const DISRUPTION_WEIGHT: Readonly<Record<Preset, number>> = { fewestChanges: 1, balanced: 0.1, cleanSlate: 0 };
/** "Fewest changes": at most this share of accounts and of sales changes rep (product.md). */
export const DEFAULT_LIMITS = { accountsShare: 0.15, salesShare: 0.15 };

export interface ProposalRequest {
  readonly preset: Preset;
  readonly measures: readonly { readonly name: Measure; readonly tolerance: number }[];
  readonly limits: { readonly accountsShare: number; readonly salesShare: number } | null;
  /** Units that must stay with their owner: locked ones and those of rejected moves. */
  readonly locked: readonly boolean[];
  /** Territories that may gain nothing. */
  readonly frozen: readonly boolean[];
}

/** The engine's problem from a plan and what is known of its units. */
export function proposalProblem(
  plan: { readonly owners: readonly number[]; readonly territories: readonly Territory[] },
  market: { readonly geography: Geography; readonly inputs: UnitInputs; readonly travel: TravelSettings },
  request: ProposalRequest,
): Problem {
  const { territories } = plan;
  const { geography, inputs } = market;
  // what is held fixed is known from today's map only, so then even a clean slate begins there
  const clean = request.preset === 'cleanSlate' && ![...request.locked, ...request.frozen].includes(true);
  return {
    lat: geography.lat,
    lon: geography.lon,
    neighbors: geography.neighbors,
    k: territories.length,
    shares: territories.map((territory) => territory.targetShare),
    measures: request.measures.map((measure) => balanced(measure, territories, inputs, market.travel)),
    homes: territories.map((territory) => territory.home),
    current: clean ? null : plan.owners,
    locked: request.locked,
    frozen: request.frozen,
    disruption: { accounts: inputs.accounts, salesUsd: inputs.salesUsd },
    limits: clean ? null : request.limits,
    disruptionWeight: DISRUPTION_WEIGHT[request.preset],
  };
}

function balanced(
  { name, tolerance }: { name: Measure; tolerance: number },
  territories: readonly Territory[],
  inputs: UnitInputs,
  travel: TravelSettings,
): BalancedMeasure {
  const none = territories.map(() => 0);
  if (name !== 'workloadHours') return { name, tolerance, perUnit: inputs[name], perPair: null, base: none };
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
    base: territories.map((territory) => territory.administrationHours),
  };
}
