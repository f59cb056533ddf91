import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { BailiwickError, type ErrorCode } from '../core/errors.ts';
import type { Said } from './command.ts';

/** What a running service leaves in its data directory for commands typed there: readable by its owner only. */
const details = z.object({ port: z.int().min(1).max(65_535), token: z.string().min(32) });
const fileIn = (dataDir: string): string => path.join(dataDir, 'door.json');

/** A command line is short, and a file that it brings along is a plan's text: what is longer is none. */
const MAX_BODY = 8_000_000;
const asked = z.object({
  name: z.string().max(40),
  args: z.array(z.string().max(4_000)).max(500),
  file: z.string().max(4_000_000).optional(),
});

export type RunCommand = (name: string, args: string[], file?: string) => Promise<Said>;

/**
 * The way in for commands on a data directory that this process owns: on the loopback address only, with a token that
 * stands in a file of mode 0600. Returns what closes it.
 */
export async function openDoor(dataDir: string, run: RunCommand): Promise<() => Promise<void>> {
  const token = randomBytes(32).toString('base64url');
  const server = createServer((req, res) => {
    void reply(req, token, run).then(({ status, body }) => {
      res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      res.end(JSON.stringify(body));
    });
  });
  const port = await listenLocally(server);
  const file = fileIn(dataDir);
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify({ port, token }), { mode: 0o600, flag: 'wx' });
  await chmod(file, 0o600);
  return async () => {
    await rm(file, { force: true });
    await new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  };
}

const listenLocally = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

function isAllowed(header: string | undefined, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function reply(req: IncomingMessage, token: string, run: RunCommand): Promise<{ status: number; body: unknown }> {
  const refused = (status: number, message: string) => ({ status, body: { error: { code: 'bad_request', message } } });
  // a page in a browser sends an origin; no command does
  if (req.headers.origin !== undefined || !isAllowed(req.headers.authorization, token))
    return refused(401, 'Not allowed.');
  try {
    const { name, args, file } = asked.parse(JSON.parse(await textOf(req, MAX_BODY)));
    return { status: 200, body: await run(name, args, file) };
  } catch (error) {
    return { status: 400, body: { error: presentError(error) } };
  }
}

function presentError(error: unknown) {
  if (error instanceof BailiwickError) return { code: error.code, message: error.message, action: error.action };
  const isUsage = error instanceof z.ZodError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  return { code: isUsage ? 'bad_request' : 'internal', message: (error as Error).message };
}

async function textOf(stream: IncomingMessage, most = Infinity): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new BailiwickError('too_large', `A command of more than ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Sends a command to the service that holds the directory; null where none has left its door open. */
export async function knock(
  dataDir: string,
  name: string,
  args: readonly string[],
  file?: string,
): Promise<Said | null> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => null);
  const found = text === null ? null : details.safeParse(JSON.parse(text));
  if (!found?.success) return null;
  const answer = await post(found.data, JSON.stringify({ name, args, file })).catch((error: NodeJS.ErrnoException) => {
    // left behind by a process that is gone
    if (error.code === 'ECONNREFUSED') return null;
    throw error;
  });
  if (answer === null) return null;
  const { error } = answer as { error?: { code: ErrorCode; message: string; action?: string } };
  if (error)
    throw new BailiwickError(error.code, error.message, error.action === undefined ? {} : { action: error.action });
  return answer as Said;
}

/** Without a time-out: a publish takes as long as it takes, and the service is on this machine. */
const post = ({ port, token }: z.output<typeof details>, body: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/', headers }, (res) => {
      textOf(res).then((text) => resolve(JSON.parse(text)), reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
