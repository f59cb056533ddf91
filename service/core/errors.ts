/** Everything that can go wrong in a way the user can do something about. The HTTP status of each is in http/errors.ts. */
export type ErrorCode =
  | 'alignment_stale'
  | 'bad_request'
  | 'conflict'
  | 'data_directory_locked'
  | 'file_not_recognized'
  | 'forbidden'
  | 'geography_unknown'
  | 'infeasible'
  | 'mapping_needed'
  | 'not_found'
  | 'not_ready'
  | 'org_limit'
  | 'org_mismatch'
  | 'org_refused'
  | 'org_unreachable'
  | 'plan_invalid'
  | 'port_taken'
  | 'preview_stale'
  | 'too_large'
  | 'unauthenticated';

/** What went wrong with its numbers (message) and what the user can do next (action). */
export class BailiwickError extends Error {
  readonly code: ErrorCode;
  readonly action: string | undefined;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: { action?: string; details?: unknown; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'BailiwickError';
    this.code = code;
    this.action = options.action;
    this.details = options.details;
  }
}
