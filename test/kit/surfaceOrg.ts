import { Connection } from 'jsforce';
import { startOrg, type LocalOrg, type StartOrgOptions } from '../../service/local/org/org.ts';
import type { ObjectSchema } from '../../service/local/org/schema.ts';

export const TOKEN = 'secret';

/** Objects that jsforce's own tests expect in the org, and one of every kind of field. */
export const SURFACE_OBJECTS: ObjectSchema[] = [
  {
    name: 'UpsertTable__c',
    label: 'Upsert Table',
    keyPrefix: 'a01',
    fields: [
      { name: 'Name', type: 'string', length: 80 },
      { name: 'OwnerId', type: 'reference', referenceTo: ['User'], relationshipName: 'Owner' },
      { name: 'ExtId__c', type: 'string', length: 40, externalId: true },
      { name: 'Code__c', type: 'string', length: 20, externalId: true, unique: true },
    ],
  },
  {
    name: 'BigTable__c',
    label: 'Big Table',
    keyPrefix: 'a02',
    fields: [{ name: 'Name', type: 'string', length: 80, autoNumber: 'BT-{00000}' }],
  },
  {
    name: 'Kind__c',
    label: 'Kind',
    keyPrefix: 'a03',
    fields: [
      { name: 'Name', type: 'string', length: 10, required: true },
      { name: 'Email__c', type: 'email', length: 80 },
      { name: 'Site__c', type: 'url', length: 255 },
      { name: 'Amount__c', type: 'currency', precision: 8, scale: 2 },
      { name: 'Share__c', type: 'percent', precision: 5, scale: 1 },
      { name: 'Count__c', type: 'int' },
      { name: 'Is_On__c', type: 'boolean', defaultValue: false },
      { name: 'Day__c', type: 'date' },
      { name: 'At__c', type: 'datetime' },
      { name: 'Color__c', type: 'picklist', values: ['Red', 'Green'], restricted: true, defaultValue: 'Red' },
      { name: 'Tags__c', type: 'multipicklist', values: ['a', 'b', 'c'], restricted: true },
      { name: 'Notes__c', type: 'textarea', length: 32_000 },
      { name: 'Total__c', type: 'double', calculated: true },
      {
        name: 'Parent__c',
        type: 'reference',
        referenceTo: ['UpsertTable__c'],
        relationshipName: 'Parent__r',
        childRelationshipName: 'Kinds__r',
        cascadeDelete: true,
      },
    ],
  },
];

export const startSurfaceOrg = (more: Partial<StartOrgOptions> = {}): Promise<LocalOrg> =>
  startOrg({ port: 0, token: TOKEN, objects: SURFACE_OBJECTS, ...more });

export const connect = (org: LocalOrg, version = '66.0'): Connection =>
  new Connection({ instanceUrl: org.url, accessToken: TOKEN, version });

/** Polls often: jobs of tests are short. */
export function bulkConnection(org: LocalOrg): Connection {
  const conn = connect(org);
  conn.bulk2.pollInterval = 5;
  conn.bulk2.pollTimeout = 60_000;
  return conn;
}

export interface Failure {
  name: string;
  errorCode?: string;
  message: string;
  data?: unknown;
}

/** The error of a call that must fail. */
export async function failure(work: PromiseLike<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    return error as Failure;
  }
  throw new Error('The call did not fail.');
}

interface Saved {
  success: boolean;
  errors: { statusCode?: string; message: string }[];
}

/** 'ok' or the code, for every result of a collection. */
export const codes = (results: unknown): string[] =>
  ([results].flat() as Saved[]).map((each) => (each.success ? 'ok' : (each.errors[0]?.statusCode ?? '?')));

/** A plain request with the token: what came back, whatever the status. */
export async function raw(
  org: LocalOrg,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<{ status: number; headers: Headers; text: string; json: unknown }> {
  const { method = 'GET', headers = {}, body } = init;
  const response = await fetch(`${org.url}${path.startsWith('/services') ? '' : '/services/data/v66.0'}${path}`, {
    method,
    redirect: 'manual',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}
