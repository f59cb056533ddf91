import { BailiwickError } from '../core/errors.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import { requireScope } from './approval.ts';
import { dayStart } from './days.ts';
import { stageBefore, stale, type LifeCycle } from './lifeCycle.ts';
import type { LifePorts, PlanHead } from './lifePorts.ts';
import type { ScheduleBody } from './lifeSchemas.ts';
import { coverOfPlan, findSchedule, saveSchedule, updateCover, updateSchedule } from './lifeStore.ts';
import { dayWords } from './noticeWords.ts';
import type { Notices } from './notices.ts';
import { planSettingsOf } from './planSettings.ts';
import { requireStep } from './stages.ts';

interface Deps {
  readonly store: Store;
  readonly ports: LifePorts;
  readonly now: () => Date;
}

/** A date that is farther away is a typing error. */
const MOST_DAYS = 3 * 366;
const DAY_MS = 86_400_000;

/** The date on which a plan goes live by itself: set, changed and taken away; and another try where that failed. */
export function createSchedules({ store, ports, now }: Deps, { life, notices }: { life: LifeCycle; notices: Notices }) {
  async function set(user: RequestUser, id: string, { version, effectiveOn, note }: ScheduleBody): Promise<void> {
    const plan = await ports.head(id);
    requireScope(plan, await ports.writable(user, plan.teamId));
    const far = dayStart(effectiveOn, await ports.timeZone()) - now().getTime();
    if (far > MOST_DAYS * DAY_MS)
      throw new BailiwickError('bad_request', `${dayWords(effectiveOn)} is more than three years away.`, {
        action: 'Check the year.',
      });
    const cover = await coverOfPlan(store.db, id);
    requireBefore(cover, effectiveOn);
    // a cover is written for the territories that it changes, and nothing beside them
    const territoryIds = cover ? (await ports.touched(id)).map((each) => each.id) : null;
    const expected = await expectedOf(plan);
    const notes = await notices.prepared(plan, 'schedule', effectiveOn);
    await store.transaction(async (tx) => {
      const current = await ports.locked(tx, id);
      requireStep('schedule', current);
      if (current.version !== version) throw stale(current, version);
      await requireApproved(tx, current);
      const before = await findSchedule(tx, id);
      if (before?.state === 'running') throw underWay(current.name);
      await saveSchedule(tx, {
        ...{ alignmentId: id, teamId: plan.teamId, effectiveOn, expected, state: 'waiting' },
        territoryIds,
        ...{ runId: null, reason: null, action: null, byId: user.userId, byName: user.name, at: now() },
      });
      if (cover) await updateCover(tx, cover.id, { fromOn: effectiveOn });
      await ports.setStage(tx, id, 'scheduled');
      const more = `Goes live on ${dayWords(effectiveOn)}${cover ? `, back on ${dayWords(cover.backOn)}` : ''}.`;
      await life.log(tx, current, { what: 'scheduled', user, body: { note }, more });
      if (notes) await notices.insert(tx, current, notes);
    });
  }

  /** Accounts that change, each with where it goes: what whoever sets the date has looked at. */
  async function expectedOf({ id }: PlanHead): Promise<Record<string, string>> {
    const changes = await ports.changes(id);
    return Object.fromEntries(changes.map(({ accountId, to }) => [accountId, to?.id ?? '']));
  }

  async function unset(user: RequestUser, id: string, note: string): Promise<void> {
    const plan = await ports.head(id);
    requireScope(plan, await ports.writable(user, plan.teamId));
    const runId = await store.transaction(async (tx) => {
      const current = await ports.locked(tx, id);
      requireStep('unschedule', current);
      const left = await life.endSchedule(tx, id);
      const stage = (await life.isApproved(tx, current)) ? 'approved' : await stageBefore(tx, id);
      await ports.setStage(tx, id, stage);
      await life.log(tx, current, { what: 'unscheduled', user, body: { note } });
      return left;
    });
    if (runId) await ports.runs.dismiss(runId, user.name);
  }

  /** What failed is begun again with the next look at the clock. */
  async function again(user: RequestUser, id: string): Promise<void> {
    const plan = await ports.head(id);
    requireScope(plan, await ports.writable(user, plan.teamId));
    await store.transaction(async (tx) => {
      const current = await ports.locked(tx, id);
      requireStep('unschedule', current);
      const schedule = await findSchedule(tx, id);
      if (schedule?.state !== 'failed')
        throw new BailiwickError('conflict', `"${plan.name}" has not failed to go live.`, {
          action: 'Wait for its date, or set another one.',
        });
      await updateSchedule(tx, id, { state: 'waiting', runId: null, reason: null, action: null });
      await life.log(tx, current, { what: 'triedAgain', user, body: { note: '' } });
    });
  }

  async function requireApproved(tx: Parameters<typeof planSettingsOf>[0], plan: PlanHead): Promise<void> {
    if (plan.stage === 'approved' || (plan.stage === 'scheduled' && (await life.isApproved(tx, plan)))) return;
    if (!(await planSettingsOf(tx, plan.teamId)).approvalRequired) return;
    throw new BailiwickError('conflict', `"${plan.name}" is not approved, and this team schedules only approved plans.`, {
      action: 'Have it approved first.',
    }); // prettier-ignore
  }

  return { set, unset, again };
}

export type Schedules = ReturnType<typeof createSchedules>;

const underWay = (name: string) =>
  new BailiwickError('conflict', `"${name}" is going live at this moment, or waits for an answer.`, {
    action: 'Take the date back first.',
  });

function requireBefore(cover: { backOn: string } | null, effectiveOn: string): void {
  if (!cover || effectiveOn < cover.backOn) return;
  throw new BailiwickError('bad_request', `The cover ends on ${dayWords(cover.backOn)}, before it would begin.`, {
    action: 'Choose an earlier day.',
  });
}
