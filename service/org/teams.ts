import { BailiwickError } from '../core/errors.ts';
import type { AccountId, RecordId, UserId } from '../core/ids.ts';
import { rowsAmong, type Among } from './among.ts';
import type { CrmRecord, OrgConnection } from './connection.ts';
import { failureOf } from './failures.ts';
import { reference, requiredId, text } from './read.ts';
import { names, soql } from './soql.ts';
import { writeRecords, type RowOutcome } from './writes.ts';

/** What somebody may do with an account and what hangs on it, in Salesforce's words (None, Read, Edit, All). */
export interface AccessLevels {
  account: string | null;
  opportunity: string | null;
  case: string | null;
  contact: string | null;
}

/** A member of an account's team. */
export interface TeamMember {
  id: RecordId;
  accountId: AccountId;
  userId: UserId;
  role: string | null;
  levels: AccessLevels;
  lastModifiedById: UserId | null;
}

/** An account shared by hand with a user or a group. */
export interface ManualShare {
  id: RecordId;
  accountId: AccountId;
  userOrGroupId: RecordId;
  levels: AccessLevels;
}

const LEVELS = ['AccountAccessLevel', 'OpportunityAccessLevel', 'CaseAccessLevel', 'ContactAccessLevel'] as const;

/** Account teams and manual shares: what an owner change through the API takes away, so what must be given back. */
export class OrgTeams {
  readonly #connection: OrgConnection;
  /** Access levels that this org lets the integration user write, by object. */
  readonly #writable = new Map<string, Promise<ReadonlySet<string> | null>>();

  constructor(connection: OrgConnection) {
    this.#connection = connection;
  }

  /** False where Account Teams is off. */
  async hasAccountTeams(): Promise<boolean> {
    return (await this.#levels('AccountTeamMember')) !== null;
  }

  /** Null for an object that the org does not have, which is asked again: it may be turned on. */
  async #levels(object: string): Promise<ReadonlySet<string> | null> {
    const known = this.#writable.get(object) ?? this.#describe(object);
    this.#writable.set(object, known);
    const isKept = await known.then(
      (levels) => levels !== null,
      () => false,
    );
    if (!isKept) this.#writable.delete(object);
    return known;
  }

  async #describe(object: string): Promise<ReadonlySet<string> | null> {
    const answer = (await this.#connection.callIfThere({ method: 'GET', url: `/sobjects/${object}/describe` })) as
      { fields: { name: string; createable?: boolean }[] } | undefined;
    if (!answer) return null;
    return new Set(answer.fields.filter(({ createable }) => createable).map(({ name }) => name));
  }

  /** Empty also where the org has no account teams. */
  async teamMembers(accountIds: readonly AccountId[]): Promise<TeamMember[]> {
    const fields = names('Id', 'AccountId', 'UserId', 'TeamMemberRole', 'LastModifiedById', ...LEVELS);
    const rows = await this.#rows({ object: 'AccountTeamMember', fields, key: 'AccountId', ids: accountIds });
    return rows.map((row) => ({
      id: requiredId(row),
      accountId: requiredId(row, 'AccountId'),
      userId: requiredId(row, 'UserId'),
      role: text(row, 'TeamMemberRole'),
      levels: levelsOf(row),
      lastModifiedById: reference(row, 'LastModifiedById'),
    }));
  }

  /** Empty also where accounts are public, so that nothing can be shared by hand. */
  async manualShares(accountIds: readonly AccountId[]): Promise<ManualShare[]> {
    const fields = names('Id', 'AccountId', 'UserOrGroupId', ...LEVELS);
    const and = soql`AND RowCause = 'Manual'`;
    const rows = await this.#rows({ object: 'AccountShare', fields, key: 'AccountId', ids: accountIds, and });
    return rows.map((row) => ({
      id: requiredId(row),
      accountId: requiredId(row, 'AccountId'),
      userOrGroupId: requiredId(row, 'UserOrGroupId'),
      levels: levelsOf(row),
    }));
  }

  async #rows(among: Among): Promise<CrmRecord[]> {
    const found: CrmRecord[] = [];
    try {
      for await (const page of rowsAmong(this.#connection, among)) found.push(...page);
    } catch (error) {
      if (error instanceof BailiwickError && failureOf(error.cause).code === 'INVALID_TYPE') return [];
      throw error;
    }
    return found;
  }

  /** At most 200. A level that is null, or that the org lets nobody write, is left to the org. */
  async createTeamMembers(members: readonly Omit<TeamMember, 'id' | 'lastModifiedById'>[]): Promise<RowOutcome[]> {
    if (members.length === 0) return [];
    const writable = await this.#levels('AccountTeamMember');
    const records = members.map(({ accountId, userId, role, levels }) => ({
      attributes: { type: 'AccountTeamMember' },
      AccountId: accountId,
      UserId: userId,
      ...(role === null ? {} : { TeamMemberRole: role }),
      ...fieldsOf(levels, writable),
    }));
    return writeRecords(this.#connection, { kind: 'create', records });
  }

  /** At most 200 rows of account teams or manual shares; one that is already gone counts as done. */
  deleteTeamMembers(ids: readonly RecordId[]): Promise<RowOutcome[]> {
    return writeRecords(this.#connection, { kind: 'delete', ids: [...ids] });
  }

  /** At most 200. */
  async createManualShares(shares: readonly Omit<ManualShare, 'id'>[]): Promise<RowOutcome[]> {
    if (shares.length === 0) return [];
    const writable = await this.#levels('AccountShare');
    const records = shares.map(({ accountId, userOrGroupId, levels }) => ({
      attributes: { type: 'AccountShare' },
      AccountId: accountId,
      UserOrGroupId: userOrGroupId,
      RowCause: 'Manual',
      ...fieldsOf(levels, writable),
    }));
    return writeRecords(this.#connection, { kind: 'create', records });
  }
}

function levelsOf(row: CrmRecord): AccessLevels {
  const [account, opportunity, ofCase, contact] = LEVELS.map((name) => text(row, name));
  return { account: account ?? null, opportunity: opportunity ?? null, case: ofCase ?? null, contact: contact ?? null };
}

/** Where contacts are controlled by their account, nobody writes a level for them. */
function fieldsOf(levels: AccessLevels, writable: ReadonlySet<string> | null): CrmRecord {
  const values = [levels.account, levels.opportunity, levels.case, levels.contact];
  const isWritten = (name: string, k: number): boolean => values[k] !== null && (writable?.has(name) ?? true);
  return Object.fromEntries(LEVELS.flatMap((name, k) => (isWritten(name, k) ? [[name, values[k]]] : [])));
}
