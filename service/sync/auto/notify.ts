import { recordId } from '../../core/ids.ts';
import { wallTime } from '../../core/wallClock.ts';
import type { AutoDeps } from './ports.ts';
import type { AutoSettings } from './schemas.ts';
import type { SyncRun } from './store.ts';
import { sendWebhook } from './webhook.ts';

interface Told {
  readonly settings: AutoSettings;
  readonly secret: string | null;
  readonly teamName: string;
}

const HEADS: Partial<Record<SyncRun['state'], string>> = {
  waiting: 'waits for your answer',
  partial: 'was written in part',
  failed: 'failed',
};

/** Tells whoever is to be told of a run that failed or waits. @returns a sentence for each way that did or did not work */
export async function notify(deps: AutoDeps, run: SyncRun, told: Told): Promise<string[]> {
  const head = HEADS[run.state];
  if (head === undefined) return [];
  const subject = `Bailiwick: automatic sync of ${told.teamName} ${head} [${run.id.slice(0, 8)}]`.slice(0, 255);
  return [...(await byWebhook(deps, run, told)), ...(await byTasks(deps, run, { ...told, subject }))];
}

async function byWebhook(deps: AutoDeps, run: SyncRun, { settings, secret, teamName }: Told): Promise<string[]> {
  if (settings.webhookUrl === null) return [];
  const { id, teamId, trigger, state, reason, action, fuse, counts, publishId } = run;
  const body = {
    event: `sync.${state}`,
    runId: id,
    orgId: deps.org.orgId,
    teamId,
    teamName,
    trigger,
    state,
    reason,
    action,
    fuse,
    counts,
    publishId,
    startedAt: run.startedAt.toISOString(),
    sentAt: deps.now().toISOString(),
  };
  const problem = await sendWebhook({ url: settings.webhookUrl, secret, body }, deps.sleep);
  return [problem ?? `The webhook at ${new URL(settings.webhookUrl).host} was told.`];
}

async function byTasks(deps: AutoDeps, run: SyncRun, told: Told & { subject: string }): Promise<string[]> {
  const { tellUserIds } = told.settings;
  if (tellUserIds.length === 0) return [];
  const description = [run.reason, ...run.fuse.map(({ sentence }) => sentence), run.action]
    .filter((line, k, all) => line !== null && all.indexOf(line) === k)
    .join('\n');
  try {
    const { year, month, day } = wallTime(deps.now().getTime(), await deps.org.timeZone());
    const today = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
    const outcomes = await deps.org.createTasks(
      tellUserIds.map((id) => ({ ownerId: recordId(id), subject: told.subject, description, day: today })),
    );
    return outcomes.map((outcome, k) =>
      outcome.ok
        ? `User ${tellUserIds[k]} has a task.`
        : `User ${tellUserIds[k]} got no task: ${outcome.message} ${outcome.action}`,
    );
  } catch (error) {
    return [`No tasks were made in Salesforce: ${(error as Error).message}`];
  }
}
