import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import { covered, needsApproval, requireScope } from './approval.ts';
import { presentCover } from './covers.ts';
import { dayStart } from './days.ts';
import type { LifePorts, PlanHead, TouchedTerritory } from './lifePorts.ts';
import { coverOfPlan, findSchedule, standingApprovals, type Approval, type Schedule } from './lifeStore.ts';
import { logOfPlan, type PlanLogEntry } from './logStore.ts';
import { noticesOf, type Notice } from './noticeStore.ts';
import type { NoticePorts } from './notices.ts';
import { planSettingsOf } from './planSettings.ts';
import { mayStep, STEPS, type PlanStage } from './stages.ts';

interface Deps {
  readonly store: Store;
  readonly ports: LifePorts & Pick<NoticePorts, 'managers'>;
}

/** The way of every plan; which event brings it to each place. */
const PATH: readonly {
  readonly stage: PlanStage | 'live';
  readonly label: string;
  readonly events: readonly string[];
}[] = [
  { stage: 'draft', label: 'Draft', events: [] },
  { stage: 'review', label: 'In review', events: ['submitted'] },
  { stage: 'announced', label: 'Announced', events: ['announced'] },
  { stage: 'approved', label: 'Approved', events: ['approved'] },
  { stage: 'scheduled', label: 'Scheduled', events: ['scheduled'] },
  { stage: 'live', label: 'Live', events: ['wentLive', 'livedAgain', 'coverBegan'] },
];

/** Where a plan is on its way, who brought it there, what may be done next and who was told. */
export function createLifeView({ store, ports }: Deps) {
  /** Managers of what is still to be approved, but for those who may not because they made it. */
  async function approversAmong(missing: readonly TouchedTerritory[], authors: readonly (string | null)[]) {
    const managers = await ports.managers(missing.map(({ id }) => id));
    return managers.filter(({ id }) => !authors.includes(id)).map(({ name }) => name);
  }

  return async (user: RequestUser, id: string) => {
    const plan = await ports.head(id);
    const writable = await ports.writable(user, plan.teamId);
    requireScope(plan, writable);
    const [touched, accounts, log, settings] = await Promise.all([
      plan.state === 'draft' ? ports.touched(id) : [],
      plan.state === 'draft' ? ports.countChanges(id) : 0,
      logOfPlan(store.db, id),
      planSettingsOf(store.db, plan.teamId),
    ]);
    const approvals = await standingApprovals(store.db, id);
    const schedule = await findSchedule(store.db, id);
    const cover = await coverOfPlan(store.db, id);
    const zone = await ports.timeZone();
    const authors = settings.approverIsAnother ? [plan.createdById, plan.lastEditById] : [];
    const isWaiting = await needsApproval(store.db, plan);
    const approval = approvalOf(plan, touched, approvals);
    return {
      ...{ id, name: plan.name, teamId: plan.teamId, state: plan.state, stage: plan.stage, version: plan.version },
      path: pathOf(plan, log),
      steps: log.map(({ at, what, note, byName, version }) => ({ at: at.toISOString(), what, note, byName, version })),
      can: canDo(user, plan, { isAuthor: authors.includes(user.userId), schedule }),
      settings,
      touched: touched.length,
      accounts,
      needsApproval: isWaiting,
      approval: {
        ...approval,
        missing: approval.missing.map(({ name }) => name),
        approvers: isWaiting && plan.stage !== 'draft' ? await approversAmong(approval.missing, authors) : [],
      },
      schedule: schedule && schedule.state !== 'off' ? presentSchedule(schedule, zone) : null,
      timeZone: zone,
      cover: cover && presentCover(cover),
      notices: (await noticesOf(store.db, id)).map(presentNotice),
    };
  };
}

/** Each place with the newest step that led there, as long as nothing led back before it. */
function pathOf({ state, stage, createdBy }: PlanHead, log: readonly PlanLogEntry[]) {
  const at = state === 'draft' ? PATH.findIndex((each) => each.stage === stage) : PATH.length - 1;
  return PATH.map(({ stage: place, label, events }, k) => {
    const entry = k <= at ? log.findLast(({ what }) => events.includes(what)) : undefined;
    return {
      ...{ stage: place, label },
      isNow: state === 'archived' ? false : k === at,
      isDone: k < at && (entry !== undefined || k === 0),
      at: entry?.at.toISOString() ?? null,
      byName: entry?.byName ?? (k === 0 ? createdBy : null),
      note: entry?.note ?? null,
    };
  });
}

function canDo(
  user: RequestUser,
  { state, stage, isFrozen }: PlanHead,
  { isAuthor, schedule }: { isAuthor: boolean; schedule: Schedule | null },
): string[] {
  if (state !== 'draft' || isFrozen) return [];
  const steps: string[] = STEPS.filter((step) => mayStep(step, stage) && !(step === 'approve' && isAuthor));
  if (!user.permissions.has('operate')) return steps;
  if (mayStep('schedule', stage) && schedule?.state !== 'running') steps.push('schedule');
  if (mayStep('unschedule', stage)) steps.push('unschedule');
  if (stage === 'scheduled' && schedule?.state === 'failed') steps.push('tryAgain');
  return steps;
}

function approvalOf(plan: PlanHead, touched: readonly TouchedTerritory[], approvals: readonly Approval[]) {
  const { missing } = covered(plan, touched, approvals);
  return {
    missing: plan.stage === 'approved' || plan.stage === 'scheduled' ? [] : missing,
    approvals: approvals.map(({ at, byName, version, territoryIds }) => ({
      ...{ at: at.toISOString(), byName, version },
      /** Of the territories that the plan changes. */
      territories: touched.filter(({ id }) => territoryIds?.includes(id) ?? true).length,
      isCurrent: version === plan.version,
    })),
  };
}

const presentSchedule = ({ effectiveOn, state, reason, action, byName, runId }: Schedule, zone: string) => ({
  ...{ effectiveOn, state, reason, action, byName, runId },
  /** Its first minute. */
  at: new Date(dayStart(effectiveOn, zone)).toISOString(),
});

const presentNotice = ({ kind, userName, state, at, sentAt, problem, subject }: Notice) => ({
  ...{ kind, userName, state, problem },
  subject: subject.replace(/ \[\w+\]$/, ''),
  at: at.toISOString(),
  sentAt: sentAt?.toISOString() ?? null,
});
