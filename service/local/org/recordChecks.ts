import type { OrgDatabase, Row } from './database.ts';
import { quoted } from './database.ts';
import { salesforceError } from './errors.ts';
import { fieldLabel, type ResolvedObject, type Schema } from './schema.ts';

export function requireFields(object: ResolvedObject, row: Row): void {
  const missing = object.required.filter((field) => row[field.name] == null).map((field) => field.name);
  if (missing.length) throw salesforceError.requiredFieldMissing(missing);
}

/** Every id in the row must name a live record of a right object. */
export function requireReferences(at: { db: OrgDatabase; schema: Schema }, object: ResolvedObject, row: Row): void {
  for (const field of object.references) {
    const id = row[field.name];
    if (typeof id !== 'string') continue;
    const owner = at.schema.ofId(id);
    const targets = (field.referenceTo ?? []).flatMap((name) => at.schema.find(name) ?? []);
    const likely = owner && targets.includes(owner) ? [owner] : targets;
    const state = likely.map((target) => at.db.liveness(target, id)).find((each) => each !== undefined);
    if (state === 'deleted') throw salesforceError.entityIsDeleted();
    if (state === 'live') continue;
    if (owner && !field.referenceTo?.includes(owner.name))
      throw salesforceError.malformedId(fieldLabel(field), id, [field.name]);
    throw salesforceError.invalidCrossReference([field.name]);
  }
}

export function requireUnique(db: OrgDatabase, object: ResolvedObject, row: Row): void {
  const live = object.softDelete ? ' AND IsDeleted = 0' : '';
  for (const fields of object.uniqueSets) {
    if (fields.some((field) => row[field.name] == null)) continue;
    const same = db.get(
      `SELECT Id FROM ${quoted(object.name)} WHERE ${fields
        .map((field) => `${quoted(field.name)} = ?${field.caseSensitive ? ' COLLATE BINARY' : ''}`)
        .join(' AND ')} AND Id <> ?${live}`,
      [...fields.map((field) => row[field.name] ?? null), row['Id'] ?? null],
    );
    if (same) throw salesforceError.duplicateValue(fields[0]?.name ?? '', String(same['Id']));
  }
}
