import { startHouse } from '../kit/house.ts';
import { waitFor } from '../kit/waitFor.ts';

const RUNS = 5;
const PAUSE_MS = 10;
const GOAL_MS = 50;
const JOB_MS = 120_000;

interface Proposal {
  id: string;
  state: string;
}

/** How fast the service answers while a plan is computed beside it: half, 99 % and the slowest of the answers to GET /api/me. */
export async function answersBench(): Promise<void> {
  const house = await startHouse();
  try {
    const { users, teams } = house.sample.planted;
    const ask = house.api(users.salesOps);
    const team = `/api/alignments?team=${teams.sales.id}`;
    const { alignments } = (await ask<{ alignments: { id: string; state: string }[] }>('GET', team)).json;
    const live = alignments.find(({ state }) => state === 'live')!;
    for (let run = 1; run <= RUNS; run++) {
      const draft = { teamId: teams.sales.id, name: `Bench ${run}`, from: live.id };
      const made = await ask<{ id: string; version: number }>('POST', '/api/alignments', draft);
      if (made.status >= 300) throw new Error(made.text);
      const { id } = made.json;
      const quiet = await asked(ask, () => false, 100);
      const wanted = { alignmentId: id, version: 1, preset: 'cleanSlate', seed: run };
      const begun = await ask<Proposal>('POST', '/api/proposals', wanted);
      if (begun.status >= 300) throw new Error(`The computation did not begin: ${begun.text}`);
      let isDone = false;
      const done = waitFor(
        async () => (await ask<Proposal>('GET', `/api/proposals/${begun.json.id}`)).json.state,
        (state) => state !== 'queued' && state !== 'running',
        JOB_MS,
      ).finally(() => (isDone = true));
      const busy = await asked(ask, () => isDone, Infinity);
      const state = await done;
      process.stdout.write(`run ${run}: computed (${state}); quiet ${words(quiet)}; meanwhile ${words(busy)}\n`);
    }
    process.stdout.write(`goal: 99 % within ${GOAL_MS} ms while a plan is computed\n`);
  } finally {
    await house.close();
  }
}

/** Milliseconds of one answer after the other until it is over. */
async function asked(
  ask: (method: string, url: string) => Promise<unknown>,
  isOver: () => boolean,
  most: number,
): Promise<number[]> {
  const times: number[] = [];
  while (!isOver() && times.length < most) {
    const begun = performance.now();
    await ask('GET', '/api/me');
    times.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return times.sort((a, b) => a - b);
}

function words(times: readonly number[]): string {
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0).toFixed(0);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms of ${times.length}`;
}
