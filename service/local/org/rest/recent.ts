import type { OrgDatabase } from '../database.ts';
import { quoted } from '../database.ts';
import type { Schema } from '../schema.ts';

/** Salesforce remembers the 200 newest. */
const MAX_RECENT = 200;

/** Records a user looked at: what a query FOR VIEW or FOR REFERENCE returned. */
export class Recent {
  readonly #db: OrgDatabase;
  readonly #schema: Schema;

  constructor(db: OrgDatabase, schema: Schema) {
    this.#db = db;
    this.#schema = schema;
    db.sql.exec(
      'CREATE TABLE IF NOT EXISTS _recent (user TEXT, id TEXT, n INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (user, id))',
    );
  }

  add(userId: string, ids: string[]): void {
    for (const id of ids) this.#db.run('INSERT OR REPLACE INTO _recent (user, id) VALUES (?, ?)', [userId, id]);
  }

  /** The newest first, of one object or of all. */
  list(userId: string, options: { base: string; object?: string; limit?: number }): Record<string, unknown>[] {
    const rows = this.#db.all('SELECT id FROM _recent WHERE user = ? ORDER BY n DESC LIMIT ?', [userId, MAX_RECENT]);
    const records: Record<string, unknown>[] = [];
    for (const { id } of rows) {
      const object = this.#schema.ofId(String(id));
      if (!object || (options.object && object.name !== options.object)) continue;
      const row = this.#db.get(`SELECT * FROM ${quoted(object.name)} WHERE Id = ?`, [id ?? null]);
      if (!row || row['IsDeleted'] === 1) continue;
      const url = `${options.base}/sobjects/${object.name}/${String(id)}`;
      const name = object.byName.has('name') ? { Name: row['Name'] } : {};
      records.push({ attributes: { type: object.name, url }, Id: id, ...name });
      if (records.length === (options.limit ?? MAX_RECENT)) break;
    }
    return records;
  }
}
