import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { createHmac } from 'node:crypto';
import type { OrgState } from '../state.ts';
import { identityOf } from './identity.ts';
import { loginPage } from './loginPage.ts';
import { OAuthError } from './oauthError.ts';
import type { Granted } from './sessions.ts';
import { answerSoap } from './soap.ts';

type Form = Record<string, unknown>;
const baseUrlOf = (request: Request): string => `${request.protocol}://${request.get('host') ?? 'localhost'}`;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const formOf = (request: Request): Form => ({ ...request.query, ...(request.body as Form | undefined) });
/** How long introspection says that a session lives: two hours, as an org's session settings begin with. */
const SESSION_LIFE_S = 7200;

function tokenReply(org: OrgState, granted: Granted, baseUrl: string): Form {
  const id = `${baseUrl}/id/${org.orgId}/${granted.userId}`;
  const issued = String(org.now());
  return {
    access_token: granted.token,
    ...(granted.refreshToken ? { refresh_token: granted.refreshToken } : {}),
    signature: createHmac('sha256', granted.token).update(`${id}${issued}`).digest('base64'),
    scope: granted.refreshToken ? 'refresh_token api web' : 'api web',
    instance_url: baseUrl,
    id,
    token_type: 'Bearer',
    issued_at: issued,
  };
}

/** Runs an OAuth handler; its errors are answered as the endpoint words them. */
const asOAuth =
  (work: (request: Request, response: Response) => void): RequestHandler =>
  (request, response) => {
    try {
      work(request, response);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      response.status(400).json({ error: error.error, error_description: error.message });
    }
  };

function authorize(org: OrgState, request: Request, response: Response): void {
  const form = formOf(request);
  const redirect = textOf(form['redirect_uri']);
  org.sessions.client(form['client_id']);
  if (!/^https?:\/\//.test(redirect))
    throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  const back = new URL(redirect);
  if (typeof form['state'] === 'string') back.searchParams.set('state', form['state']);
  if (form['response_type'] !== 'code') {
    back.searchParams.set('error', 'unsupported_response_type');
    back.searchParams.set('error_description', 'response type not supported');
    return response.redirect(302, back.href);
  }
  if (request.method === 'GET') return void response.type('html').send(loginPage(form));
  try {
    back.searchParams.set('code', org.sessions.authorize(form));
    response.redirect(302, back.href);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    response.type('html').send(loginPage(form, 'Please check your username and password.'));
  }
}

function revoke(org: OrgState, request: Request, response: Response): void {
  if (org.sessions.revoke(textOf(formOf(request)['token']))) return void response.status(200).end();
  // this endpoint answers errors as a form, and jsforce reads them so
  response
    .status(400)
    .type('application/x-www-form-urlencoded')
    .send(new URLSearchParams({ error: 'invalid_token', error_description: 'invalid token' }).toString());
}

function introspect(org: OrgState, request: Request, response: Response): void {
  const form = formOf(request);
  org.sessions.requireSecret(form);
  const session = org.sessions.session(textOf(form['token']));
  if (!session) return void response.json({ active: false });
  const issued = Math.floor(session.issuedMs / 1000);
  response.json({
    active: true,
    scope: 'api web',
    client_id: session.clientId ?? null,
    username: org.db.row('User', session.userId)?.['Username'],
    sub: `${baseUrlOf(request)}/id/${org.orgId}/${session.userId}`,
    token_type: 'access_token',
    iat: issued,
    nbf: issued,
    exp: issued + SESSION_LIFE_S,
  });
}

/** Identity endpoints take the token in the header or as a parameter, and say 403 Bad_OAuth_Token without a good one. */
function withToken(
  org: OrgState,
  work: (userId: string, request: Request, response: Response) => void,
): RequestHandler {
  return (request, response) => {
    const form = formOf(request);
    const header = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const userId = org.sessions.userOf(header ?? textOf(form['oauth_token'] ?? form['access_token']));
    if (userId === undefined) return void response.status(403).type('text/plain').send('Bad_OAuth_Token');
    work(userId, request, response);
  };
}

function identityRoutes(app: Express, org: OrgState): void {
  app.all(
    '/services/oauth2/userinfo',
    withToken(org, (userId, request, response) => void response.json(identityOf(org, userId, baseUrlOf(request)))),
  );
  app.all(
    '/id/:org/:user',
    withToken(org, (_userId, request, response) => {
      const asked = textOf(request.params['user']);
      const userId = org.db.get('SELECT Id FROM "User" WHERE substr(Id, 1, 15) = ?', [asked.slice(0, 15)])?.['Id'];
      const isHere = textOf(request.params['org']).slice(0, 15) === org.orgId.slice(0, 15);
      if (!isHere || typeof userId !== 'string') return void response.status(404).type('text/plain').send('Not found');
      response.json(identityOf(org, userId, baseUrlOf(request)));
    }),
  );
}

/** OAuth, identity and SOAP sessions: what a client asks before and beside the REST API. */
export function loginRoutes(app: Express, org: OrgState): void {
  const form = express.urlencoded({ extended: false });
  app.post(
    '/services/oauth2/token',
    form,
    asOAuth((request, response) => {
      const baseUrl = baseUrlOf(request);
      response.set('Cache-Control', 'no-cache, no-store');
      response.json(tokenReply(org, org.sessions.login(formOf(request), baseUrl), baseUrl));
    }),
  );
  app.all(
    '/services/oauth2/authorize',
    form,
    asOAuth((request, response) => authorize(org, request, response)),
  );
  app.all(
    '/services/oauth2/revoke',
    form,
    asOAuth((request, response) => revoke(org, request, response)),
  );
  app.post(
    '/services/oauth2/introspect',
    form,
    asOAuth((request, response) => introspect(org, request, response)),
  );
  identityRoutes(app, org);
  app.post('/services/Soap/u/:version{/:org}', express.text({ type: () => true }), (request, response) => {
    const at = { baseUrl: baseUrlOf(request), version: textOf(request.params['version']) };
    const { status, xml } = answerSoap(org, textOf(request.body), at);
    response.status(status).type('text/xml').send(xml);
  });
}
