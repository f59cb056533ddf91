import type { OrgDatabase, Row } from './database.ts';

const matches: Record<string, (actual: string, wanted: string[]) => boolean> = {
  equals: (actual, wanted) => wanted.includes(actual),
  notEqual: (actual, wanted) => !wanted.includes(actual),
  startsWith: (actual, wanted) => wanted.some((value) => value !== '' && actual.startsWith(value)),
  contains: (actual, wanted) => wanted.some((value) => value !== '' && actual.includes(value)),
};

function itemMatches(item: Row, account: Row): boolean {
  const name = String(item['Field']).replace(/^Account\./, '');
  const actual = String(account[name] ?? '').toLowerCase();
  const wanted = String(item['Value'] ?? '')
    .split(',')
    .map((value) => value.trim().toLowerCase());
  return matches[String(item['Operation'])]?.(actual, wanted) ?? false;
}

/** "1 AND (2 OR 3)" over the items in SortOrder; without a filter all items must match. */
export function filterHolds(filter: string | null, results: boolean[]): boolean {
  if (!filter) return results.every(Boolean);
  let text = filter.toUpperCase().replace(/\d+/g, (n) => (results[Number(n) - 1] ? 'T' : 'F'));
  for (let before = ''; before !== text;) {
    before = text;
    text = text
      .replace(/\(\s*([TF])\s*\)/g, '$1')
      .replace(/NOT\s+([TF])/g, (_, value: string) => (value === 'T' ? 'F' : 'T'))
      .replace(/([TF])\s+AND\s+([TF])/, (_, a: string, b: string) => (a === 'T' && b === 'T' ? 'T' : 'F'));
    if (text === before)
      text = text.replace(/([TF])\s+OR\s+([TF])/, (_, a: string, b: string) => (a === 'T' || b === 'T' ? 'T' : 'F'));
  }
  return text.trim() === 'T';
}

function ruleMatches(db: OrgDatabase, rule: Row, account: Row): boolean {
  const items = db.all('SELECT * FROM ObjectTerritory2AssignmentRuleItem WHERE RuleId = ? ORDER BY SortOrder, Id', [
    String(rule['Id']),
  ]);
  const filter = rule['BooleanFilter'];
  return (
    items.length > 0 &&
    filterHolds(
      typeof filter === 'string' ? filter : null,
      items.map((item) => itemMatches(item, account)),
    )
  );
}

/** Rules of the active model over one saved account: rule-made rows are added where a rule matches and taken away where none does. */
export function runRules(db: OrgDatabase, account: Row): void {
  if (account['IsExcludedFromRealign'] === 1) return;
  const accountId = String(account['Id']);
  const rules = db.all(
    `SELECT r.* FROM ObjectTerritory2AssignmentRule r JOIN Territory2Model m ON m.Id = r.Territory2ModelId
     WHERE r.IsActive = 1 AND m.State = 'Active'`,
  );
  const wanted = new Set<string>();
  for (const rule of rules) {
    if (!ruleMatches(db, rule, account)) continue;
    for (const row of db.all('SELECT Territory2Id FROM RuleTerritory2Association WHERE RuleId = ?', [
      String(rule['Id']),
    ]))
      wanted.add(String(row['Territory2Id']));
  }
  for (const row of db.all('SELECT Territory2Id FROM Territory2ObjectExclusion WHERE ObjectId = ?', [accountId]))
    wanted.delete(String(row['Territory2Id']));
  const present = db.all('SELECT * FROM ObjectTerritory2Association WHERE ObjectId = ? AND IsDeleted = 0', [accountId]);
  for (const row of present) {
    const isKept = wanted.delete(String(row['Territory2Id']));
    if (isKept || row['AssociationCause'] !== 'Territory2AssignmentRule') continue;
    const stamp = db.stamp();
    db.patch('ObjectTerritory2Association', String(row['Id']), {
      IsDeleted: 1,
      LastModifiedDate: stamp,
      SystemModstamp: stamp,
    });
  }
  for (const territoryId of wanted) insertRuleRow(db, account, territoryId);
}

function insertRuleRow(db: OrgDatabase, account: Row, territoryId: string): void {
  const stamp = db.stamp();
  db.insert('ObjectTerritory2Association', {
    Id: db.nextId({ keyPrefix: '0Ma', name: 'ObjectTerritory2Association' }),
    IsDeleted: 0,
    ObjectId: String(account['Id']),
    Territory2Id: territoryId,
    AssociationCause: 'Territory2AssignmentRule',
    SobjectType: 'Account',
    LastModifiedDate: stamp,
    LastModifiedById: account['LastModifiedById'] ?? null,
    SystemModstamp: stamp,
  });
}
