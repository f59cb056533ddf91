import type { Geography } from './geography.ts';
import type { UnitInputs, Vector } from './measures.ts';
import { dueByRound, spacingKm, type VisitedPlace } from './spacing.ts';
import type { TravelSettings } from './travel.ts';
import { callHours, caseHours, tiers, type CallPlan, type Tier } from './workload.ts';

/** Physicians are called on; facilities also have cases; a parent (health system) is an owner on paper and no place of work. */
export type AccountKind = 'physician' | 'facility' | 'parent';

/** An account as work sees it. */
export interface WorkAccount {
  readonly id: string;
  readonly kind: AccountKind;
  /** Unit of its address ZIP; -1 where the address names no unit: it then counts nowhere. */
  readonly unit: number;
  /** Keys under which claims know it, such as NPI and CCN; the first one with claims counts. */
  readonly keys: readonly string[];
  /** Accounts with the same text are one stop. */
  readonly address: string;
  readonly salesUsd: number;
}

/** What claims say of one provider or facility, in a year. */
export interface Volume {
  /** Procedures counted under the market's role: additive over all keys. */
  readonly procedures: number;
  readonly opportunityUsd: number;
  /** Procedures it takes part in under any role: ranks it for calls, and is not additive. */
  readonly involvedProcedures: number;
}

/** Demand of each unit under the market's role, in unit order. */
export interface Demand {
  readonly potentialUsd: Vector;
  readonly procedures: Vector;
  readonly providers: Vector;
}

/** What one account brings to its unit; sums of these make the unit's work, sales and accounts. */
export interface AccountPart {
  readonly unit: number;
  readonly tier: Tier | null;
  readonly potentialUsd: number;
  readonly salesUsd: number;
  readonly headroomUsd: number;
  readonly procedures: number;
  readonly providers: number;
  readonly accounts: number;
  readonly callHours: number;
  readonly caseHours: number;
  /** Its share of the visits to its address. */
  readonly stops: number;
}

export interface UnitInputsOptions {
  readonly accounts: readonly WorkAccount[];
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly demand: Demand;
  readonly geography: Pick<Geography, 'ids' | 'lat' | 'lon' | 'areaKm2'>;
  readonly callPlan: CallPlan;
  readonly travel: Pick<TravelSettings, 'cyclesPerYear'>;
}

const NO_VOLUME: Volume = { procedures: 0, opportunityUsd: 0, involvedProcedures: 0 };

/**
 * What is known of every unit, from accounts and claims. Potential, procedures and providers come from the demand of the
 * unit; calls, cases, stops, sales and accounts from the accounts in it. Cases are estimated from the procedures of
 * facilities. Headroom = potential − sales, floored per account, plus demand that belongs to no account.
 */
export function unitInputs(options: UnitInputsOptions): { inputs: UnitInputs; parts: Map<string, AccountPart> } {
  const { demand, geography } = options;
  const { parts, places } = accountParts(options);
  const sum = (pick: (part: AccountPart) => number): number[] => {
    const vector = new Array<number>(geography.ids.length).fill(0);
    for (const part of parts.values()) if (part.unit >= 0) vector[part.unit] = (vector[part.unit] ?? 0) + pick(part);
    return vector;
  };
  const known = sum((part) => part.potentialUsd);
  const ofAccounts = sum((part) => part.headroomUsd);
  const inputs: UnitInputs = {
    potentialUsd: demand.potentialUsd,
    salesUsd: sum((part) => part.salesUsd),
    headroomUsd: ofAccounts.map(
      (usd, unit) => usd + Math.max(0, (demand.potentialUsd[unit] ?? 0) - (known[unit] ?? 0)),
    ),
    providers: demand.providers,
    accounts: sum((part) => part.accounts),
    procedures: demand.procedures,
    callHours: sum((part) => part.callHours),
    caseHours: sum((part) => part.caseHours),
    stops: sum((part) => part.stops),
    spacingKm: spacingKm(dueByRound(places, geography.ids.length), geography),
    lat: geography.lat,
    lon: geography.lon,
  };
  return { inputs, parts };
}

/** The part of every account, by its id, and the addresses that are visited. */
function accountParts(options: UnitInputsOptions): { parts: Map<string, AccountPart>; places: VisitedPlace[] } {
  const { accounts, volumes, callPlan, travel } = options;
  const volumeOf = (account: WorkAccount) => {
    const key = account.keys.find((candidate) => volumes.has(candidate));
    return (key !== undefined && volumes.get(key)) || NO_VOLUME;
  };
  const tierOf = tiersOf(accounts, volumeOf);
  const callsOf = (account: WorkAccount) => {
    const tier = tierOf.get(account);
    return tier ? callPlan.tiers[tier].callsPerYear : 0;
  };
  const visits = addressVisits(accounts, callsOf);
  const parts = new Map(
    accounts.map((account) => {
      const tier = tierOf.get(account) ?? null;
      const { procedures, opportunityUsd } = volumeOf(account);
      const at = visits.get(addressKey(account)) ?? { most: 0, all: 0 };
      const part: AccountPart = {
        unit: account.unit,
        tier,
        potentialUsd: opportunityUsd,
        salesUsd: account.salesUsd,
        headroomUsd: Math.max(0, opportunityUsd - account.salesUsd),
        procedures,
        providers: account.kind === 'physician' ? 1 : 0,
        accounts: 1,
        callHours: tier ? callHours(tier, callPlan) : 0,
        caseHours: account.kind === 'facility' ? caseHours(procedures, callPlan) : 0,
        stops: at.all > 0 ? ((at.most / travel.cyclesPerYear) * callsOf(account)) / at.all : 0,
      };
      return [account.id, part];
    }),
  );
  const places = [...visits.values()].map(({ unit, most }) => ({ unit, perCycle: most / travel.cyclesPerYear }));
  return { parts, places };
}

/** Tiers are ranked among physicians and among facilities apart. */
function tiersOf(accounts: readonly WorkAccount[], volumeOf: (account: WorkAccount) => Volume): Map<WorkAccount, Tier> {
  const tierOf = new Map<WorkAccount, Tier>();
  for (const kind of ['physician', 'facility'] as const) {
    const group = accounts.filter((account) => account.kind === kind);
    tiers(group.map((account) => volumeOf(account).involvedProcedures)).forEach((tier, i) => {
      const account = group[i];
      if (account) tierOf.set(account, tier);
    });
  }
  return tierOf;
}

const addressKey = (account: WorkAccount) => `${account.unit}\n${account.address}`;

/** Per address: the calls of the account visited most often (the others are seen on the same trips), and all calls. */
function addressVisits(accounts: readonly WorkAccount[], callsOf: (account: WorkAccount) => number) {
  const visits = new Map<string, { unit: number; most: number; all: number }>();
  for (const account of accounts) {
    const calls = callsOf(account);
    const { unit } = account;
    const known = visits.get(addressKey(account)) ?? { most: 0, all: 0 };
    visits.set(addressKey(account), { unit, most: Math.max(known.most, calls), all: known.all + calls });
  }
  return visits;
}
