import { randomBytes } from 'node:crypto';
import { SalesforceError, salesforceError } from '../errors.ts';
import type { OrgState } from '../state.ts';
import { bodyOf, noContent, ok } from './call.ts';
import type { Dispatcher } from './dispatcher.ts';

/** /sobjects/User/X/password: the password of one user, set by an administrator. */
export function passwordRoutes(rest: Dispatcher, org: OrgState): void {
  const user = (id = ''): string => {
    const row = org.db.get('SELECT Id FROM "User" WHERE substr(Id, 1, 15) = ?', [id.slice(0, 15)]);
    if (!row) throw salesforceError.notFound();
    return String(row['Id']);
  };
  rest.add('GET', '/sobjects/User/:id/password', (_call, { id }) => {
    user(id);
    return ok({ isExpired: false });
  });
  rest.add('POST', '/sobjects/User/:id/password', (call, { id }) => {
    const { NewPassword: password } = bodyOf(call);
    if (typeof password !== 'string' || password === '')
      throw new SalesforceError('INVALID_NEW_PASSWORD', 'Your password cannot be blank');
    org.sessions.passwords.set(user(id), password);
    return noContent;
  });
  rest.add('DELETE', '/sobjects/User/:id/password', (_call, { id }) => {
    const NewPassword = randomBytes(9).toString('base64url');
    org.sessions.passwords.set(user(id), NewPassword);
    return ok({ NewPassword });
  });
}
