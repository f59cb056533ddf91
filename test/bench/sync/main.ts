import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../../service/store/store.ts';
import { createSync } from '../../../service/sync/sync.ts';
import { DRAFT, freshPlans, openRoom, plansOf, salesOps, type Wishes } from '../../kit/syncWorld.ts';

const CHILD = fileURLToPath(new URL('./orgChild.ts', import.meta.url));
const MB = 1e6;

/** Publishes a first plan of many accounts, repeats it, and takes it back; times, memory above the idle service, API calls. */
export async function syncBench(size: number): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-sync-'));
  const child = fork(CHILD, [String(size)], { stdio: 'inherit' });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const store = await openStore({ dataDir });
  const org = await openRoom(url);
  const wishes: Wishes = Object.fromEntries(Array.from({ length: size }, (_, k) => [k + 1, k % 2 ? 'A' : 'B']));
  // pauses as they are in earnest: they decide how often a job is asked about
  const sync = createSync({ store, org, ports: plansOf(freshPlans(wishes)), now: () => new Date() });
  globalThis.gc?.();
  const memory = watchMemory();
  const request = { alignmentId: DRAFT, version: 1, owners: false };
  try {
    let accounts = 0;
    await step(child, `${size} accounts read`, async () => {
      for await (const page of org.accounts()) accounts += page.length;
    });
    const preview = await step(child, 'change set', () => sync.preview(salesOps, request));
    await step(child, 'first publish, verified', async () => {
      await sync.publish(salesOps, { ...request, previewHash: preview.previewHash });
      await sync.idle();
    });
    const [latest] = await sync.list(salesOps);
    process.stdout.write(`  ${latest?.state}, ${latest?.outcomes.written} of ${accounts} written\n`);
    await step(child, 'repeat', async () => {
      const { previewHash } = await sync.preview(salesOps, request);
      await sync.publish(salesOps, { ...request, previewHash });
      await sync.idle();
    });
    const [repeated] = await sync.list(salesOps);
    process.stdout.write(`  ${repeated?.state}, ${repeated?.outcomes.written} written\n`);
    process.stdout.write(`memory: ${memory()} MB above the idle service\n`);
  } finally {
    await sync.close();
    await store.close();
    child.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Peak of the resident memory since now, above now. */
function watchMemory(): () => number {
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100);
  return () => {
    clearInterval(look);
    return Math.round((peak - idle) / MB);
  };
}

async function step<T>(child: ChildProcess, name: string, work: () => Promise<T>): Promise<T> {
  const before = await countsOf(child);
  const began = performance.now();
  const result = await work();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const after = await countsOf(child);
  const spent = Object.entries(after)
    .map(([kind, n]) => [kind, n - (before[kind] ?? 0)] as const)
    .filter(([, n]) => n > 0);
  const calls = spent.reduce((sum, [kind, n]) => sum + (kind === 'access' ? 0 : n), 0);
  const list = spent.map(([kind, n]) => `${kind} ${n}`).join(', ');
  process.stdout.write(`${name}: ${seconds} s, ${calls} API calls besides access checks (${list || 'none'})\n`);
  return result;
}

async function countsOf(child: ChildProcess): Promise<Record<string, number>> {
  child.send('counts');
  const [{ counts }] = (await once(child, 'message')) as [{ counts: Record<string, number> }];
  return counts;
}
