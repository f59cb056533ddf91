import { csvRow } from '../core/csv.ts';
import { FileAnswer } from '../http/routes.ts';
import type { JournalRow, Outcome } from './journalStore.ts';
import { ACTION_NAMES } from './phases.ts';
import { RUNNING, type Publish } from './store.ts';

/** Failures sent to the screen; the file of outcomes has every row. */
export const MAX_FAILURES = 200;

export function presentPublish(
  publish: Publish,
  counts: ReadonlyMap<Outcome, number>,
  more: { failures: readonly JournalRow[]; canTakeBack: boolean; canGoOn: boolean; isOwn: boolean },
) {
  const n = (...outcomes: Outcome[]): number => outcomes.reduce((sum, outcome) => sum + (counts.get(outcome) ?? 0), 0);
  const total = [...counts.values()].reduce((sum, value) => sum + value, 0);
  return {
    id: publish.id,
    kind: publish.kind,
    alignmentId: publish.alignmentId,
    alignmentName: publish.alignmentName,
    teamId: publish.teamId,
    state: publish.state,
    progress: { done: total - n('planned'), total, phase: publish.phase },
    outcomes: {
      written: n('written'),
      alreadyThere: n('alreadyThere'),
      failed: n('failed', 'unknown'),
      skipped: n('skipped'),
    },
    failures: more.failures.map((row) => ({
      accountId: row.accountId,
      accountName: row.accountName || (row.territoryName ?? ''),
      what: ACTION_NAMES[row.action],
      code: row.code ?? (row.outcome === 'skipped' ? 'skipped' : 'failed'),
      message: row.message ?? '',
      action: row.advice ?? 'Publish again.',
    })),
    error: publish.error ?? null,
    verified: publish.verified ? { ...publish.verified, differences: differences(publish, more.isOwn) } : null,
    canTakeBack: more.canTakeBack,
    canGoOn: more.canGoOn,
    origin: publish.origin,
    apiCalls: publish.apiCalls,
    isPartOnly: publish.isPartOnly,
    byName: publish.byName,
    at: publish.at.toISOString(),
    finishedAt: publish.finishedAt?.toISOString() ?? null,
  };
}

function differences({ verified, byName }: Publish, isOwn: boolean): string[] {
  const found = verified?.differences ?? [];
  return isOwn || found.length === 0 ? found : [`Salesforce differs in ${found.length} places; ${byName} sees which.`];
}

export const isRunning = (publish: Publish): boolean => RUNNING.includes(publish.state);

export function outcomesFile(publish: Publish, rows: readonly JournalRow[]): FileAnswer {
  const head = [
    'action',
    'account_id',
    'account',
    'territory',
    'from',
    'to',
    'record_id',
    'outcome',
    'code',
    'message',
    'at',
  ];
  const lines = rows.map((row) =>
    csvRow([
      ACTION_NAMES[row.action],
      row.accountId,
      row.accountName,
      row.territoryName,
      row.fromName,
      row.toName,
      row.recordId,
      row.outcome,
      row.code,
      row.message,
      row.at?.toISOString() ?? null,
    ]),
  );
  return new FileAnswer(
    `publish-${publish.at.toISOString().slice(0, 10)}.csv`,
    'text/csv; charset=utf-8',
    csvRow(head) + lines.join(''),
  );
}
