import { createHash } from 'node:crypto';
import type { TerritoryId } from '../core/ids.ts';
import type { ApiBudget } from '../org/connection.ts';
import type { PlannedPublish } from './plan.ts';

/** Records a write request, ids a query, rows a page: what Salesforce counts as one API call each. */
const RECORDS_PER_WRITE = 200;
const IDS_PER_QUERY = 300;
const ROWS_PER_PAGE = 2_000;

/** API calls that the publish itself and its verification will take, about. */
export function callsNeeded({ changes, owners, deals, existingRows }: PlannedPublish): number {
  const moving = deals.filter(({ action }) => action === 'move').length;
  const writes = [changes.add.length, changes.remove.length, owners.length, moving];
  const write = writes.reduce((sum, n) => sum + Math.ceil(n / RECORDS_PER_WRITE), 0);
  if (write === 0) return 0;
  const read = Math.ceil((existingRows + changes.add.length) / ROWS_PER_PAGE);
  const gaining = new Set(changes.add.map(({ territoryId }) => territoryId)).size;
  return write + read + gaining + Math.ceil(owners.length / IDS_PER_QUERY) + Math.ceil(moving / IDS_PER_QUERY);
}

/** Names exactly this set of writes: a publish with another hash would do something else than what was shown. */
export function previewHash({ alignment, request, changes, owners, deals }: PlannedPublish): string {
  const facts = [
    [alignment.id, alignment.version, request.owners, request.deals, [...(request.accountIds ?? [])].sort()],
    changes.add.map(({ accountId, territoryId }) => `${accountId} ${territoryId}`).sort(),
    changes.remove.map(({ id }) => id).sort(),
    owners.map(({ account, toId }) => `${account.id} ${account.ownerId} ${toId}`).sort(),
    deals.map(({ deal, action, toId }) => `${deal.id} ${deal.ownerId} ${action} ${toId}`).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

export function presentPreview(plan: PlannedPublish, budget: ApiBudget) {
  const { alignment, changes, owners, deals, wishes } = plan;
  const wishOf = new Map(wishes.map((wish) => [wish.accountId, wish]));
  const territoryName = new Map<TerritoryId, string>(alignment.territories.map(({ id, name }) => [id, name]));
  const nameOf = (id: TerritoryId): string => territoryName.get(id) ?? id;
  const account = (accountId: PlannedPublish['wishes'][number]['accountId']) => ({
    accountId,
    accountName: wishOf.get(accountId)?.accountName ?? accountId,
  });
  const zipOf = (accountId: PlannedPublish['wishes'][number]['accountId']) => wishOf.get(accountId)?.zip ?? null;
  const moving = deals.filter(({ action }) => action === 'move').length;
  return {
    previewHash: previewHash(plan),
    alignmentId: alignment.id,
    version: alignment.version,
    counts: {
      add: changes.add.length,
      remove: changes.remove.length,
      owners: owners.length,
      deals: moving,
      unchanged: changes.unchanged,
      kept: changes.kept.length,
    },
    apiCalls: { needed: callsNeeded(plan), ...budget },
    add: changes.add.map(({ accountId, territoryId, fromTerritoryId }) => ({
      ...account(accountId),
      zip: zipOf(accountId),
      territoryId,
      territoryName: nameOf(territoryId),
      fromTerritoryName: fromTerritoryId === null ? null : nameOf(fromTerritoryId),
    })),
    remove: changes.remove.map(({ id, accountId, territoryId }) => ({
      associationId: id,
      ...account(accountId),
      territoryId,
      territoryName: nameOf(territoryId),
    })),
    owners: owners.map((change) => ({
      ...account(change.account.id),
      fromId: change.account.ownerId,
      fromName: change.account.ownerName,
      toId: change.toId,
      toName: change.toName,
    })),
    deals: deals.map(({ deal, accountName, action, toName }) => ({
      id: deal.id,
      name: deal.name,
      accountId: deal.accountId,
      accountName,
      stage: deal.stage,
      amountUsd: deal.amountUsd,
      fromName: deal.ownerName,
      toName: action === 'move' ? toName : deal.ownerName,
      action,
    })),
    kept: changes.kept.map(({ row, why }) => ({
      ...account(row.accountId),
      territoryName: nameOf(row.territoryId),
      why,
    })),
    unplaced: changes.unplaced.map((accountId) => ({
      ...account(accountId),
      zip: zipOf(accountId),
      why: zipOf(accountId) === null ? 'The address has no ZIP.' : 'The ZIP belongs to no unit of this plan.',
    })),
    perRep: perRep(plan),
    warnings: warnings(plan, budget),
  };
}

/** Who gains and loses what, in accounts and current sales; a vacant territory stands for itself. */
function perRep({ alignment, changes, wishes }: PlannedPublish) {
  const territories = new Map(alignment.territories.map((territory) => [territory.id, territory]));
  const sales = new Map(wishes.map(({ accountId, salesUsd }) => [accountId, salesUsd]));
  const reps = new Map<
    string,
    {
      repId: string | null;
      repName: string;
      gains: number;
      loses: number;
      gainsSalesUsd: number;
      losesSalesUsd: number;
    }
  >();
  const of = (territoryId: TerritoryId) => {
    const territory = territories.get(territoryId);
    const key = territory?.repId ?? territoryId;
    const repName = territory?.repName ?? `Vacant (${territory?.name ?? territoryId})`;
    const entry = reps.get(key) ?? {
      repId: territory?.repId ?? null,
      repName,
      gains: 0,
      loses: 0,
      gainsSalesUsd: 0,
      losesSalesUsd: 0,
    };
    reps.set(key, entry);
    return entry;
  };
  for (const { accountId, territoryId } of changes.add) {
    of(territoryId).gains++;
    of(territoryId).gainsSalesUsd += sales.get(accountId) ?? 0;
  }
  for (const { accountId, territoryId } of changes.remove) {
    of(territoryId).loses++;
    of(territoryId).losesSalesUsd += sales.get(accountId) ?? 0;
  }
  return [...reps.values()].sort(
    (a, b) => b.gains + b.loses - (a.gains + a.loses) || a.repName.localeCompare(b.repName),
  );
}

function warnings(plan: PlannedPublish, { used, limit }: ApiBudget): string[] {
  const { alignment, changes, leftOut, request } = plan;
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
  if (callsNeeded(plan) > limit - used)
    found.push(`This needs ${callsNeeded(plan)} API calls; ${Math.max(0, limit - used)} are left today.`);
  return found;
}
