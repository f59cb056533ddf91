import { travelShare, utilization } from '../../core/balance.ts';
import { distanceKm, pointOf, type Geography } from '../../core/geography.ts';
import { totals, type TerritoryTotals, type UnitInputs } from '../../core/measures.ts';
import { DEFAULT_TRAVEL } from '../../core/travel.ts';
import { unitInputs, type WorkAccount } from '../../core/unitInputs.ts';
import { DEFAULT_CALL_PLAN } from '../../core/workload.ts';
import { cellsOf, facilityKey, opportunityUsd, physicianKey, proceduresOf, volumesOf, type Cell } from './cells.ts';
import { PLANTED, SALES_DRAFTS } from './places.ts';
import type { Candidates, Facility, Physician } from './providers.ts';

/** Who is in the sample, what they do, and where the reps live. */
export interface World {
  readonly facilities: readonly Facility[];
  readonly physicians: readonly Physician[];
  readonly cells: readonly Cell[];
  /** Home unit of each sales territory. */
  readonly homes: readonly number[];
}

export interface CalibrateOptions {
  readonly seed: number;
  readonly geography: Geography;
  /** Candidates per sales territory, and last those of the uncovered pocket. */
  readonly candidates: readonly Candidates[];
  readonly owners: readonly number[];
  /** Accounts to reach, without health systems. */
  readonly accounts: number;
}

/** Facilities for each physician of the sample, referring ones included. */
const FACILITIES_PER_PHYSICIAN = 0.13;
/** Physicians of the uncovered pocket: enough for a sentence, too few for a territory. */
const POCKET_PHYSICIANS = 90;
const ROUNDS = 14;

/**
 * Takes as many candidates into each territory as bring its hours to the drafted utilization, and moves one home until
 * its rep drives as much as planted. The volume of everybody is scaled so that the number of accounts comes out as asked.
 */
export function calibrate(options: CalibrateOptions): World {
  const { candidates, accounts } = options;
  const drafts = SALES_DRAFTS;
  const whole = drafts.reduce((sum, { utilization: share }) => sum + share, 0);
  let physicians = drafts.map((draft) => (draft.utilization / whole) * (accounts / (1 + FACILITIES_PER_PHYSICIAN)));
  let scale = 1;
  let world = worldOf(options, physicians, scale);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = territoryTotals(options, world);
    physicians = physicians.map((count, t) => {
      const ratio = (drafts[t]?.utilization ?? 1) / utilizationOf(sums[t]);
      return Math.min(count * ratio ** 1.2, candidates[t]?.physicians.length ?? 0);
    });
    const taken = physicians.reduce((sum, count) => sum + count, POCKET_PHYSICIANS) * (1 + FACILITIES_PER_PHYSICIAN);
    // More volume makes more hours an account, so fewer accounts fill the same hours.
    scale = Math.max(0.8, Math.min(1.25, scale * (taken / accounts) ** 1.5));
    world = worldOf(options, physicians, scale);
  }
  return world;
}

function worldOf(options: CalibrateOptions, physicians: readonly number[], scale: number): World {
  const { seed, geography, candidates } = options;
  const taken = candidates.map((candidate, t) => {
    const count = Math.round(physicians[t] ?? POCKET_PHYSICIANS);
    return {
      physicians: candidate.physicians.slice(0, count),
      facilities: candidate.facilities.slice(0, Math.round(count * FACILITIES_PER_PHYSICIAN)),
    };
  });
  const cells = taken.flatMap(({ physicians: members, facilities }) =>
    members.flatMap((physician) => cellsOf(physician, { seed, geography, facilities, scale })),
  );
  const world = {
    physicians: taken.flatMap((part) => part.physicians),
    facilities: taken.flatMap((part) => part.facilities),
    cells,
  };
  return { ...world, homes: homesOf(options, inputsOf(geography, world)) };
}

/** Accounts of the world as work sees them; on campus, practice and facility are one address. */
export function workAccounts({
  facilities,
  physicians,
  cells,
}: Pick<World, 'facilities' | 'physicians' | 'cells'>): WorkAccount[] {
  const campus = new Map<Physician, Facility>();
  for (const { physician, facility } of cells)
    if (facility && physician.onCampus && !campus.has(physician)) campus.set(physician, facility);
  return [
    ...facilities.map((facility): WorkAccount => {
      const key = facilityKey(facility);
      return { id: key, kind: 'facility', unit: facility.unit, keys: [key], address: facility.street, salesUsd: 0 };
    }),
    ...physicians.map((physician): WorkAccount => {
      const key = physicianKey(physician);
      const { unit, street } = campus.get(physician) ?? physician;
      return { id: key, kind: 'physician', unit, keys: [key], address: street, salesUsd: 0 };
    }),
  ];
}

/** Unit inputs of the world by the very formulas that the service uses. */
export function inputsOf(geography: Geography, world: Pick<World, 'facilities' | 'physicians' | 'cells'>): UnitInputs {
  const accounts = workAccounts(world);
  const unitOf = new Map(accounts.map((account) => [account.id, account.unit]));
  const demand = { potentialUsd: zeros(geography), procedures: zeros(geography), providers: zeros(geography) };
  for (const cell of world.cells) {
    const unit = unitOf.get(cell.facility ? facilityKey(cell.facility) : physicianKey(cell.physician)) ?? 0;
    demand.potentialUsd[unit] = (demand.potentialUsd[unit] ?? 0) + opportunityUsd(cell);
    demand.procedures[unit] = (demand.procedures[unit] ?? 0) + proceduresOf(cell);
  }
  const volumes = volumesOf(world.cells);
  return unitInputs({ accounts, volumes, demand, geography, callPlan: DEFAULT_CALL_PLAN, travel: DEFAULT_TRAVEL })
    .inputs;
}

const zeros = (geography: Geography) => new Array<number>(geography.ids.length).fill(0);

/** Totals of the sales territories under the default call plan and travel settings. */
export function territoryTotals({ geography, owners }: CalibrateOptions, world: World): TerritoryTotals[] {
  return totals(owners, {
    inputs: inputsOf(geography, world),
    seats: world.homes.map((home) => seatAt(geography, home)),
    travel: DEFAULT_TRAVEL,
  });
}

export function seatAt(geography: Geography, home: number) {
  return {
    home: pointOf(geography, home),
    capacityHours: DEFAULT_CALL_PLAN.workingHours,
    targetShare: 1,
    administrationHours: DEFAULT_CALL_PLAN.administrationHours,
  };
}

const utilizationOf = (sum: TerritoryTotals | undefined) =>
  sum ? Math.max(0.05, utilization(sum, { capacityHours: DEFAULT_CALL_PLAN.workingHours })) : 1;

/** Every rep lives where most of its visits are; the planted one so far off that driving takes its planted share. */
function homesOf({ geography, owners }: CalibrateOptions, inputs: UnitInputs): number[] {
  return SALES_DRAFTS.map(({ name }, territory) => {
    const units = owners.flatMap((owner, unit) => (owner === territory ? [unit] : []));
    const busiest = units.toSorted((a, b) => (inputs.stops[b] ?? 0) - (inputs.stops[a] ?? 0) || a - b);
    const near = busiest.slice(0, 25);
    if (name !== PLANTED.travel) return least(near, (home) => meanKm(geography, inputs, busiest.slice(0, 80), home));
    return least(busiest.slice(0, 60), (home) => {
      const own = owners.map((owner) => (owner === territory ? 0 : -1));
      const [sum] = totals(own, { inputs, seats: [seatAt(geography, home)], travel: DEFAULT_TRAVEL });
      return sum ? Math.abs(travelShare(sum) - PLANTED.travelShare) : 1;
    });
  });
}

function meanKm(geography: Geography, inputs: UnitInputs, units: readonly number[], home: number): number {
  const km = (unit: number) => distanceKm(pointOf(geography, home), pointOf(geography, unit));
  return units.reduce((sum, unit) => sum + km(unit) * (inputs.stops[unit] ?? 0), 0);
}

function least(list: readonly number[], cost: (item: number) => number): number {
  let [best, lowest] = [list[0] ?? 0, Infinity];
  for (const item of list) {
    const value = cost(item);
    if (value < lowest) [best, lowest] = [item, value];
  }
  return best;
}
