import type { ObjectSchema } from '../schema.ts';
import { of, picklist, readOnly, reference, text } from './fields.ts';

const level = (name: string, values: string[]) => picklist(name, values, { restricted: true });
const levels = [
  level('AccountAccessLevel', ['Read', 'Edit', 'All']),
  level('ContactAccessLevel', ['None', 'Read', 'Edit', 'ControlledByParent']),
  level('OpportunityAccessLevel', ['None', 'Read', 'Edit']),
  level('CaseAccessLevel', ['None', 'Read', 'Edit']),
];

/** Sources: Object Reference, AccountTeamMember, AccountShare and Group. */
export const SHARING_FAMILY: ObjectSchema[] = [
  {
    name: 'AccountTeamMember',
    label: 'Account Team Member',
    keyPrefix: '01M',
    insertUpdates: ['AccountId', 'UserId'],
    fields: [
      reference('AccountId', 'Account', 'AccountTeamMembers', { required: true, updateable: false }),
      reference('UserId', 'User', 'AccountTeamMembers', { required: true, updateable: false }),
      picklist('TeamMemberRole', [
        'Account Manager',
        'Sales Rep',
        'Sales Manager',
        'Sales Engineer',
        'Channel Manager',
      ]),
      text('Title', 80, readOnly),
      ...levels,
    ],
  },
  {
    name: 'AccountShare',
    label: 'Account Share',
    keyPrefix: '00r',
    softDelete: false,
    insertUpdates: ['AccountId', 'UserOrGroupId', 'RowCause'],
    without: ['CreatedDate', 'CreatedById'],
    fields: [
      of('boolean', 'IsDeleted', { ...readOnly, defaultValue: false }),
      reference('AccountId', 'Account', 'Shares', { required: true, updateable: false }),
      reference('UserOrGroupId', ['User', 'Group'], '', { required: true, updateable: false }),
      ...levels,
      picklist(
        'RowCause',
        [
          'Owner',
          'Manual',
          'Team',
          'Rule',
          'ImplicitChild',
          'ImplicitParent',
          'ImplicitPerson',
          'Territory',
          'Territory2AssociationManual',
          'Territory2Forecast',
        ],
        { restricted: true, defaultValue: 'Manual', updateable: false },
      ),
    ],
  },
  {
    name: 'Group',
    label: 'Group',
    keyPrefix: '00G',
    softDelete: false,
    fields: [
      text('Name', 80),
      text('DeveloperName', 80),
      picklist(
        'Type',
        ['Regular', 'Role', 'RoleAndSubordinates', 'Organization', 'Territory', 'TerritoryAndSubordinates'],
        {
          defaultValue: 'Regular',
        },
      ),
      { name: 'RelatedId', type: 'reference', referenceTo: ['UserRole', 'Territory2'], ...readOnly },
    ],
  },
];
