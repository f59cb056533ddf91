import openSession from '@salesforce/apex/BailiwickSession.open';
import { texts } from './texts';

/** What Apex signs for the current user: good for five minutes at most, kept in memory only. */
interface Session {
  token: string;
  serviceUrl: string;
  expiresAt: string;
}

/** A token is renewed this long before it ends, so that no request travels with a dead one. */
const RENEW_BEFORE_MS = 60_000;
let current: Promise<Session> | null = null;

/** The user's session; asked of Apex again only when it is about to end. */
export async function session(): Promise<Session> {
  const known = current && (await current.catch(() => null));
  if (known && Date.parse(known.expiresAt) - Date.now() > RENEW_BEFORE_MS) return known;
  current = (openSession() as Promise<Session>).catch((error: unknown) => {
    throw hasEnded(error) ? new SessionEnded() : error;
  });
  return current;
}

/** Salesforce itself has logged the user out: nobody but she can change that. */
export class SessionEnded extends Error {
  readonly code = 'salesforce_session_ended';
  readonly action = texts.logInAgainInAnotherTabThenComeBack;
  constructor() {
    super(texts.yourSalesforceSessionHasEnded);
    this.name = 'SessionEnded';
  }
}

/** Apex is answered 401 or INVALID_SESSION_ID once the session of the page is over. */
function hasEnded(error: unknown): boolean {
  const { status, body } = (error ?? {}) as { status?: number; body?: { errorCode?: string; message?: string } };
  return status === 401 || /INVALID_SESSION_ID|session expired/i.test(`${body?.errorCode} ${body?.message}`);
}

export function forgetSession(): void {
  current = null;
}
