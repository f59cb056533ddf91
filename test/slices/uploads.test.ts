import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../service/app.ts';
import { claimsImporter } from '../../service/importers.ts';
import { openIntake, type IntakeSide } from '../../service/intakeSide.ts';
import { claimsWorld, vendorText } from '../kit/claimsWorld.ts';

const MIN = '005000000000001AAA';
const OTHER = '005000000000002AAA';
let world: Awaited<ReturnType<typeof claimsWorld>>;
let dir: string;
let intake: IntakeSide;
let server: Server;
let now = new Date('2026-11-01T12:00:00Z');

async function open(): Promise<void> {
  const kinds = { claims: claimsImporter(world.claims) };
  intake = openIntake(dir, kinds, { now: () => now, log: console.error });
  // the header names the user: what is tested here is the upload, not the token
  const verify = async (header: string | undefined) => ({
    userId: (header ?? '') as never,
    orgId: 'o',
    name: 'Dana',
    permissions: new Set(['view', 'operate'] as const),
    role: 'salesOps' as const,
  });
  const deps = { routes: intake.routes, verify, geography: Router(), origins: [], log: console.error };
  server = createApp(deps).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
}
async function shut(): Promise<void> {
  await intake.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

beforeEach(async () => {
  now = new Date('2026-11-01T12:00:00Z');
  world = await claimsWorld();
  dir = mkdtempSync(join(tmpdir(), 'bailiwick-uploads-'));
  await open();
});
afterEach(async () => {
  await shut();
  await world.close();
  rmSync(dir, { recursive: true, force: true });
});

const port = () => (server.address() as AddressInfo).port;
async function call(method: string, path: string, body?: string | object, user = MIN) {
  const isPart = typeof body === 'string';
  const response = await fetch(`http://127.0.0.1:${port()}/api${path}`, {
    method,
    headers: { authorization: user, 'content-type': isPart ? 'application/octet-stream' : 'application/json' },
    body: body === undefined ? null : isPart ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    json: (await response.json()) as { id: string; error: { message: string; details: unknown } } & Record<
      string,
      unknown
    >,
  };
}
const begun = async (text: string, name = 'may.csv') =>
  (await call('POST', '/uploads', { kind: 'claims', name, bytes: Buffer.byteLength(text) })).json.id;
async function ended(id: string) {
  for (let turn = 0; turn < 400; turn++) {
    const { json } = await call('GET', `/uploads/${id}`);
    if (json['state'] !== 'importing') return json as unknown as { state: string; report: { rowsKept: number }; error: { code: string; message: string; details: never } }; // prettier-ignore
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The import does not end.');
}
const text = vendorText({ count: 20 }, { count: 30, code: 'BW102' });
const whole = async (body: string, name?: string) => {
  const id = await begun(body, name);
  expect((await call('PUT', `/uploads/${id}/part?offset=0`, body)).status).toBe(200);
  expect((await call('POST', `/uploads/${id}/import`, {})).status).toBe(202);
  return id;
};

describe('a file in parts', () => {
  it('goes on after a restart of the service, and is imported once it is whole', async () => {
    const id = await begun(text);
    await call('PUT', `/uploads/${id}/part?offset=0`, text.slice(0, 100));
    await shut();
    await open();
    const { json } = await call('GET', '/uploads');
    expect(json['uploads']).toMatchObject([{ id, name: 'may.csv', received: 100, state: 'receiving' }]);
    expect(json['kinds']).toMatchObject([{ kind: 'claims', label: 'Claims' }]);
    const early = await call('POST', `/uploads/${id}/import`, {});
    expect([early.status, early.json.error.details]).toEqual([409, { received: 100 }]);
    await call('PUT', `/uploads/${id}/part?offset=100`, text.slice(100));
    await call('POST', `/uploads/${id}/import`, {});
    expect(await ended(id)).toMatchObject({ state: 'done', report: { file: 'may.csv', rowsKept: 2 } });
    expect(readdirSync(join(dir, 'uploads'))).toEqual([]);
    expect(await world.claims.imports()).toHaveLength(1);
  });

  it('tells from which byte to go on where a part is repeated or too far', async () => {
    const id = await begun(text);
    await call('PUT', `/uploads/${id}/part?offset=0`, text.slice(0, 50));
    for (const offset of [0, 80]) {
      const { status, json } = await call('PUT', `/uploads/${id}/part?offset=${offset}`, text.slice(50, 60));
      expect([status, json.error.details]).toEqual([409, { received: 50 }]);
    }
  });

  it('keeps what arrived of a part whose connection broke', async () => {
    const id = await begun(text);
    await new Promise<void>((done) => {
      const sending = request({ port: port(), method: 'PUT', path: `/api/uploads/${id}/part?offset=0`, headers: { authorization: MIN, 'content-length': text.length } }); // prettier-ignore
      sending.on('error', () => done());
      sending.write(text.slice(0, 70), () => setTimeout(() => sending.destroy(), 50));
    });
    let received = 0;
    for (let turn = 0; turn < 100 && received === 0; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      received = Number((await call('GET', `/uploads/${id}`)).json['received']);
    }
    expect(received).toBe(70);
    expect((await call('PUT', `/uploads/${id}/part?offset=70`, text.slice(70))).json['received']).toBe(text.length);
  });

  it('refuses more bytes than were announced, and files beyond the limit', async () => {
    const id = await begun('abc');
    expect((await call('PUT', `/uploads/${id}/part?offset=0`, 'abcdef')).status).toBe(400);
    expect((await call('POST', '/uploads', { kind: 'claims', name: 'a', bytes: 5 * 1024 ** 3 })).status).toBe(400);
    for (let more = 1; more < 8; more++) expect(await begun('abc')).toBeTruthy();
    const ninth = await call('POST', '/uploads', { kind: 'claims', name: 'a', bytes: 3 });
    expect([ninth.status, ninth.json.error.message]).toEqual([409, '8 files are being uploaded already.']);
  });

  it('is nobody else’s: another user finds nothing', async () => {
    const id = await begun(text);
    expect((await call('GET', `/uploads/${id}`, undefined, OTHER)).status).toBe(404);
    expect((await call('PUT', `/uploads/${id}/part?offset=0`, 'x', OTHER)).status).toBe(404);
    expect((await call('DELETE', `/uploads/${id}`, undefined, OTHER)).status).toBe(404);
    expect((await call('GET', '/uploads', undefined, OTHER)).json['uploads']).toEqual([]);
  });

  it('that nobody came back to is cleared away after two days', async () => {
    const id = await begun(text);
    now = new Date('2026-11-04T12:00:00Z');
    await begun('abc');
    expect((await call('GET', `/uploads/${id}`)).status).toBe(404);
  });

  it('can be cancelled: nothing of it stays', async () => {
    const id = await whole(text);
    expect((await call('DELETE', `/uploads/${id}`)).status).toBeLessThan(405);
    expect(readdirSync(join(dir, 'uploads'))).toEqual([]);
  });
});

describe('a file with columns of its own', () => {
  const odd = 'Doc NPI;Doc Postal;Proc;Setting;Vol\n1234567893;2115;17311;22;20\n1234567893;02116;17312;22;40\n';

  it('is asked about, with samples and a guess; answered, it is imported, and the next one goes by itself', async () => {
    const id = await whole(odd);
    const { state, error } = await ended(id);
    expect([state, error.code]).toEqual(['refused', 'mapping_needed']);
    const question = error.details as { columns: object[]; guess: { field: string; column: string }[] };
    expect(question.columns[1]).toEqual({ column: 'Doc Postal', samples: ['2115', '02116'] });
    const columns = Object.fromEntries(question.guess.map(({ field, column }) => [field, column]));
    expect(columns).toMatchObject({
      code: 'Proc',
      services: 'Vol',
      performing: 'Doc NPI',
      performingZip: 'Doc Postal',
    });
    await call('POST', `/uploads/${id}/import`, { columns, saveAs: 'Vendor X', period: '2025' });
    expect(await ended(id)).toMatchObject({ state: 'done', report: { rowsKept: 2, period: '2025' } });
    expect(await world.claims.mappings()).toMatchObject([{ name: 'Vendor X', columns }]);
    const swapped = 'Vol;Proc;Setting;Doc Postal;Doc NPI\n50;17311;22;02115;1234567893\n';
    const next = await ended(await whole(swapped, 'june.csv'));
    expect(next).toMatchObject({ state: 'done', report: { notes: ['columns as saved under "Vendor X"'] } });
  });

  it('that leaves something needed open is refused with what is missing', async () => {
    const id = await whole(odd);
    await ended(id);
    await call('POST', `/uploads/${id}/import`, { columns: { code: 'Proc', services: 'Vol' } });
    const { state, error } = await ended(id);
    expect([state, error.code]).toEqual(['refused', 'bad_request']);
    expect(error.message).toMatch(/ZIP of the facility or .*; NPI of the performing provider or/);
    await call('POST', `/uploads/${id}/import`, { columns: { code: 'No such column', services: 'Vol' } });
    expect((await ended(id)).error.message).toContain('no column "No such column"');
    expect(await world.claims.imports()).toEqual([]);
  });
});
