import { likeness, LIKELY_SCORE, verdictOf, type Candidate, type Verdict } from '../core/accountMatch.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { npiSql } from '../intake/cleanSql.ts';
import { houseSql, wordsSql } from './blocking.ts';
import { facilityCcnSql } from './keySql.ts';
import type { RegistryAccount } from './ports.ts';

/** Candidates shown to people for one account. */
const MAX_CANDIDATES = 5;
/** Accounts compared in one statement: bounds the memory of the join. */
const ACCOUNTS_PER_QUERY = 5000;

/** A record that an account may be. */
export interface MatchCandidate extends Candidate<string> {
  readonly name: string;
  readonly kind: string;
  readonly street: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
}

/** What the registry says of one account before anybody decided. */
export interface AccountMatch {
  readonly accountId: string;
  readonly how: 'key' | 'nameAndAddress';
  readonly verdict: Verdict;
  /** Best first; none where nothing is alike. */
  readonly candidates: readonly MatchCandidate[];
  readonly note: string | null;
}

interface Row {
  readonly id: string;
  readonly record: string;
  readonly name: string | null;
  readonly kind: string;
  readonly address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
}

/**
 * Matches accounts to records: by NPI or CCN first, the others by name and address among records of their ZIP, city or house
 * number. Deterministic: ties go to the lower key, and then nobody is certain. A record that two accounts claim is ambiguous.
 */
export async function matchAccounts(db: DuckDb, accounts: readonly RegistryAccount[]): Promise<AccountMatch[]> {
  const result: AccountMatch[] = [];
  for (let i = 0; i < accounts.length; i += ACCOUNTS_PER_QUERY) {
    const some = accounts.slice(i, i + ACCOUNTS_PER_QUERY);
    const byKey = await keyed(db, some);
    const rest = some.filter(({ id }) => !byKey.has(id));
    const rows = Map.groupBy(await candidates(db, rest), ({ id }) => id);
    for (const account of some) {
      const records = byKey.get(account.id);
      result.push(records ? matchedByKey(account, records) : matchedByName(account, rows.get(account.id) ?? []));
    }
  }
  return claimedOnce(result);
}

/** Both keys of an account may lead to different records: then a person decides. */
function matchedByKey(account: RegistryAccount, rows: readonly Row[]): AccountMatch {
  const found = ranked(account, rows);
  const [best] = found;
  const differ = found.length > 1;
  // The same number under another name in another state is more likely a slip than a facility.
  const isOdd = best !== undefined && best.likeness.name < 0.3 && best.likeness.place < 0.5;
  const note = differ
    ? 'its NPI and its CCN name different records'
    : isOdd
      ? 'the number agrees, name and place do not'
      : null;
  return {
    accountId: account.id,
    how: 'key',
    verdict: differ || isOdd ? 'ambiguous' : 'certain',
    candidates: found,
    note,
  };
}

function matchedByName(account: RegistryAccount, rows: readonly Row[]): AccountMatch {
  const found = ranked(account, rows).filter((candidate) => candidate.likeness.score >= LIKELY_SCORE);
  const verdict = verdictOf(found);
  const note = verdict === 'ambiguous' ? 'several records are nearly as alike' : null;
  return { accountId: account.id, how: 'nameAndAddress', verdict, candidates: found.slice(0, MAX_CANDIDATES), note };
}

function ranked(account: RegistryAccount, rows: readonly Row[]): MatchCandidate[] {
  return rows
    .map(({ record, name, kind, address, city, state, zip }): MatchCandidate => {
      const there = { name: name ?? '', street: address, city, state, zip };
      return { key: record, ...there, kind, likeness: likeness(account, there) };
    })
    .sort((a, b) => b.likeness.score - a.likeness.score || (a.key < b.key ? -1 : 1));
}

/** Two accounts that are sure of one record cannot both be right; a number beats a name. */
function claimedOnce(matches: readonly AccountMatch[]): AccountMatch[] {
  const claims = Map.groupBy(
    matches.filter(({ verdict }) => verdict === 'certain'),
    ({ candidates }) => candidates[0]?.key ?? '',
  );
  return matches.map((match) => {
    const rivals = match.verdict === 'certain' ? (claims.get(match.candidates[0]?.key ?? '') ?? []) : [];
    const others = rivals.filter((rival) => rival !== match && (rival.how === 'key' || match.how !== 'key'));
    if (others.length === 0) return match;
    return { ...match, verdict: 'ambiguous', note: `${others.length + 1} accounts claim this record` };
  });
}

const text = (field: string) => `nullif(trim(a->>'${field}'), '')`;
/** The accounts as a table of the statement itself, so that it waits for no import. */
const ASKED = `asked AS MATERIALIZED (SELECT a->>'id' AS id, ${npiSql(text('npi'))} AS npi, ${facilityCcnSql(text('ccn'))} AS ccn, ${text('zip')} AS zip,
    upper(${text('state')}) AS state, upper(${text('city')}) AS city, ${wordsSql(text('name'))} AS words, ${houseSql(text('street'))} AS house
  FROM (SELECT unnest(from_json(?, '["JSON"]')) AS a))`;

const COLUMNS = 'r.record, r.name, r.kind, r.address, r.city, r.state, r.zip';

async function keyed(db: DuckDb, accounts: readonly RegistryAccount[]): Promise<Map<string, Row[]>> {
  const rows = await db.all<Row>(
    `WITH ${ASKED}, found AS (
       SELECT a.id, k.record FROM asked a JOIN keys k ON k.key = a.npi UNION SELECT a.id, k.record FROM asked a JOIN keys k ON k.key = a.ccn)
     SELECT f.id, ${COLUMNS} FROM found f JOIN records r ON r.record = f.record ORDER BY f.id, r.record`,
    [JSON.stringify(accounts)],
  );
  return Map.groupBy(rows, ({ id }) => id);
}

/** Records that share ZIP, city or a number with each account, and a telling word of the name or the house number. */
async function candidates(db: DuckDb, accounts: readonly RegistryAccount[]): Promise<Row[]> {
  if (accounts.length === 0) return [];
  // One door of a hospital has a thousand people behind it: for a person two words must agree, for a facility the house may do.
  const alike = `CASE WHEN r.is_person THEN len(list_intersect(r.words, a.words)) >= 2 ELSE list_has_any(r.words, a.words) END`;
  const door = `(NOT r.is_person AND r.house = a.house)`;
  return db.all(
    `WITH ${ASKED}, pairs AS (
       SELECT a.id, r.record FROM asked a JOIN records r ON r.zip = a.zip WHERE ${door} OR ${alike}
       UNION SELECT a.id, r.record FROM asked a JOIN records r ON r.state = a.state AND upper(r.city) = a.city WHERE ${door} OR ${alike}
       UNION SELECT a.id, r.record FROM asked a JOIN records r ON r.state = a.state AND r.house = a.house WHERE ${alike})
     SELECT p.id, ${COLUMNS} FROM pairs p JOIN records r ON r.record = p.record ORDER BY p.id, r.record`,
    [JSON.stringify(accounts)],
  );
}
