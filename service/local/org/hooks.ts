import type { Access } from './access.ts';
import type { RuleBook } from './assignmentRules.ts';
import type { OrgDatabase, Row } from './database.ts';
import type { Schema } from './schema.ts';

export interface DmlContext {
  userId: string;
  /** `Sforce-Auto-Assign`: whether territory rules run when an account is saved. */
  autoAssign: boolean;
}

export interface HookDeps {
  db: OrgDatabase;
  schema: Schema;
  access: Access;
  rules: RuleBook;
}

/** What an object does on its own around a write. A hook refuses by throwing a SalesforceError. */
export interface Hooks {
  /** Fills in what a required field may be made of. */
  prepare?(row: Row, deps: HookDeps): void;
  /** Fills computed fields in; also runs over seeded rows. */
  compute?(row: Row, deps: HookDeps): void;
  /** `row` is the whole record as it will be. */
  beforeSave?(row: Row, deps: HookDeps & { before: Row | undefined; context: DmlContext }): void;
  afterSave?(row: Row, deps: HookDeps & { before: Row | undefined; context: DmlContext }): void;
  beforeDelete?(row: Row, deps: HookDeps & { context: DmlContext }): void;
  afterDelete?(row: Row, deps: HookDeps): void;
}
