import { createHash } from 'node:crypto';
import { BailiwickError } from '../../core/errors.ts';
import type { AccountId, RecordId, TeamId, TerritoryId } from '../../core/ids.ts';
import type { RequestUser } from '../../http/identity.ts';
import { MAX_RECORDS_PER_REQUEST } from '../../org/connection.ts';
import type { LoggedAction } from '../../store/tables/sync.ts';
import { addToLog } from '../history.ts';
import { adopt } from '../ledgerStore.ts';
import { ACTION_WORDS, type DriftAction } from './kinds.ts';
import type { DriftLine } from './lines.ts';
import type { DriftDeps } from './ports.ts';
import type { Drift } from './read.ts';
import type { DriftChoice } from './schemas.ts';

/** More than this at once is a plan of its own: publish the live plan as a whole. */
const MAX_LINES = 5_000;

export interface Chosen {
  readonly action: DriftAction;
  readonly lines: readonly DriftLine[];
  readonly leftOut: readonly { key: string; why: string }[];
  readonly hash: string;
}

export interface Acted {
  readonly done: number;
  readonly problems: readonly string[];
  readonly publishId: string | null;
  readonly alignmentId: string | null;
}

/** Lines that an action is about, and those named that it does not fit. @throws BailiwickError bad_request, too_large */
export function chosen(drift: Drift, { action, kind, keys }: DriftChoice): Chosen {
  const wanted = keys && new Set(keys);
  const named = drift.lines.filter((line) => (wanted ? wanted.has(line.key) : line.kind === kind));
  const lines = named.filter(({ actions }) => actions.includes(action));
  const known = new Set(named.map(({ key }) => key));
  const leftOut = [
    ...named
      .filter(({ actions }) => !actions.includes(action))
      .map(({ key, sentence }) => ({ key, why: `"${ACTION_WORDS[action]}" does not fit: ${sentence}` })),
    ...(keys ?? []).filter((key) => !known.has(key)).map((key) => ({ key, why: 'It is not so any more.' })),
  ];
  if (lines.length > MAX_LINES)
    throw new BailiwickError('too_large', `${lines.length} lines at once; at most ${MAX_LINES}.`, {
      action: 'Publish the live plan as a whole, or pick some lines.',
    });
  const { alignment } = drift;
  const facts = [
    action,
    alignment.id,
    alignment.version,
    ...lines.map(({ key, record }) => `${key} ${record.rowId}`).sort(),
  ];
  return { action, lines, leftOut, hash: createHash('sha256').update(JSON.stringify(facts)).digest('base64url') };
}

/** What the action will do, for whoever confirms it. */
export function sentencesOf({ action, lines }: Chosen): string[] {
  const n = lines.length === 1 ? '1 account' : `${new Set(lines.map(({ accountId }) => accountId)).size} accounts`;
  if (lines.length === 0) return ['Nothing is left to do.'];
  switch (action) {
    case 'accept':
      return [
        `${n}: the plan holds them where Salesforce has them, as a new version of the live plan.`,
        'Nothing is written to Salesforce now; a row of this product in the former territory goes with the next publish.',
      ];
    case 'adopt':
      return [
        `${n}: the row counts as this product's from now on, so that a publish may move it.`,
        'Nothing is written to Salesforce.',
      ];
    case 'putBack':
      return [
        `${n}: written as the plan says, through the journal, and can be taken back.`,
        'Rows that somebody else or a rule wrote stay: adopt or exclude them where they are to go.',
      ];
    case 'exclude':
      return [
        `${n}: excluded from the territory for assignment rules, and saved again so that the rules look at them.`,
        'Where the row stays after that, run the rules in Setup → Territory Models.',
      ];
  }
}

interface Acting {
  readonly user: RequestUser;
  readonly drift: Drift;
  readonly lines: readonly DriftLine[];
}

const NOTHING: Acted = { done: 0, problems: [], publishId: null, alignmentId: null };

export async function act(
  deps: DriftDeps,
  user: RequestUser,
  { drift, choice }: { drift: Drift; choice: Chosen },
): Promise<Acted> {
  const acting = { user, drift, lines: choice.lines };
  if (choice.lines.length === 0) return NOTHING;
  await requireEditable(deps, acting);
  // before anything is written; putting back has a journal of its own
  if (choice.action !== 'putBack') await note(deps, acting, LOGGED[choice.action]);
  switch (choice.action) {
    case 'accept':
      return acceptLines(deps, acting);
    case 'adopt':
      return adoptLines(deps, acting);
    case 'putBack':
      return putBack(deps, acting);
    case 'exclude':
      return exclude(deps, acting);
  }
}

const LOGGED = { accept: 'acceptPlace', adopt: 'adoptRow', exclude: 'excludeFromRule' } as const;

async function note({ store, now }: DriftDeps, { user, drift, lines }: Acting, what: LoggedAction): Promise<void> {
  const at = now();
  const { name: planName, teamId } = drift.alignment;
  const who = { planName, teamId, byId: user.userId, byName: user.name, at };
  await addToLog(
    store,
    lines.map(({ accountId, accountName, plan, crm, sentence: why, record: { territoryId } }) => ({
      ...{ ...who, what, why, accountId: accountId!, accountName: accountName ?? accountId! },
      ...{ fromName: plan, toId: territoryId, toName: crm },
    })),
  );
}

/** @throws BailiwickError forbidden for territories outside the user's branch or accounts that she may not edit */
async function requireEditable({ ports, org }: DriftDeps, { user, drift, lines }: Acting): Promise<void> {
  const writable = await ports.writable(user, drift.alignment.teamId);
  const outside = lines.filter(
    ({ record: { territoryId } }) => territoryId !== null && writable !== 'all' && !writable.has(territoryId),
  );
  const access = await org.access(user.userId, [...new Set(lines.map(({ accountId }) => accountId!))]);
  const locked = lines.filter(({ accountId }) => !access.get(accountId!)?.edit);
  if (outside.length + locked.length === 0) return;
  throw new BailiwickError(
    'forbidden',
    `${outside.length + locked.length} of the lines are outside your branch, or of accounts that you may not edit.`,
    { action: 'Pick other lines, or ask Sales Ops.' },
  );
}

const placeOf = ({ accountId, record }: DriftLine): { accountId: AccountId; territoryId: TerritoryId } => ({
  accountId: accountId!,
  territoryId: record.territoryId!,
});

async function acceptLines({ ports }: DriftDeps, { user, drift, lines }: Acting): Promise<Acted> {
  const { alignmentId } = await ports.acceptPlaces(user, drift.alignment.id, lines.map(placeOf));
  return { ...NOTHING, done: lines.length, alignmentId };
}

async function adoptLines({ store, now }: DriftDeps, { user, drift, lines }: Acting): Promise<Acted> {
  const at = now();
  await adopt(
    store,
    lines.map((line) => ({
      ...placeOf(line),
      recordId: line.record.rowId!,
      kind: 'association' as const,
      teamId: drift.alignment.teamId,
      source: 'adopted' as const,
      byId: user.userId,
      at,
    })),
  );
  return { ...NOTHING, done: lines.length };
}

/** The live plan again for these accounts alone: the same preview, journal and take-back as any publish. */
async function putBack({ sync, ports }: DriftDeps, { user, drift, lines }: Acting): Promise<Acted> {
  const { alignment } = drift;
  const accountIds = [...new Set(lines.map(({ accountId }) => accountId!))];
  const strategy = await ports.strategy(alignment.teamId);
  const request = { ...strategy, structure: false, alignmentId: alignment.id, version: alignment.version, accountIds };
  const { previewHash, counts } = await sync.preview(user, request);
  if (counts.add + counts.remove + counts.owners + counts.stamps + counts.teamMembers === 0)
    return {
      ...NOTHING,
      problems: ['There is nothing that this product may put back; rows of others stay until they are adopted.'],
    };
  const { id } = await sync.publish(user, { ...request, previewHash });
  return { ...NOTHING, done: lines.length, publishId: id };
}

/** An exclusion, the account saved with its rules awake, and a look at whether the row went. */
async function exclude({ org }: DriftDeps, { drift, lines }: Acting): Promise<Acted> {
  const problems: string[] = [];
  const excluded: DriftLine[] = [];
  for (let k = 0; k < lines.length; k += MAX_RECORDS_PER_REQUEST) {
    const some = lines.slice(k, k + MAX_RECORDS_PER_REQUEST);
    const outcomes = await org.createExclusions(some.map(placeOf));
    some.forEach((line, j) => {
      const outcome = outcomes[j];
      if (outcome?.ok) excluded.push(line);
      else problems.push(`${line.accountName}: ${outcome?.message ?? ''} ${outcome?.action ?? ''}`);
    });
  }
  const accountIds = [...new Set(excluded.map(({ accountId }) => accountId!))];
  for (let k = 0; k < accountIds.length; k += MAX_RECORDS_PER_REQUEST)
    for (const outcome of await org.runRulesOn(accountIds.slice(k, k + MAX_RECORDS_PER_REQUEST)))
      if (!outcome.ok) problems.push(`${outcome.message} ${outcome.action}`);
  const left = await rowsLeft(org, drift.alignment.teamId, excluded);
  for (const line of excluded.filter(({ record }) => left.has(record.rowId!)))
    problems.push(
      `${line.accountName} is still in ${line.crm}: run the rules in Setup → Territory Models → Run Assignment Rules.`,
    );
  return { ...NOTHING, done: excluded.filter(({ record }) => !left.has(record.rowId!)).length, problems };
}

async function rowsLeft(org: DriftDeps['org'], _teamId: TeamId, lines: readonly DriftLine[]): Promise<Set<RecordId>> {
  if (lines.length === 0) return new Set();
  const rows = await org.associations({
    territoryIds: [...new Set(lines.map(({ record }) => record.territoryId!))],
    accountIds: [...new Set(lines.map(({ accountId }) => accountId!))],
  });
  return new Set(rows.map(({ id }) => id));
}
