import { parseArgs } from 'node:util';
import { BailiwickError } from '../core/errors.ts';
import { recordId, type AccountId } from '../core/ids.ts';
import { listAlignments } from '../alignments/store.ts';
import { auditFile } from '../auditFile.ts';
import { logOfPlan } from '../planning/logStore.ts';
import { EVENT_NAMES } from '../planning/logWords.ts';
import { DRIFT_KINDS } from '../sync/drift/schemas.ts';
import { commandLineUser, EXIT, said, table, teamOf, type AtHouse, type HouseCommand, type Said } from './command.ts';

const SHARED = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  team: { type: 'string' },
} as const;

/** Lines that a terminal shows of a long list; --csv and --json have all. */
const MAX_LINES = 100;

const DRIFT_HELP = `bailiwick drift [--team TEAM] [--kind KIND] [--csv FILE]

In what Salesforce differs from the live plan. --csv writes every line into a file.
Kinds: ${DRIFT_KINDS.join(' ')}`;

async function drift(at: AtHouse, args: string[]): Promise<Said> {
  const { values } = parseArgs({ args, options: { ...SHARED, kind: { type: 'string' }, csv: { type: 'string' } } });
  const user = commandLineUser(at);
  const team = await teamOf(at, values.team);
  const kind = DRIFT_KINDS.find((each) => each === values.kind);
  if (values.kind !== undefined && kind === undefined)
    throw new BailiwickError('bad_request', `"${values.kind}" is no kind of drift.`, {
      action: `Name one of ${DRIFT_KINDS.join(', ')}.`,
    });
  const view = at.house.drift;
  const list = await view.list(user, team.id, { kind, limit: values.json ? Number.MAX_SAFE_INTEGER : MAX_LINES });
  const lines =
    list.counts.length === 0
      ? [`Salesforce is as "${list.alignmentName}" says.`]
      : [
          ...table(
            ['Kind', 'Lines', 'What'],
            list.counts.map((each) => [each.kind, each.n, each.title]),
          ),
          ...(kind === undefined ? [] : list.items.map(({ sentence }) => sentence)),
          ...(kind !== undefined && list.total > list.items.length
            ? [`… ${list.total - list.items.length} more; --csv FILE has all.`]
            : []),
        ];
  const answer = said(lines, list);
  return values.csv === undefined ? answer : { ...answer, file: String((await view.csv(user, team.id, kind)).content) };
}

const AUDIT_HELP = `bailiwick audit --account ID [--on YYYY-MM-DD]
bailiwick audit --team TEAM --plan PLAN
bailiwick audit --team TEAM --csv FILE

Who moved an account when and why, and who had it on a day; the life of a plan from draft to live and after; or everything
that was done about a team as a file: plans, edits, feedback, messages and every write.`;

async function audit(at: AtHouse, args: string[]): Promise<Said> {
  const { values } = parseArgs({
    args,
    options: {
      ...SHARED,
      account: { type: 'string' },
      plan: { type: 'string' },
      on: { type: 'string' },
      csv: { type: 'string' },
    },
  });
  if (values.account !== undefined) return auditAccount(at, values.account, values.on);
  if (values.plan !== undefined) return auditPlan(at, values.team, values.plan);
  if (values.csv === undefined)
    throw new BailiwickError('bad_request', 'Neither an account nor a file is named.', {
      action: 'Write: audit --account ID [--on DATE], or audit --team TEAM --csv FILE.',
    });
  const team = await teamOf(at, values.team);
  const written = at.house.sync.teamLog(commandLineUser(at), team.id);
  const { csv, lines } = await auditFile(at.store, team.id, written);
  return { ...said([`${lines} entries of ${team.name} in ${values.csv}.`], { entries: lines }), file: csv };
}

/** The life of a plan, closed ones too. */
async function auditPlan(at: AtHouse, named: string | undefined, plan: string): Promise<Said> {
  const team = await teamOf(at, named);
  const plans = await listAlignments(at.store, [team.id]);
  const found = plans.find(({ id, name }) => id === plan || name.toLowerCase() === plan.toLowerCase());
  if (!found) throw new BailiwickError('not_found', `There is no plan "${plan}".`, { action: 'Give its name or id.' });
  const log = await logOfPlan(at.store.db, found.id);
  const rows = log.map(({ at: when, what, byName, note }) => [
    ...[when.toISOString().slice(0, 16).replace('T', ' '), EVENT_NAMES[what], byName, note],
  ]);
  const head = `"${found.name}" of ${team.name}, made by ${found.createdBy} on ${found.createdAt.toISOString().slice(0, 10)}`;
  const lines =
    rows.length === 0 ? ['Nothing has happened to it yet.'] : table(['When (UTC)', 'What', 'By', 'Note'], rows);
  return said([head, ...lines], { plan: found.name, state: found.state, stage: found.stage, log });
}

async function auditAccount(at: AtHouse, account: string, on: string | undefined): Promise<Said> {
  if (!/^[a-zA-Z0-9]{18}$/.test(account))
    throw new BailiwickError('bad_request', `"${account}" is no account.`, { action: 'Give the 18-character id.' });
  if (on !== undefined && Number.isNaN(Date.parse(`${on}T00:00:00Z`)))
    throw new BailiwickError('bad_request', `"${on}" is no day.`, { action: 'Write it as 2026-01-31.' });
  const found = await at.house.sync.history(commandLineUser(at), recordId(account) as AccountId, on);
  const held =
    on === undefined
      ? []
      : [
          found.on
            ? `On ${on}: ${found.on.territory ?? 'no territory'}, owner ${found.on.owner ?? 'unknown'}.`
            : `Nothing is known of ${on}.`,
        ];
  const rows = found.moves.map(({ at: when, what, from, to, byName, planName }) => [
    when.slice(0, 16).replace('T', ' '),
    what,
    from,
    to,
    byName,
    planName,
  ]);
  const lines =
    rows.length === 0
      ? ['Nothing was ever written for this account.']
      : table(['When (UTC)', 'What', 'From', 'To', 'By', 'Plan'], rows);
  return said([...held, ...lines], found);
}

const SYNC_HELP = `bailiwick sync [--team TEAM] [--status]
bailiwick sync [--team TEAM] --now
bailiwick sync --approve RUN | --dismiss RUN

Automatic sync: its settings and last runs; a run now; the answer to a run that the fuse stopped.
Exit codes: 0 done or nothing to do, 1 failed, 2 wrong usage, 3 stopped by the fuse: nothing was written, answer it.`;

type Run = Awaited<ReturnType<AtHouse['house']['auto']['show']>>;

function toldRun(run: Run): Said {
  const lines = [
    `${run.state}: ${run.reason ?? ''}`.trim(),
    ...run.fuse.map(({ sentence }) => sentence),
    ...(run.action === null ? [] : [run.action]),
    ...(run.state === 'waiting' ? [`bailiwick sync --approve ${run.id}`] : []),
    ...(run.publishId === null ? [] : [`Publish ${run.publishId}`]),
  ];
  const isGood = ['done', 'nothing', 'dismissed', 'skipped'].includes(run.state);
  return said(lines, run, run.state === 'waiting' ? EXIT.fuse : isGood ? EXIT.ok : EXIT.error);
}

async function sync(at: AtHouse, args: string[]): Promise<Said> {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ args, options: { ...SHARED, now: yes, status: yes, approve: text, dismiss: text } });
  const { auto } = at.house;
  const user = commandLineUser(at);
  if (values.dismiss !== undefined) return toldRun(await auto.dismiss(user, values.dismiss));
  if (values.approve !== undefined) {
    const { previewHash } = await auto.show(values.approve);
    await auto.approve(user, values.approve, previewHash ?? 'none');
    await auto.idle();
    return toldRun(await auto.show(values.approve));
  }
  const team = await teamOf(at, values.team);
  if (values.now) {
    const { id } = await auto.runNow(user, team.id);
    await auto.idle();
    return toldRun(await auto.show(id));
  }
  const settings = await auto.settings(team.id);
  const { runs } = await auto.list(team.id, MAX_LINES);
  const { isOn, isPaused, schedule } = settings.settings;
  const head = `${team.name}: ${!isOn ? 'off' : isPaused ? 'paused' : `on, ${schedule ?? 'no schedule'} (${settings.timeZone}), next ${settings.nextRunAt ?? '-'}`}`;
  const rows = runs.map((run) => [
    run.id,
    run.startedAt.slice(0, 16).replace('T', ' '),
    run.trigger,
    run.state,
    run.reason,
  ]);
  return said(
    [head, ...(rows.length === 0 ? ['No run yet.'] : table(['Run', 'When (UTC)', 'Why', 'State', 'What'], rows))],
    { settings, runs },
  );
}

export const WATCH_COMMANDS: Readonly<Record<'drift' | 'audit' | 'sync', HouseCommand>> = {
  drift: { help: DRIFT_HELP, run: drift },
  audit: { help: AUDIT_HELP, run: audit },
  sync: { help: SYNC_HELP, run: sync },
};
