import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { OrgDatabase } from '../database.ts';

/** May follow a password, as Salesforce asks for outside trusted networks. The same for every user of a stand-in. */
export const SECURITY_TOKEN = 'SecurityToken';

const digest = (salt: string, password: string): Buffer => createHash('sha256').update(`${salt}:${password}`).digest();

/** Passwords of users: one for all (the org's access token) until a user gets one of her own. */
export class Passwords {
  readonly #db: OrgDatabase;
  #common: string | undefined;

  constructor(db: OrgDatabase) {
    this.#db = db;
    db.sql.exec('CREATE TABLE IF NOT EXISTS _password (user TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL)');
  }

  /** The password of every user without one of her own. */
  setCommon(password: string): void {
    this.#common = password;
  }

  set(userId: string, password: string): void {
    const salt = randomBytes(12).toString('hex');
    this.#db.run('INSERT OR REPLACE INTO _password (user, salt, hash) VALUES (?, ?, ?)', [
      userId,
      salt,
      digest(salt, password).toString('hex'),
    ]);
  }

  #fits(userId: string, password: string): boolean {
    const own = this.#db.get('SELECT salt, hash FROM _password WHERE user = ?', [userId]);
    if (!own) return this.#common !== undefined && password === this.#common;
    return timingSafeEqual(digest(String(own['salt']), password), Buffer.from(String(own['hash']), 'hex'));
  }

  /** @returns the active user, or undefined; the password may be followed by the security token */
  userOf(username: string, password: string): string | undefined {
    const row = this.#db.get('SELECT Id FROM "User" WHERE Username = ? AND IsActive = 1', [username]);
    if (!row) return undefined;
    const bare = password.endsWith(SECURITY_TOKEN) ? password.slice(0, -SECURITY_TOKEN.length) : password;
    const userId = String(row['Id']);
    return this.#fits(userId, password) || this.#fits(userId, bare) ? userId : undefined;
  }
}
