import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageHtml } from '../../service/local/host/pageHtml.ts';
import { salesforceModules } from '../../service/local/host/salesforceModules.ts';
import { startHost, type HostUser } from '../../service/local/host/startHost.ts';

const users: HostUser[] = [
  { id: '005000000000001AAA', name: 'Ana', role: 'rep', title: 'Rep' },
  { id: '005000000000002AAA', name: 'Dana', role: 'admin', title: 'Territory Admin' },
];
const minted: [string, readonly string[]][] = [];
const buildDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-host-'));
const options = {
  port: 0,
  serviceUrl: 'http://localhost:4999',
  users,
  buildDir,
  mint: async (userId: string, permissions: readonly string[]) => {
    minted.push([userId, permissions]);
    return { token: `token of ${userId}` };
  },
  readRecord: async (userId: string, recordId: string) =>
    recordId === '001' && userId === users[0]?.id ? { apiName: 'Account', fields: { Name: 'St. Alban' } } : null,
};
let host: Awaited<ReturnType<typeof startHost>>;

beforeAll(async () => {
  writeFileSync(path.join(buildDir, 'main.js'), '');
  host = await startHost(options);
});
afterAll(async () => {
  await host.close();
  rmSync(buildDir, { recursive: true });
});

const as = (id: string | undefined) => ({ headers: { cookie: `bailiwick_user=${id}` } });
const open = (init: RequestInit = {}) => fetch(`${host.url}/apex/BailiwickSession.open`, { method: 'POST', ...init });

describe('page host', () => {
  it('lets pages connect to their own origin and the service only, and runs no script in the page', async () => {
    const response = await fetch(`${host.url}/lightning/app/territories`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("connect-src 'self' http://localhost:4999;");
    expect(policy).toContain("script-src 'self';");
    expect(await response.text()).not.toMatch(/<script>(?!<)/);
  });

  it('starts as the Territory Admin and mints for whoever the page shows itself as', async () => {
    expect(await (await open()).json()).toMatchObject({
      token: 'token of 005000000000002AAA',
      serviceUrl: 'http://localhost:4999',
    });
    await open(as(users[0]?.id));
    expect(minted).toEqual([
      ['005000000000002AAA', ['Bailiwick_View', 'Bailiwick_Reassign']],
      ['005000000000001AAA', ['Bailiwick_View']],
    ]);
  });

  it('ignores a user that it does not know', async () => {
    expect(await (await open(as('nobody'))).json()).toMatchObject({ token: 'token of 005000000000002AAA' });
  });

  it('shows a record to whom it is visible, and 404 to everybody else', async () => {
    const url = `${host.url}/ui-api/records/001`;
    expect(await (await fetch(url, as(users[0]?.id))).json()).toMatchObject({
      fields: { Name: { value: 'St. Alban' } },
    });
    expect((await fetch(url, as(users[1]?.id))).status).toBe(404);
  });

  it('sends a rep home and an admin to the workbench', async () => {
    const to = async (id: string | undefined) =>
      (await fetch(host.url, { redirect: 'manual', ...as(id) })).headers.get('location');
    expect(await to(users[0]?.id)).toBe('/lightning/page/home');
    expect(await to(users[1]?.id)).toBe('/lightning/app/territories');
  });

  it('offers no reset where there is no sample', async () => {
    expect((await fetch(`${host.url}/reset-sample`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${host.url}/resource/passwd`)).status).toBe(404);
  });

  it('says so when its port is taken', async () => {
    const port = Number(new URL(host.url).port);
    await expect(startHost({ ...options, port })).rejects.toMatchObject({
      code: 'port_taken',
      action: 'Give another port.',
    });
  });
});

describe('page', () => {
  it('lets no value close the script element that carries the context', () => {
    expect(pageHtml({ name: '</script><script>alert(1)</script>' })).not.toContain('</script><script>alert');
  });
});

describe('labels', () => {
  const plugin = salesforceModules('runtime') as unknown as {
    resolveId(id: string): string | null;
    load(id: string): string | null;
  };

  it('are ours alone: base components bring their own', () => {
    expect(plugin.resolveId('@salesforce/label/LightningHelptext.buttonAlternativeText')).toBeNull();
    const id = plugin.resolveId('@salesforce/label/c.Bailiwick_feedbackForm_send');
    expect(plugin.load(id ?? '')).toBe('export default "Send";');
  });

  it('that the package does not have stop the build', () => {
    const id = plugin.resolveId('@salesforce/label/c.Bailiwick_feedbackForm_none') ?? '';
    expect(() => plugin.load(id)).toThrow('The package has no custom label c.Bailiwick_feedbackForm_none.');
  });
});
