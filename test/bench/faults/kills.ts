import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../../service/store/store.ts';
import { GAVE_UP, loginOf, runSeed, type Attempt, type RunReport, type World } from './campaign.ts';

const CHILD = fileURLToPath(new URL('./killChild.ts', import.meta.url));
/** Requests that the child makes before it is killed, at most. */
const LATEST_DEATH = 30;
const LOOK_MS = 1;

function note(world: World, { signalCode, exitCode }: ChildProcess, said: string): void {
  if (signalCode === 'SIGKILL') world.kills++;
  else if (exitCode === GAVE_UP) world.gaveUp++;
  else if (exitCode !== 0) world.broken.push(`the service ended with ${exitCode ?? signalCode}: ${said}`);
  if (exitCode !== 0) world.deaths++;
}

/** One seeded run in which the service is a process of its own and is killed with -9, in the publish and in its taking back. */
export async function killRun(seed: number): Promise<RunReport> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-kill-'));
  const opened = [await openStore({ dataDir })];
  const attempt: Attempt = async (world, job) => {
    await world.store.close();
    const { plans, request, local, draw, plan } = world;
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        CHILD,
        JSON.stringify({ dataDir, login: loginOf(local), bulkFrom: plan.bulkFrom, job, request, wishes: plans.wishes }),
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const closed = once(child, 'close');
    const last = local.api.used + 1 + Math.floor(draw() * LATEST_DEATH);
    const look = setInterval(() => {
      if (local.api.used >= last) child.kill('SIGKILL');
    }, LOOK_MS);
    await closed;
    clearInterval(look);
    note(world, child, said.join(''));
    world.store = await openStore({ dataDir });
    opened.push(world.store);
  };
  try {
    return await runSeed(opened[0]!, seed, attempt);
  } finally {
    await opened.at(-1)?.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
