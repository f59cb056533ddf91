import { targets } from './balance.ts';
import { CAUSES, driftCauses, type Cause, type Caused, type Mix } from './driftCauses.ts';
import type { ClaimsProvider } from './coverage.ts';
import type { Geography, Point } from './geography.ts';
import {
  totals,
  type Measure,
  type OverridePart,
  type TerritorySeat,
  type TerritoryTotals,
  type UnitInputs,
} from './measures.ts';
import type { TravelSettings } from './travel.ts';
import { unitInputs, type AccountPart, type Demand, type Volume, type WorkAccount } from './unitInputs.ts';
import type { CallPlan } from './workload.ts';

/** A rep as a list of reps tells: nobody's name is needed. */
export interface FieldRep {
  readonly territory: string;
  readonly home: Point | null;
  /** Full-time equivalents; 0.5 works half of the hours. */
  readonly fte: number;
  /** Share of a full target; as many as the full-time equivalents unless told. */
  readonly targetShare?: number;
}

export interface FieldParameters {
  readonly callPlan: CallPlan;
  readonly travel: TravelSettings;
}

/** What claims say: of each provider under every key, and of each unit. */
export interface FieldDemand {
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly byUnit: Demand;
}

/** Everything that the work of a plan is made of, in the parts that may change. */
export interface FieldState {
  readonly demand: FieldDemand;
  readonly accounts: readonly WorkAccount[];
  readonly reps: {
    readonly list: readonly FieldRep[];
    readonly owners: readonly number[];
    /** Accounts held against geography, by the id of the account. */
    readonly held?: readonly { readonly accountId: string; readonly territory: number }[];
  };
  readonly parameters: FieldParameters;
}

/** What a state stands on: units and territories by index. */
export interface FieldGround {
  readonly geography: Pick<Geography, 'ids' | 'lat' | 'lon' | 'areaKm2'>;
  readonly territories: readonly string[];
}

export interface FieldTotals {
  readonly inputs: UnitInputs;
  readonly seats: readonly TerritorySeat[];
  readonly sums: readonly TerritoryTotals[];
}

/** Totals of every territory. A territory without a rep is a vacant full seat; one without a home is worked from its middle. */
export function fieldTotals(state: FieldState, { geography, territories }: FieldGround): FieldTotals {
  const { callPlan, travel } = state.parameters;
  const { volumes, byUnit: demand } = state.demand;
  const { inputs, parts } = unitInputs({ accounts: state.accounts, volumes, demand, geography, callPlan, travel });
  const seats = territories.map((name, j) => seatOf(state, { name, j, geography, inputs }));
  const overrides = heldParts(state.reps.held ?? [], parts);
  return { inputs, seats, sums: totals(state.reps.owners, { inputs, seats, travel, overrides }) };
}

/** What each account held by name takes along; one that is gone, or in no unit, takes nothing. */
function heldParts(
  held: NonNullable<FieldState['reps']['held']>,
  parts: ReadonlyMap<string, AccountPart>,
): OverridePart[] {
  return held.flatMap(({ accountId, territory }) => {
    const known = parts.get(accountId);
    if (!known || known.unit < 0) return [];
    const { unit, tier: _, ...part } = known;
    return [{ unit, territory, part }];
  });
}

/** Demand of a list of providers, each in its one unit; those without a unit count nowhere. */
export function demandOf(providers: readonly ClaimsProvider[], units: number): FieldDemand {
  const zeros = () => new Array<number>(units).fill(0);
  const byUnit = { potentialUsd: zeros(), procedures: zeros(), providers: zeros() };
  for (const { unit, potentialUsd, procedures } of providers) {
    if (unit < 0) continue;
    byUnit.potentialUsd[unit]! += potentialUsd;
    byUnit.procedures[unit]! += procedures;
    byUnit.providers[unit]! += 1;
  }
  const volumes = new Map(
    providers.map(({ key, procedures, potentialUsd }) => [
      key,
      { procedures, opportunityUsd: potentialUsd, involvedProcedures: procedures },
    ]),
  );
  return { volumes, byUnit };
}

interface SeatAt {
  readonly name: string;
  readonly j: number;
  readonly geography: FieldGround['geography'];
  readonly inputs: UnitInputs;
}

function seatOf({ reps, parameters }: FieldState, { name, j, geography, inputs }: SeatAt): TerritorySeat {
  const own = reps.list.filter(({ territory }) => territory === name);
  const fte = own.length > 0 ? own.reduce((sum, rep) => sum + rep.fte, 0) : 1;
  const home = own.find((rep) => rep.home !== null)?.home ?? middleOf(reps.owners, j, { geography, inputs });
  const { workingHours, administrationHours } = parameters.callPlan;
  const targetShare = own.length > 0 ? own.reduce((sum, rep) => sum + (rep.targetShare ?? rep.fte), 0) : 1;
  return { home, capacityHours: fte * workingHours, targetShare, administrationHours: fte * administrationHours };
}

/** Middle of the accounts of a territory, or of its units where it has none. */
function middleOf(
  owners: readonly number[],
  j: number,
  { geography, inputs }: Pick<SeatAt, 'geography' | 'inputs'>,
): Point | null {
  const units = owners.flatMap((owner, unit) => (owner === j ? [unit] : []));
  if (units.length === 0) return null;
  const known = units.reduce((sum, unit) => sum + inputs.accounts[unit]!, 0);
  const weight = (unit: number) => (known > 0 ? inputs.accounts[unit]! / known : 1 / units.length);
  const mean = (of: readonly number[]) => units.reduce((sum, unit) => sum + weight(unit) * of[unit]!, 0);
  return { lat: mean(geography.lat), lon: mean(geography.lon) };
}

export interface FieldDrift {
  /** Per territory: value ÷ target before and after, and why it changed. */
  readonly ofTarget: readonly Caused[];
  /** All territories together, in the unit of the measure. */
  readonly nation: Caused;
}

/**
 * Why a measure changed between two states. Shares of the target are what tells local from national: where everybody changes
 * alike none of them moves, and the change stands in the nation alone.
 */
export function fieldDrift(
  [before, after]: readonly [FieldState, FieldState],
  ground: FieldGround,
  measures: readonly Measure[],
): FieldDrift[] {
  const count = ground.territories.length;
  const caused = driftCauses((mix) => {
    const { sums, seats } = fieldTotals(mixed(before, after, mix), ground);
    return measures.flatMap((measure) => {
      const wanted = targets(sums, seats, measure);
      const share = sums.map((sum, j) => (wanted[j]! > 0 ? sum[measure] / wanted[j]! : 0));
      return [...share, sums.reduce((all, sum) => all + sum[measure], 0)];
    });
  });
  return measures.map((_, m) => {
    const own = caused.slice(m * (count + 1), (m + 1) * (count + 1));
    return { ofTarget: own.slice(0, count), nation: own[count]! };
  });
}

function mixed(before: FieldState, after: FieldState, mix: Mix): FieldState {
  const part = <Of extends Cause>(cause: Of): FieldState[Of] => (mix[cause] ? after : before)[cause];
  const [demand, accounts, reps, parameters] = CAUSES.map(part) as [
    FieldState['demand'],
    FieldState['accounts'],
    FieldState['reps'],
    FieldState['parameters'],
  ];
  return { demand, accounts, reps, parameters };
}
