import { SalesforceError, salesforceError, WrongTypeError } from '../errors.ts';
import type { Handler, RestCall, RestReply } from './call.ts';

interface Route {
  method: string;
  pattern: string[];
  handler: Handler;
}

function paramsOf(pattern: string[], path: string[]): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [k, part] of pattern.entries()) {
    const actual = path[k] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = actual;
    else if (part !== actual) return undefined;
  }
  return params;
}

export function errorReply(error: SalesforceError): RestReply {
  const told = error instanceof WrongTypeError ? error.asJson : error;
  const fields = told.fields.length ? { fields: told.fields } : {};
  return { status: told.status, body: [{ message: told.message, errorCode: told.code, ...fields }] };
}

/** The REST resources of one API version. Handlers are synchronous, so several can share one transaction. */
export class Dispatcher {
  readonly #routes: Route[] = [];

  /** The first route that fits answers: literal paths are added before patterns. */
  add(method: string, path: string, handler: Handler): void {
    this.#routes.push({ method, pattern: path.split('/').filter(Boolean), handler });
  }

  /** @throws SalesforceError */
  dispatch(call: RestCall): RestReply {
    const allowed = new Set<string>();
    const method = call.method === 'HEAD' ? 'GET' : call.method;
    for (const route of this.#routes) {
      const params = paramsOf(route.pattern, call.path);
      if (!params) continue;
      if (route.method === method) return route.handler(call, params);
      allowed.add(route.method);
    }
    if (allowed.size)
      throw new SalesforceError(
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${call.method}' not allowed. Allowed are ${[...allowed].join(',')}`,
      );
    throw salesforceError.notFound();
  }

  /** Like dispatch, with an error as the reply it becomes. Mistakes of this org itself still throw. */
  answer(call: RestCall): RestReply {
    try {
      return this.dispatch(call);
    } catch (error) {
      if (error instanceof SalesforceError) return errorReply(error);
      throw error;
    }
  }
}
