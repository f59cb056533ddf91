import type { Row, SampleAccount } from './accounts.ts';
import { ids } from './field.ts';
import { sampleId } from './identifiers.ts';
import { SALES_DRAFTS } from './places.ts';

/** Which territories an account is in today. */
export interface Associations {
  readonly rows: readonly Row[];
  readonly rules: Record<string, Row[]>;
  readonly ruleMade: { readonly accountId: string; readonly territoryId: string };
  readonly foreign: { readonly accountId: string; readonly territoryId: string };
}

export interface Owners {
  readonly sales: readonly number[];
  readonly clinical: readonly number[];
}

/** Territories of other territories' accounts: far enough that nobody takes them for a border case. */
const [RULE_TERRITORY, FOREIGN_TERRITORY] = ['Washington', 'Pittsburgh'].map((name) =>
  ids.sales(SALES_DRAFTS.findIndex((draft) => draft.name === name)),
);

/**
 * Manual rows of both teams by ZIP; beside them one row that an assignment rule made, for a named strategic account, and one
 * that somebody made by hand against the plan.
 */
export function associationsOf(accounts: readonly SampleAccount[], owners: Owners): Associations {
  const rows: Row[] = [];
  const add = (accountId: string, territoryId: string, cause = 'Territory2Manual') =>
    rows.push({
      Id: sampleId('0Ma', rows.length + 1),
      ObjectId: accountId,
      Territory2Id: territoryId,
      AssociationCause: cause,
    });
  for (const { row, unit } of accounts) {
    const [sales, clinical] = [owners.sales[unit] ?? -1, owners.clinical[unit] ?? -1];
    if (sales >= 0) add(String(row['Id']), ids.sales(sales));
    if (clinical >= 0) add(String(row['Id']), ids.clinical(clinical));
  }
  const inTerritory = (name: string, kind: string) =>
    accounts.find(
      ({ row, unit }) => row['Facility_Kind__c'] === kind && SALES_DRAFTS[owners.sales[unit] ?? -1]?.name === name,
    );
  const strategic = inTerritory('Boston Metro', 'Health System') ?? accounts[0];
  const disputed = inTerritory('Philadelphia', 'Hospital') ?? accounts[1];
  const ruleMade = { accountId: String(strategic?.row['Id']), territoryId: RULE_TERRITORY ?? '' };
  const foreign = { accountId: String(disputed?.row['Id']), territoryId: FOREIGN_TERRITORY ?? '' };
  add(ruleMade.accountId, ruleMade.territoryId, 'Territory2AssignmentRule');
  add(foreign.accountId, foreign.territoryId);
  return { rows, rules: ruleRecords(String(strategic?.row['Name']), ruleMade.territoryId), ruleMade, foreign };
}

/** The rule that made the rule-made row: without it a run of the rules would take the row away. */
function ruleRecords(accountName: string, territoryId: string): Record<string, Row[]> {
  const rule = sampleId('0MR', 1);
  return {
    ObjectTerritory2AssignmentRule: [
      {
        Id: rule,
        MasterLabel: 'Strategic accounts of the capital',
        DeveloperName: 'Strategic_accounts_of_the_capital',
        Territory2ModelId: ids.model,
        IsActive: true,
        ObjectType: 'Account',
      },
    ],
    ObjectTerritory2AssignmentRuleItem: [
      {
        Id: sampleId('0Mi', 1),
        RuleId: rule,
        Field: 'Account.Name',
        Operation: 'equals',
        Value: accountName,
        SortOrder: 1,
      },
    ],
    RuleTerritory2Association: [
      { Id: sampleId('0Mr', 1), RuleId: rule, Territory2Id: territoryId, IsInherited: false },
    ],
  };
}
