/** Salesforce's error codes that this org answers, with the HTTP status a single-record or query request gets. */
export const HTTP_STATUS = {
  ALL_OR_NONE_OPERATION_ROLLED_BACK: 400,
  QUERY_TIMEOUT: 400,
  TRANSFER_REQUIRES_READ: 400,
  INVALID_ACCESS_LEVEL: 400,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 400,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 400,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 400,
  API_DISABLED_FOR_ORG: 403,
  API_ERROR: 400,
  BAD_REQUEST: 400,
  DELETE_FAILED: 400,
  DUPLICATE_VALUE: 400,
  ENTITY_IS_DELETED: 404,
  EXCEEDED_ID_LIMIT: 400,
  FIELD_INTEGRITY_EXCEPTION: 400,
  INACTIVE_OWNER_OR_USER: 400,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INVALID_BATCH_SIZE: 400,
  INVALIDENTITY: 400,
  INVALIDJOB: 400,
  INVALIDJOBSTATE: 400,
  INVALID_CROSS_REFERENCE_KEY: 400,
  INVALID_EMAIL_ADDRESS: 400,
  INVALID_FIELD: 400,
  INVALID_FIELD_FOR_INSERT_UPDATE: 400,
  INVALID_NEW_PASSWORD: 400,
  INVALID_OPERATION: 400,
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 400,
  INVALID_QUERY_FILTER_OPERATOR: 400,
  INVALID_QUERY_LOCATOR: 400,
  INVALID_REPLICATION_DATE: 400,
  INVALID_SESSION_ID: 401,
  INVALID_TYPE: 400,
  INVALID_TYPE_FOR_OPERATION: 400,
  INVALID_TYPE_ON_FIELD_IN_RECORD: 400,
  JSON_PARSER_ERROR: 400,
  LIMIT_EXCEEDED: 400,
  MALFORMED_ID: 400,
  MALFORMED_QUERY: 400,
  MALFORMED_SEARCH: 400,
  METHOD_NOT_ALLOWED: 405,
  MISSING_ARGUMENT: 400,
  NOT_FOUND: 404,
  NUMBER_OUTSIDE_VALID_RANGE: 400,
  PRECONDITION_FAILED: 412,
  PROCESSING_HALTED: 400,
  QUERY_TOO_COMPLICATED: 400,
  REQUEST_LIMIT_EXCEEDED: 403,
  REQUIRED_FIELD_MISSING: 400,
  SERVER_UNAVAILABLE: 503,
  STRING_TOO_LONG: 400,
  UNABLE_TO_LOCK_ROW: 400,
  UNKNOWN_EXCEPTION: 500,
  UNSUPPORTED_MEDIA_TYPE: 415,
  URI_TOO_LONG: 414,
} as const;

export type SalesforceCode = keyof typeof HTTP_STATUS;

/** Kinds of a value that the REST API could not read, in Salesforce's own words. */
const JSON_TYPES: Record<string, string> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'currency',
  percent: 'percent',
  date: 'date',
  datetime: 'datetime',
};

export class SalesforceError extends Error {
  readonly code: SalesforceCode;
  readonly fields: string[];
  readonly status: number;

  constructor(
    code: SalesforceCode,
    message: string,
    options: { fields?: string[]; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SalesforceError';
    this.code = code;
    this.fields = options.fields ?? [];
    this.status = options.status ?? HTTP_STATUS[code];
  }
}

/** A value that is not of its field's type: over JSON the whole request is unreadable, over CSV one record fails. */
export class WrongTypeError extends SalesforceError {
  readonly asJson: SalesforceError;

  constructor(field: { name: string; type: string; label: string }, value: unknown) {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    super('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: ${text}`, {
      fields: [field.name],
    });
    const token = typeof value === 'object' ? 'START_OBJECT' : `VALUE_${(typeof value).toUpperCase()}`;
    this.asJson = new SalesforceError(
      'JSON_PARSER_ERROR',
      `Cannot deserialize instance of ${JSON_TYPES[field.type] ?? 'string'} from ${token} value ${text} or request may be missing a required field at [line:1, column:2]`,
    );
  }
}

const NAMES_HELP = 'Please reference your WSDL or the describe call for the appropriate names.';

/** Salesforce's wording, in one place. Where its text could not be established, the code is right and the text is plain. */
export const salesforceError = {
  entityIsDeleted: () => new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted'),
  invalidCrossReference: (fields: string[] = []) =>
    new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { fields }),
  malformedId: (label: string, value: unknown, fields: string[] = []) =>
    new SalesforceError('MALFORMED_ID', `${label}: id value of incorrect type: ${String(value)}`, { fields }),
  badId: (value: unknown) => new SalesforceError('MALFORMED_ID', `bad id ${String(value)}`),
  /** What Salesforce has and this stand-in does not. */
  outside: (what: string) => new SalesforceError('NOT_FOUND', `This stand-in org does not serve ${what}.`),
  noSuchExternalId: (name: string) =>
    new SalesforceError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`),
  notSpecified: (field: string) =>
    new SalesforceError('INVALID_FIELD', `The ${field} field should not be specified in the sobject data.`),
  idInInsert: () =>
    new SalesforceError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', { fields: ['Id'] }),
  foreignKey: (value: string, field: string, object: string) =>
    new SalesforceError(
      'INVALID_FIELD',
      `Foreign key external ID: ${value} not found for field ${field} in entity ${object}`,
    ),
  notFound: () => new SalesforceError('NOT_FOUND', 'The requested resource does not exist'),
  noSuchColumn: (column: string, object: string) =>
    new SalesforceError('INVALID_FIELD', `No such column '${column}' on sobject of type ${object}`),
  noSuchColumnInQuery: (column: string, object: string) =>
    new SalesforceError(
      'INVALID_FIELD',
      `No such column '${column}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${NAMES_HELP}`,
    ),
  noSuchRelationship: (name: string) =>
    new SalesforceError(
      'INVALID_FIELD',
      `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${NAMES_HELP}`,
    ),
  typeNotSupported: (name: string) =>
    new SalesforceError(
      'INVALID_TYPE',
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${NAMES_HELP}`,
    ),
  malformedQuery: (text: string) => new SalesforceError('MALFORMED_QUERY', text),
  requiredFieldMissing: (fields: string[]) =>
    new SalesforceError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, { fields }),
  readOnlyFields: (fields: string[]) =>
    new SalesforceError(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      { fields },
    ),
  duplicateValue: (field: string, id: string) =>
    new SalesforceError(
      'DUPLICATE_VALUE',
      `duplicate value found: ${field} duplicates value on record with id: ${id.slice(0, 15)}`,
    ),
  ruleAssociation: () =>
    new SalesforceError(
      'INVALID_OPERATION',
      'An Object Territory Association Cannot Be Created Or Deleted With Territory Assignment Rule Association Cause.',
    ),
  territoryShare: () =>
    new SalesforceError('INSUFFICIENT_ACCESS_OR_READONLY', 'Insufficient Access Rights On Object Id'),
  noRecordAccess: () =>
    new SalesforceError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'),
  noObjectRight: (verb: 'inserted' | 'updated' | 'deleted', object: string) =>
    new SalesforceError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be ${verb}: ${object}`),
  noCrossReferenceAccess: (fields: string[] = []) =>
    new SalesforceError(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'insufficient access rights on cross-reference id',
      { fields },
    ),
  inactiveUser: (field: string) =>
    new SalesforceError('INACTIVE_OWNER_OR_USER', 'owner or user is inactive.', { fields: [field] }),
  integrity: (message: string, fields: string[] = []) =>
    new SalesforceError('FIELD_INTEGRITY_EXCEPTION', message, { fields }),
  invalidSession: () => new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid'),
  requestLimit: () => new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  rolledBack: () =>
    new SalesforceError(
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'Record rolled back because not all records were valid and the request was using AllOrNone header',
    ),
};
