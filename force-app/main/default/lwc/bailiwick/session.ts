import openSession from '@salesforce/apex/BailiwickSession.open';

/** Apex signed nothing: most often the Salesforce session has ended. */
export class SessionEnded extends Error {
  constructor(cause: unknown) {
    const { body, message } = (cause ?? {}) as { body?: { message?: string }; message?: string };
    super(body?.message ?? message ?? 'Salesforce did not answer.', { cause });
    this.name = 'SessionEnded';
  }
}

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
    throw new SessionEnded(error);
  });
  return current;
}

export function forgetSession(): void {
  current = null;
}
