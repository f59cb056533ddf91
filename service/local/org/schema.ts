import { salesforceError } from './errors.ts';

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'boolean'
  | 'double'
  | 'currency'
  | 'percent'
  | 'int'
  | 'date'
  | 'datetime'
  | 'time'
  | 'address';

export interface FieldSchema {
  name: string;
  type: FieldType;
  label?: string;
  length?: number;
  /** Objects a reference may point at; more than one = polymorphic. */
  referenceTo?: string[];
  relationshipName?: string;
  childRelationshipName?: string;
  required?: boolean;
  createable?: boolean;
  updateable?: boolean;
  unique?: boolean;
  /** May name a record in an upsert, in a path and in a reference. */
  externalId?: boolean;
  /** An external id or unique text that tells upper and lower case apart. */
  caseSensitive?: boolean;
  /** An address: the fields that it is made of; it is read, they are written. */
  parts?: string[];
  /** The compound field that this one is part of. */
  partOf?: string;
  /** Filled by a formula or a counter: shown, never written. */
  calculated?: boolean;
  /** Text of a counter, such as "BT-{0000}". */
  autoNumber?: string;
  /** A reference: the record goes when its parent goes (master-detail). */
  cascadeDelete?: boolean;
  /** Digits in all and after the point; 18 and 2 when absent. */
  precision?: number;
  scale?: number;
  values?: string[];
  /** Only the listed values are taken. */
  restricted?: boolean;
  defaultValue?: string | number | boolean;
}

export interface RecordTypeSchema {
  id: string;
  developerName: string;
  name: string;
  isDefault: boolean;
  isPersonType: boolean;
}

export interface ObjectSchema {
  name: string;
  label: string;
  labelPlural?: string;
  /** The first three characters of its ids; none where the rows are another object's. */
  keyPrefix: string;
  fields: FieldSchema[];
  /** Rows of another object that meet a condition (SQL); seen below their parents only. */
  viewOf?: { object: string; where: string };
  /** false: a deleted row is gone and there is no IsDeleted. */
  softDelete?: boolean;
  createable?: boolean;
  updateable?: boolean;
  deletable?: boolean;
  /** Two rows alike in all of these fields are refused with DUPLICATE_VALUE. */
  uniqueTogether?: string[];
  /** A create that is alike in these fields changes the row that is there, as Salesforce does for shares and team members. */
  insertUpdates?: string[];
  recordTypes?: RecordTypeSchema[];
  /** System fields that this object does not have. */
  without?: string[];
}

/** An object with its system fields, found by name without case. */
export interface ResolvedObject extends ObjectSchema {
  softDelete: boolean;
  byName: Map<string, FieldSchema>;
  /** Looked at on every write, so gathered once. */
  required: FieldSchema[];
  references: FieldSchema[];
  /** Sets of fields that no two live records share. */
  uniqueSets: FieldSchema[][];
}

/** May name a record: Id, external ids, and unique texts that platform objects look up by. */
export const isLookupKey = (field: FieldSchema): boolean =>
  field.type === 'id' || field.externalId === true || field.unique === true;

const readOnly = { createable: false, updateable: false };
const user = (name: string, relationshipName: string): FieldSchema => ({
  name,
  type: 'reference',
  referenceTo: ['User'],
  relationshipName,
  ...readOnly,
});
const SYSTEM_FIELDS: FieldSchema[] = [
  { name: 'Id', type: 'id', ...readOnly },
  { name: 'IsDeleted', type: 'boolean', defaultValue: false, ...readOnly },
  { name: 'CreatedDate', type: 'datetime', ...readOnly },
  user('CreatedById', 'CreatedBy'),
  { name: 'LastModifiedDate', type: 'datetime', ...readOnly },
  user('LastModifiedById', 'LastModifiedBy'),
  { name: 'SystemModstamp', type: 'datetime', ...readOnly },
];

function resolve(object: ObjectSchema): ResolvedObject {
  const softDelete = object.softDelete ?? true;
  const without = new Set([...(object.without ?? []), ...(softDelete ? [] : ['IsDeleted'])]);
  const fields = [...SYSTEM_FIELDS.filter((field) => !without.has(field.name)), ...object.fields];
  const byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const together = (object.uniqueTogether ?? []).flatMap((name) => byName.get(name.toLowerCase()) ?? []);
  return {
    ...object,
    softDelete,
    fields: [...byName.values()],
    byName,
    required: fields.filter((field) => field.required),
    references: fields.filter((field) => field.referenceTo),
    uniqueSets: [
      ...fields.filter((field) => field.unique).map((field) => [field]),
      ...(together.length ? [together] : []),
    ],
  };
}

export interface ChildLink {
  object: ResolvedObject;
  field: FieldSchema;
}

/** Fields of the same name count once, the later one. */
function mergedObject(before: ObjectSchema, more: ObjectSchema): ObjectSchema {
  const taken = new Set(more.fields.map((field) => field.name.toLowerCase()));
  const recordTypes = more.recordTypes ?? before.recordTypes;
  return {
    ...before,
    fields: [...before.fields.filter((field) => !taken.has(field.name.toLowerCase())), ...more.fields],
    ...(recordTypes ? { recordTypes } : {}),
  };
}

/** All objects of the org. An entry whose name is already there adds its fields to that object. */
export class Schema {
  readonly objects: ResolvedObject[];
  readonly #byName = new Map<string, ResolvedObject>();
  readonly #byPrefix = new Map<string, ResolvedObject>();
  readonly #children = new Map<string, ChildLink[]>();

  constructor(entries: ObjectSchema[]) {
    const merged = new Map<string, ObjectSchema>();
    for (const entry of entries) {
      const before = merged.get(entry.name);
      merged.set(entry.name, before ? mergedObject(before, entry) : entry);
    }
    this.objects = [...merged.values()].map(resolve);
    this.#index();
  }

  /** A schema of objects that are resolved already. */
  static of(objects: ResolvedObject[]): Schema {
    const schema = new Schema([]);
    schema.objects.push(...objects);
    schema.#index();
    return schema;
  }

  #index(): void {
    for (const object of this.objects) {
      this.#byName.set(object.name.toLowerCase(), object);
      if (object.keyPrefix) this.#byPrefix.set(object.keyPrefix, object);
    }
  }

  find(name: string): ResolvedObject | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  object(name: string): ResolvedObject {
    const found = this.find(name);
    if (!found) throw salesforceError.typeNotSupported(name);
    return found;
  }

  ofId(id: string): ResolvedObject | undefined {
    return this.#byPrefix.get(id.slice(0, 3));
  }

  /** Child relationships of an object: who points at it, and under which plural name. */
  children(name: string): ChildLink[] {
    let links = this.#children.get(name);
    if (!links) {
      links = this.objects.flatMap((object) =>
        object.references.filter((field) => field.referenceTo?.includes(name)).map((field) => ({ object, field })),
      );
      this.#children.set(name, links);
    }
    return links;
  }
}

/** "AnnualRevenue" → "Annual Revenue"; "Facility_Kind__c" → "Facility Kind"; "OwnerId" → "Owner ID". */
export function fieldLabel(field: FieldSchema): string {
  if (field.label) return field.label;
  const words = field.name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return words.replace(/ Id$/, ' ID');
}
