import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Old } from './planning/retentionStore.ts';
import type { Db } from './store/store.ts';
import { alignmentEdits, alignments, proposals } from './store/tables/alignments.ts';
import { planApprovals, planCovers, planNotices, planSchedules } from './store/tables/planning.ts';

/**
 * Closed, and never in Salesforce, not even in part; no other plan comes from it, and no run or leave that is not over
 * stands on it. Every entry of the logs about what was written can be read against the plan that it speaks of.
 */
const WAS_NEVER_WRITTEN = sql`
  not exists (select 1 from publish p where ${alignments.id}::text
    in (p.alignment_id, p.previous_alignment_id, p.options->>'partOf'))
  and not exists (select 1 from plan_log l where l.alignment_id = ${alignments.id}
    and l.what in ('goingLive', 'wentLive', 'livedAgain', 'replaced'))
  and not exists (select 1 from sync_run r where r.alignment_id = ${alignments.id}::text)
  and not exists (select 1 from alignment other where other.based_on = ${alignments.id})
  and not exists (select 1 from plan_cover c where c.state <> 'dropped'
    and ${alignments.id} in (c.alignment_id, c.former_id, c.back_alignment_id))`;

/** Removes drafts that were dropped by then, with their edits, computations, approvals and messages: how many. */
export async function removeDropped(tx: Db, { teamId, before, most }: Old): Promise<number> {
  const isOld = and(eq(alignments.teamId, teamId), eq(alignments.state, 'archived'), lt(alignments.updatedAt, before));
  const old = await tx
    .select({ id: alignments.id })
    .from(alignments)
    .where(and(isOld, WAS_NEVER_WRITTEN))
    .limit(most)
    .for('update');
  if (old.length === 0) return 0;
  const ids = old.map(({ id }) => id);
  for (const table of [alignmentEdits, proposals, planApprovals, planSchedules, planCovers, planNotices])
    await tx.delete(table).where(inArray(table.alignmentId, ids));
  await tx.delete(alignments).where(inArray(alignments.id, ids));
  return ids.length;
}
