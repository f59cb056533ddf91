import type { LocalOrg } from '../../../service/local/org/org.ts';
import { account } from '../../kit/smallOrg.ts';
import type { Draw, Plan } from './world.ts';

const PASSING = [
  { preset: 'unavailable' },
  { preset: 'badGateway' },
  { preset: 'dropBefore' },
  { preset: 'dropAfter' },
  { preset: 'dropMidway' },
  { preset: 'internalError' },
  { preset: 'locatorExpired' },
  { preset: 'lock' },
  { preset: 'groupLock' },
  { preset: 'concurrentLimit' },
  { preset: 'unauthorized' },
  { preset: 'sessionExpired' },
] as const;
/** Trouble of bulk jobs, each once: a job that fails for ever is no passing trouble. */
const OF_JOBS = ['jobFailed', 'jobAborted', 'jobStalls', 'jobSessionExpired', 'jobLocks'] as const;

/** Orders trouble that passes: two to four kinds, each met with its own chance. */
export async function orderTrouble(local: LocalOrg, draw: Draw): Promise<string[]> {
  const kinds = Array.from({ length: 2 + Math.floor(draw() * 3) }, () => PASSING[Math.floor(draw() * PASSING.length)]!);
  for (const { preset } of kinds)
    await order(local, {
      preset,
      probability: 0.05 + 0.25 * draw(),
      seed: 1 + Math.floor(draw() * 1e6),
      times: 'always',
    });
  const job = OF_JOBS[Math.floor(draw() * OF_JOBS.length)]!;
  await order(local, { preset: job, ...(job === 'jobLocks' ? {} : { afterRows: Math.floor(draw() * 8) }) });
  return [...kinds.map(({ preset }) => preset), job];
}

/** Accounts that a trigger of the org refuses for good. */
export async function orderRefusals(local: LocalOrg, plan: Plan): Promise<void> {
  for (const n of plan.refused)
    await order(local, {
      kind: 'record',
      value: account(n),
      code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      message: 'Trigger: not this one',
      times: 'always',
    });
}

async function order(local: LocalOrg, fault: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${local.url}/local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(`The org takes no such fault: ${await answer.text()}`);
}
