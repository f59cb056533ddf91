import type { ComingPlan } from './accounts/ports.ts';
import { listAlignments } from './alignments/store.ts';
import { isTold } from './alignments/views.ts';
import type { DealRule } from './core/dealRule.ts';
import type { TeamId } from './core/ids.ts';
import { stepOf } from './planPast.ts';
import { coverOfPlan, findSchedule, standingApprovals } from './planning/lifeStore.ts';
import type { Store } from './store/store.ts';

/** Plans that reps know of and that are not live yet: those with a date first, the earliest of them first. */
export async function comingPlans(
  store: Store,
  { teamId, dealsOf }: { teamId: TeamId; dealsOf: (teamId: TeamId) => Promise<DealRule> },
): Promise<ComingPlan[]> {
  const told = (await listAlignments(store, [teamId])).filter(isTold);
  if (told.length === 0) return [];
  const { deals, dealStage } = await dealsOf(teamId);
  const coming = await Promise.all(
    told.map(async (plan): Promise<ComingPlan> => {
      const schedule = await findSchedule(store.db, plan.id);
      const cover = await coverOfPlan(store.db, plan.id);
      const approvals = await standingApprovals(store.db, plan.id);
      return {
        ...(await stepOf(store.db, plan)),
        effectiveOn: plan.stage === 'scheduled' ? (schedule?.effectiveOn ?? null) : null,
        backOn: cover?.backOn ?? null,
        stage: plan.stage as ComingPlan['stage'],
        approvedBy: [...new Set(approvals.map(({ byName }) => byName))],
        deals: { deals, dealStage },
      };
    }),
  );
  return coming.sort((a, b) => (a.effectiveOn ?? '9').localeCompare(b.effectiveOn ?? '9'));
}
