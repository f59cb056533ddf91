import { BailiwickError } from '../core/errors.ts';
import type { RequestUser } from '../http/identity.ts';
import type { DuckDb } from '../store/duckDb.ts';
import type { Store } from '../store/store.ts';
import { findRecord, type RegistryRecord } from './lookup.ts';
import { matchAccounts, type AccountMatch, type MatchCandidate } from './matching.ts';
import type { RegistryAccount, RegistryPorts } from './ports.ts';
import { namesOf } from './specialties.ts';
import { endAllDecisions, insertDecision, listDecisions, type Decision } from './store.ts';

export const MATCH_STATES = ['matched', 'toReview', 'rejected', 'none'] as const;
export type MatchState = (typeof MATCH_STATES)[number];

/** One account with what it is in the registry, or may be. */
export interface QueueEntry {
  readonly account: RegistryAccount;
  readonly state: MatchState;
  /** Record that the account is; null until somebody or something certain says so. */
  readonly key: string | null;
  readonly how: 'key' | 'nameAndAddress' | 'accepted' | 'byHand' | null;
  readonly candidates: readonly (MatchCandidate & { readonly rejected: boolean })[];
  readonly note: string | null;
  readonly decision: {
    readonly verdict: string;
    readonly byName: string;
    readonly at: string;
    readonly note: string | null;
  } | null;
}

/** Matches are computed again when accounts may have changed, or at once when the registry did. */
const FRESH_MS = 5 * 60_000;

interface QueueDeps {
  readonly db: DuckDb;
  readonly store: Store;
  readonly ports: Pick<RegistryPorts, 'accounts'>;
  readonly clock: () => Date;
  revision(): Promise<number>;
}

/** Accounts against the registry, with what people decided. */
export function createQueue({ db, store, ports, clock, revision }: QueueDeps) {
  let kept: {
    revision: number;
    at: number;
    matches: Promise<{ account: RegistryAccount; match: AccountMatch }[]>;
  } | null = null;

  async function compute() {
    const accounts = await ports.accounts();
    const matches = await matchAccounts(db, accounts);
    return accounts.map((account, i) => ({ account, match: matches[i]! }));
  }

  async function matches() {
    const now = clock().getTime();
    const at = await revision();
    if (kept?.revision !== at || now - kept.at > FRESH_MS) {
      const made = { revision: at, at: now, matches: compute() };
      kept = made;
      made.matches.catch(() => {
        if (kept === made) kept = null;
      });
    }
    return kept.matches;
  }

  /** Decisions by the key that their record has today: an import may have found the CCN of what was known by its NPI. */
  async function inForce(): Promise<Decision[]> {
    const decisions = await listDecisions(store);
    const names = await namesOf(
      db,
      decisions.map(({ registryKey }) => registryKey),
    );
    return decisions.map((decision) => ({
      ...decision,
      registryKey: names.get(decision.registryKey)?.record ?? decision.registryKey,
    }));
  }

  /** Every account, in the order of the CRM. */
  async function entries(): Promise<QueueEntry[]> {
    const found = await matches();
    const decisions = Map.groupBy(await inForce(), ({ accountId }) => accountId);
    return found.map(({ account, match }) => entryOf(account, match, decisions.get(account.id) ?? []));
  }

  /** @throws BailiwickError not_found for an account that is not there, or a record that no source knows */
  async function decide(user: RequestUser, accountId: string, asked: Asked): Promise<QueueEntry> {
    const found = (await matches()).find(({ account }) => account.id === accountId);
    if (!found) throw noAccount(accountId);
    const who = { at: clock(), byId: user.userId, byName: user.name };
    if (asked.verdict === 'undo') await endAllDecisions(store, { accountId, ...who });
    else {
      const record = await known(db, asked.key);
      const isProposed = found.match.candidates.some(({ key }) => key === record.key);
      const { verdict, note } = asked;
      await insertDecision(store, {
        accountId,
        registryKey: record.key,
        verdict,
        byHand: verdict === 'accepted' && !isProposed,
        note,
        ...who,
      });
    }
    const decisions = (await inForce()).filter((decision) => decision.accountId === accountId);
    return entryOf(found.account, found.match, decisions);
  }

  return { entries, decide, forget: () => void (kept = null) };
}

export type Asked =
  | { readonly verdict: 'undo' }
  | { readonly verdict: 'accepted' | 'rejected'; readonly key: string; readonly note: string | null };

export function noAccount(accountId: string): BailiwickError {
  return new BailiwickError('not_found', `There is no account ${accountId}, or it is not shared with you.`, {
    action: 'Choose one of the list of matches.',
  });
}

async function known(db: DuckDb, key: string): Promise<RegistryRecord> {
  const record = await findRecord(db, key);
  if (record) return record;
  throw new BailiwickError('not_found', `No active source knows the NPI or CCN ${key}.`, {
    action: 'Search the registry for it, or import a file that lists it.',
  });
}

function entryOf(account: RegistryAccount, match: AccountMatch, decisions: readonly Decision[]): QueueEntry {
  const accepted = decisions.find(({ verdict }) => verdict === 'accepted');
  const rejected = new Set(
    decisions.filter(({ verdict }) => verdict === 'rejected').map(({ registryKey }) => registryKey),
  );
  const candidates = match.candidates.map((candidate) => ({ ...candidate, rejected: rejected.has(candidate.key) }));
  const open = candidates.filter((candidate) => !candidate.rejected);
  const last = accepted ?? decisions.at(-1);
  const decision = last
    ? { verdict: last.verdict, byName: last.byName, at: last.at.toISOString(), note: last.note }
    : null;
  const base = { account, candidates, note: match.note, decision };
  if (accepted)
    return { ...base, state: 'matched', key: accepted.registryKey, how: accepted.byHand ? 'byHand' : 'accepted' };
  const [best] = candidates;
  if (match.verdict === 'certain' && best && !best.rejected)
    return { ...base, state: 'matched', key: best.key, how: match.how };
  if (open.length > 0) return { ...base, state: 'toReview', key: null, how: null };
  return { ...base, state: candidates.length > 0 ? 'rejected' : 'none', key: null, how: null };
}

export type Queue = ReturnType<typeof createQueue>;
