import { createHmac } from 'node:crypto';

/** A receiver that takes longer is down. */
const TIMEOUT_MS = 10_000;
const MAX_TRIES = 3;
/** Pause before the second try; doubled before the third. */
const FIRST_PAUSE_MS = 2_000;

export interface Message {
  readonly url: string;
  readonly secret: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The header's value: the receiver makes the same of the raw body and compares. */
export const signature = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/**
 * Posts a message, at most three times. The same message has the same id in every try, so that the receiver can tell.
 * @returns null when it arrived, else what went wrong
 */
export async function sendWebhook(message: Message, sleep: (ms: number) => Promise<void>): Promise<string | null> {
  const body = JSON.stringify(message.body);
  const headers = {
    'content-type': 'application/json',
    ...(message.secret === null ? {} : { 'x-bailiwick-signature': signature(body, message.secret) }),
  };
  let problem = '';
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (attempt > 0) await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    try {
      const answer = await fetch(message.url, {
        method: 'POST',
        headers,
        body,
        // a redirect could lead anywhere, past what was allowed
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      if (answer.ok) return null;
      problem = `it answered ${answer.status}`;
    } catch (error) {
      const { cause, message: text } = error as Error & { cause?: { message?: string } };
      problem = cause?.message ?? text;
    }
  }
  return `The webhook at ${new URL(message.url).host} was not reached in ${MAX_TRIES} tries: ${problem}.`;
}
