import type { KeyLike } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { BailiwickError } from '../../core/errors.ts';
import { signJwt } from '../../org/jwt.ts';
import type { Faults } from './faults.ts';
import { INTEGRATION_USER_ID, INTEGRATION_USERNAME } from './firstRecords.ts';
import type { Input } from './records.ts';
import { createOrgApp } from './server.ts';
import type { OAuthClient } from './login/sessions.ts';
import { openState, type StateOptions } from './state.ts';

export interface StartOrgOptions extends Omit<StateOptions, 'file'> {
  /** 0 = any free port. */
  port: number;
  host?: string;
  /** Folder of the SQLite file; in memory when absent. */
  dir?: string;
  /** A fixed access token of the integration user; also the common password, and the secret of the app `standin`. */
  token?: string;
  clients?: OAuthClient[];
}

export interface LocalOrg {
  url: string;
  orgId: string;
  integrationUser: { id: string; username: string };
  faults: Faults;
  api: { used: number; limit: number };
  /** Writes rows as they are, with the ids they bring, without rules or checks of references. */
  seed(records: Record<string, Input[]>): void;
  addClient(client: OAuthClient): void;
  addToken(token: string, userId: string): void;
  revokeSessions(): void;
  /** What the package's Apex class does in a real org: a service token for one user, valid for five minutes at most. */
  mintToken(userId: string, options: MintOptions): string;
  close(): Promise<void>;
}

export interface MintOptions {
  audience: string;
  key: KeyLike;
  kid: string;
  /** Custom permissions; by default those of the user's permission sets. */
  perms?: string[];
}

/** An app that every org with a token has, for the OAuth flows that need a secret. */
export const LOCAL_CLIENT_ID = 'standin';
const TOKEN_LIFE_S = 300;

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new BailiwickError('port_taken', `Port ${port} is in use.`, { action: 'Choose another port.', cause })
          : cause,
      ),
    );
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Starts a stand-in Salesforce that an unmodified jsforce client talks HTTP to. */
export async function startOrg(options: StartOrgOptions): Promise<LocalOrg> {
  const { port, host = '127.0.0.1', dir, token, clients = [], ...rest } = options;
  if (dir) mkdirSync(dir, { recursive: true });
  const state = openState({ ...rest, ...(dir ? { file: join(dir, 'org.sqlite') } : {}) });
  for (const client of clients) state.sessions.addClient(client);
  if (token) {
    state.sessions.addToken(token, INTEGRATION_USER_ID);
    state.sessions.passwords.setCommon(token);
    state.sessions.addClient({ clientId: LOCAL_CLIENT_ID, secret: token, runAs: INTEGRATION_USERNAME });
  }
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 75_000 }, createOrgApp(state));
  let actualPort: number;
  try {
    actualPort = await listen(server, port, host);
  } catch (error) {
    await state.bulk.close();
    state.db.close();
    throw error;
  }
  return {
    url: `http://${host}:${actualPort}`,
    orgId: state.orgId,
    integrationUser: { id: INTEGRATION_USER_ID, username: INTEGRATION_USERNAME },
    faults: state.faults,
    api: state.api,
    seed: (records) =>
      state.db.transaction(() => {
        for (const [object, rows] of Object.entries(records)) state.records.seed(object, rows, INTEGRATION_USER_ID);
      }),
    addClient: (client) => state.sessions.addClient(client),
    addToken: (text, userId) => state.sessions.addToken(text, userId),
    revokeSessions: () => state.sessions.revokeAll(),
    mintToken: (userId, mint) => {
      const user = state.db.row('User', userId);
      if (!user || user['IsActive'] !== 1)
        throw new BailiwickError('not_found', `No active user ${userId} in this org.`);
      const iat = Math.floor(state.now() / 1000);
      const perms = mint.perms ?? state.access.customPermissions(userId);
      const claims = {
        iss: state.orgId,
        sub: userId,
        aud: mint.audience,
        iat,
        exp: iat + TOKEN_LIFE_S,
        jti: randomUUID(),
      };
      return signJwt({ ...claims, perms, name: user['Name'] }, mint.key, { kid: mint.kid });
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await state.bulk.close();
      state.db.close();
    },
  };
}
