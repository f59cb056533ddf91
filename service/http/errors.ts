import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';
import { BailiwickError, type ErrorCode } from '../core/errors.ts';

const STATUS = {
  alignment_stale: 409,
  bad_request: 400,
  conflict: 409,
  data_directory_locked: 503,
  file_not_recognized: 422,
  forbidden: 403,
  geography_unknown: 422,
  infeasible: 422,
  mapping_needed: 422,
  not_found: 404,
  not_ready: 503,
  org_limit: 503,
  org_mismatch: 503,
  org_refused: 502,
  org_unreachable: 503,
  plan_invalid: 422,
  port_taken: 500,
  preview_stale: 409,
  too_large: 413,
  unauthenticated: 401,
} satisfies Record<ErrorCode, number>;

/** Gives every request an id that the answer, the error and the log carry. */
export const requestId: RequestHandler = (req, res, next) => {
  res.locals['requestId'] = randomUUID();
  res.setHeader('X-Request-Id', res.locals['requestId'] as string);
  next();
};

/** The last handler: turns every error into one JSON shape; what nobody foresaw is logged and answered as 500. */
export function errorHandler(log: (message: string) => void): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const id = String(res.locals['requestId'] ?? '');
    const known = asBailiwickError(error);
    if (!known)
      log(`${req.method} ${req.path} ${id}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    const { status, code, message, action, details } = known
      ? { ...known, message: known.message, status: STATUS[known.code] }
      : {
          status: 500,
          code: 'internal',
          message: 'Something went wrong that we did not foresee.',
          action: `Tell support the request id ${id}.`,
          details: undefined,
        };
    res.status(status).json({
      error: { code, message, action: action ?? null, requestId: id, ...(details === undefined ? {} : { details }) },
    });
  };
}

/** "measures.0.name: Invalid option …"; a field that is not there is called missing. */
function fieldProblem({ path, message }: z.core.$ZodIssue): string {
  const field = path.map(String).join('.');
  if (message.endsWith('received undefined')) return `${field || 'the body'} is missing`;
  return field === '' ? message : `${field}: ${message}`;
}

function asBailiwickError(error: unknown): BailiwickError | null {
  if (error instanceof BailiwickError) return error;
  if (error instanceof z.ZodError) {
    return new BailiwickError(
      'bad_request',
      `The request is not as expected: ${error.issues.map(fieldProblem).join('; ')}.`,
      {
        action: 'Correct the named fields; GET /api/openapi.json describes them.',
      },
    );
  }
  const type = (error as { type?: unknown } | null)?.type;
  if (type === 'entity.too.large') {
    return new BailiwickError('too_large', 'The request body is larger than this route accepts.', {
      action: 'Send it in smaller parts.',
    });
  }
  if (type === 'entity.parse.failed') {
    return new BailiwickError('bad_request', 'The request body is not JSON.', {
      action: 'Send JSON with Content-Type: application/json.',
    });
  }
  if (isDatabaseGone(error)) {
    return new BailiwickError('not_ready', 'The database of the service cannot be reached.', {
      action: 'Try again in a moment; if it stays so, tell whoever runs the service.',
      cause: error,
    });
  }
  return null;
}

/** PostgreSQL's own codes for going down (57P0x) and for a broken connection (08xxx), and what the network says. */
const DATABASE_GONE = /^(57P0[123]|08\d{3}|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT)$/;

/** Drizzle wraps what the driver throws, so the reason may lie some causes deep. */
function isDatabaseGone(error: unknown): boolean {
  const { code, message, cause } = (error ?? {}) as { code?: unknown; message?: string; cause?: unknown };
  if (typeof code === 'string' && DATABASE_GONE.test(code)) return true;
  if (/Connection terminated/.test(message ?? '')) return true;
  return cause !== undefined && cause !== error && isDatabaseGone(cause);
}
