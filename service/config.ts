import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BailiwickError } from './core/errors.ts';

const file = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `${path} cannot be read: ${(error as Error).message}` });
    return z.NEVER;
  }
});

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('0.0.0.0'),
  BAILIWICK_DATA: z.string().default('.bailiwick'),
  DATABASE_URL: z.url().optional(),
  /** Exact origins of the Lightning pages, comma-separated; never a wildcard. */
  BAILIWICK_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url({ protocol: /^https?$/ })).min(1)),
  BAILIWICK_ORG_LOGIN_URL: z.url(),
  BAILIWICK_ORG_CLIENT_ID: z.string().min(1),
  BAILIWICK_ORG_USERNAME: z.string().min(1),
  BAILIWICK_ORG_PRIVATE_KEY_FILE: file,
  BAILIWICK_ORG_API_VERSION: z
    .string()
    .regex(/^\d+\.0$/)
    .default('66.0'),
  /** Share of the org's daily API calls at which publishing stops. */
  BAILIWICK_API_SHARE: z.coerce.number().min(0.05).max(1).default(0.9),
  /** Tiles of the customer's own map server below the map; without them the map draws its own quiet ground. */
  BAILIWICK_TILE_URL: z
    .url({ protocol: /^https$/ })
    .refine((url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)), 'needs {z}, {x} and {y}')
    .optional(),
  BAILIWICK_TILE_ATTRIBUTION: z.string().trim().min(1).max(200).optional(),
  /** A routing server of the customer (OSRM), for drive times by road; without it they are estimated. */
  BAILIWICK_ROUTING_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** JSON Web Key Set with the public keys of the org's token certificate, by kid. */
  BAILIWICK_TOKEN_KEYS_FILE: file,
});

/** A map server wants to be named. */
const schema = settings.refine((set) => !set.BAILIWICK_TILE_URL || set.BAILIWICK_TILE_ATTRIBUTION, {
  path: ['BAILIWICK_TILE_ATTRIBUTION'],
  message: 'is needed with BAILIWICK_TILE_URL: whose map it is',
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly origins: readonly string[];
  readonly org: {
    readonly loginUrl: string;
    readonly clientId: string;
    readonly username: string;
    readonly privateKey: string;
    readonly apiVersion: string;
  };
  /** Ratio: 0.9 is 90 %. */
  readonly apiShare: number;
  readonly basemap: { readonly url: string; readonly attribution: string } | null;
  readonly routingUrl: string | null;
  readonly keys: { keys: { kid?: string; kty?: string }[] };
}

/** The key id of the demo; a production service refuses it. */
export const DEMO_KEY_ID = 'local-demo';

/** Reads the environment once. @throws BailiwickError bad_request naming every problem in one message */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new BailiwickError('bad_request', `The service cannot start:\n  ${problems.join('\n  ')}`, {
      action: 'Set these environment variables; the README lists them all.',
    });
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.BAILIWICK_DATA,
    databaseUrl: values.DATABASE_URL,
    origins: values.BAILIWICK_ORIGINS,
    org: {
      loginUrl: values.BAILIWICK_ORG_LOGIN_URL,
      clientId: values.BAILIWICK_ORG_CLIENT_ID,
      username: values.BAILIWICK_ORG_USERNAME,
      privateKey: values.BAILIWICK_ORG_PRIVATE_KEY_FILE,
      apiVersion: values.BAILIWICK_ORG_API_VERSION,
    },
    apiShare: values.BAILIWICK_API_SHARE,
    basemap: values.BAILIWICK_TILE_URL
      ? { url: values.BAILIWICK_TILE_URL, attribution: values.BAILIWICK_TILE_ATTRIBUTION ?? '' }
      : null,
    routingUrl: values.BAILIWICK_ROUTING_URL ?? null,
    keys: tokenKeys(values.BAILIWICK_TOKEN_KEYS_FILE),
  };
}

function tokenKeys(text: string): Config['keys'] {
  let parsed: Partial<Config['keys']>;
  try {
    parsed = JSON.parse(text) as Partial<Config['keys']>;
  } catch (cause) {
    throw new BailiwickError('bad_request', 'BAILIWICK_TOKEN_KEYS_FILE is not JSON.', {
      action: 'Give a JSON Web Key Set: {"keys":[…]}.',
      cause,
    });
  }
  const keys = parsed.keys ?? [];
  if (keys.length === 0 || keys.some(({ kid, kty }) => !kid || kty !== 'RSA')) {
    throw new BailiwickError('bad_request', 'BAILIWICK_TOKEN_KEYS_FILE must hold RSA public keys, each with a kid.', {
      action: 'Export the org certificate as a JSON Web Key Set.',
    });
  }
  if (keys.some(({ kid }) => kid === DEMO_KEY_ID)) {
    throw new BailiwickError('bad_request', `The key "${DEMO_KEY_ID}" of the demo is not accepted here.`, {
      action: 'Make an own certificate in Salesforce Setup and use its public key.',
    });
  }
  return { keys };
}
