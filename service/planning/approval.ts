import { BailiwickError } from '../core/errors.ts';
import type { TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Db } from '../store/store.ts';
import type { PlanHead, TouchedTerritory } from './lifePorts.ts';
import { coverEndedBy, findSchedule, standingApprovals, type Approval } from './lifeStore.ts';
import { planSettingsOf } from './planSettings.ts';
import { STAGE_NAMES } from './stages.ts';

/** What of a plan is approved in this version: an approval of a former one says nothing about what changed since. */
export function covered(
  { version }: Pick<PlanHead, 'version'>,
  touched: readonly TouchedTerritory[],
  approvals: readonly Approval[],
): { missing: TouchedTerritory[] } {
  const standing = approvals.filter((each) => each.version === version);
  const isWhole = standing.some(({ territoryIds }) => territoryIds === null);
  const ids = new Set(standing.flatMap(({ territoryIds }) => territoryIds ?? []));
  return { missing: isWhole ? [] : touched.filter(({ id }) => !ids.has(id)) };
}

/** @throws BailiwickError forbidden for who manages no territory of the team */
export function requireScope({ name }: PlanHead, writable: 'all' | ReadonlySet<TerritoryId>): void {
  if (writable === 'all' || writable.size > 0) return;
  throw new BailiwickError('forbidden', `You manage no territory of "${name}".`, {
    action: 'Ask Sales Ops to make you a member of the territory branch that you manage.',
  });
}

/** @throws BailiwickError forbidden for whoever made the plan or changed it last */
export function requireApprover(user: RequestUser, { name, createdById, lastEditById }: PlanHead): void {
  if (user.userId !== createdById && user.userId !== lastEditById) return;
  const what = user.userId === lastEditById ? 'changed it last' : 'made it';
  throw new BailiwickError('forbidden', `You ${what}: somebody else approves "${name}" in this team.`, {
    action: 'Ask another manager, or Sales Ops.',
  });
}

/** @throws BailiwickError forbidden where the plan changes nothing in her branch */
export function requireConcern(
  { name }: PlanHead,
  writable: 'all' | ReadonlySet<TerritoryId>,
  touched: readonly TouchedTerritory[],
): void {
  if (writable === 'all' || touched.some(({ id }) => writable.has(id))) return;
  throw new BailiwickError('forbidden', `"${name}" changes nothing in your branch.`, {
    action: 'Leave the approval to those whose territories it changes.',
  });
}

/** Who stands for a plan, in words for the log of accounts: read years later, when nobody remembers the plan. */
export async function approversOf(tx: Db, alignmentId: string): Promise<string | null> {
  const ended = await coverEndedBy(tx, alignmentId);
  const id = ended?.alignmentId ?? alignmentId;
  const names = [...new Set((await standingApprovals(tx, id)).map(({ byName }) => byName))];
  const schedule = await findSchedule(tx, id);
  const isOnDate = !ended && (schedule?.state === 'running' || schedule?.state === 'waiting');
  const date = isOnDate ? [`date set by ${schedule.byName}`] : [];
  return [...names, ...date].join('; ') || null;
}

/** Whether nothing but small changes of a plan may be published before it is approved. */
export async function needsApproval(db: Db, { id, state, stage, teamId }: PlanHead): Promise<boolean> {
  if (state !== 'draft' || stage === 'approved' || stage === 'scheduled') return false;
  // the end of a leave was approved with its beginning
  if (await coverEndedBy(db, id)) return false;
  return (await planSettingsOf(db, teamId)).approvalRequired;
}

/** How a publish begins. */
export interface Beginning {
  /** One account, or places accepted from Salesforce. */
  readonly isSmall: boolean;
  /** By itself on its date: only while it is scheduled. */
  readonly isScheduled: boolean;
}

/**
 * Asked under the plan's lock, in the transaction that notes the publish: whatever was taken back a second before holds.
 * @throws BailiwickError conflict where the plan may not be published as it stands
 */
export async function requirePublishable(tx: Db, plan: PlanHead, { isSmall, isScheduled }: Beginning): Promise<void> {
  const { name, state, stage, teamId } = plan;
  if (plan.isFrozen) throw busy(name);
  if (state === 'live') return;
  // the end of a leave was approved with its beginning
  if (await coverEndedBy(tx, plan.id)) return;
  if (isScheduled && stage !== 'scheduled')
    throw new BailiwickError('conflict', `"${name}" is not scheduled any more.`, {
      action: 'Nothing was written. Give it a date again if it is to go live.',
      details: { notScheduled: true },
    });
  if (!(await needsApproval(tx, plan))) return;
  if (isSmall && (await planSettingsOf(tx, teamId)).smallChangesAreFree) return;
  throw new BailiwickError('conflict', `"${name}" is ${STAGE_NAMES[stage]}, and only approved plans are published here.`, {
    action: 'Send it to review and have it approved; then publish it.',
  }); // prettier-ignore
}

const busy = (name: string) =>
  new BailiwickError('conflict', `"${name}" is being written to Salesforce at this moment.`, {
    action: 'Wait until that has finished, then preview again.',
  });
