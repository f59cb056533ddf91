import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { SalesforceError, salesforceError } from './errors.ts';
import { forgetOldDeletions } from './deletedRows.ts';
import { faultRoutes, troubleOnOrder } from './faultRoutes.ts';
import { loginRoutes } from './login/routes.ts';
import { requireSession } from './login/requireSession.ts';
import { restAdapter, send } from './rest/adapter.ts';
import { errorReply } from './rest/dispatcher.ts';
import { OUTSIDE_PATHS } from './rest/outside.ts';
import type { OrgState } from './state.ts';

/** Salesforce answers 414 above this length of a URL. */
const MAX_URL = 16_384;
/** 'API Enabled', and no deleted rows that Salesforce would have forgotten. */
function requireApi(org: OrgState): RequestHandler {
  const purge = forgetOldDeletions(org);
  return (_request, response, next) => {
    if (!org.access.rights.of(String(response.locals['userId'])).apiEnabled)
      throw new SalesforceError('API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');
    purge();
    next();
  };
}

/** Every REST reply carries the API usage; at the limit it is 403, not 429. */
function countRequests(org: OrgState): RequestHandler {
  return (_request, response, next) => {
    if (org.api.used >= org.api.limit) {
      response.set('Sforce-Limit-Info', `api-usage=${org.api.used}/${org.api.limit}`);
      throw salesforceError.requestLimit();
    }
    org.api.used++;
    response.set('Sforce-Limit-Info', `api-usage=${org.api.used}/${org.api.limit}`);
    next();
  };
}

const answerErrors: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (error instanceof SalesforceError) return send(response, errorReply(error));
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  const message = error instanceof Error ? error.message : String(error);
  if (status === 413) return void response.status(413).json([{ message, errorCode: 'REQUEST_ENTITY_TOO_LARGE' }]);
  if (status >= 400 && status < 500)
    return void response.status(400).json([{ message, errorCode: 'JSON_PARSER_ERROR' }]);
  response.status(500).json([{ message, errorCode: 'UNKNOWN_EXCEPTION' }]);
};

const answerVersions =
  (org: OrgState): RequestHandler =>
  (_request, response) => {
    response.json(
      org.versions.map((version) => ({ label: `v${version}`, url: `/services/data/v${version}`, version })),
    );
  };

/** The org over HTTP. `/local/faults` orders trouble and `/local/sessions` ends all sessions; Salesforce has neither path. */
export function createOrgApp(org: OrgState): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('case sensitive routing', true);
  app.use('/local/faults', faultRoutes(org.faults));
  app.delete('/local/sessions', (_request, response) => {
    org.sessions.revokeAll();
    response.status(204).end();
  });
  app.use(troubleOnOrder(org.faults, (token) => org.sessions.revoke(token)));
  app.use((request, _response, next) => {
    if (request.originalUrl.length > MAX_URL) throw new SalesforceError('URI_TOO_LONG', 'URI Too Long');
    next();
  });
  loginRoutes(app, org);
  app.get(['/services/data', '/services/data/'], answerVersions(org));
  app.use('/services/data/v:version', requireSession(org), requireApi(org), countRequests(org), restAdapter(org));
  app.use((request) => {
    const outside = OUTSIDE_PATHS.find(([pattern]) => pattern.test(request.path));
    throw outside ? salesforceError.outside(outside[1]) : salesforceError.notFound();
  });
  app.use(answerErrors);
  return app;
}
