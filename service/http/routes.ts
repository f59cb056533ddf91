import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { Router, type Request, type Response } from 'express';
import type { z } from 'zod';
import { BailiwickError } from '../core/errors.ts';
import type { Permission, RequestUser, VerifyToken } from './identity.ts';

/** JSON bodies hold moves and settings; 4 MB are 30,000 moves. Files go through raw bodies. */
const MAX_JSON = '4mb';

type Schema = z.ZodType;
type Parsed<S> = S extends Schema ? z.output<S> : undefined;

/** What a handler gets: parsed, authorized input. */
export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly user: RequestUser;
  /** The raw request: only for routes with `rawBody`. */
  readonly stream: Readable;
}

/** One way into a slice; from it come the Express route, the checks and the OpenAPI entry. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path below /api, such as /alignments/:id. */
  readonly path: string;
  readonly summary: string;
  readonly permission: Permission;
  readonly params?: Schema | undefined;
  readonly query?: Schema | undefined;
  readonly body?: Schema | undefined;
  readonly response?: Schema | undefined;
  readonly status?: number | undefined;
  /** The body is a file: it reaches the handler as a stream. */
  readonly rawBody?: boolean | undefined;
  handle(input: Input<never, never, never>): Promise<unknown>;
}

interface RouteWith<
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | undefined,
> extends Omit<Route, 'handle' | 'params' | 'query' | 'body'> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  handle(input: Input<Parsed<P>, Parsed<Q>, Parsed<B>>): Promise<unknown>;
}

/** Ties the types of a route's schemas to its handler. */
export function defineRoute<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(route: RouteWith<P, Q, B>): Route {
  return route as unknown as Route;
}

/** An answer that is a file and not JSON. */
export class FileAnswer {
  readonly filename: string;
  readonly mime: string;
  readonly content: string | Readable;

  constructor(filename: string, mime: string, content: string | Readable) {
    this.filename = filename;
    this.mime = mime;
    this.content = content;
  }
}

/** All routes behind one verifier. A request is authenticated, then authorized, and only then parsed. */
export function routesRouter(routes: readonly Route[], verify: VerifyToken): Router {
  const router = Router();
  const json = express.json({ limit: MAX_JSON });
  for (const route of routes) {
    router[route.method](
      route.path,
      async (req: Request, res: Response, next: () => void) => {
        const user = await verify(req.headers.authorization);
        requirePermission(user, route.permission);
        res.locals['user'] = user;
        next();
      },
      ...(route.rawBody ? [] : [json]),
      async (req: Request, res: Response) => {
        const input = {
          params: parsedParams(route, req.params),
          query: route.query?.parse(req.query),
          body: route.body?.parse(req.body ?? {}),
          user: res.locals['user'] as RequestUser,
          stream: req,
        } as unknown as Input<never, never, never>;
        await answer(res, route, await route.handle(input));
      },
    );
  }
  return router;
}

/** An id in the path that cannot be one names nothing: 404, as for any other record that is not there. */
function parsedParams(route: Route, params: unknown): unknown {
  const parsed = route.params?.safeParse(params);
  if (parsed && !parsed.success) {
    throw new BailiwickError('not_found', 'There is no such record.', {
      action: 'Check the address.',
      cause: parsed.error,
    });
  }
  return parsed?.data;
}

async function answer(res: Response, route: Route, result: unknown): Promise<void> {
  res.setHeader('Cache-Control', 'no-store');
  if (result instanceof FileAnswer) {
    res.setHeader('Content-Type', result.mime);
    res.setHeader('Content-Disposition', `attachment; filename="${result.filename.replace(/[^\w.-]+/g, '-')}"`);
    if (typeof result.content === 'string') res.send(result.content);
    else await pipeline(result.content, res);
    return;
  }
  res.status(route.status ?? 200).json(result);
}

/** @throws BailiwickError forbidden, naming what is missing and who can help */
export function requirePermission(user: RequestUser, permission: Permission): void {
  if (user.permissions.has(permission)) return;
  throw new BailiwickError('forbidden', `You lack the permission "${permission}".`, {
    action: 'Ask your Salesforce administrator for the matching Bailiwick permission set.',
  });
}
