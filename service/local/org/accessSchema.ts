import type { UserRights } from './accessRights.ts';
import { Schema, type FieldSchema, type ResolvedObject } from './schema.ts';

/** Field-level security never closes these, as in Salesforce: ids, required fields, names and what the system writes. */
const isAlwaysOpen = (field: FieldSchema): boolean =>
  field.type === 'id' ||
  field.required === true ||
  /^(Name|OwnerId|IsDeleted|SystemModstamp|(Created|LastModified)(Date|ById))$/.test(field.name);

function seen(object: ResolvedObject, rights: UserRights): ResolvedObject | undefined {
  const of = rights.object(object.name);
  const isReadable = of.read || of.viewAll || of.modifyAll || rights.data !== 'none';
  if (!isReadable) return undefined;
  let isChanged = false;
  let fields = object.fields.flatMap((field) => {
    const { read, edit } = isAlwaysOpen(field) ? { read: true, edit: true } : rights.field(object.name, field.name);
    if (read && edit) return [field];
    isChanged = true;
    return read ? [{ ...field, createable: false, updateable: false }] : [];
  });
  // an address is open when all its parts are
  const open = new Set(fields.map((field) => field.name));
  fields = fields.filter((field) =>
    (field.parts ?? []).every((part) => open.has(part) || !object.byName.has(part.toLowerCase())),
  );
  const mayAll = of.modifyAll || rights.data === 'modify';
  const createable = object.createable !== false && (of.create || mayAll);
  const updateable = object.updateable !== false && (of.edit || mayAll);
  const deletable = object.deletable !== false && (of.delete || mayAll);
  const isSame =
    createable === (object.createable !== false) &&
    updateable === (object.updateable !== false) &&
    deletable === (object.deletable !== false);
  if (!isChanged && isSame) return object;
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  return { ...object, fields, byName, createable, updateable, deletable };
}

/** The org as one user sees it: objects and fields without Read are not there, those without Edit cannot be written. */
export function userSchema(schema: Schema, rights: UserRights): Schema {
  const objects = schema.objects.map((object) => seen(object, rights));
  if (objects.every((object, k) => object === schema.objects[k])) return schema;
  return Schema.of(objects.filter((object) => object !== undefined));
}
