import { BailiwickError } from '../core/errors.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Db, Store } from '../store/store.ts';
import { covered, requireApprover, requireConcern, requireScope } from './approval.ts';
import type { LifePorts, PlanHead, TouchedTerritory } from './lifePorts.ts';
import type { StepBody } from './lifeSchemas.ts';
import {
  coverOfPlan,
  findSchedule,
  insertApproval,
  revokeApprovals,
  standingApprovals,
  updateCover,
  updateSchedule,
} from './lifeStore.ts';
import { addToPlanLog, lastOf, type PlanEvent } from './logStore.ts';
import type { Notices } from './notices.ts';
import { planSettingsOf } from './planSettings.ts';
import { requireStep, type PlanStage } from './stages.ts';

export interface LifeDeps {
  readonly store: Store;
  readonly ports: LifePorts;
  readonly now: () => Date;
}

interface Taken {
  readonly user: RequestUser;
  readonly body: StepBody;
  readonly touched: readonly TouchedTerritory[];
  readonly writable: Awaited<ReturnType<LifePorts['writable']>>;
}

/** Where a plan goes back to when its approval or date is taken away: to the reps where they know of it. */
export async function stageBefore(tx: Db, alignmentId: string): Promise<PlanStage> {
  const [announced, returned] = [await lastOf(tx, alignmentId, 'announced'), await lastOf(tx, alignmentId, 'returned')];
  const taken = await lastOf(tx, alignmentId, 'takenBack');
  const since = Math.max(returned?.id ?? 0, taken?.id ?? 0);
  if ((announced?.id ?? 0) > since) return 'announced';
  return ((await lastOf(tx, alignmentId, 'submitted'))?.id ?? 0) > since ? 'review' : 'draft';
}

/** The steps of a plan from draft to approved and back, each under the plan's lock and in its log. */
export function createLifeCycle({ store, ports, now }: LifeDeps, notices: Notices) {
  /** @throws BailiwickError not_found, forbidden, conflict, alignment_stale */
  async function step(user: RequestUser, id: string, body: StepBody): Promise<void> {
    const plan = await ports.head(id);
    const writable = await ports.writable(user, plan.teamId);
    const touched = await ports.touched(id);
    requireScope(plan, writable);
    const notes = await notices.prepared(plan, body.step);
    const dropped = await store.transaction(async (tx) => {
      const current = await ports.locked(tx, id);
      requireStep(body.step, current);
      if (current.version !== body.version) throw stale(current, body.version);
      await CARRY_OUT[body.step](tx, current, { user, body, touched, writable });
      if (notes) await notices.insert(tx, current, notes);
      return body.step === 'revoke' ? await endSchedule(tx, id) : null;
    });
    if (dropped) await ports.runs.dismiss(dropped, user.name);
  }

  type Carry = (tx: Db, plan: PlanHead, taken: Taken) => Promise<void>;
  const to =
    (stage: PlanStage, what: PlanEvent): Carry =>
    async (tx, plan, taken) => {
      await ports.setStage(tx, plan.id, stage);
      await log(tx, plan, { what, ...taken });
    };

  const CARRY_OUT: Readonly<Record<StepBody['step'], Carry>> = {
    submit: to('review', 'submitted'),
    return: async (tx, plan, taken) => {
      await revokeApprovals(tx, plan.id, now());
      await to('draft', 'returned')(tx, plan, taken);
    },
    announce: to('announced', 'announced'),
    approve: approved,
    revoke: async (tx, plan, taken) => {
      await revokeApprovals(tx, plan.id, now());
      await ports.setStage(tx, plan.id, await stageBefore(tx, plan.id));
      await log(tx, plan, { what: 'revoked', ...taken });
    },
    drop: async (tx, plan, { user, body }) => {
      const cover = await coverOfPlan(tx, plan.id);
      if (cover?.state === 'planned') await updateCover(tx, cover.id, { state: 'dropped' });
      await ports.drop(tx, plan, { note: body.note || null, by: { id: user.userId, name: user.name } });
    },
  };

  /** For what she may change; the plan is approved once all that it changes is. */
  async function approved(tx: Db, plan: PlanHead, taken: Taken): Promise<void> {
    const { user, touched, writable } = taken;
    const { approverIsAnother } = await planSettingsOf(tx, plan.teamId);
    requireConcern(plan, writable, touched);
    if (approverIsAnother) requireApprover(user, plan);
    await insertApproval(tx, {
      ...{ alignmentId: plan.id, version: plan.version, byId: user.userId, byName: user.name, at: now() },
      territoryIds: writable === 'all' ? null : [...writable],
    });
    const { missing } = covered(plan, touched, await standingApprovals(tx, plan.id));
    if (missing.length === 0) return to('approved', 'approved')(tx, plan, taken);
    const still = missing.map(({ name }) => name).join(', ');
    await log(tx, plan, { what: 'approvedInPart', ...taken, more: `Still to be approved: ${still}.` });
  }

  async function endSchedule(tx: Db, id: string): Promise<string | null> {
    const schedule = await findSchedule(tx, id);
    if (!schedule || schedule.state === 'done' || schedule.state === 'off') return null;
    await updateSchedule(tx, id, { state: 'off' });
    return schedule.runId;
  }

  async function log(
    tx: Db,
    plan: PlanHead,
    { what, user, body, more }: { what: PlanEvent; user: RequestUser; body: { note: string }; more?: string },
  ): Promise<void> {
    const { id: alignmentId, teamId, name: planName, version } = plan;
    const note = [body.note, more].filter(Boolean).join(' ') || null;
    const by = { byId: user.userId, byName: user.name };
    await addToPlanLog(tx, { ...{ at: now(), teamId, alignmentId, planName, version, what, note }, ...by });
  }

  /** Whether all that it changes is approved in this version: a plan that is scheduled without has nothing to go back to. */
  async function isApproved(tx: Db, plan: PlanHead): Promise<boolean> {
    const standing = (await standingApprovals(tx, plan.id)).filter(({ version }) => version === plan.version);
    return standing.length > 0 && (await lastOf(tx, plan.id, 'approved'))?.version === plan.version;
  }

  return { step, log, endSchedule, isApproved };
}

export type LifeCycle = ReturnType<typeof createLifeCycle>;

export const stale = ({ name, version }: PlanHead, then: number) =>
  new BailiwickError('alignment_stale', `"${name}" is at version ${version}; you looked at version ${then}.`, {
    action: 'Reload the plan and look at what changed since.',
    details: { version },
  });
