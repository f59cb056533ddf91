import type { ApiBudget } from '../org/connection.ts';
import { callsNeeded } from './apiCalls.ts';
import type { PlannedPublish } from './plan.ts';

/** What the user should know before anything is written, each a sentence. */
export function warnings(plan: PlannedPublish, { used, limit }: ApiBudget, apiShare: number): string[] {
  const { alignment, changes, leftOut, request, structure, people, conflicts } = plan;
  const found: string[] = [];
  const several = (n: number, one: string, many: string): string =>
    n === 1 ? `1 ${one}` : `${n.toLocaleString('en-US')} ${many}`;
  const vacant = new Set(alignment.territories.filter(({ repId }) => repId === null).map(({ id }) => id));
  const orphaned = changes.add.filter(({ territoryId }) => vacant.has(territoryId)).length;
  const ruleMade = changes.kept.filter(({ why }) => why === 'rule-made').length;
  const foreign = changes.kept.length - ruleMade;
  const unchangedOwner = request.owners ? '; the owner stays' : '';
  if (orphaned)
    found.push(`${several(orphaned, 'account goes', 'accounts go')} to a territory without a rep${unchangedOwner}.`);
  const left = plan.owners.filter(({ account }) => !account.ownerIsActive).length;
  if (left)
    found.push(
      `${several(left, 'account belongs', 'accounts belong')} to users who are inactive: taking the publish back cannot give them back.`,
    );
  if (ruleMade)
    found.push(
      `${several(ruleMade, 'row of an assignment rule stays', 'rows of assignment rules stay')}: change the rule in Setup.`,
    );
  if (foreign)
    found.push(`${several(foreign, 'row that somebody else wrote stays', 'rows that somebody else wrote stay')}.`);
  if (leftOut.outsideBranch)
    found.push(
      `${several(leftOut.outsideBranch, 'account outside your branch is', 'accounts outside your branch are')} left out.`,
    );
  if (leftOut.notEditable)
    found.push(
      `${several(leftOut.notEditable, 'account that you may not edit in Salesforce is', 'accounts that you may not edit in Salesforce are')} left out.`,
    );
  if (structure.left.length)
    found.push(`${structure.left.join(', ')} is not in this plan any more; it stays in Salesforce, without accounts.`);
  if (people.restoreMembers.length + people.restoreShares.length)
    found.push(
      `A change of owner takes account teams and manual shares away; ${several(people.restoreMembers.length + people.restoreShares.length, 'row is', 'rows are')} noted and given back.`,
    );
  if (conflicts.length)
    found.push(
      `${several(conflicts.length, 'account was', 'accounts were')} changed in Salesforce since the plan was made: look at the list, and leave out what should stay.`,
    );
  if (callsNeeded(plan) > limit * apiShare - used)
    found.push(
      `This needs ${callsNeeded(plan)} API calls; ${Math.max(0, Math.floor(limit * apiShare - used))} may be used today.`,
    );
  return found;
}
