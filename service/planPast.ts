import type { PlanStep } from './accounts/ports.ts';
import * as plans from './alignments/store.ts';
import type { Db, Store } from './store/store.ts';
import { lastPublished } from './sync/store.ts';

/** A story of more than this many plans is the history's business. */
const MOST_STEPS = 12;

interface StoredView {
  readonly moves?: readonly { readonly units: readonly string[]; readonly sentence: string }[];
}

/** A plan and the plans that it came from as far as they were live, newest first, with what was done to each. */
export async function planSteps({ db }: Store, alignmentId: string): Promise<PlanStep[]> {
  const steps: PlanStep[] = [];
  for (let id: string | null = alignmentId; id !== null && steps.length < MOST_STEPS;) {
    const plan: plans.StoredAlignment | null = await plans.findAlignment(db, id);
    if (!plan) break;
    steps.push(await stepOf(db, plan));
    id = plan.basedOn;
  }
  return steps;
}

export async function stepOf(db: Db, plan: plans.StoredAlignment): Promise<PlanStep> {
  const edits = await plans.editsSince(db, plan.id, 0);
  // an accepted plan is the edit right after the version it was computed on
  const made = new Set(edits.map(({ version }) => version - 1));
  const taken = (await plans.doneProposals(db, plan.id)).filter(({ version }) => made.has(version));
  const published = await lastPublished(db, plan.id);
  return {
    ...plan,
    alignmentId: plan.id,
    createdAt: plan.createdAt.toISOString(),
    published: published && { at: published.at.toISOString(), byName: published.byName },
    edits,
    computed: taken.map(({ request, result }) => {
      const { preset, measures } = request as { preset: string; measures: { name: string; tolerance: number }[] };
      const { moves = [] } = ((result as { view?: StoredView } | null)?.view ?? {}) as StoredView;
      return { preset, measures, moves };
    }),
  };
}
