import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import { BailiwickError } from '../../core/errors.ts';
import { RESOURCE_DIR } from '../../../force-app/build/paths.ts';
import { buildHost } from './buildHost.ts';
import { pageHtml } from './pageHtml.ts';

/** Somebody whom the page can show itself as. */
export interface HostUser {
  readonly id: string;
  readonly name: string;
  readonly role: 'rep' | 'admin' | 'salesOps';
  readonly title: string;
}

export interface HostRecord {
  readonly apiName: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface HostOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly serviceUrl: string;
  readonly users: readonly HostUser[];
  /** The token that Apex would sign for this user with these custom permissions. */
  readonly mint: (userId: string, permissions: readonly string[]) => Promise<{ token: string; expiresAt?: string }>;
  /** A record as this user may see it; null where there is none for this user. */
  readonly readRecord: (userId: string, recordId: string) => Promise<HostRecord | null>;
  /** Puts the sample back to how it was made; without it the page offers no such button. */
  readonly resetSample?: () => Promise<void>;
  /** Built pages; built here when left out. */
  readonly buildDir?: string;
}

const PERMISSIONS: Readonly<Record<HostUser['role'], readonly string[]>> = {
  rep: ['Bailiwick_View'],
  admin: ['Bailiwick_View', 'Bailiwick_Reassign'],
  salesOps: ['Bailiwick_View', 'Bailiwick_Reassign', 'Bailiwick_Operate'],
};
const COOKIE = 'bailiwick_user';
const TOKEN_SECONDS = 300;

/** Serves pages that look and behave like Lightning's, on an origin of their own, with a policy like Lightning's. */
export async function startHost(options: HostOptions): Promise<{ url: string; close(): Promise<void> }> {
  const buildDir = options.buildDir ?? (await buildHost());
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set('content-security-policy', policy(options.serviceUrl));
    response.set('referrer-policy', 'no-referrer');
    next();
  });
  app.use('/build', express.static(buildDir, { maxAge: 0 }));
  app.get('/resource/:name', sendResource);
  mountSession(app, options);
  mountRecords(app, options);
  mountPages(app, options);
  const server = await listen(app, options.port);
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, close: () => closeServer(server) };
}

/** Lightning lets a component connect to its own origin and to Trusted URLs, and runs scripts of its own origin only. */
function policy(serviceUrl: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${new URL(serviceUrl).origin}`,
    "object-src 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

function currentUser(request: Request, users: readonly HostUser[]): HostUser {
  const id = new RegExp(`${COOKIE}=(\\w+)`).exec(request.headers.cookie ?? '')?.[1];
  const user = users.find((candidate) => candidate.id === id) ?? users.find(({ role }) => role === 'admin') ?? users[0];
  if (!user) throw new BailiwickError('not_ready', 'The page host knows no user.', { action: 'Start it with users.' });
  return user;
}

function sendResource(request: Request, response: Response): void {
  const file = { bailiwickMap: 'bailiwickMap.js', bailiwickMapStyle: 'bailiwickMapStyle.css' }[
    String(request.params['name'])
  ];
  if (file === undefined) response.status(404).json({ message: 'No such static resource.' });
  else response.sendFile(join(RESOURCE_DIR, file));
}

function mountSession(app: express.Express, { users, mint, serviceUrl, resetSample }: HostOptions): void {
  app.post('/apex/BailiwickSession.open', async (request, response) => {
    const user = currentUser(request, users);
    const { token, expiresAt } = await mint(user.id, PERMISSIONS[user.role]);
    const end = expiresAt ?? new Date(Date.now() + TOKEN_SECONDS * 1000).toISOString();
    response.json({ token, serviceUrl, expiresAt: end });
  });
  app.post('/switch-user/:id', (request, response) => {
    response.cookie(COOKIE, request.params.id, { sameSite: 'lax', path: '/' }).status(204).end();
  });
  app.post('/reset-sample', async (_request, response) => {
    if (!resetSample) {
      response.status(404).json({ message: 'There is no sample to reset.' });
      return;
    }
    await resetSample();
    response.status(204).end();
  });
}

function mountRecords(app: express.Express, { users, readRecord }: HostOptions): void {
  app.get('/ui-api/records/:id', async (request, response) => {
    const record = await readRecord(currentUser(request, users).id, request.params.id);
    if (!record) {
      response
        .status(404)
        .json([{ errorCode: 'NOT_FOUND', message: 'This record is not there or not visible to you.' }]);
      return;
    }
    const fields = Object.fromEntries(
      Object.entries(record.fields).map(([name, value]) => [name, { value, displayValue: null }]),
    );
    response.json({ id: request.params.id, apiName: record.apiName, fields });
  });
}

function mountPages(app: express.Express, options: HostOptions): void {
  const send = (request: Request, response: Response, page: { type: string; recordId?: string; apiName?: string }) => {
    const user = currentUser(request, options.users);
    const context = {
      userId: user.id,
      permissions: PERMISSIONS[user.role],

      users: options.users,
      page,
    };
    response.type('html').send(pageHtml({ ...context, canReset: options.resetSample !== undefined }));
  };
  app.get('/', (request, response) => {
    const { role } = currentUser(request, options.users);
    response.redirect(role === 'rep' ? '/lightning/page/home' : '/lightning/app/territories');
  });
  app.get('/lightning/app/territories', (request, response) =>
    send(request, response, { type: 'standard__navItemPage' }),
  );
  app.get('/lightning/app/my-territory', (request, response) => send(request, response, { type: 'my-territory' }));
  app.get('/lightning/page/home', (request, response) => send(request, response, { type: 'standard__namedPage' }));
  app.get('/lightning/r/:apiName/:id/view', (request, response) => {
    const { apiName, id } = request.params;
    send(request, response, { type: 'standard__recordPage', recordId: id, apiName });
  });
}

function listen(app: express.Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, '127.0.0.1');
    server.once('listening', () => resolve(server));
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = new BailiwickError('port_taken', `Port ${port} is taken.`, { action: 'Give another port.', cause });
      reject(cause.code === 'EADDRINUSE' ? taken : cause);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
