import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { SalesforceError, salesforceError } from '../errors.ts';
import type { OrgState } from '../state.ts';
import { segments, type RestCall, type RestReply } from './call.ts';
import { errorReply } from './dispatcher.ts';
import { refuseOutside } from './outside.ts';
import { restRoutes } from './routes.ts';

/** Salesforce takes 50 MB of JSON and 150 MB of CSV. */
const MAX_JSON = '50mb';
const MAX_CSV = '150mb';

function callOf(request: Request, response: Response): RestCall {
  const query = Object.fromEntries(new URL(request.originalUrl, 'http://local').searchParams);
  const method = query['_HttpMethod'] ?? request.method;
  return {
    method: request.method === 'POST' ? method.toUpperCase() : request.method,
    path: segments(request.path),
    query,
    header: (name) => request.get(name),
    body: request.body as unknown,
    userId: String(response.locals['userId']),
    version: String(request.params['version']),
    baseUrl: `${request.protocol}://${request.get('host') ?? 'localhost'}`,
  };
}

export function send(response: Response, reply: RestReply): void {
  response.status(reply.status).set(reply.headers ?? {});
  if (reply.csv !== undefined) response.type('text/csv').send(reply.csv);
  else if (reply.body !== undefined) response.json(reply.body);
  else response.end();
}

/** Bodies are JSON, but for the CSV of a bulk job. */
const requireJson: RequestHandler = (request, _response, next) => {
  const type = request.get('content-type') ?? '';
  const hasBody = /^(POST|PATCH|PUT)$/.test(request.method) && request.get('content-length') !== '0';
  const isRead = /json|csv/.test(type) || (type === '' && !request.body);
  if (hasBody && !isRead)
    throw new SalesforceError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Unsupported content type ${type}; this stand-in org reads application/json and text/csv.`,
    );
  next();
};

/** The REST API over Express: reads the request, asks the dispatcher, writes the reply. */
export function restAdapter(org: OrgState): Router {
  const router = Router({ caseSensitive: true, mergeParams: true });
  const rest = restRoutes(org);
  router.use((request, _response, next) => {
    if (!org.versions.includes(String(request.params['version']))) throw salesforceError.notFound();
    next();
  });
  router.use(requireJson, express.json({ limit: MAX_JSON }), express.text({ type: 'text/csv', limit: MAX_CSV }));
  router.use((request, response) => {
    const call = callOf(request, response);
    try {
      refuseOutside(call);
    } catch (error) {
      if (error instanceof SalesforceError) return send(response, errorReply(error));
      throw error;
    }
    send(response, rest.answer(call));
  });
  return router;
}
