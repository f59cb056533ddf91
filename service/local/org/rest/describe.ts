import { fieldLabel, type FieldSchema, type ResolvedObject, type Schema } from '../schema.ts';

const SOAP_TYPES: Record<string, string> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  int: 'xsd:int',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
};

function describeField(field: FieldSchema) {
  const isId = field.type === 'id' || field.type === 'reference';
  return {
    name: field.name,
    label: fieldLabel(field),
    type: field.type,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    length: isId ? 18 : (field.length ?? 0),
    custom: field.name.endsWith('__c'),
    createable: field.createable !== false,
    updateable: field.updateable !== false,
    nillable: field.required !== true && field.type !== 'id' && field.type !== 'boolean',
    defaultedOnCreate: field.defaultValue !== undefined || field.name === 'OwnerId' || field.type === 'boolean',
    defaultValue: field.defaultValue ?? null,
    unique: field.unique === true,
    externalId: false,
    idLookup: field.type === 'id',
    nameField: field.name === 'Name',
    filterable: field.length === undefined || field.length < 4000,
    groupable: field.type !== 'double' && field.type !== 'currency',
    sortable: true,
    calculated: false,
    restrictedPicklist: field.restricted === true,
    picklistValues: (field.values ?? []).map((value) => ({
      value,
      label: value,
      active: true,
      defaultValue: value === field.defaultValue,
      validFor: null,
    })),
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    polymorphicForeignKey: (field.referenceTo ?? []).length > 1,
  };
}

function summary(object: ResolvedObject, base: string) {
  const url = `${base}/sobjects/${object.name}`;
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural ?? `${object.label}s`,
    keyPrefix: object.keyPrefix,
    custom: object.name.endsWith('__c'),
    createable: object.createable !== false,
    updateable: object.updateable !== false,
    deletable: object.deletable !== false,
    queryable: true,
    retrieveable: true,
    searchable: true,
    replicateable: true,
    undeletable: object.softDelete && object.name !== 'ObjectTerritory2Association',
    layoutable: true,
    triggerable: object.name !== 'ObjectTerritory2Association',
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

export const describeGlobal = (schema: Schema, base: string) => ({
  encoding: 'UTF-8',
  maxBatchSize: 200,
  sobjects: schema.objects.map((object) => summary(object, base)),
});

const MASTER_ID = '012000000000000AAA';

/** Every object has its master type; it is the default where no other is. */
function recordTypeInfos(object: ResolvedObject, base: string) {
  const types = object.recordTypes ?? [];
  const hasDefault = types.some((type) => type.isDefault);
  const master = { id: MASTER_ID, developerName: 'Master', name: 'Master', isDefault: !hasDefault };
  return [...types, master].map(({ id, developerName, name, isDefault }) => ({
    active: true,
    available: true,
    defaultRecordTypeMapping: isDefault,
    developerName,
    master: id === MASTER_ID,
    name,
    recordTypeId: id,
    urls: { layout: `${base}/sobjects/${object.name}/describe/layouts/${id}` },
  }));
}

export const describeObject = (schema: Schema, object: ResolvedObject, base: string) => ({
  ...summary(object, base),
  fields: object.fields.map(describeField),
  childRelationships: schema.children(object.name).map((child) => ({
    childSObject: child.object.name,
    field: child.field.name,
    relationshipName: child.field.childRelationshipName ?? null,
    cascadeDelete: false,
    deprecatedAndHidden: false,
    restrictedDelete: false,
  })),
  recordTypeInfos: recordTypeInfos(object, base),
});
