import type { Row } from './database.ts';
import { SalesforceError, salesforceError } from './errors.ts';
import { asPerson, personName } from './folder/personAccounts.ts';
import type { DmlContext, HookDeps, Hooks } from './hooks.ts';

type Save = HookDeps & { before: Row | undefined; context: DmlContext };

export function fullName(row: Row): void {
  row['Name'] = [row['FirstName'], row['LastName']].filter(Boolean).join(' ') || (row['Name'] ?? null);
}

function requireActiveUser(row: Row, field: string, { db, before }: Save): void {
  if (before && before[field] === row[field]) return;
  const user = db.row('User', String(row[field]));
  if (user && user['IsActive'] !== 1) throw salesforceError.inactiveUser(field);
}

export const ownedHooks = (compute?: (row: Row) => void): Hooks => ({
  ...(compute ? { compute } : {}),
  beforeSave: (row, deps) => requireActiveUser(row, 'OwnerId', deps),
});

/** A new owner needs Read on the object; whoever gives a record away needs 'Transfer Record' or to be above its owner. */
function requireTransfer(row: Row, { access, before, context }: Save): void {
  if (!before || before['OwnerId'] === row['OwnerId']) return;
  if (access.allData(context.userId) !== 'modify' && !access.of(context.userId, String(row['Id'])).transfer)
    throw salesforceError.noRecordAccess();
  const rights = access.rights.of(String(row['OwnerId']));
  if (rights.data === 'none' && !rights.object('Account').read)
    throw new SalesforceError('TRANSFER_REQUIRES_READ', 'The new owner must have read permission', {
      fields: ['OwnerId'],
    });
}

/**
 * Knowledge article 000390190: since Winter '21 an owner change through the API deletes the account team with its shares
 * unless KeepAccountTeam is set, which only SOAP has. Manual shares go too (Help, "Manual sharing": they are removed when
 * the owner changes). Opportunities and contacts keep their owners: moving them is an OwnerChangeOption of SOAP, off by default.
 */
function afterOwnerChange(row: Row, { db, before, context }: Save): void {
  if (!before || before['OwnerId'] === row['OwnerId']) return;
  const accountId = String(row['Id']);
  for (const { Id } of db.all('SELECT Id FROM AccountTeamMember WHERE AccountId = ? AND IsDeleted = 0', [accountId])) {
    const stamp = db.stamp();
    db.patch('AccountTeamMember', String(Id), {
      IsDeleted: 1,
      LastModifiedDate: stamp,
      LastModifiedById: context.userId,
      SystemModstamp: stamp,
    });
  }
  db.run(`DELETE FROM AccountShare WHERE AccountId = ? AND RowCause = 'Manual'`, [accountId]);
}

export const accountHooks: Hooks = {
  prepare: personName,
  compute: asPerson,
  beforeSave: (row, deps) => {
    requireActiveUser(row, 'OwnerId', deps);
    requireTransfer(row, deps);
  },
  afterSave: (row, deps) => {
    if (deps.schema.find('AccountTeamMember')) afterOwnerChange(row, deps);
    if (deps.context.autoAssign) deps.rules.run(row);
  },
  afterDelete: (row, { db, schema }) => {
    const gone = (object: string, field: string): void => {
      db.run(
        `UPDATE ${object} SET IsDeleted = 1, SystemModstamp = ?, LastModifiedDate = ? WHERE ${field} = ? AND IsDeleted = 0`,
        [db.stamp(), db.stamp(), String(row['Id'])],
      );
    };
    if (schema.find('AccountTeamMember')) gone('AccountTeamMember', 'AccountId');
    if (schema.find('Territory2')) gone('ObjectTerritory2Association', 'ObjectId');
    if (row['PersonContactId']) gone('Contact', 'AccountId');
  },
};

const RANK: Record<string, number> = { None: 0, ControlledByParent: 0, Read: 1, Edit: 2, All: 3 };
const KINDS = ['Account', 'Opportunity', 'Case', 'Contact'] as const;

/** Every given level at least the organisation's default, and one above it. */
function requireLevels(row: Row, { db }: HookDeps): void {
  if (KINDS.every((kind) => row[`${kind}AccessLevel`] == null)) return;
  const org = db.get('SELECT * FROM Organization') ?? {};
  const wanted = KINDS.map((kind) => String(row[`${kind}AccessLevel`] ?? org[`Default${kind}Access`] ?? 'None'));
  const defaults = KINDS.map((kind) => String(org[`Default${kind}Access`] ?? 'None'));
  const ranks = (levels: string[]): number[] => levels.map((level) => RANK[level] ?? 0);
  const above = ranks(wanted).map((rank, k) => rank - (ranks(defaults)[k] ?? 0));
  if (above.some((step) => step > 0) && above.every((step) => step >= 0)) return;
  throw new SalesforceError(
    'INVALID_ACCESS_LEVEL',
    `(Account, Opportunity, Case Levels, Con Levels (${wanted.join(', ')}) are below organization levels (${defaults.join(', ')}))`,
    { fields: ['AccountAccessLevel'] },
  );
}

/** Only someone with full access to the account shares it or changes its team. */
function requireFullAccess(row: Row, { access, context }: HookDeps & { context: DmlContext }): void {
  if (access.allData(context.userId) === 'modify') return;
  if (!access.of(context.userId, String(row['AccountId'])).all)
    throw salesforceError.noCrossReferenceAccess(['AccountId']);
}

export const teamMemberHooks: Hooks = {
  compute: (row) => {
    row['AccountAccessLevel'] ??= 'Read';
  },
  beforeSave: (row, deps) => {
    requireFullAccess(row, deps);
    requireActiveUser(row, 'UserId', deps);
    const isPlain =
      row['AccountAccessLevel'] === 'Read' && KINDS.every((k) => k === 'Account' || row[`${k}AccessLevel`] == null);
    if (!isPlain) requireLevels(row, deps);
  },
  beforeDelete: requireFullAccess,
};

/** Object Reference, AccountShare: only rows of cause Manual can be created, edited and deleted. */
export const accountShareHooks: Hooks = {
  beforeSave: (row, deps) => {
    if (row['RowCause'] !== 'Manual') {
      if (deps.before) throw salesforceError.territoryShare();
      throw salesforceError.integrity(`not a valid sharing row cause: ${String(row['RowCause'])}`, ['RowCause']);
    }
    requireFullAccess(row, deps);
    requireActiveUser(row, 'UserOrGroupId', deps);
    if (row['AccountAccessLevel'] === 'All')
      throw salesforceError.integrity('AccountAccessLevel: All is not valid for create or update', [
        'AccountAccessLevel',
      ]);
    row['AccountAccessLevel'] ??= 'Read';
    row['OpportunityAccessLevel'] ??= 'None';
    row['CaseAccessLevel'] ??= 'None';
    requireLevels(row, deps);
  },
  beforeDelete: (row, deps) => {
    if (row['RowCause'] !== 'Manual') throw salesforceError.territoryShare();
    requireFullAccess(row, deps);
  },
};
