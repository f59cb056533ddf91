import type { RequestHandler } from 'express';
import { salesforceError } from '../errors.ts';
import type { OrgState } from '../state.ts';

/** @throws INVALID_SESSION_ID unless the Authorization header names a live session */
export function requireSession(org: OrgState): RequestHandler {
  return (request, response, next) => {
    const token = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const userId = token === undefined ? undefined : org.sessions.userOf(token);
    if (userId === undefined) {
      response.set('WWW-Authenticate', 'Token');
      throw salesforceError.invalidSession();
    }
    response.locals['userId'] = userId;
    next();
  };
}
