import { BailiwickError } from '../core/errors.ts';

/** What to do about a record that the CRM refused, by Salesforce's code. */
const ACTIONS: Record<string, string> = {
  UNABLE_TO_LOCK_ROW: 'Someone else was changing the record; publish again.',
  INVALID_CROSS_REFERENCE_KEY: 'The record is gone from Salesforce; refresh the plan and publish again.',
  ENTITY_IS_DELETED: 'The record was deleted in Salesforce; refresh the plan and publish again.',
  INSUFFICIENT_ACCESS_OR_READONLY: 'Give the integration user edit access to this record, then publish again.',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'Give the integration user access to the account and its owner.',
  TRANSFER_REQUIRES_READ: 'Give the new owner read access to accounts, then publish again.',
  INACTIVE_OWNER_OR_USER: 'Activate the user or give the territory another rep, then publish again.',
  OPERATION_WITH_INACTIVE_USER: 'Activate the user or give the territory another rep, then publish again.',
  INVALID_OPERATION: 'This row belongs to an assignment rule; change or exclude it in Salesforce Setup.',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'A validation rule of the org refused it; correct the record, then publish again.',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'A trigger or flow of the org refused it; ask your Salesforce administrator.',
  CANNOT_EXECUTE_FLOW_TRIGGER: 'A flow of the org refused it; ask your Salesforce administrator.',
  REQUIRED_FIELD_MISSING: 'Fill the named field in Salesforce, then publish again.',
  INVALID_FIELD_FOR_INSERT_UPDATE:
    'Give the integration user edit access to the named field (field-level security), then publish again.',
  INVALID_FIELD: 'Give the integration user access to the named field (field-level security), then publish again.',
  STRING_TOO_LONG: 'Stamp a longer field, or shorten the code of the territory, then publish again.',
};

/** Access to the record is not enough to give it away. */
const OWNER_ACTIONS: Record<string, string> = {
  INSUFFICIENT_ACCESS_OR_READONLY:
    'Give the integration user the permission "Transfer Record" and edit access to accounts, then publish again.',
};

/** `changesOwner`: the record was to be given to somebody else. */
export function actionFor(code: string, { message = '', changesOwner = false } = {}): string {
  const object = /^entity type cannot be \w+: (\w+)/.exec(message)?.[1];
  if (object) return `Give the integration user create, edit and delete rights on ${object}, then publish again.`;
  return (
    (changesOwner ? OWNER_ACTIONS[code] : undefined) ??
    ACTIONS[code] ??
    'Read the message, correct the record in Salesforce, then publish again.'
  );
}

/** Why a call failed, as far as it decides what happens next. */
export interface Failure {
  /** Salesforce's code; "NETWORK" when no answer came. */
  code: string;
  message: string;
  /** The same call may succeed in a moment. */
  isTransient: boolean;
}

/** Something inside Salesforce broke (status 500): a read may well succeed in a moment, a write may break again on its record. */
export const INTERNAL_ERROR = 'UNKNOWN_EXCEPTION';
const TRANSIENT_CODES = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'QUERY_TIMEOUT', 'NETWORK']);

/** Reads what jsforce threw. Its error classes are not exported, so this matches on what they carry. */
export function failureOf(error: unknown): Failure {
  const {
    errorCode,
    name,
    message = String(error),
    cause,
  } = (error ?? {}) as {
    errorCode?: unknown;
    name?: string;
    message?: string;
    cause?: { message?: string };
  };
  if (typeof errorCode === 'string') {
    const isConcurrency = errorCode === 'REQUEST_LIMIT_EXCEEDED' && /concurrent/i.test(message);
    const isTransient = TRANSIENT_CODES.has(errorCode) || /^ERROR_HTTP_5/.test(errorCode) || isConcurrency;
    return { code: errorCode, message, isTransient };
  }
  // fetch throws a TypeError with the network's cause, an AbortError after a timeout
  if (error instanceof TypeError || name === 'AbortError' || name === 'TimeoutError')
    return { code: 'NETWORK', message: cause?.message ?? message, isTransient: true };
  return { code: name ?? 'Error', message, isTransient: false };
}

const LOGIN_ACTIONS: [RegExp, string][] = [
  [
    /hasn't approved|invalid_app_access/i,
    'Pre-authorize the integration user in the External Client App, then try again.',
  ],
  [/client identifier|invalid_client/i, 'Check the consumer key of the External Client App in the service settings.'],
  [
    /audience/i,
    'Check the login URL in the service settings: login.salesforce.com, or test.salesforce.com for a sandbox.',
  ],
  [
    /assertion|expired/i,
    'Check that the certificate in the External Client App is the one of the service, and the clock of the server.',
  ],
];

/** Salesforce itself is in trouble. */
function ofTrouble({ code, message }: Failure, host: string, cause: unknown): BailiwickError {
  if (code === INTERNAL_ERROR)
    return new BailiwickError('org_unreachable', `Salesforce broke on this request: ${message} (${code}).`, {
      action: 'Try again in a few minutes; if it stays, give the message to Salesforce support.',
      cause,
    });
  return new BailiwickError('org_unreachable', `Salesforce (${host}) does not answer: ${message.replace(/\.$/, '')}.`, {
    action: 'Check the network and https://status.salesforce.com, then try again.',
    cause,
  });
}

/** Every error of the CRM in the product's words, with what to do. */
export function translated(error: unknown, host: string): BailiwickError {
  if (error instanceof BailiwickError) return error;
  const { code, message, isTransient } = failureOf(error);
  const cause = error;
  if (code === 'REQUEST_LIMIT_EXCEEDED')
    return new BailiwickError('org_limit', `Salesforce refuses further API calls today (${message})`, {
      action: 'Wait until the 24-hour limit frees up, or have your Salesforce administrator raise it.',
      cause,
    });
  if (code === 'UNABLE_TO_LOCK_ROW')
    return new BailiwickError(
      'org_refused',
      'Salesforce is changing the same records right now (UNABLE_TO_LOCK_ROW).',
      {
        action: 'Wait a minute, then try again.',
        cause,
      },
    );
  const trouble = isTransient || /^ERROR_HTTP_5/.test(code) || code === INTERNAL_ERROR;
  if (trouble) return ofTrouble(failureOf(error), host, cause);
  if (code === 'INVALID_TYPE' && /Territory2/.test(message))
    return new BailiwickError('org_refused', 'Sales Territories is not turned on in this org.', {
      action: 'Turn on Sales Territories in Setup and activate a territory model.',
      cause,
    });
  const login = LOGIN_ACTIONS.find(([words]) => words.test(`${code} ${message}`))?.[1];
  const hidden =
    code === 'INVALID_FIELD' ? 'Let the integration user read the field (field-level security).' : undefined;
  return new BailiwickError('org_refused', `Salesforce refused the request: ${message} (${code}).`, {
    action: hidden ?? login ?? 'Check the permissions of the integration user.',
    cause,
  });
}
