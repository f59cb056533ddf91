import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Volume } from '../../service/core/unitInputs.ts';
import type { PerformedAt, RegistryAccount, RegistryPorts, SiteVolume } from '../../service/registry/ports.ts';
import { createRegistry } from '../../service/registry/registry.ts';
import type { Store } from '../../service/store/store.ts';

export const ZIP_POINTS = [
  { zip: '02115', lat: 42.34, lon: -71.09 },
  { zip: '02116', lat: 42.35, lon: -71.07 },
  { zip: '06510', lat: 41.3, lon: -72.92 },
];

export const FACILITY_HEADER =
  'provider_num,npi,name,address,city,state,zip,fips_county,lat,lon,phone,provider_type_code,category,bed_count';

export interface FacilityRow {
  ccn?: string;
  npi?: string;
  name?: string;
  address?: string;
  city?: string;
  state?: string;
  zip?: string;
  lat?: string | number;
  lon?: string | number;
  type?: string;
}

/** One line of a facility list; what is not said is an ordinary value. */
export function facilityLine(row: FacilityRow): string {
  const { ccn = '', npi = '', name = 'Beacon Hospital', address = '1 Main Street', city = 'Boston' } = row;
  const { state = 'MA', zip = '021150001', lat = 42.341, lon = -71.091, type = '00-09' } = row;
  return [ccn, npi, `"${name}"`, `"${address}"`, city, state, zip, '', lat, lon, '6175550100', type, '', '40'].join(
    ',',
  );
}

export const facilityText = (...rows: FacilityRow[]) => `${FACILITY_HEADER}\n${rows.map(facilityLine).join('\n')}\n`;

/** NPIs with valid check digits that nobody holds. */
export const NPIS = ['2900000011', '2900000029', '2900000037', '2900000045'] as const;

export const account = (id: string, more: Partial<RegistryAccount> = {}): RegistryAccount => ({
  id,
  name: 'Beacon Hospital',
  npi: null,
  ccn: null,
  street: '1 Main St',
  city: 'Boston',
  state: 'MA',
  zip: '02115',
  ...more,
});

/** What the rest of the house says; tests set it. */
export interface Surroundings {
  accounts: RegistryAccount[];
  /** Ids that a rep may see; everybody else sees all. */
  readable: Set<string>;
  visibleZips: Set<string>;
  performed: PerformedAt[];
  sites: SiteVolume[];
  volumes: Map<string, Volume>;
}

/** A registry in memory over a store of the test's own, and a folder for files; close() clears them away. */
export async function registryWorld(store: Store) {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-registry-'));
  const around: Surroundings = {
    accounts: [],
    readable: new Set(),
    visibleZips: new Set(['02115']),
    performed: [],
    sites: [],
    volumes: new Map(),
  };
  const ports: RegistryPorts = {
    zipPoints: () => ZIP_POINTS,
    accounts: async () => around.accounts,
    readable: async (user, ids) => (user.role === 'rep' ? around.readable : new Set(ids)),
    visibleZips: async (user) => (user.role === 'rep' ? around.visibleZips : 'all'),
    performedAt: async (keys) =>
      around.performed.filter(({ npi, facilityKey }) => keys.includes(npi) || keys.includes(facilityKey)),
    volumeBySite: async () => around.sites,
    volumes: async () => around.volumes,
  };
  let minutes = 0;
  const clock = () => new Date(Date.UTC(2026, 10, 1, 12, minutes++));
  const registry = await createRegistry({ store, ports, clock });
  const write = (name: string, text: string | Buffer) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    registry,
    ports,
    around,
    folder,
    write,
    take: (name: string, text: string | Buffer) => registry.importFile(write(name, text)),
    close: async () => {
      await registry.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type RegistryWorld = Awaited<ReturnType<typeof registryWorld>>;
