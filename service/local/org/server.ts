import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import { SalesforceError, salesforceError } from './errors.ts';
import { forgetOldDeletions } from './deletedRows.ts';
import { faultRoutes, troubleOnOrder } from './faultRoutes.ts';
import { restRoutes } from './rest/routes.ts';
import { OAuthError } from './login/sessions.ts';
import type { OrgState } from './state.ts';

/** Salesforce answers 414 above this length of a URL. */
const MAX_URL = 16_384;
export const baseUrlOf = (request: Request): string => `${request.protocol}://${request.get('host') ?? 'localhost'}`;

function identityOf(org: OrgState, userId: string, baseUrl: string) {
  const user = org.db.row('User', userId) ?? {};
  const id = `${baseUrl}/id/${org.orgId}/${userId}`;
  return {
    id,
    sub: id,
    asserted_user: true,
    user_id: userId,
    organization_id: org.orgId,
    username: user['Username'],
    preferred_username: user['Username'],
    display_name: user['Name'],
    name: user['Name'],
    email: user['Email'],
    active: user['IsActive'] === 1,
    user_type: 'STANDARD',
    urls: { rest: `${baseUrl}/services/data/v{version}/`, custom_domain: baseUrl },
  };
}

function oauthRoutes(app: Express, org: OrgState): void {
  app.post('/services/oauth2/token', express.urlencoded({ extended: false }), (request, response) => {
    const baseUrl = baseUrlOf(request);
    const { userId, token } = org.sessions.login((request.body ?? {}) as Record<string, unknown>, baseUrl);
    response.json({
      access_token: token,
      instance_url: baseUrl,
      id: `${baseUrl}/id/${org.orgId}/${userId}`,
      token_type: 'Bearer',
      issued_at: String(org.now()),
      signature: randomUUID(),
      scope: 'api web',
    });
  });
  app.all('/services/oauth2/userinfo', requireSession(org), (request, response) => {
    response.json(identityOf(org, String(response.locals['userId']), baseUrlOf(request)));
  });
  app.get('/id/:org/:user', requireSession(org), (request, response) => {
    response.json(identityOf(org, String(request.params['user']), baseUrlOf(request)));
  });
}

function requireSession(org: OrgState): RequestHandler {
  return (request, response, next) => {
    const token = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const userId = token === undefined ? undefined : org.sessions.userOf(token);
    if (userId === undefined) throw salesforceError.invalidSession();
    response.locals['userId'] = userId;
    next();
  };
}

/** Session, 'API Enabled', and nothing older in the way than Salesforce keeps. */
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
  if (error instanceof OAuthError)
    return void response.status(400).json({ error: error.error, error_description: error.message });
  if (error instanceof SalesforceError) {
    const fields = error.fields.length ? { fields: error.fields } : {};
    return void response.status(error.status).json([{ message: error.message, errorCode: error.code, ...fields }]);
  }
  if (error instanceof SyntaxError && 'body' in error)
    return void response.status(400).json([{ message: error.message, errorCode: 'JSON_PARSER_ERROR' }]);
  const message = error instanceof Error ? error.message : String(error);
  response.status(500).json([{ message, errorCode: 'UNKNOWN_EXCEPTION' }]);
};

/** The org over HTTP. `/local/faults` orders trouble; it is the only path that Salesforce does not have. */
export function createOrgApp(org: OrgState): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('case sensitive routing', true);
  app.use('/local/faults', faultRoutes(org.faults));
  app.use(troubleOnOrder(org.faults, (token) => org.sessions.revoke(token)));
  app.use((request, _response, next) => {
    if (request.originalUrl.length > MAX_URL) throw new SalesforceError('URI_TOO_LONG', 'URI Too Long');
    next();
  });
  oauthRoutes(app, org);
  app.get('/services/data', (_request, response) => {
    response.json(
      ['64.0', '65.0', '66.0', '67.0'].map((version) => ({
        label: `v${version}`,
        url: `/services/data/v${version}`,
        version,
      })),
    );
  });
  app.use(
    '/services/data/v:version',
    requireSession(org),
    requireApi(org),
    countRequests(org),
    express.json({ limit: '50mb' }),
    restRoutes(org),
  );
  app.use(() => {
    throw salesforceError.notFound();
  });
  app.use(answerErrors);
  return app;
}
