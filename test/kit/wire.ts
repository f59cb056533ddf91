import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { parseQuery, type Query, type WhereClause } from '@jetstreamapp/soql-parser-js';

/** Addresses of every request that reaches this server of the test's own process while the work is done. */
export async function requestsDuring(serverUrl: string, work: () => Promise<unknown>): Promise<string[]> {
  const { host } = new URL(serverUrl);
  const found: string[] = [];
  const listen = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    if (request.headers.host === host) found.push(request.url ?? '');
  };
  diagnostics.subscribe('http.server.request.start', listen);
  try {
    await work();
  } finally {
    diagnostics.unsubscribe('http.server.request.start', listen);
  }
  return found;
}

/** The SOQL texts among such addresses. */
export const soqlAmong = (addresses: readonly string[]): string[] =>
  addresses.flatMap((address) => {
    const { pathname, searchParams } = new URL(address, 'http://org');
    return /\/query(All)?$/.test(pathname) ? [searchParams.get('q') ?? ''] : [];
  });

function conditions(where: WhereClause | undefined): string {
  if (!where) return 'everything';
  const { left } = where;
  if (!left || !('field' in left)) throw new Error('A condition that this does not know.');
  const value = 'valueQuery' in left ? `(${shape(left.valueQuery)})` : values(left);
  const rest = 'right' in where ? ` ${where.operator} ${conditions(where.right)}` : '';
  return `${left.field} ${left.operator} ${value}${rest}`;
}

function values({ value, literalType }: { value: string | string[]; literalType?: unknown }): string {
  if (Array.isArray(value)) return '(?)';
  return literalType === 'STRING' || literalType === 'DATETIME' ? '?' : value;
}

function shape(query: Query): string {
  const limit = query.limit === undefined ? '' : `, ${query.limit} rows`;
  return `${query.sObject}: ${conditions(query.where)}${limit}`;
}

/** What a query asks for, whatever the values: "Account: Id IN (?)", "User: everything, 2000 rows". @throws for no SOQL */
export const shapeOf = (soql: string): string => shape(parseQuery(soql));

/** Every text of a query as it stands there, quotes included. */
export const textsOf = (soql: string): string[] => soql.match(/'(?:[^'\\]|\\.)*'/gs) ?? [];

/** What Salesforce reads from a text of a query. */
export const unquoted = (text: string): string =>
  text
    .slice(1, -1)
    .replace(/\\(?:u([\da-f]{4})|(.))/g, (_, code: string | undefined, sign: string) =>
      code ? String.fromCharCode(Number.parseInt(code, 16)) : ({ n: '\n', r: '\r' }[sign] ?? sign),
    );
