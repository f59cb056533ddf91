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
  time: 'xsd:time',
  address: 'urn:address',
};
/** Types whose text or value several records may share in GROUP BY. */
const NOT_GROUPABLE = new Set(['double', 'currency', 'percent', 'datetime', 'multipicklist', 'time', 'address']);
const isDecimal = (field: FieldSchema): boolean => ['double', 'currency', 'percent'].includes(field.type);
const isLong = (field: FieldSchema): boolean => field.type === 'textarea' && (field.length ?? 0) > 255;
const isCustom = (name: string): boolean => name.endsWith('__c');
/** Characters take up to three bytes. */
const MAX_BYTES_PER_CHARACTER = 3;

function lengthOf(field: FieldSchema): number {
  if (field.type === 'id' || field.type === 'reference') return 18;
  const isText = SOAP_TYPES[field.type] === undefined;
  return isText ? (field.length ?? 255) : 0;
}

function numbersOf(field: FieldSchema) {
  const isPlain = !isDecimal(field);
  return {
    precision: isPlain ? 0 : (field.precision ?? 18),
    scale: isPlain ? 0 : (field.scale ?? (field.type === 'currency' || field.type === 'percent' ? 2 : 0)),
    digits: field.type === 'int' ? 8 : 0,
  };
}

/** What may be done with a field. */
function flagsOf(field: FieldSchema) {
  const isReference = field.referenceTo !== undefined;
  const isWritten = !field.calculated && !field.autoNumber;
  return {
    aggregatable: !isLong(field) && !/^(boolean|multipicklist|address)$/.test(field.type),
    autoNumber: field.autoNumber !== undefined,
    calculated: field.calculated === true,
    cascadeDelete: field.cascadeDelete === true,
    caseSensitive: field.caseSensitive === true,
    createable: field.createable !== false && isWritten,
    custom: isCustom(field.name),
    defaultedOnCreate:
      field.defaultValue !== undefined ||
      field.type === 'boolean' ||
      field.type === 'id' ||
      field.autoNumber !== undefined ||
      /^(OwnerId|Created(Date|ById)|LastModified(Date|ById)|SystemModstamp)$/.test(field.name),
    dependentPicklist: false,
    deprecatedAndHidden: false,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId === true,
    filterable: !isLong(field),
    formulaTreatNullNumberAsZero: false,
    groupable: !isLong(field) && !NOT_GROUPABLE.has(field.type),
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.type === 'id' || field.externalId === true || (field.unique === true && !isReference),
    nameField: field.name === 'Name' || field.name === 'CaseNumber',
    namePointing: (field.referenceTo ?? []).length > 1,
    nillable:
      field.required !== true &&
      !/^(id|boolean)$/.test(field.type) &&
      !/^(Created|LastModified|SystemMod)/.test(field.name),
    permissionable: !field.required && field.createable !== false,
    polymorphicForeignKey: (field.referenceTo ?? []).length > 1,
    queryByDistance: field.type === 'address',
    restrictedDelete: false,
    restrictedPicklist: field.restricted === true,
    searchPrefilterable: isReference,
    sortable: !isLong(field) && field.type !== 'multipicklist' && field.type !== 'address',
    unique: field.unique === true,
    updateable: field.updateable !== false && isWritten,
    writeRequiresMasterRead: false,
  };
}

function describeField(object: ResolvedObject, field: FieldSchema) {
  const length = lengthOf(field);
  const isPicklist = field.type === 'picklist' || field.type === 'multipicklist';
  return {
    name: field.name,
    label: field.type === 'id' ? `${object.label} ID` : fieldLabel(field),
    type: field.type,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    length,
    byteLength: field.referenceTo || field.type === 'id' ? 18 : length * MAX_BYTES_PER_CHARACTER,
    ...numbersOf(field),
    ...flagsOf(field),
    calculatedFormula: null,
    compoundFieldName: field.partOf ?? null,
    controllerName: null,
    defaultValue: field.type === 'boolean' ? (field.defaultValue ?? false) : (field.defaultValue ?? null),
    defaultValueFormula: null,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filteredLookupInfo: null,
    inlineHelpText: null,
    mask: null,
    maskType: null,
    picklistValues: (isPicklist ? (field.values ?? []) : []).map((value) => ({
      active: true,
      defaultValue: value === field.defaultValue,
      label: value,
      validFor: null,
      value,
    })),
    referenceTargetField: null,
    referenceTo: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? null,
    relationshipOrder: field.cascadeDelete && isCustom(field.name) ? 0 : null,
  };
}

function urlsOf(object: ResolvedObject, base: string) {
  const url = `${base}/sobjects/${object.name}`;
  return { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` };
}

export function summary(object: ResolvedObject, base: string) {
  const isAssociation = object.name === 'ObjectTerritory2Association';
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable !== false,
    custom: isCustom(object.name),
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable !== false,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix || null,
    label: object.label,
    labelPlural: object.labelPlural ?? `${object.label}s`,
    layoutable: true,
    mergeable: /^(Account|Contact|Lead)$/.test(object.name),
    mruEnabled: true,
    name: object.name,
    queryable: object.viewOf === undefined,
    replicateable: true,
    retrieveable: true,
    searchable: object.byName.has('name'),
    triggerable: !isAssociation,
    undeletable: object.softDelete && !isAssociation,
    updateable: object.updateable !== false,
    urls: urlsOf(object, base),
  };
}

/** The one record type that every object without own record types has. */
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

export const describeGlobal = (schema: Schema, base: string) => ({
  encoding: 'UTF-8',
  maxBatchSize: 200,
  sobjects: schema.objects.map((object) => summary(object, base)),
});

export const describeObject = (schema: Schema, object: ResolvedObject, base: string) => ({
  ...summary(object, base),
  actionOverrides: [],
  childRelationships: schema.children(object.name).map((child) => ({
    cascadeDelete: child.field.cascadeDelete === true,
    childSObject: child.object.name,
    deprecatedAndHidden: false,
    field: child.field.name,
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName: child.field.childRelationshipName ?? null,
    restrictedDelete: false,
  })),
  compactLayoutable: true,
  defaultImplementation: null,
  extendedBy: null,
  extendsInterfaces: null,
  fields: object.fields.map((field) => describeField(object, field)),
  implementedBy: null,
  implementsInterfaces: null,
  listviewable: null,
  lookupLayoutable: null,
  namedLayoutInfos: [],
  networkScopeFieldName: null,
  recordTypeInfos: recordTypeInfos(object, base),
  searchLayoutable: true,
  sobjectDescribeOption: 'FULL',
  supportedScopes: [
    { label: `All ${object.labelPlural ?? `${object.label}s`}`, name: 'everything' },
    { label: `My ${object.labelPlural ?? `${object.label}s`}`, name: 'mine' },
  ],
});
