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

async function byTasks(deps: AutoDeps, run: SyncRun, { settings, subject }: Told & { subject: string }) {
  const description = [run.reason, ...run.fuse.map(({ sentence }) => sentence), run.action]
    .filter((line, k, all) => line !== null && all.indexOf(line) === k)
    .join('\n');
  return tasksFor(deps, settings.tellUserIds, { subject, description });
}

/** Something else than a run that the team's people are to be told; in the same ways. */
export interface Message {
  readonly event: string;
  readonly subject: string;
  readonly lines: readonly string[];
}

/** @returns a sentence for each way that did or did not work */
export async function tellTeam(
  deps: AutoDeps,
  { settings, secret, teamName, teamId }: Told & { readonly teamId: string },
  { event, subject, lines }: Message,
): Promise<string[]> {
  const told: string[] = [];
  if (settings.webhookUrl !== null) {
    const body = { event, orgId: deps.org.orgId, teamId, teamName, subject, lines, sentAt: deps.now().toISOString() };
    const problem = await sendWebhook({ url: settings.webhookUrl, secret, body }, deps.sleep);
    told.push(problem ?? `The webhook at ${new URL(settings.webhookUrl).host} was told.`);
  }
  const task = { subject: subject.slice(0, 255), description: lines.join('\n') };
  return [...told, ...(await tasksFor(deps, settings.tellUserIds, task))];
}

/** How a team's people are told, in words; none where nobody is. */
export function waysOf({ webhookUrl, tellUserIds }: AutoSettings): string[] {
  return [
    ...(webhookUrl === null ? [] : [`a message to ${new URL(webhookUrl).host}`]),
    ...(tellUserIds.length === 0
      ? []
      : [`a task for ${tellUserIds.length} ${tellUserIds.length === 1 ? 'user' : 'users'}`]),
  ];
}

async function tasksFor(
  deps: AutoDeps,
  userIds: readonly string[],
  { subject, description }: { readonly subject: string; readonly description: string },
): Promise<string[]> {
  if (userIds.length === 0) return [];
  try {
    const { year, month, day } = wallTime(deps.now().getTime(), await deps.org.timeZone());
    const today = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
    const outcomes = await deps.org.createTasks(
      userIds.map((id) => ({ ownerId: recordId(id), subject, description, day: today })),
    );
    return outcomes.map((outcome, k) =>
      outcome.ok
        ? `User ${userIds[k]} has a task.`
        : `User ${userIds[k]} got no task: ${outcome.message} ${outcome.action}`,
    );
  } catch (error) {
    return [`No tasks were made in Salesforce: ${(error as Error).message}`];
  }
}
