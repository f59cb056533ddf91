import express, { type Express, type Router } from 'express';
import { errorHandler, requestId } from './http/errors.ts';
import type { VerifyToken } from './http/identity.ts';
import { cors } from './http/cors.ts';
import { openApi } from './http/openapi.ts';
import { routesRouter, type Route } from './http/routes.ts';
import { BailiwickError } from './core/errors.ts';

export const VERSION = '0.1.0';

export interface AppDeps {
  readonly routes: readonly Route[];
  /** Map geometry: public and immutable. */
  readonly geography: Router;
  readonly verify: VerifyToken;
  /** Exact origins of the pages that may call. */
  readonly origins: readonly string[];
  readonly log: (message: string) => void;
}

/** The service's HTTP side: public geometry, guarded routes, one error shape. */
export function createApp({ routes, geography, verify, origins, log }: AppDeps): Express {
  const app = express();
  const description = openApi(routes, VERSION);
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestId, cors(origins));
  app.get('/healthz', (_req, res) => void res.json({ ok: true, version: VERSION }));
  app.get('/api/openapi.json', (_req, res) => void res.json(description));
  app.use('/geo', geography);
  app.use('/api', routesRouter(routes, verify));
  app.use((req) => {
    throw new BailiwickError('not_found', `There is nothing at ${req.path}.`, {
      action: 'GET /api/openapi.json lists every route.',
    });
  });
  app.use(errorHandler(log));
  return app;
}
