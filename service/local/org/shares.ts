import type { OrgDatabase } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * Share rows that Salesforce keeps on its own, kept by SQL triggers, so that seeds, rules, Bulk jobs and single writes
 * all do it: one `Owner` row an account, one `Team` row a team member, one row a territory of the active model
 * (`Territory` for rules, `Territory2AssociationManual` by hand; the group stands for the territory's members).
 */
const COLUMNS =
  'Id, IsDeleted, AccountId, UserOrGroupId, AccountAccessLevel, ContactAccessLevel, OpportunityAccessLevel, CaseAccessLevel, RowCause, LastModifiedDate, LastModifiedById, SystemModstamp';
const insert = (values: string): string => `INSERT INTO AccountShare (${COLUMNS}) SELECT org_id('00r'), 0, ${values}`;
const stamps = (from: string): string => `${from}.LastModifiedDate, ${from}.LastModifiedById, ${from}.SystemModstamp`;

const owner = (from: string): string =>
  insert(`${from}.Id, ${from}.OwnerId, 'All', 'Edit', 'Edit', 'Edit', 'Owner', ${stamps(from)}`);
const team = (from: string): string =>
  insert(
    `${from}.AccountId, ${from}.UserId, ifnull(${from}.AccountAccessLevel, 'Read'), ifnull(${from}.ContactAccessLevel, 'None'),
     ifnull(${from}.OpportunityAccessLevel, 'None'), ifnull(${from}.CaseAccessLevel, 'None'), 'Team', ${stamps(from)}`,
  );
const territory = (from: string): string =>
  `${insert(
    `${from}.ObjectId, g.Id, t.AccountAccessLevel, t.ContactAccessLevel, t.OpportunityAccessLevel, t.CaseAccessLevel,
     CASE ${from}.AssociationCause WHEN 'Territory2AssignmentRule' THEN 'Territory' ELSE 'Territory2AssociationManual' END, ${stamps(from)}`,
  )} FROM Territory2 t JOIN Territory2Model m ON m.Id = t.Territory2ModelId AND m.State = 'Active'
     JOIN "Group" g ON g.RelatedId = t.Id`;
const group = (from: string): string =>
  `INSERT INTO "Group" (Id, Name, DeveloperName, Type, RelatedId, CreatedDate, LastModifiedDate, SystemModstamp)
   SELECT org_id('00G'), ${from}.Name, ${from}.DeveloperName, 'Territory', ${from}.Id, ${from}.SystemModstamp, ${from}.SystemModstamp, ${from}.SystemModstamp`;

const CAUSES = `('Territory', 'Territory2AssociationManual')`;
const IS_ACCOUNT = `substr(NEW.ObjectId, 1, 3) = '001' AND NEW.IsDeleted = 0`;

const SHARE_TRIGGERS: Record<string, string> = {
  owner_new: `AFTER INSERT ON Account WHEN NEW.OwnerId IS NOT NULL BEGIN ${owner('NEW')}; END`,
  owner_changed: `AFTER UPDATE OF OwnerId ON Account WHEN NEW.OwnerId IS NOT OLD.OwnerId BEGIN
    DELETE FROM AccountShare WHERE AccountId = NEW.Id AND RowCause = 'Owner'; ${owner('NEW')}; END`,
  account_gone: `AFTER UPDATE OF IsDeleted ON Account WHEN NEW.IsDeleted = 1 AND OLD.IsDeleted = 0 BEGIN
    DELETE FROM AccountShare WHERE AccountId = NEW.Id; END`,
};
const TEAM_TRIGGERS: Record<string, string> = {
  team_new: `AFTER INSERT ON AccountTeamMember WHEN NEW.IsDeleted = 0 BEGIN ${team('NEW')}; END`,
  team_changed: `AFTER UPDATE ON AccountTeamMember BEGIN
    DELETE FROM AccountShare WHERE AccountId = NEW.AccountId AND UserOrGroupId = NEW.UserId AND RowCause = 'Team';
    ${team('NEW')} WHERE NEW.IsDeleted = 0; END`,
};
const TERRITORY_TRIGGERS: Record<string, string> = {
  group_new: `AFTER INSERT ON Territory2 BEGIN ${group('NEW')}; END`,
  group_gone: `AFTER DELETE ON Territory2 BEGIN DELETE FROM "Group" WHERE RelatedId = OLD.Id; END`,
  place_new: `AFTER INSERT ON ObjectTerritory2Association WHEN ${IS_ACCOUNT} BEGIN
    ${territory('NEW')} WHERE t.Id = NEW.Territory2Id; END`,
  place_gone: `AFTER UPDATE OF IsDeleted ON ObjectTerritory2Association WHEN NEW.IsDeleted = 1 AND OLD.IsDeleted = 0 BEGIN
    DELETE FROM AccountShare WHERE AccountId = NEW.ObjectId AND RowCause IN ${CAUSES}
      AND UserOrGroupId = (SELECT Id FROM "Group" WHERE RelatedId = NEW.Territory2Id); END`,
  place_erased: `AFTER DELETE ON ObjectTerritory2Association WHEN OLD.IsDeleted = 0 BEGIN
    DELETE FROM AccountShare WHERE AccountId = OLD.ObjectId AND RowCause IN ${CAUSES}
      AND UserOrGroupId = (SELECT Id FROM "Group" WHERE RelatedId = OLD.Territory2Id); END`,
  levels_changed: `AFTER UPDATE OF AccountAccessLevel, OpportunityAccessLevel, CaseAccessLevel ON Territory2 BEGIN
    UPDATE AccountShare SET AccountAccessLevel = NEW.AccountAccessLevel, OpportunityAccessLevel = NEW.OpportunityAccessLevel,
      CaseAccessLevel = NEW.CaseAccessLevel
    WHERE RowCause IN ${CAUSES} AND UserOrGroupId = (SELECT Id FROM "Group" WHERE RelatedId = NEW.Id); END`,
  model_left: `AFTER UPDATE OF State ON Territory2Model WHEN OLD.State = 'Active' AND NEW.State <> 'Active' BEGIN
    DELETE FROM AccountShare WHERE RowCause IN ${CAUSES} AND UserOrGroupId IN (SELECT g.Id FROM "Group" g
      JOIN Territory2 t ON t.Id = g.RelatedId WHERE t.Territory2ModelId = NEW.Id); END`,
  model_active: `AFTER UPDATE OF State ON Territory2Model WHEN OLD.State <> 'Active' AND NEW.State = 'Active' BEGIN
    ${territory('a')} JOIN ObjectTerritory2Association a ON a.Territory2Id = t.Id AND a.IsDeleted = 0
      AND substr(a.ObjectId, 1, 3) = '001' WHERE m.Id = NEW.Id; END`,
};

/** Rows of a database that was made before there were shares. */
function backfill(db: OrgDatabase, hasTerritories: boolean): void {
  if (db.get('SELECT 1 FROM AccountShare LIMIT 1') || !db.get('SELECT 1 FROM Account LIMIT 1')) return;
  db.sql.exec(`${owner('a')} FROM Account a WHERE a.IsDeleted = 0 AND a.OwnerId IS NOT NULL`);
  if (!hasTerritories) return;
  db.sql.exec(`${group('t')} FROM Territory2 t WHERE NOT EXISTS (SELECT 1 FROM "Group" WHERE RelatedId = t.Id)`);
  db.sql.exec(`${territory('a')} JOIN ObjectTerritory2Association a ON a.Territory2Id = t.Id AND a.IsDeleted = 0
    AND substr(a.ObjectId, 1, 3) = '001'`);
}

const DECIDES_RIGHTS = [
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
  'Profile',
  'Organization',
];
const DECIDES_RULES = [
  'ObjectTerritory2AssignmentRule',
  'ObjectTerritory2AssignmentRuleItem',
  'RuleTerritory2Association',
  'Territory2',
  'Territory2Model',
];

/** What is kept in memory and must be read again when a row that decides about it is written. */
export interface Forgetting {
  rights(): void;
  rules(): void;
}

/** Installs the triggers of this connection. */
export function keepShares(db: OrgDatabase, schema: Schema, forget: Forgetting): void {
  const hasTerritories = schema.find('Territory2') !== undefined;
  db.sql.function('org_id', (prefix) => db.nextIdUnchecked(String(prefix)));
  db.sql.function('forget', (what) => {
    if (what === 'rights') forget.rights();
    else forget.rules();
    return 0;
  });
  const triggers: Record<string, string> = {
    ...SHARE_TRIGGERS,
    ...(schema.find('AccountTeamMember') ? TEAM_TRIGGERS : {}),
    ...(hasTerritories ? TERRITORY_TRIGGERS : {}),
  };
  const watch = (table: string, what: string): void => {
    for (const event of ['INSERT', 'UPDATE', 'DELETE'])
      triggers[`${table}_${event}_${what}`] = `AFTER ${event} ON ${table} BEGIN SELECT forget('${what}'); END`;
  };
  for (const table of DECIDES_RIGHTS) watch(table, 'rights');
  for (const table of hasTerritories ? DECIDES_RULES : []) watch(table, 'rules');
  triggers['user'] = `AFTER UPDATE OF ProfileId ON "User" BEGIN SELECT forget('rights'); END`;
  for (const [name, text] of Object.entries(triggers))
    db.sql.exec(`CREATE TEMP TRIGGER share_${name} ${text.replace(/ ON (?=["A-Z])/, ' ON main.')}`);
  backfill(db, hasTerritories);
}
