import { parseArgs } from 'node:util';
import { listAlignments } from '../alignments/store.ts';
import { BailiwickError } from '../core/errors.ts';
import { previewBody } from '../sync/schemas.ts';
import type { PublishInput } from '../sync/sync.ts';
import { commandLineUser, EXIT, said, table, teamOf, type AtHouse, type HouseCommand, type Said } from './command.ts';

const SHARED = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  team: { type: 'string' },
} as const;

const PUBLISH_HELP = `bailiwick publish [--team TEAM] [--plan PLAN] [--dry-run]

Writes a plan to Salesforce through the journal, verifies it, and says what became of every record.

  --team TEAM        name or id; needed where there are several
  --plan PLAN        name or id of a draft; the live plan where none is named
  --dry-run          everything that would be written; nothing is
  --territory ID     only these territories; repeatable
  --state XX         only these states; repeatable
  --no-owners        leave owners as they are
  --deals HOW        stay (default), move or untilStage with --stage NAME
  --data DIR         data directory (default BAILIWICK_DATA or .bailiwick); where the service runs on it, the service does it
  --json             for machines

What is not said is as the team's automatic sync has it. Exit codes: 0 done, 1 something failed, 2 wrong usage.`;

const PUBLISH_FLAGS = {
  ...SHARED,
  plan: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  territory: { type: 'string', multiple: true },
  state: { type: 'string', multiple: true },
  'no-owners': { type: 'boolean', default: false },
  deals: { type: 'string' },
  stage: { type: 'string' },
} as const;

/** @throws BailiwickError not_found */
export async function planOf({ store }: AtHouse, teamId: string, named: string | undefined) {
  const plans = (await listAlignments(store, [teamId])).filter(({ state }) => state !== 'archived');
  const found = plans.find((plan) =>
    named === undefined ? plan.state === 'live' : plan.id === named || plan.name.toLowerCase() === named.toLowerCase(),
  );
  if (found) return found;
  throw new BailiwickError(
    'not_found',
    named === undefined ? 'The team has no live plan.' : `There is no plan "${named}".`,
    {
      action: `Name one of ${plans.map(({ name }) => `"${name}"`).join(', ')}.`,
    },
  );
}

async function publish(at: AtHouse, args: string[]): Promise<Said> {
  const { values } = parseArgs({ args, options: PUBLISH_FLAGS });
  const { sync, auto } = at.house;
  const user = commandLineUser(at);
  const team = await teamOf(at, values.team);
  const plan = await planOf(at, team.id, values.plan);
  const { territory = [], state = [] } = values;
  const request: PublishInput = previewBody.parse({
    ...(await auto.strategy(team.id)),
    ...(values['no-owners'] ? { owners: false } : {}),
    ...(values.deals === undefined ? {} : { deals: values.deals }),
    ...(values.stage === undefined ? {} : { dealStage: values.stage }),
    alignmentId: plan.id,
    version: plan.version,
    part: territory.length + state.length > 0 ? { territoryIds: territory, states: state } : null,
  });
  const preview = await sync.preview(user, request);
  const counts = table(['What', 'Records'], Object.entries(preview.counts));
  const head = `"${plan.name}" of ${team.name}, version ${plan.version}`;
  if (values['dry-run'])
    return said([`${head}: nothing is written.`, ...counts, ...preview.structure, ...preview.warnings], preview);
  const { id } = await sync.publish(user, { ...request, previewHash: preview.previewHash });
  await sync.finished(id);
  return outcome(at, id, [head, ...preview.warnings]);
}

/** What became of a publish or a take back. */
async function outcome(at: AtHouse, id: string, head: readonly string[]): Promise<Said> {
  const shown = (await at.house.sync.show(commandLineUser(at), id))!;
  const { state, outcomes, failures, error, verified } = shown;
  const isDone = state === 'done';
  const lines = [
    ...head,
    `${state}: ${outcomes.written} written, ${outcomes.alreadyThere} were so already, ${outcomes.failed} failed, ${outcomes.skipped} skipped.`,
    ...(verified
      ? [`Read back: ${verified.asPlanned} of ${verified.checked} as planned.`, ...verified.differences]
      : []),
    ...(error ? [`${error.message} ${error.action ?? ''}`] : []),
    ...failures.map((row) => `${row.accountName}: ${row.what}: ${row.message} ${row.action}`),
    `Publish ${id}`,
  ];
  return said(lines, shown, isDone ? EXIT.ok : EXIT.error);
}

const RUNS_HELP = `bailiwick runs [--team TEAM] [--id PUBLISH]

Publishes, newest first; with --id what became of one (exit code 1 where something is not written).`;

async function runs(at: AtHouse, args: string[]): Promise<Said> {
  const { values } = parseArgs({ args, options: { ...SHARED, id: { type: 'string' } } });
  const user = commandLineUser(at);
  if (values.id !== undefined) return outcome(at, values.id, []);
  const team = values.team === undefined ? undefined : await teamOf(at, values.team);
  const list = await at.house.sync.list(user, team?.id);
  const rows = list.map((run) => [
    run.id,
    run.at.slice(0, 16).replace('T', ' '),
    run.kind === 'takeBack' ? 'take back' : run.origin === 'schedule' ? 'automatic' : 'publish',
    run.state,
    run.outcomes.written,
    run.outcomes.failed + run.outcomes.skipped,
    run.byName,
    run.alignmentName,
  ]);
  const head = ['Id', 'When (UTC)', 'What', 'State', 'Written', 'Not', 'By', 'Plan'];
  return said(list.length === 0 ? ['Nothing was published yet.'] : table(head, rows), list);
}

const TAKEBACK_HELP = `bailiwick takeback --id PUBLISH [--territory ID ...] [--dry-run]

Undoes exactly what a publish wrote; the newest of a team first. Says what stays because somebody changed it since.`;

async function takeback(at: AtHouse, args: string[]): Promise<Said> {
  const { values } = parseArgs({
    args,
    options: {
      ...SHARED,
      id: { type: 'string' },
      territory: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  if (values.id === undefined)
    throw new BailiwickError('bad_request', 'No publish is named.', {
      action: 'Add --id; "bailiwick runs" lists them.',
    });
  const user = commandLineUser(at);
  const territoryIds = values.territory ?? null;
  const { sync } = at.house;
  const preview = await sync.takeBackPreview(user, values.id, { territoryIds });
  const counts = table(
    ['What', 'Records'],
    preview.counts.map(({ what, n }) => [what, n]),
  );
  const stays = preview.stays.map(
    ({ accountName, what, message }) => `${accountName}: ${what} stays: ${message ?? ''}`,
  );
  if (values['dry-run']) return said(['Nothing is written.', ...counts, ...stays], preview);
  const { id } = await sync.takeBack(user, values.id, { territoryIds, previewHash: preview.previewHash });
  await sync.finished(id);
  return outcome(at, id, stays);
}

export const PUBLISH_COMMANDS: Readonly<Record<'publish' | 'runs' | 'takeback', HouseCommand>> = {
  publish: { help: PUBLISH_HELP, run: publish },
  runs: { help: RUNS_HELP, run: runs },
  takeback: { help: TAKEBACK_HELP, run: takeback },
};
