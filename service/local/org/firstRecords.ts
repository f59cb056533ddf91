import { longId } from '../../core/ids.ts';
import { STANDARD_PROFILE_ID } from './schemas/users.ts';
import type { Input } from './records.ts';

export const ORG_ID = longId('00DBw0000000001');
export const INTEGRATION_USER_ID = longId('005Bw0000000INT');
export const INTEGRATION_USERNAME = 'integration@bailiwick.example';

const permission = (n: number) => longId(`0CPBw000000000${n}`);
const set = (n: number) => longId(`0PSBw000000000${n}`);

/** Ids of the permission sets that every stand-in org has, for `PermissionSetAssignment` rows of the sample. */
export const PERMISSION_SET_IDS = {
  Bailiwick_Rep: set(1),
  Bailiwick_Territory_Admin: set(2),
  Bailiwick_Sales_Ops: set(3),
  Bailiwick_Integration: set(4),
} as const;

const STANDARD_SET_ID = set(9);

const VIEW = permission(1);
const REASSIGN = permission(2);
const OPERATE = permission(3);

const GRANTS: [string, string[]][] = [
  [PERMISSION_SET_IDS.Bailiwick_Rep, [VIEW]],
  [PERMISSION_SET_IDS.Bailiwick_Territory_Admin, [VIEW, REASSIGN]],
  [PERMISSION_SET_IDS.Bailiwick_Sales_Ops, [VIEW, REASSIGN, OPERATE]],
];

/** What is in the org before any sample: the org itself, the integration user, permissions and permission sets. */
export function firstRecords(): Record<string, Input[]> {
  return {
    Organization: [{ Id: ORG_ID, Name: 'Stand-in Org', OrganizationType: 'Enterprise Edition', InstanceName: 'LOCAL' }],
    User: [
      {
        Id: INTEGRATION_USER_ID,
        Username: INTEGRATION_USERNAME,
        LastName: 'Integration User',
        Email: INTEGRATION_USERNAME,
        IsActive: true,
      },
    ],
    CustomPermission: [
      { Id: VIEW, DeveloperName: 'Bailiwick_View', MasterLabel: 'Bailiwick: view' },
      { Id: REASSIGN, DeveloperName: 'Bailiwick_Reassign', MasterLabel: 'Bailiwick: reassign' },
      { Id: OPERATE, DeveloperName: 'Bailiwick_Operate', MasterLabel: 'Bailiwick: operate' },
    ],
    Profile: [{ Id: STANDARD_PROFILE_ID, Name: 'Standard User' }],
    PermissionSet: [
      {
        Id: STANDARD_SET_ID,
        Name: 'X00ex_Standard_User',
        Label: 'Standard User',
        IsOwnedByProfile: true,
        ProfileId: STANDARD_PROFILE_ID,
        PermissionsApiEnabled: true,
      },
      { Id: PERMISSION_SET_IDS.Bailiwick_Rep, Name: 'Bailiwick_Rep', Label: 'Bailiwick Rep' },
      {
        Id: PERMISSION_SET_IDS.Bailiwick_Territory_Admin,
        Name: 'Bailiwick_Territory_Admin',
        Label: 'Bailiwick Territory Admin',
      },
      { Id: PERMISSION_SET_IDS.Bailiwick_Sales_Ops, Name: 'Bailiwick_Sales_Ops', Label: 'Bailiwick Sales Ops' },
      {
        Id: PERMISSION_SET_IDS.Bailiwick_Integration,
        Name: 'Bailiwick_Integration',
        Label: 'Bailiwick Integration',
        PermissionsViewAllData: true,
        PermissionsModifyAllData: true,
        PermissionsTransferAnyEntity: true,
        PermissionsManageTerritories: true,
      },
    ],
    PermissionSetAssignment: [
      { AssigneeId: INTEGRATION_USER_ID, PermissionSetId: PERMISSION_SET_IDS.Bailiwick_Integration },
    ],
    SetupEntityAccess: GRANTS.flatMap(([ParentId, grants]) =>
      grants.map((SetupEntityId) => ({ ParentId, SetupEntityId, SetupEntityType: 'CustomPermission' })),
    ),
  };
}
