import type { Row } from './database.ts';
import { SalesforceError, salesforceError } from './errors.ts';
import type { DmlContext, HookDeps, Hooks } from './hooks.ts';

const RULE = 'Territory2AssignmentRule';
/** Release notes Winter '15; more on request. */
const MAX_TERRITORIES_PER_MODEL = 1000;
/** Rule items per rule (Winter '15). */
const MAX_ITEMS_PER_RULE = 10;
/** Help, "Create a territory model record": models that exist count, in every state. */
const MAX_MODELS: Record<string, number> = { 'Enterprise Edition': 2 };
const MAX_MODELS_ELSEWHERE = 4;

type Save = HookDeps & { before: Row | undefined; context: DmlContext };

function requireManager({ access, context }: HookDeps & { context: DmlContext }): void {
  const rights = access.rights.of(context.userId);
  if (!rights.manageTerritories && rights.data !== 'modify') throw salesforceError.noRecordAccess();
}

function limit(text: string): SalesforceError {
  return new SalesforceError('LIMIT_EXCEEDED', text);
}

/** Made from the name when none is given, as Salesforce does. */
function developerName(row: Row, from: string): void {
  row['DeveloperName'] ??= String(row[from] ?? '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, 'X');
}

function requireDeveloperName(row: Row, { before }: Save): void {
  const name = String(row['DeveloperName']);
  if (before?.['DeveloperName'] === row['DeveloperName']) return;
  if (/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name)) return;
  throw salesforceError.integrity(
    `The API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.: ${name}`,
    ['DeveloperName'],
  );
}

const count = ({ db }: HookDeps, sql: string, values: string[] = []): number => Number(db.get(sql, values)?.['n'] ?? 0);

/** What asking for a state leads to. The work of hours is done at once here, so the passing states are never seen. */
const NEXT_STATE: Record<string, Record<string, string>> = {
  Planning: { Activating: 'Active', Active: 'Active' },
  'Activation Failed': { Activating: 'Active', Active: 'Active' },
  Active: { Archiving: 'Archived', Archived: 'Archived' },
  'Archiving Failed': { Archiving: 'Archived', Archived: 'Archived' },
};

function changeState(row: Row, { db, before }: Save): void {
  const [was, asked] = [String(before?.['State']), String(row['State'])];
  if (!before || was === asked) return;
  const next = NEXT_STATE[was]?.[asked];
  if (!next) throw salesforceError.integrity(`A territory model cannot go from ${was} to ${asked}.`, ['State']);
  const other = db.get(`SELECT Name FROM Territory2Model WHERE State = 'Active' AND Id <> ?`, [String(row['Id'])]);
  if (next === 'Active' && other)
    throw salesforceError.integrity(
      `Only one territory model can be active; archive "${String(other['Name'])}" first.`,
      ['State'],
    );
  row['State'] = next;
  row[next === 'Active' ? 'ActivatedDate' : 'DeactivatedDate'] = db.stamp();
}

export const modelHooks: Hooks = {
  compute: (row) => developerName(row, 'Name'),
  beforeSave: (row, deps) => {
    requireManager(deps);
    requireDeveloperName(row, deps);
    changeState(row, deps);
    if (deps.before) return;
    const edition = String(deps.db.get('SELECT OrganizationType AS type FROM Organization')?.['type'] ?? '');
    const max = MAX_MODELS[edition] ?? MAX_MODELS_ELSEWHERE;
    if (count(deps, 'SELECT count(*) AS n FROM Territory2Model') >= max)
      throw limit(`This org (${edition}) can have ${max} territory models.`);
  },
  beforeDelete: (row, deps) => {
    requireManager(deps);
    if (row['State'] !== 'Planning' && row['State'] !== 'Archived')
      throw new SalesforceError(
        'DELETE_FAILED',
        `A territory model in state ${String(row['State'])} cannot be deleted; archive it first.`,
      );
  },
  afterDelete: (row, { db }) => {
    const inModel = 'SELECT Id FROM Territory2 WHERE Territory2ModelId = ?';
    const model = [String(row['Id'])];
    for (const object of [
      'ObjectTerritory2Association',
      'UserTerritory2Association',
      'RuleTerritory2Association',
      'Territory2ObjectExclusion',
    ])
      db.run(`DELETE FROM ${object} WHERE Territory2Id IN (${inModel})`, model);
    db.run(
      'DELETE FROM ObjectTerritory2AssignmentRuleItem WHERE RuleId IN (SELECT Id FROM ObjectTerritory2AssignmentRule WHERE Territory2ModelId = ?)',
      model,
    );
    db.run('DELETE FROM ObjectTerritory2AssignmentRule WHERE Territory2ModelId = ?', model);
    db.run('DELETE FROM Territory2 WHERE Territory2ModelId = ?', model);
  },
};

function requireParent(row: Row, { db }: HookDeps): void {
  let parentId = row['ParentTerritory2Id'];
  const first = parentId ? db.row('Territory2', String(parentId)) : undefined;
  const isForeign = parentId && first?.['Territory2ModelId'] !== row['Territory2ModelId'];
  for (; parentId && !isForeign; parentId = db.row('Territory2', String(parentId))?.['ParentTerritory2Id'] ?? null)
    if (parentId === row['Id'])
      throw salesforceError.integrity('A territory cannot be below itself.', ['ParentTerritory2Id']);
  if (isForeign)
    throw salesforceError.integrity('The parent territory must be in the same model.', ['ParentTerritory2Id']);
}

function requireOpenModel(modelId: unknown, { db }: HookDeps): void {
  const state = db.row('Territory2Model', String(modelId))?.['State'];
  if (state !== 'Planning' && state !== 'Active')
    throw new SalesforceError('INVALID_OPERATION', `The territory model is ${String(state)}; it cannot be changed.`);
}

export const territoryHooks: Hooks = {
  compute: (row) => developerName(row, 'Name'),
  beforeSave: (row, deps) => {
    const { before } = deps;
    requireManager(deps);
    requireDeveloperName(row, deps);
    requireOpenModel(row['Territory2ModelId'], deps);
    if (!before || before['ParentTerritory2Id'] !== row['ParentTerritory2Id']) requireParent(row, deps);
    const there = 'SELECT count(*) AS n FROM Territory2 WHERE Territory2ModelId = ?';
    if (!before && count(deps, there, [String(row['Territory2ModelId'])]) >= MAX_TERRITORIES_PER_MODEL)
      throw limit(`A territory model can have ${MAX_TERRITORIES_PER_MODEL} territories.`);
  },
  beforeDelete: (row, deps) => {
    requireManager(deps);
    if (deps.db.get('SELECT 1 FROM Territory2 WHERE ParentTerritory2Id = ?', [String(row['Id'])]))
      throw new SalesforceError('DELETE_FAILED', 'This territory has child territories.');
  },
  afterDelete: (row, { db }) => {
    for (const object of [
      'ObjectTerritory2Association',
      'UserTerritory2Association',
      'RuleTerritory2Association',
      'Territory2ObjectExclusion',
    ])
      db.run(`DELETE FROM ${object} WHERE Territory2Id = ?`, [String(row['Id'])]);
  },
};

/** Rows of rules cannot be written by anyone but the rules engine, which does not come through here. */
export const associationHooks: Hooks = {
  compute: (row) => {
    row['SobjectType'] = String(row['ObjectId'] ?? '').startsWith('00Q') ? 'Lead' : 'Account';
  },
  beforeSave: (row, deps) => {
    requireManager(deps);
    if (row['AssociationCause'] === RULE) throw salesforceError.ruleAssociation();
    const territory = deps.db.row('Territory2', String(row['Territory2Id']));
    requireOpenModel(territory?.['Territory2ModelId'], deps);
  },
  beforeDelete: (row, deps) => {
    requireManager(deps);
    if (row['AssociationCause'] === RULE) throw salesforceError.ruleAssociation();
  },
};

export const memberHooks: Hooks = {
  beforeSave: (row, deps) => {
    requireManager(deps);
    if (deps.db.row('User', String(row['UserId']))?.['IsActive'] !== 1) throw salesforceError.inactiveUser('UserId');
    const territory = deps.db.row('Territory2', String(row['Territory2Id']));
    requireOpenModel(territory?.['Territory2ModelId'], deps);
  },
  beforeDelete: (_row, deps) => requireManager(deps),
};

export const ruleHooks: Hooks = {
  compute: (row) => developerName(row, 'MasterLabel'),
  beforeSave: (row, deps) => {
    requireManager(deps);
    requireDeveloperName(row, deps);
    const filter = row['BooleanFilter'];
    if (typeof filter !== 'string') return;
    const items = count(deps, 'SELECT count(*) AS n FROM ObjectTerritory2AssignmentRuleItem WHERE RuleId = ?', [
      String(row['Id']),
    ]);
    const used = new Set([...filter.matchAll(/\d+/g)].map(([number]) => Number(number)));
    const isWhole = used.size === items && [...used].every((number) => number >= 1 && number <= items);
    if (!isWhole || !/^[\d\s()]*(?:(?:AND|OR|NOT)[\d\s()]*)*$/i.test(filter))
      throw salesforceError.integrity(`The filter "${filter}" does not fit the rule's ${items} items.`, [
        'BooleanFilter',
      ]);
  },
  beforeDelete: (_row, deps) => requireManager(deps),
  afterDelete: (row, { db }) => {
    for (const object of ['ObjectTerritory2AssignmentRuleItem', 'RuleTerritory2Association'])
      db.run(`DELETE FROM ${object} WHERE RuleId = ?`, [String(row['Id'])]);
  },
};

/** Object Reference: items can be created and deleted only while the rule's BooleanFilter is null. */
function requireNoFilter(row: Row, { db }: HookDeps): void {
  if (db.row('ObjectTerritory2AssignmentRule', String(row['RuleId']))?.['BooleanFilter'] != null)
    throw new SalesforceError(
      'INVALID_OPERATION',
      'Rule items can be created or deleted only while the BooleanFilter of the rule is null.',
    );
}

export const ruleItemHooks: Hooks = {
  beforeSave: (row, deps) => {
    requireManager(deps);
    if (deps.before) return;
    requireNoFilter(row, deps);
    const there = 'SELECT count(*) AS n FROM ObjectTerritory2AssignmentRuleItem WHERE RuleId = ?';
    if (count(deps, there, [String(row['RuleId'])]) >= MAX_ITEMS_PER_RULE)
      throw limit(`A rule can have ${MAX_ITEMS_PER_RULE} items.`);
  },
  beforeDelete: (row, deps) => {
    requireManager(deps);
    requireNoFilter(row, deps);
  },
};

export const managedHooks: Hooks = {
  beforeSave: (_row, deps) => requireManager(deps),
  beforeDelete: (_row, deps) => requireManager(deps),
};
