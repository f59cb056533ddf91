import { runRules } from './assignmentRules.ts';
import type { Row } from './database.ts';
import { SalesforceError, salesforceError } from './errors.ts';
import type { HookDeps, Hooks } from './hooks.ts';

const RULE = 'Territory2AssignmentRule';

function fullName(row: Row): void {
  row['Name'] = [row['FirstName'], row['LastName']].filter(Boolean).join(' ') || (row['Name'] ?? null);
}

function requireActiveOwner(row: Row, before: Row | undefined, { db }: HookDeps): void {
  if (before && before['OwnerId'] === row['OwnerId']) return;
  const owner = db.row('User', String(row['OwnerId']));
  if (owner && owner['IsActive'] !== 1)
    throw new SalesforceError('INACTIVE_OWNER_OR_USER', 'owner or user is inactive.', { fields: ['OwnerId'] });
}

const ownedHooks = (compute?: (row: Row) => void): Hooks => ({
  ...(compute ? { compute } : {}),
  beforeSave: (row, deps) => requireActiveOwner(row, deps.before, deps),
});

function removeWhere({ db }: HookDeps, object: string, where: { field: string; id: unknown }): void {
  db.run(`DELETE FROM "${object}" WHERE "${where.field}" = ?`, [String(where.id)]);
}

/** Rows of rules cannot be written by anyone but the rules engine, which does not come through here. */
const associationHooks: Hooks = {
  compute: (row) => {
    row['SobjectType'] = String(row['ObjectId'] ?? '').startsWith('00Q') ? 'Lead' : 'Account';
  },
  beforeSave: (row) => {
    if (row['AssociationCause'] === RULE) throw salesforceError.ruleAssociation();
  },
  beforeDelete: (row) => {
    if (row['AssociationCause'] === RULE) throw salesforceError.ruleAssociation();
  },
};

const territoryHooks: Hooks = {
  beforeSave: (row, { db, before }) => {
    const parentId = row['ParentTerritory2Id'];
    if (parentId && (!before || before['ParentTerritory2Id'] !== parentId)) {
      const parent = db.row('Territory2', String(parentId));
      if (parent?.['Territory2ModelId'] !== row['Territory2ModelId'] || parentId === row['Id'])
        throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', 'The parent territory must be in the same model.', {
          fields: ['ParentTerritory2Id'],
        });
    }
  },
  beforeDelete: (row, { db }) => {
    if (db.get('SELECT 1 FROM Territory2 WHERE ParentTerritory2Id = ?', [String(row['Id'])]))
      throw new SalesforceError('DELETE_FAILED', 'This territory has child territories.');
  },
  afterDelete: (row, deps) => {
    for (const object of ['ObjectTerritory2Association', 'UserTerritory2Association', 'RuleTerritory2Association'])
      removeWhere(deps, object, { field: 'Territory2Id', id: row['Id'] });
  },
};

const modelHooks: Hooks = {
  beforeSave: (row, { db, before }) => {
    const isActivated = row['State'] === 'Active' && before?.['State'] !== 'Active';
    if (!isActivated) return;
    const other = db.get(`SELECT Id FROM Territory2Model WHERE State = 'Active' AND Id <> ?`, [String(row['Id'])]);
    if (other || (before && before['State'] !== 'Planning'))
      throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', 'Only one model in Planning state can become Active.', {
        fields: ['State'],
      });
  },
};

const accountHooks: Hooks = {
  beforeSave: (row, deps) => requireActiveOwner(row, deps.before, deps),
  afterSave: (row, { db, schema, context }) => {
    if (context.autoAssign && schema.find('Territory2')) runRules(db, row);
  },
  afterDelete: (row, { db, schema }) => {
    if (!schema.find('Territory2')) return;
    db.run(
      'UPDATE ObjectTerritory2Association SET IsDeleted = 1, SystemModstamp = ?, LastModifiedDate = ? WHERE ObjectId = ?',
      [db.stamp(), db.stamp(), String(row['Id'])],
    );
  },
};

export const OBJECT_HOOKS: Record<string, Hooks> = {
  Account: accountHooks,
  Contact: ownedHooks(fullName),
  Lead: ownedHooks(fullName),
  User: { compute: fullName },
  Opportunity: ownedHooks((row) => {
    row['IsClosed'] = /^Closed/i.test(String(row['StageName'] ?? '')) ? 1 : 0;
    row['IsWon'] = row['StageName'] === 'Closed Won' ? 1 : 0;
  }),
  Territory2Model: modelHooks,
  Territory2: territoryHooks,
  ObjectTerritory2Association: associationHooks,
};
