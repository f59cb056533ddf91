import type { Point } from './geography.ts';
import { travelHours, type TravelSettings } from './travel.ts';

/** One number a unit, in unit index order. */
export type Vector = readonly number[];

/** What is known of each unit before anybody owns it. Money in US dollars a year, work in hours a year. */
export interface UnitInputs {
  readonly potentialUsd: Vector;
  readonly salesUsd: Vector;
  readonly headroomUsd: Vector;
  readonly providers: Vector;
  readonly accounts: Vector;
  readonly procedures: Vector;
  readonly callHours: Vector;
  readonly caseHours: Vector;
  /** Distinct addresses visited per cycle; may be a fraction. */
  readonly stops: Vector;
  /** How far apart stops are there and around, in km; 0 where nobody is visited. */
  readonly spacingKm: Vector;
  readonly lat: Vector;
  readonly lon: Vector;
}

/** Measures that a plan can balance. */
export const MEASURES = [
  'workloadHours',
  'potentialUsd',
  'salesUsd',
  'headroomUsd',
  'providers',
  'accounts',
  'procedures',
] as const;
export type Measure = (typeof MEASURES)[number];

/** What one territory holds; workload = calls + cases + travel + administration. */
export interface TerritoryTotals {
  units: number;
  workloadHours: number;
  callHours: number;
  caseHours: number;
  travelHours: number;
  administrationHours: number;
  potentialUsd: number;
  salesUsd: number;
  headroomUsd: number;
  providers: number;
  accounts: number;
  procedures: number;
}

/** One territory as the measures see it; without a home no travel is counted. */
export interface TerritorySeat {
  readonly home: Point | null;
  /** Working hours a year of whoever sits here. */
  readonly capacityHours: number;
  /** 1 for a full seat; 0.7 asks for 70 % of a full share. */
  readonly targetShare: number;
  readonly administrationHours: number;
}

export function emptyTotals(seat: Pick<TerritorySeat, 'administrationHours'>): TerritoryTotals {
  return {
    units: 0,
    workloadHours: seat.administrationHours,
    callHours: 0,
    caseHours: 0,
    travelHours: 0,
    administrationHours: seat.administrationHours,
    potentialUsd: 0,
    salesUsd: 0,
    headroomUsd: 0,
    providers: 0,
    accounts: 0,
    procedures: 0,
  };
}

/** Travel hours a year of one unit from this seat; 0 without a home. */
export function unitTravelHours(
  inputs: UnitInputs,
  unit: number,
  seat: Pick<TerritorySeat, 'home'>,
  travel: TravelSettings,
): number {
  if (!seat.home) return 0;
  const at = (vector: Vector) => vector[unit] ?? 0;
  const place = { lat: at(inputs.lat), lon: at(inputs.lon), stops: at(inputs.stops), spacingKm: at(inputs.spacingKm) };
  return travelHours(place, seat.home, travel);
}

/** What adding a unit needs besides its inputs. */
export interface UnitStep {
  /** Hours a year to travel to the unit from the territory's home. */
  readonly travelHours: number;
  /** 1 adds, -1 takes away. */
  readonly sign: 1 | -1;
}

/** Adds or takes away one unit in place: the fast update that totals() repeats for every unit. */
export function addUnit(totals: TerritoryTotals, inputs: UnitInputs, unit: number, step: UnitStep): void {
  const { sign, travelHours } = step;
  const at = (vector: Vector) => sign * (vector[unit] ?? 0);
  totals.units += sign;
  totals.callHours += at(inputs.callHours);
  totals.caseHours += at(inputs.caseHours);
  totals.travelHours += sign * travelHours;
  totals.potentialUsd += at(inputs.potentialUsd);
  totals.salesUsd += at(inputs.salesUsd);
  totals.headroomUsd += at(inputs.headroomUsd);
  totals.providers += at(inputs.providers);
  totals.accounts += at(inputs.accounts);
  totals.procedures += at(inputs.procedures);
  totals.workloadHours = totals.callHours + totals.caseHours + totals.travelHours + totals.administrationHours;
}

/** What is held against geography: an account's part moves from the territory of its unit to another one. */
export interface OverridePart {
  readonly unit: number;
  readonly territory: number;
  readonly part: Partial<Record<Exclude<keyof UnitInputs, 'spacingKm' | 'lat' | 'lon'>, number>>;
}

/** Hours a year that one unit takes from this seat: calls, cases and the way there; without a home the way is 0. */
export function unitWorkloadHours(
  inputs: UnitInputs,
  unit: number,
  seat: Pick<TerritorySeat, 'home'>,
  travel: TravelSettings,
): number {
  return (inputs.callHours[unit] ?? 0) + (inputs.caseHours[unit] ?? 0) + unitTravelHours(inputs, unit, seat, travel);
}

/** Everything that totals are made of besides the owners. */
export interface TotalsOf {
  readonly inputs: UnitInputs;
  readonly seats: readonly TerritorySeat[];
  readonly travel: TravelSettings;
  readonly overrides?: readonly OverridePart[];
}

/** Adds or takes away these units with the travel to them from this seat, in place. */
export function addUnits(
  sum: TerritoryTotals,
  units: Iterable<number>,
  { inputs, seat, travel, sign }: Pick<TotalsOf, 'inputs' | 'travel'> & { seat: TerritorySeat; sign: 1 | -1 },
): void {
  for (const unit of units) {
    addUnit(sum, inputs, unit, { travelHours: unitTravelHours(inputs, unit, seat, travel), sign });
  }
}

/** Totals of every territory, in territory order; owner -1 is nobody. */
export function totals(owners: readonly number[], of: TotalsOf): TerritoryTotals[] {
  const { inputs, seats, travel, overrides = [] } = of;
  const result = seats.map(emptyTotals);
  owners.forEach((owner, unit) => {
    const sum = result[owner];
    const seat = seats[owner];
    if (sum && seat) addUnits(sum, [unit], { inputs, seat, travel, sign: 1 });
  });
  for (const override of overrides) shiftOverride(result, override, { ...of, owner: owners[override.unit] ?? -1 });
  return result;
}

/**
 * Takes an account held against geography from the owner of its unit and gives it to its territory, in place; with
 * `isReversed` it goes back. Nothing where both are the same.
 */
export function shiftOverride(
  sums: readonly TerritoryTotals[],
  override: OverridePart,
  of: Pick<TotalsOf, 'inputs' | 'seats' | 'travel'> & { readonly owner: number; readonly isReversed?: boolean },
): void {
  if (of.owner === override.territory) return;
  const shift = (territory: number, isTaken: boolean) => {
    const [sum, seat] = [sums[territory], of.seats[territory]];
    const sign = isTaken === (of.isReversed ?? false) ? 1 : -1;
    if (sum && seat) addPart(sum, placeOf(override, of.inputs), { seat, travel: of.travel, sign });
  };
  shift(of.owner, true);
  shift(override.territory, false);
}

/** The account alone, as a unit at the place of its unit, with stops as dense as they are there. */
function placeOf({ unit, part }: OverridePart, inputs: UnitInputs): UnitInputs {
  const own = Object.fromEntries(
    Object.keys(inputs).map((name) => [name, [part[name as keyof OverridePart['part']] ?? 0]]),
  ) as unknown as UnitInputs;
  const at = (vector: Vector) => [vector[unit] ?? 0];
  return { ...own, spacingKm: at(inputs.spacingKm), lat: at(inputs.lat), lon: at(inputs.lon) };
}

function addPart(
  sum: TerritoryTotals,
  place: UnitInputs,
  { seat, travel, sign }: { seat: TerritorySeat; travel: TravelSettings; sign: 1 | -1 },
): void {
  addUnits(sum, [0], { inputs: place, seat, travel, sign });
  sum.units -= sign;
}
