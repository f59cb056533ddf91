import { accountHooks, accountShareHooks, fullName, ownedHooks, teamMemberHooks } from './accountHooks.ts';
import type { Hooks } from './hooks.ts';
import {
  associationHooks,
  managedHooks,
  memberHooks,
  modelHooks,
  ruleHooks,
  ruleItemHooks,
  territoryHooks,
} from './territoryHooks.ts';

export const OBJECT_HOOKS: Record<string, Hooks> = {
  Account: accountHooks,
  AccountTeamMember: teamMemberHooks,
  AccountShare: accountShareHooks,
  Contact: ownedHooks(fullName),
  Lead: ownedHooks(fullName),
  User: { compute: fullName },
  Opportunity: ownedHooks((row) => {
    row['IsClosed'] = /^Closed/i.test(String(row['StageName'] ?? '')) ? 1 : 0;
    row['IsWon'] = row['StageName'] === 'Closed Won' ? 1 : 0;
  }),
  Task: {
    compute: (row) => {
      row['IsClosed'] = row['Status'] === 'Completed' ? 1 : 0;
    },
  },
  Territory2Model: modelHooks,
  Territory2Type: managedHooks,
  Territory2: territoryHooks,
  ObjectTerritory2Association: associationHooks,
  UserTerritory2Association: memberHooks,
  ObjectTerritory2AssignmentRule: ruleHooks,
  ObjectTerritory2AssignmentRuleItem: ruleItemHooks,
  Territory2ObjectExclusion: managedHooks,
};
