import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet } from 'jose';
import { BailiwickError } from '../core/errors.ts';
import { recordId, type UserId } from '../core/ids.ts';

/** Longest life of a token in seconds: it is minted per page, so five minutes are plenty. */
export const MAX_TOKEN_SECONDS = 300;
/** Clocks of two machines may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 5;
export const AUDIENCE = 'bailiwick';

export type Permission = 'view' | 'reassign' | 'operate';
export type Role = 'rep' | 'admin' | 'salesOps';

/** Custom permission of the package → what it allows. */
const PERMISSIONS: Readonly<Record<string, Permission>> = {
  Bailiwick_View: 'view',
  Bailiwick_Reassign: 'reassign',
  Bailiwick_Operate: 'operate',
};

/** Who asks, as the org signed it. */
export interface RequestUser {
  readonly userId: UserId;
  readonly orgId: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly role: Role;
}

export interface IdentitySettings {
  /** Public keys by key id; only RS256. */
  readonly keys: JSONWebKeySet;
  /** The one org that this service serves. */
  readonly orgId: string;
  readonly audience?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export type VerifyToken = (header: string | undefined) => Promise<RequestUser>;

/** The one verifier of tokens; every refusal is `unauthenticated` and says which rule was broken, never the token. */
export function tokenVerifier(settings: IdentitySettings): VerifyToken {
  const keys = createLocalJWKSet(settings.keys);
  const now = settings.now ?? Date.now;
  return async (header) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(header ?? '')?.[1];
    if (!token) throw refused('No bearer token came with the request.');
    const payload = await verified(token);
    const { iat, exp } = payload;
    if (iat === undefined || exp === undefined || !payload.jti) throw refused('The token lacks iat, exp or jti.');
    if (exp - iat > MAX_TOKEN_SECONDS) {
      throw refused(`The token lives ${exp - iat} s; at most ${MAX_TOKEN_SECONDS} s are accepted.`);
    }
    if (iat > now() / 1000 + CLOCK_TOLERANCE_SECONDS) throw refused('The token was issued in the future.');
    return presentUser(payload);
  };

  async function verified(token: string) {
    try {
      const { payload } = await jwtVerify<{ perms?: unknown; name?: unknown }>(token, keys, {
        algorithms: ['RS256'],
        issuer: settings.orgId,
        audience: settings.audience ?? AUDIENCE,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(now()),
      });
      return payload;
    } catch (cause) {
      if (!(cause instanceof errors.JOSEError)) throw cause;
      throw refused(`The token was refused: ${cause.message}.`, cause);
    }
  }
}

function presentUser(payload: { sub?: string; iss?: string; perms?: unknown; name?: unknown }): RequestUser {
  const granted = Array.isArray(payload.perms) ? payload.perms : [];
  const permissions = new Set(granted.flatMap((name) => PERMISSIONS[String(name)] ?? []));
  let userId: UserId;
  try {
    userId = recordId(payload.sub ?? '');
  } catch (cause) {
    throw refused('The token names no user.', cause);
  }
  const role = permissions.has('operate') ? 'salesOps' : permissions.has('reassign') ? 'admin' : 'rep';
  const name = typeof payload.name === 'string' ? payload.name : userId;
  return { userId, orgId: payload.iss ?? '', name, permissions, role };
}

function refused(message: string, cause?: unknown): BailiwickError {
  return new BailiwickError('unauthenticated', message, {
    action: 'Reload the Salesforce page to sign in again.',
    cause,
  });
}
