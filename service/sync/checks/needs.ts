import type { Need } from '../../core/setupCheck.ts';

/** Everything that the product reads and writes in an org; fields of the customer are the mapping's business. */
export const NEEDS: readonly Need[] = [
  { object: 'Account', label: 'Accounts', read: ['Name', 'OwnerId', 'LastModifiedById'], update: ['OwnerId'] },
  { object: 'User', label: 'Users', read: ['Name', 'IsActive', 'UserRoleId'] },
  { object: 'Territory2Model', label: 'Territory Models', read: ['State'] },
  {
    object: 'Territory2',
    label: 'Territories',
    read: ['ParentTerritory2Id', 'DeveloperName'],
    create: ['Name', 'DeveloperName', 'ParentTerritory2Id', 'Territory2ModelId', 'Territory2TypeId'],
    update: ['Name'],
    without: 'Territories can then neither be made nor renamed by a publish.',
  },
  {
    object: 'ObjectTerritory2Association',
    label: 'Accounts in territories',
    create: ['ObjectId', 'Territory2Id', 'AssociationCause'],
    isDeleted: true,
  },
  {
    object: 'UserTerritory2Association',
    label: 'Users in territories',
    create: ['UserId', 'Territory2Id', 'RoleInTerritory2'],
    isDeleted: true,
    without: 'Reps can then not be put into territories by a publish.',
  },
  {
    object: 'Territory2ObjectExclusion',
    label: 'Exclusions from rules',
    create: ['ObjectId', 'Territory2Id'],
    without: 'Accounts can then not be excluded from assignment rules.',
  },
  {
    object: 'Opportunity',
    label: 'Opportunities',
    read: ['AccountId', 'StageName', 'IsClosed', 'Amount'],
    update: ['OwnerId'],
    without: 'Open deals then stay with their owners.',
  },
  {
    object: 'AccountTeamMember',
    label: 'Account teams',
    create: ['AccountId', 'UserId', 'TeamMemberRole'],
    isDeleted: true,
    without: 'Account teams that an owner change takes away can then not be given back.',
  },
  {
    object: 'AccountShare',
    label: 'Account sharing',
    create: ['AccountId', 'UserOrGroupId', 'AccountAccessLevel'],
    without: 'Manual shares that an owner change takes away can then not be given back.',
  },
  {
    object: 'Task',
    label: 'Tasks',
    create: ['Subject', 'OwnerId', 'Description', 'ActivityDate'],
    without: 'Nobody is then told in Salesforce when an automatic run fails.',
  },
];
