import { facilityKey, physicianKey } from './cells.ts';
import type { World } from './calibrate.ts';
import { workAccounts } from './calibrate.ts';
import { ccn, npi, sampleId } from './identifiers.ts';
import type { Geography } from '../../core/geography.ts';
import type { Facility, Physician } from './providers.ts';

/** How records and claims name a provider. */
export interface Entry {
  readonly accountId: string;
  readonly npi: string;
  readonly ccn: string | null;
  readonly name: string;
  readonly unit: number;
  readonly street: string;
}

/** One numbering of all providers, for the CRM and for the claims files alike. */
export class Directory {
  readonly physicians: readonly Physician[];
  readonly facilities: readonly Facility[];
  private readonly entries = new Map<string, Entry>();

  constructor(world: World, geography: Geography) {
    this.physicians = world.physicians;
    this.facilities = world.facilities;
    const hospitals = new Map<string, number>();
    const addresses = new Map(workAccounts(world).map((account) => [account.id, account]));
    let serial = 0;
    const place = (key: string, unit: number, street: string) => {
      const account = addresses.get(key);
      serial += 1;
      return {
        accountId: sampleId('001', serial),
        npi: npi(serial),
        unit: account?.unit ?? unit,
        street: account?.address ?? street,
      };
    };
    for (const facility of world.facilities) {
      const state = geography.states[facility.unit] ?? '';
      const number = hospitals.get(state) ?? 0;
      const isHospital = facility.kind === 'Hospital';
      if (isHospital) hospitals.set(state, number + 1);
      const key = facilityKey(facility);
      const certification = isHospital ? ccn(state, number) : null;
      this.entries.set(key, { ...place(key, facility.unit, facility.street), ccn: certification, name: facility.name });
    }
    for (const physician of world.physicians) {
      const key = physicianKey(physician);
      const { first, middle, last } = physician.name;
      this.entries.set(key, {
        ...place(key, physician.unit, physician.street),
        ccn: null,
        name: `${first} ${middle}. ${last}`,
      });
    }
  }

  get size(): number {
    return this.entries.size;
  }

  facility(facility: Facility): Entry {
    return this.entry(facilityKey(facility));
  }

  physician(physician: Physician): Entry {
    return this.entry(physicianKey(physician));
  }

  private entry(key: string): Entry {
    const entry = this.entries.get(key);
    if (!entry) throw new TypeError(`No provider ${key} in the sample.`);
    return entry;
  }
}
