import type { OrgDatabase, Row } from './database.ts';
import { filterHolds, itemHolds, ruleItem, type RuleItem } from './ruleConditions.ts';
import type { Schema } from './schema.ts';

interface Rule {
  filter: string | null;
  items: RuleItem[];
}
interface Place {
  parentId: string | null;
  /** All of them must match: own rules and inherited ones. */
  rules: Rule[];
}

/**
 * The active model's rules, read once until one changes. Help, "How Account Assignment Rules Work": an account goes to a
 * territory when it matches all of the territory's own and inherited rules; of the matching territories on one branch the
 * lowest gets it.
 */
export class RuleBook {
  readonly #db: OrgDatabase;
  readonly #schema: Schema;
  #places: Map<string, Place> | undefined;

  constructor(db: OrgDatabase, schema: Schema) {
    this.#db = db;
    this.#schema = schema;
  }

  forget(): void {
    this.#places = undefined;
  }

  #rule(row: Row): Rule {
    const items = this.#db.all(
      'SELECT * FROM ObjectTerritory2AssignmentRuleItem WHERE RuleId = ? ORDER BY SortOrder, Id',
      [String(row['Id'])],
    );
    const { byName } = this.#schema.object('Account');
    return {
      filter: typeof row['BooleanFilter'] === 'string' ? row['BooleanFilter'] : null,
      items: items.map((item) => ruleItem(item, byName)),
    };
  }

  #read(): Map<string, Place> {
    const rules = new Map(
      this.#db
        .all(
          `SELECT r.* FROM ObjectTerritory2AssignmentRule r JOIN Territory2Model m ON m.Id = r.Territory2ModelId
           WHERE r.IsActive = 1 AND m.State = 'Active' AND ifnull(r.ObjectType, 'Account') = 'Account'`,
        )
        .map((row) => [String(row['Id']), this.#rule(row)]),
    );
    const places = new Map<string, Place>();
    if (rules.size === 0) return places;
    const links = this.#db.all(
      `SELECT l.RuleId, l.Territory2Id, t.ParentTerritory2Id FROM RuleTerritory2Association l
       JOIN Territory2 t ON t.Id = l.Territory2Id`,
    );
    for (const link of links) {
      const rule = rules.get(String(link['RuleId']));
      if (!rule) continue;
      const id = String(link['Territory2Id']);
      const parentId = typeof link['ParentTerritory2Id'] === 'string' ? link['ParentTerritory2Id'] : null;
      const place = places.get(id) ?? { parentId, rules: [] };
      place.rules.push(rule);
      places.set(id, place);
    }
    return places;
  }

  /** Territories that the account's fields lead to. */
  #matching(account: Row): Set<string> {
    this.#places ??= this.#read();
    const found = new Set<string>();
    for (const [id, { rules }] of this.#places) if (rules.every((rule) => ruleHolds(rule, account))) found.add(id);
    for (const id of [...found]) {
      let parentId = this.#parentOf(id);
      for (; parentId !== null; parentId = this.#parentOf(parentId)) found.delete(parentId);
    }
    return found;
  }

  #parentOf(id: string): string | null {
    const known = this.#places?.get(id);
    if (known) return known.parentId;
    const parentId = this.#db.row('Territory2', id)?.['ParentTerritory2Id'];
    return typeof parentId === 'string' ? parentId : null;
  }

  /**
   * One saved account: rule-made rows are added where the rules lead and taken away where they no longer do. Rows made by
   * hand stay as they are, also where a rule would have made the same one; exclusions and IsExcludedFromRealign hold.
   */
  run(account: Row): void {
    if (!this.#schema.find('Territory2') || account['IsExcludedFromRealign'] === 1) return;
    const db = this.#db;
    const accountId = String(account['Id']);
    const wanted = this.#matching(account);
    for (const row of db.all('SELECT Territory2Id FROM Territory2ObjectExclusion WHERE ObjectId = ?', [accountId]))
      wanted.delete(String(row['Territory2Id']));
    // rows of other models are a preview or an archive, and stay
    const present = db.all(
      `SELECT a.* FROM ObjectTerritory2Association a JOIN Territory2 t ON t.Id = a.Territory2Id
       JOIN Territory2Model m ON m.Id = t.Territory2ModelId AND m.State = 'Active' WHERE a.ObjectId = ? AND a.IsDeleted = 0`,
      [accountId],
    );
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
}

function ruleHolds({ filter, items }: Rule, account: Row): boolean {
  return (
    items.length > 0 &&
    filterHolds(
      filter,
      items.map((item) => itemHolds(item, account)),
    )
  );
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
