import type { Geography } from '../../core/geography.ts';
import { PERMISSION_SET_IDS } from '../org/firstRecords.ts';
import type { Row } from './accounts.ts';
import { chance, sampleId } from './identifiers.ts';
import { personName } from './names.ts';
import { CLINICAL_DRAFTS, PLANTED, REGIONS, SALES_DRAFTS } from './places.ts';

export const ids = {
  model: sampleId('0MA', 1),
  types: { sales: sampleId('0M5', 1), clinical: sampleId('0M5', 2) },
  roots: { sales: sampleId('0MI', 1), clinical: sampleId('0MI', 2) },
  region: (i: number) => sampleId('0MI', 10 + i),
  sales: (i: number) => sampleId('0MI', 100 + i),
  clinical: (i: number) => sampleId('0MI', 200 + i),
  users: { admin: sampleId('005', 1), salesOps: sampleId('005', 2), integration: sampleId('005', 3) },
  manager: (i: number) => sampleId('005', 10 + i),
  rep: (i: number) => sampleId('005', 100 + i),
  specialist: (i: number) => sampleId('005', 200 + i),
  roles: { head: sampleId('00E', 1), clinical: sampleId('00E', 2), operations: sampleId('00E', 3) },
  regionRole: (i: number) => sampleId('00E', 10 + i),
  repRole: (i: number) => sampleId('00E', 20 + i),
  specialistRole: sampleId('00E', 30),
};

const regionOf = (i: number) => REGIONS.findIndex((region) => region === SALES_DRAFTS[i]?.region);

/** Whose accounts a sales territory's are: its rep's; those of the vacancy went to the regional manager when the rep left. */
export function ownerOf(territory: number): string {
  const isVacant = SALES_DRAFTS[territory]?.name === PLANTED.vacant;
  return isVacant ? ids.manager(regionOf(territory)) : ids.rep(territory);
}

/** The territory model with both teams: a root, four regions and 25 leaves for sales, a root and 8 leaves for clinical. */
export function territoryRecords(): Record<string, Row[]> {
  const territory = (id: string, name: string, parent: string | null, type: string): Row => ({
    Id: id,
    Name: name,
    DeveloperName: name.replace(/[^A-Za-z0-9]+/g, '_'),
    ParentTerritory2Id: parent,
    Territory2ModelId: ids.model,
    Territory2TypeId: type,
    AccountAccessLevel: 'Edit',
    OpportunityAccessLevel: 'Edit',
    CaseAccessLevel: 'Read',
  });
  const { sales, clinical } = ids.types;
  return {
    Territory2Type: [
      { Id: sales, MasterLabel: 'Sales', DeveloperName: 'Sales', Priority: 1 },
      { Id: clinical, MasterLabel: 'Clinical', DeveloperName: 'Clinical', Priority: 2 },
    ],
    Territory2Model: [
      { Id: ids.model, Name: 'Northeast field force', DeveloperName: 'Northeast_field_force', State: 'Active' },
    ],
    Territory2: [
      territory(ids.roots.sales, 'Sales', null, sales),
      territory(ids.roots.clinical, 'Clinical', null, clinical),
      ...REGIONS.map((region, i) => territory(ids.region(i), region, ids.roots.sales, sales)),
      ...SALES_DRAFTS.map(({ name }, i) => territory(ids.sales(i), name, ids.region(regionOf(i)), sales)),
      ...CLINICAL_DRAFTS.map(({ name }, i) => territory(ids.clinical(i), name, ids.roots.clinical, clinical)),
    ],
  };
}

export function roleRecords(): Row[] {
  const role = (id: string, name: string, parent: string | null): Row => ({
    Id: id,
    Name: name,
    DeveloperName: name.replace(/[^A-Za-z0-9]+/g, '_'),
    ParentRoleId: parent,
  });
  return [
    role(ids.roles.head, 'Head of Field', null),
    role(ids.roles.operations, 'Sales Operations', ids.roles.head),
    role(ids.roles.clinical, 'Clinical Lead', ids.roles.head),
    ...REGIONS.map((region, i) => role(ids.regionRole(i), `${region} Manager`, ids.roles.head)),
    ...REGIONS.map((region, i) => role(ids.repRole(i), `${region} Rep`, ids.regionRole(i))),
    role(ids.specialistRole, 'Clinical Specialist', ids.roles.clinical),
  ];
}

export interface Homes {
  readonly sales: readonly number[];
  readonly clinical: readonly number[];
}

/** Everybody in the field and in the office; the rep of the planted vacancy has left. */
export function userRecords(seed: number, geography: Geography, homes: Homes): Row[] {
  const user = (id: string, title: string, role: string | null, more: Row = {}): Row => {
    const { first, last } = personName(chance(seed, 'user', id));
    const handle = `${first}.${last}.${id.slice(12, 15)}`.toLowerCase().replace(/[^a-z0-9.]/g, '');
    const login = `${handle}@bailiwick.example`;
    const alias = handle.replace(/\W/g, '').slice(0, 8);
    return {
      Id: id,
      Username: login,
      Email: login,
      FirstName: first,
      LastName: last,
      Alias: alias,
      Title: title,
      IsActive: true,
      UserRoleId: role,
      ...more,
    };
  };
  const home = (unit: number | undefined): Row => {
    const at = unit ?? 0;
    return { PostalCode: geography.ids[at] ?? '', City: geography.names[at] ?? '', State: geography.states[at] ?? '' };
  };
  const integration = { FirstName: 'Bailiwick', LastName: 'Integration', UserRoleId: null };
  return [
    user(ids.users.admin, 'Territory Admin', ids.roles.head),
    user(ids.users.salesOps, 'Sales Operations Analyst', ids.roles.operations),
    user(ids.users.integration, 'Integration user', null, integration),
    ...REGIONS.map((region, i) => user(ids.manager(i), `Regional Manager, ${region}`, ids.regionRole(i))),
    ...SALES_DRAFTS.map(({ name }, i) =>
      user(ids.rep(i), `Sales Representative, ${name}`, ids.repRole(regionOf(i)), {
        ...home(homes.sales[i]),
        ManagerId: ids.manager(regionOf(i)),
        IsActive: name !== PLANTED.vacant,
      }),
    ),
    ...CLINICAL_DRAFTS.map(({ name }, i) =>
      user(ids.specialist(i), `Clinical Specialist, ${name}`, ids.specialistRole, home(homes.clinical[i])),
    ),
  ];
}

/** Who belongs to which territory: reps to leaves, managers to regions, the Territory Admin to both roots. */
export function membershipRecords(): Row[] {
  const rows: [user: string, territory: string, role: string, active: boolean][] = [
    [ids.users.admin, ids.roots.sales, 'Administrator', true],
    [ids.users.admin, ids.roots.clinical, 'Administrator', true],
    ...REGIONS.map((_, i): [string, string, string, boolean] => [ids.manager(i), ids.region(i), 'Administrator', true]),
    ...SALES_DRAFTS.map(({ name }, i): [string, string, string, boolean] => [
      ids.rep(i),
      ids.sales(i),
      'Owner',
      name !== PLANTED.vacant,
    ]),
    ...CLINICAL_DRAFTS.map((_, i): [string, string, string, boolean] => [
      ids.specialist(i),
      ids.clinical(i),
      'Owner',
      true,
    ]),
  ];
  return rows.map(([UserId, Territory2Id, RoleInTerritory2, IsActive], i) => ({
    Id: sampleId('0Mb', i + 1),
    UserId,
    Territory2Id,
    RoleInTerritory2,
    IsActive,
  }));
}

/**
 * Who holds which permission set of the package; managers administer their region's branch. Sales operations also sees and
 * edits all records, as in most orgs.
 */
export function permissionRecords(): Record<string, Row[]> {
  const dataSteward = sampleId('0PS', 1);
  const reps = [...SALES_DRAFTS.map((_, i) => ids.rep(i)), ...CLINICAL_DRAFTS.map((_, i) => ids.specialist(i))];
  const admins = [ids.users.admin, ...REGIONS.map((_, i) => ids.manager(i))];
  const holders: [set: string, users: string[]][] = [
    [PERMISSION_SET_IDS.Bailiwick_Rep, reps],
    [PERMISSION_SET_IDS.Bailiwick_Territory_Admin, admins],
    [PERMISSION_SET_IDS.Bailiwick_Sales_Ops, [ids.users.salesOps]],
    [dataSteward, [ids.users.salesOps]],
  ];
  const assignments = holders.flatMap(([PermissionSetId, users]) =>
    users.map((AssigneeId) => ({ AssigneeId, PermissionSetId })),
  );
  return {
    PermissionSet: [
      {
        Id: dataSteward,
        Name: 'Data_Steward',
        Label: 'Data Steward',
        PermissionsViewAllData: true,
        PermissionsModifyAllData: true,
      },
    ],
    PermissionSetAssignment: assignments.map((row, i) => ({ Id: sampleId('0Pa', i + 1), ...row })),
  };
}
