import type { z } from 'zod';
import type { runAnswer } from './answers.ts';
import type { SyncRun } from './store.ts';

export function presentRun(run: SyncRun): z.output<typeof runAnswer> {
  const { id, teamId, trigger, state, alignmentId, alignmentName, alignmentVersion, counts, apiCalls } = run;
  const { publishId, reason, action, fuse, byName, notified, startedAt, finishedAt } = run;
  return {
    id,
    teamId,
    trigger,
    state,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    durationMs: finishedAt ? finishedAt.getTime() - startedAt.getTime() : null,
    alignmentId,
    alignmentName,
    alignmentVersion,
    counts: counts ?? null,
    apiCalls,
    publishId,
    reason,
    action,
    fuse,
    previewHash: state === 'waiting' ? run.previewHash : null,
    byName,
    notified,
  };
}
