import type { Geography } from '../../core/geography.ts';
import type { Cell } from './cells.ts';
import { facilityKey, opportunityUsd, physicianKey } from './cells.ts';
import type { Directory, Entry } from './directory.ts';
import { chance } from './identifiers.ts';
import type { HealthSystem } from './systems.ts';

export type Row = Record<string, string | number | boolean | null>;

/** An account record beside what the generator has to know of it. */
export interface SampleAccount {
  readonly row: Row;
  /** -1 where the address names no unit. */
  readonly unit: number;
  readonly potentialUsd: number;
}

/** Six addresses as sales ops meets them; the last one has a good ZIP under the wrong state. */
export const BAD_ADDRESSES: readonly { readonly zip: string | null; readonly state?: string; readonly why: string }[] =
  [
    { zip: null, why: 'no ZIP' },
    { zip: '00000', why: 'a ZIP that does not exist' },
    { zip: 'O1748', why: 'a letter O in place of a zero' },
    { zip: 'H3Z 2Y7', why: 'a Canadian postal code' },
    { zip: '99', why: 'a ZIP cut off after two digits' },
    { zip: '', state: 'CA', why: 'a ZIP of another state than the one named' },
  ];
/** Territories whose third physician, a referring one, gets a bad address. */
const BAD_IN = [1, 4, 9, 14, 18, 21];
const LAST_SAMPLE_DAY = Date.UTC(2026, 9, 31);

export interface AccountOptions {
  readonly seed: number;
  readonly geography: Geography;
  readonly directory: Directory;
  readonly systems: readonly HealthSystem[];
  readonly cells: readonly Cell[];
}

/** All accounts: facilities, physicians, health systems. Owners are filled in later. */
export function accountsOf({ seed, geography, directory, systems, cells }: AccountOptions): SampleAccount[] {
  const potential = new Map<string, number>();
  for (const cell of cells) {
    const key = cell.facility ? facilityKey(cell.facility) : physicianKey(cell.physician);
    potential.set(key, (potential.get(key) ?? 0) + opportunityUsd(cell));
  }
  const parents = new Map(
    systems.flatMap((system) => system.facilities.map((facility) => [facility, system.accountId])),
  );
  const made = (entry: Entry, key: string, more: Row): SampleAccount => {
    const potentialUsd = potential.get(key) ?? 0;
    const row = {
      Id: entry.accountId,
      Name: entry.name,
      NPI__c: entry.npi,
      CCN__c: entry.ccn,
      ...addressOf(geography, entry.unit, entry.street),
      Annual_Sales__c: salesOf(seed, key, potentialUsd),
      ...lastActivity(seed, key),
      ...more,
    };
    return { row, unit: entry.unit, potentialUsd };
  };
  const facilities = directory.facilities.map((facility) =>
    made(directory.facility(facility), facilityKey(facility), {
      Facility_Kind__c: facility.kind,
      ParentId: parents.get(facility) ?? null,
      Type: 'Customer',
    }),
  );
  const physicians = directory.physicians.map((physician) => {
    const more = { Facility_Kind__c: 'Physician', Specialty__c: physician.specialty, Type: 'Customer' };
    const account = made(directory.physician(physician), physicianKey(physician), more);
    const [territory, i] = [Math.floor(physician.serial / 1000), physician.serial % 1000];
    return i === 2 && BAD_IN.includes(territory) ? withBadAddress(account, BAD_IN.indexOf(territory)) : account;
  });
  return [...facilities, ...physicians, ...systems.map((system) => systemAccount(geography, system))];
}

function systemAccount(geography: Geography, { accountId, name, unit, street }: HealthSystem): SampleAccount {
  const address = addressOf(geography, unit, street);
  const row = {
    Id: accountId,
    Name: name,
    Facility_Kind__c: 'Health System',
    Type: 'Customer',
    Annual_Sales__c: 0,
    ...address,
  };
  return { row, unit, potentialUsd: 0 };
}

function addressOf(geography: Geography, unit: number, street: string): Row {
  return {
    BillingStreet: street,
    BillingCity: geography.names[unit] ?? '',
    BillingState: geography.states[unit] ?? '',
    BillingPostalCode: geography.ids[unit] ?? '',
    BillingCountry: 'United States',
  };
}

function withBadAddress(account: SampleAccount, i: number): SampleAccount {
  const bad = BAD_ADDRESSES[i];
  if (!bad) return account;
  if (bad.state !== undefined) return { ...account, row: { ...account.row, BillingState: bad.state } };
  return { ...account, unit: -1, row: { ...account.row, BillingPostalCode: bad.zip } };
}

/** What a customer buys today: most facilities and a third of the offices do, a few more than claims would suggest. */
function salesOf(seed: number, key: string, potentialUsd: number): number {
  const random = chance(seed, 'sales', key);
  const isCustomer = random() < (key.startsWith('f') ? 0.75 : 0.35);
  return isCustomer
    ? Math.round((potentialUsd * (0.08 + 0.55 * random() ** 1.5 + (random() < 0.03 ? 0.9 : 0))) / 10) * 10
    : 0;
}

function lastActivity(seed: number, key: string): Row {
  const random = chance(seed, 'activity', key);
  if (random() < 0.2) return {};
  const day = new Date(LAST_SAMPLE_DAY - Math.floor(200 * random() ** 2) * 86_400_000);
  return { LastActivityDate: day.toISOString().slice(0, 10) };
}
