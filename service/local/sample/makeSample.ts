import type { Geography } from '../../core/geography.ts';
import { accountsOf, BAD_ADDRESSES, type Row, type SampleAccount } from './accounts.ts';
import { associationsOf, type Owners } from './associations.ts';
import { calibrate, type World } from './calibrate.ts';
import { PLANTED_SURGEON } from './cells.ts';
import { cmsFile } from './cmsFile.ts';
import { contactRecords, opportunityRecords } from './deals.ts';
import { Directory } from './directory.ts';
import {
  ids,
  membershipRecords,
  ownerOf,
  permissionRecords,
  roleRecords,
  territoryRecords,
  userRecords,
} from './field.ts';
import { grow, nearestUnit, peopleByUnit, pocketUnits } from './ground.ts';
import { CLINICAL_DRAFTS, PLANTED, SALES_DRAFTS } from './places.ts';
import { sampleMarket } from './sampleMarket.ts';
import { candidates } from './providers.ts';
import { healthSystems, type HealthSystem } from './systems.ts';
import { vendorFile } from './vendorFile.ts';

export const ACCOUNTS = 5000;
const HEALTH_SYSTEMS = 40;
export const OPPORTUNITIES = 2000;
export const CMS_ROWS = 60_000;

/** Everything the demonstration needs; the same seed gives the same sample, byte for byte. */
export interface Sample {
  readonly records: Readonly<Record<string, readonly Row[]>>;
  readonly claimsCms: string;
  readonly claimsVendor: string;
  /** ZIP → territory, as CSV with `zip,territory_id`. */
  readonly sheets: { readonly sales: string; readonly clinical: string };
  readonly market: ReturnType<typeof sampleMarket>;
  readonly planted: Planted;
}

export type Planted = ReturnType<typeof plantedOf>;

/** Ground and people of the sample, before anything is written down. */
export function sampleWorld({ seed = 1, geography }: { seed?: number; geography: Geography }) {
  const people = peopleByUnit(geography);
  const pocket = pocketUnits(geography);
  const owners: Owners = { sales: grow(geography, SALES_DRAFTS, pocket), clinical: grow(geography, CLINICAL_DRAFTS) };
  const unitsOf = (territory: number) => owners.sales.flatMap((owner, unit) => (owner === territory ? [unit] : []));
  const grounds = [...SALES_DRAFTS.keys()].map(unitsOf).concat([[...pocket]]);
  const lists = grounds.map((units, territory) => candidates(seed, territory, { geography, people, units }));
  const world = calibrate({
    seed,
    geography,
    candidates: lists,
    owners: owners.sales,
    accounts: ACCOUNTS - HEALTH_SYSTEMS,
  });
  return { people, pocket, owners, world };
}

export function makeSample({ seed = 1, geography }: { seed?: number; geography: Geography }): Sample {
  const { people, pocket, owners, world } = sampleWorld({ seed, geography });
  const directory = new Directory(world, geography);
  const systems = healthSystems(seed, ACCOUNTS - directory.size, directory);
  const accounts = withOwners(accountsOf({ seed, geography, directory, systems, cells: world.cells }), {
    owners,
    world,
  });
  const associations = associationsOf(accounts, owners);
  const homes = { sales: world.homes, clinical: CLINICAL_DRAFTS.map((draft) => nearestUnit(geography, draft)) };
  return {
    records: {
      UserRole: roleRecords(),
      User: userRecords(seed, geography, homes),
      ...permissionRecords(),
      ...territoryRecords(),
      UserTerritory2Association: membershipRecords(),
      Account: accounts
        .map(({ row }) => row)
        .sort((a, b) => Number(a['ParentId'] != null) - Number(b['ParentId'] != null)),
      Contact: contactRecords(seed, accounts),
      Opportunity: opportunityRecords(seed, accounts, OPPORTUNITIES),
      ...associations.rules,
      ObjectTerritory2Association: associations.rows,
    },
    claimsCms: cmsFile(seed, CMS_ROWS, { geography, people, directory }),
    claimsVendor: vendorFile(seed, world.cells, directory, geography),
    sheets: {
      sales: sheet(geography, owners.sales, ids.sales),
      clinical: sheet(geography, owners.clinical, ids.clinical),
    },
    market: sampleMarket(),
    planted: plantedOf({ seed, geography, owners, pocket, world, directory, systems, accounts, associations }),
  };
}

/** The territory's rep owns the account, the manager those of a vacancy; where no territory is, sales operations does. */
function withOwners(accounts: SampleAccount[], { owners, world }: { owners: Owners; world: World }): SampleAccount[] {
  const listed = [...world.facilities, ...world.physicians];
  return accounts.map((account, i) => {
    // A bad address hides the unit, not whose customer it is.
    const territory =
      account.unit >= 0 ? (owners.sales[account.unit] ?? -1) : Math.floor((listed[i]?.serial ?? -1) / 1000);
    const OwnerId = territory >= 0 && territory < SALES_DRAFTS.length ? ownerOf(territory) : ids.users.salesOps;
    return { ...account, row: { ...account.row, OwnerId } };
  });
}

/** Every ZIP with its territory; ZIPs without an area follow their parent. */
function sheet(geography: Geography, owners: readonly number[], territoryId: (i: number) => string): string {
  const unitOf = new Map(geography.ids.map((id, unit) => [id as string, unit]));
  for (const [zip, parent] of Object.entries(geography.parents)) unitOf.set(zip, unitOf.get(parent) ?? -1);
  const rows = [...unitOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([zip, unit]) => ({ zip, owner: owners[unit] ?? -1 }));
  return `zip,territory_id\n${rows
    .filter(({ owner }) => owner >= 0)
    .map(({ zip, owner }) => `${zip},${territoryId(owner)}\n`)
    .join('')}`;
}

interface Made {
  readonly seed: number;
  readonly geography: Geography;
  readonly owners: Owners;
  readonly pocket: ReadonlySet<number>;
  readonly world: World;
  readonly directory: Directory;
  readonly systems: readonly HealthSystem[];
  readonly accounts: readonly SampleAccount[];
  readonly associations: ReturnType<typeof associationsOf>;
}

/** What there is to find, by record id. */
function plantedOf({ seed, geography, pocket, world, directory, systems, accounts, associations }: Made) {
  const territory = (name: string) => ({ id: ids.sales(SALES_DRAFTS.findIndex((draft) => draft.name === name)), name });
  const surgeon = world.physicians.find(({ serial }) => serial === PLANTED_SURGEON);
  const sites = world.cells.filter(({ physician }) => physician === surgeon).map(({ facility }) => facility);
  const places = [...new Set(sites)].flatMap((facility) => (facility ? [directory.facility(facility)] : []));
  const bad = accounts.filter(({ row, unit }) => unit < 0 || row['BillingState'] === 'CA');
  return {
    seed,
    teams: { sales: { id: ids.roots.sales, name: 'Sales' }, clinical: { id: ids.roots.clinical, name: 'Clinical' } },
    users: { ...ids.users, rep: ids.rep(0), neighborRep: ids.rep(1), manager: ids.manager(0) },
    overloaded: territory(PLANTED.overloaded),
    travel: territory(PLANTED.travel),
    merge: PLANTED.merge.map(territory),
    vacancy: territory(PLANTED.vacant),
    pocket: { city: PLANTED.pocket.city, zips: [...pocket].map((unit) => geography.ids[unit] ?? '').sort() },
    system: {
      accountId: systems[0]?.accountId ?? '',
      name: systems[0]?.name ?? '',
      territories: PLANTED.systemOver.map(territory),
    },
    surgeon: {
      accountId: surgeon ? directory.physician(surgeon).accountId : '',
      facilities: places.map(({ accountId, name }) => ({ accountId, name })),
    },
    badAddresses: bad.map(({ row }) => ({
      accountId: String(row['Id']),
      zip: row['BillingPostalCode'] ?? null,
      why: whyBad(row),
    })),
    ruleMade: associations.ruleMade,
    foreign: associations.foreign,
  };
}

const whyBad = (row: Row) =>
  BAD_ADDRESSES.find(({ zip, state }) =>
    state === undefined ? zip === row['BillingPostalCode'] : state === row['BillingState'],
  )?.why ?? '';
