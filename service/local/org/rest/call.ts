import type { DmlContext } from '../hooks.ts';
import { SalesforceError } from '../errors.ts';
import type { Input } from '../recordInput.ts';

/** One REST request below /services/data/vXX.X, whether it came over HTTP or inside a composite request. */
export interface RestCall {
  method: string;
  /** Segments after the version, decoded. */
  path: string[];
  query: Record<string, string>;
  header: (name: string) => string | undefined;
  body: unknown;
  userId: string;
  /** "66.0" */
  version: string;
  /** http://host:port */
  baseUrl: string;
}

export interface RestReply {
  status: number;
  body?: unknown;
  /** Instead of a JSON body. */
  csv?: string;
  headers?: Record<string, string>;
}

export type Handler = (call: RestCall, params: Record<string, string>) => RestReply;

export const ok = (body: unknown): RestReply => ({ status: 200, body });
export const noContent: RestReply = { status: 204 };

/** "/services/data/v66.0" */
export const baseOf = (call: RestCall): string => `/services/data/v${call.version}`;
export const listOf = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);

export const contextOf = (call: RestCall): DmlContext => ({
  userId: call.userId,
  autoAssign: !/^false$/i.test(call.header('sforce-auto-assign') ?? ''),
});

/** The body as an object. @throws JSON_PARSER_ERROR when it is a list or nothing at all */
export function bodyOf(call: RestCall): Input {
  const { body } = call;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new SalesforceError(
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required, but this request has no entity body.',
    );
  return body as Input;
}

/** A path below the version's root, as a nested request names it. */
export function splitUrl(url: string): { version?: string; path: string[]; query: Record<string, string> } {
  const parsed = new URL(url, 'http://local');
  const match =
    /^\/services\/data\/v(\d+\.\d)(\/.*)?$/.exec(parsed.pathname) ?? /^\/?v(\d+\.\d)(\/.*)?$/.exec(parsed.pathname);
  const [, version, rest = ''] = match ?? [undefined, undefined, parsed.pathname];
  return {
    ...(version ? { version } : {}),
    path: segments(rest),
    query: Object.fromEntries(parsed.searchParams),
  };
}

export function segments(pathname: string): string[] {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch (cause) {
    throw new SalesforceError('NOT_FOUND', `The path ${pathname} cannot be read.`, { cause });
  }
}
