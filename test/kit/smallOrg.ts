import { longId } from '../../service/core/ids.ts';
import { orgOfTest } from './testOrg.ts';
import { startOrg, type LocalOrg, type StartOrgOptions } from '../../service/local/org/org.ts';

/** Readable ids: id('001', 'acme') → an 18-character Account id. */
export const id = (prefix: string, name: string): string => longId(`${prefix}${name.padStart(12, '0')}`);

export const ROLE = { director: id('00E', 'director'), manager: id('00E', 'manager'), rep: id('00E', 'rep') };
export const USER = {
  director: id('005', 'dora'),
  manager: id('005', 'mona'),
  ann: id('005', 'ann'),
  bob: id('005', 'bob'),
  gone: id('005', 'gone'),
};
export const MODEL = id('0MA', 'model');
export const TYPE = id('0M5', 'type');
/** sales ── east ── eastA (Ann), eastB (Bob); clinical is another team. */
export const TERRITORY = {
  sales: id('0MI', 'sales'),
  east: id('0MI', 'east'),
  eastA: id('0MI', 'eastA'),
  eastB: id('0MI', 'eastB'),
  clinical: id('0MI', 'clinical'),
};
export const account = (n: number): string => id('001', `a${n}`);
export const association = (n: number): string => id('0Ma', `m${n}`);

const user = (Id: string, name: string, UserRoleId: string, IsActive = true) => ({
  Id,
  Username: `${name.toLowerCase()}@example.com`,
  FirstName: name,
  LastName: 'Test',
  UserRoleId,
  IsActive,
});
const territory = (Id: string, Name: string, ParentTerritory2Id: string | null = null) => ({
  Id,
  Name,
  DeveloperName: Name.replaceAll(' ', '_'),
  ParentTerritory2Id,
  Territory2ModelId: MODEL,
  Territory2TypeId: TYPE,
  AccountAccessLevel: 'Edit',
});

export const smallRecords = () => ({
  UserRole: [
    { Id: ROLE.director, Name: 'Director' },
    { Id: ROLE.manager, Name: 'Manager', ParentRoleId: ROLE.director },
    { Id: ROLE.rep, Name: 'Rep', ParentRoleId: ROLE.manager },
  ],
  User: [
    user(USER.director, 'Dora', ROLE.director),
    user(USER.manager, 'Mona', ROLE.manager),
    user(USER.ann, 'Ann', ROLE.rep),
    user(USER.bob, 'Bob', ROLE.rep),
    user(USER.gone, 'Gone', ROLE.rep, false),
  ],
  Territory2Model: [{ Id: MODEL, Name: 'FY', DeveloperName: 'FY', State: 'Active' }],
  Territory2Type: [{ Id: TYPE, MasterLabel: 'Sales', DeveloperName: 'Sales', Priority: 1 }],
  Territory2: [
    territory(TERRITORY.sales, 'Sales'),
    territory(TERRITORY.east, 'East', TERRITORY.sales),
    territory(TERRITORY.eastA, 'East A', TERRITORY.east),
    territory(TERRITORY.eastB, 'East B', TERRITORY.east),
    territory(TERRITORY.clinical, 'Clinical'),
  ],
  UserTerritory2Association: [
    { UserId: USER.ann, Territory2Id: TERRITORY.eastA },
    { UserId: USER.bob, Territory2Id: TERRITORY.eastB },
  ],
});

/** Mona may write territories and their accounts. */
export const territoryManager = () => ({
  PermissionSet: [
    { Id: id('0PS', 'manager'), Name: 'Territory_Manager', Label: 'Manager', PermissionsManageTerritories: true },
  ],
  PermissionSetAssignment: [{ AssigneeId: USER.manager, PermissionSetId: id('0PS', 'manager') }],
});

/** Accounts a1…an owned by Ann, with a ZIP each. */
export const accounts = (count: number, more: Record<string, unknown> = {}) =>
  Array.from({ length: count }, (_, k) => ({
    Id: account(k + 1),
    Name: `Account ${String(k + 1).padStart(5, '0')}`,
    OwnerId: USER.ann,
    BillingPostalCode: '02115',
    ...more,
  }));

const asGiven: ReturnType<typeof orgOfTest> = { records: (records) => records };

/** A running org with the small hierarchy; the token "secret" is the integration user's. */
export async function startSmallOrg(options: Partial<StartOrgOptions> = {}): Promise<LocalOrg> {
  // a folder of the test's own comes instead of the suite's
  const { folder, records } = options.folder ? asGiven : orgOfTest();
  const started = await startOrg({ port: 0, token: 'secret', ...(folder ? { folder } : {}), ...options });
  const org: LocalOrg = { ...started, seed: (more) => started.seed(records(more)) };
  org.seed(
    options.territories === false ? { User: smallRecords().User, UserRole: smallRecords().UserRole } : smallRecords(),
  );
  org.seed(territoryManager());
  return org;
}
