import { forgetSession, session, SessionEnded } from './session';
import { filled } from './filled';
import { texts } from './texts';

/** What went wrong and what the user can do next. */
export interface Problem {
  code: string;
  message: string;
  action: string;
}

/** An answer of the service that is not a success. */
export class ServiceError extends Error {
  readonly code: string;
  readonly action: string;
  readonly status: number;
  /** What the service says beside the message, such as a question to answer. */
  readonly details: unknown;
  constructor(status: number, { code, message, action, details }: Partial<Problem> & { details?: unknown }) {
    super(message ?? filled(texts.theServiceAnswered, status));
    this.name = 'ServiceError';
    this.code = code ?? 'unknown';
    this.action = action ?? texts.tryAgainIfItHappensAgainTellYour;
    this.status = status;
    this.details = details ?? null;
  }
}

export function get<T>(path: string): Promise<T> {
  return ask<T>('GET', path);
}

export function post<T>(path: string, body: object = {}): Promise<T> {
  return ask<T>('POST', path, JSON.stringify(body), 'application/json');
}

export function del<T>(path: string): Promise<T> {
  return ask<T>('DELETE', path);
}

export function putJson<T>(path: string, body: object): Promise<T> {
  return ask<T>('PUT', path, JSON.stringify(body), 'application/json');
}

/** Sends a small file as it is. */
export function postFile<T>(path: string, file: Blob): Promise<T> {
  return ask<T>('POST', path, file, 'application/octet-stream');
}

/** Sends a piece of a file as it is. */
export function put<T>(path: string, piece: Blob): Promise<T> {
  return ask<T>('PUT', path, piece, 'application/octet-stream');
}

/** A file that only the token opens, as text. */
export async function getText(path: string): Promise<string> {
  return (await send('GET', path)).text();
}

/** A file made from what is asked for, as text. */
export async function postText(path: string, body: object): Promise<string> {
  return (await send('POST', path, JSON.stringify(body), 'application/json')).text();
}

async function ask<T>(method: string, path: string, body?: BodyInit, type?: string): Promise<T> {
  const text = await (await send(method, path, body, type)).text();
  // Parsed from text: an array made outside the component's sandbox is many times slower.
  return (text === '' ? {} : JSON.parse(text)) as T;
}

async function send(method: string, path: string, body?: BodyInit, type?: string, isRetry = false): Promise<Response> {
  const { token, serviceUrl } = await session();
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (type !== undefined) headers['content-type'] = type;
  const response = await fetched(`${serviceUrl}/api${path}`, { method, headers, body: body ?? null }).catch(() => {
    throw new ServiceError(0, {
      code: 'service_unreachable',
      message: filled(texts.theBailiwickServiceAtDoesNotAnswer, serviceUrl),
      action: texts.tryAgainInAMomentIfItStaysSoYour,
    });
  });
  if (response.ok) return response;
  if (response.status === 401 && !isRetry) {
    forgetSession();
    return send(method, path, body, type, true);
  }
  throw new ServiceError(response.status, await problemOf(response));
}

/** Longer than the slowest answer, the preview of a great publish; what takes longer is a job that is polled. */
const LONGEST_MS = 120_000;

/** Fetches, or fails after a time in which no answer has begun. */
async function fetched(url: string, init: RequestInit): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LONGEST_MS);
  try {
    return await fetch(url, { ...init, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function problemOf(response: Response): Promise<Partial<Problem>> {
  try {
    return (JSON.parse(await response.text()) as { error?: Partial<Problem> }).error ?? {};
  } catch {
    return {};
  }
}

/** One shape for everything that can fail: the service, Apex, Lightning Data Service, or our own code. */
export function reduceErrors(error: unknown): Problem {
  if (error instanceof ServiceError || error instanceof SessionEnded)
    return { code: error.code, message: error.message, action: error.action };
  const { body, message } = (error ?? {}) as { body?: { message?: string } | { message: string }[]; message?: string };
  const text = Array.isArray(body) ? body.map((part) => part.message).join(' ') : (body?.message ?? message);
  return { code: 'unknown', message: text ?? texts.somethingDidNotWork, action: texts.reloadThePageAndTryAgain };
}
