import * as plans from './alignments/store.ts';
import { csvRow } from './core/csv.ts';
import type { TeamId } from './core/ids.ts';
import { planLogOfTeam } from './planning/logStore.ts';
import { EVENT_NAMES } from './planning/logWords.ts';
import { feedbackOfTeam, stepsOf, type Step } from './planning/store.ts';
import type { Store } from './store/store.ts';
import { presentLog, type LogEntry } from './sync/history.ts';

/** One thing that happened, whatever it was about. */
interface Line {
  readonly at: string;
  readonly what: string;
  readonly by: string;
  readonly plan?: string | null;
  readonly version?: number | null;
  readonly accountId?: string | null;
  readonly account?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly why?: string | null;
  readonly approvedBy?: string | null;
}

const HEAD = ['At', 'Account ID', 'Account', 'What', 'From', 'To', 'Why', 'Plan', 'By', 'Version', 'Approved by'];

/** Everything that was done about a team's plans and accounts, oldest first: steps, edits, feedback, messages and writes. */
export async function auditFile(
  store: Store,
  teamId: TeamId,
  written: AsyncIterable<readonly LogEntry[]>,
): Promise<{ csv: string; lines: number }> {
  const lines: Line[] = [...(await edits(store, teamId)), ...(await feedback(store, teamId))];
  for await (const page of written)
    for (const [k, { at, what, from, to, why, planName, approvedBy, byName }] of presentLog(page).entries()) {
      const { accountId, accountName } = page[k]!;
      lines.push({
        ...{ at, accountId, account: accountName, what, from, to, why },
        plan: planName,
        by: byName,
        approvedBy,
      });
    }
  for await (const page of planLogOfTeam(store.db, teamId))
    for (const { at, planName, version, what, note, byName } of page)
      lines.push({ at: at.toISOString(), what: EVENT_NAMES[what], by: byName, plan: planName, version, why: note });
  lines.sort((a, b) => a.at.localeCompare(b.at));
  const rows = lines.map((line) =>
    csvRow([
      ...[line.at, line.accountId ?? null, line.account ?? null, line.what, line.from ?? null, line.to ?? null],
      ...[line.why ?? null, line.plan ?? null, line.by, line.version ?? null, line.approvedBy ?? null],
    ]),
  );
  return { csv: csvRow(HEAD) + rows.join(''), lines: rows.length };
}

/** What was done to the plans themselves: who made them, and each edit of theirs. */
async function edits(store: Store, teamId: TeamId): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { id, name, createdAt, createdBy } of await plans.listAlignments(store, [teamId])) {
    lines.push({ at: createdAt.toISOString(), what: 'Plan made', by: createdBy, plan: name, version: 1 });
    for (const { at, version, moves, overrides, note, byName } of await plans.editsSince(store.db, id, 0)) {
      const count = [
        ...(moves.length > 0 ? [`${moves.length} ZIPs`] : []),
        ...(overrides.length > 0 ? [`${overrides.length} accounts by name`] : []),
      ].join(', ');
      const what = count === '' ? 'Plan edited' : `Plan edited: ${count}`;
      lines.push({ at: at.toISOString(), what, by: byName, plan: name, version, why: note });
    }
  }
  return lines;
}

const SAID: Readonly<Record<Step['what'], string>> = {
  said: 'Feedback said',
  agreed: 'Feedback agreed to',
  accepted: 'Feedback accepted',
  declined: 'Feedback declined',
  passed: 'Feedback passed on',
  routed: 'Feedback routed by a rule',
  moved: 'Feedback is in its draft',
  reopened: 'Feedback is open again',
};

async function feedback(store: Store, teamId: TeamId): Promise<Line[]> {
  const all = await feedbackOfTeam(store, teamId);
  const steps = await stepsOf(
    store,
    all.map(({ id }) => id),
  );
  return all.flatMap(({ id, accountId, accountName: account, territoryName: from, reason, text }) =>
    (steps.get(id) ?? []).map(({ at, what, byName, territoryName: to, note }) => ({
      ...{ at: at.toISOString(), what: `${SAID[what]} (${reason})`, by: byName, accountId, account, from, to },
      why: what === 'said' && note === '' ? text : note,
    })),
  );
}
