import type { Db, Store } from '../store/store.ts';
import { ITSELF } from './lifePorts.ts';
import { planSettingsFields } from './lifeSchemas.ts';
import { allPlanSettings } from './lifeStore.ts';
import { addToPlanLog } from './logStore.ts';
import { removeFeedback, removeMessages, type Old } from './retentionStore.ts';

interface Deps {
  readonly store: Store;
  readonly ports: {
    /** Drafts that were dropped by then and never written, with what belongs to them: how many went. */
    removeDropped(tx: Db, old: Old): Promise<number>;
  };
  readonly now: () => Date;
  readonly log: (message: string) => void;
}

/** Rows of a kind in one transaction; a plan is thousands of times as long as a message. */
const MOST = { feedback: 200, messages: 500, drafts: 10 };

const dayOfMoment = (at: Date): string => at.toISOString().slice(0, 10);

/** What a team keeps no longer is removed once a day, and how much that was stands in the log of plans, which stays. */
export function createRetention({ store, ports, now, log }: Deps) {
  let lastDay = '';

  async function look(): Promise<void> {
    const today = dayOfMoment(now());
    if (today === lastDay) return;
    for (const { teamId, settings, at } of await allPlanSettings(store.db)) {
      const { keepYears } = planSettingsFields.parse(settings);
      // a wrong number can be put right on the day on which it was saved
      if (keepYears === null || dayOfMoment(at) >= today) continue;
      await clear(teamId, keepYears).catch((error: unknown) => log(`retention of ${teamId}: ${String(error)}`));
    }
    lastDay = today;
  }

  async function clear(teamId: string, years: number): Promise<void> {
    const before = new Date(now());
    before.setUTCFullYear(before.getUTCFullYear() - years);
    while (await store.transaction((tx) => some(tx, { teamId, before }, years)));
  }

  /** Removed and noted together; whether anything was left to remove. */
  async function some(tx: Db, old: Omit<Old, 'most'>, years: number): Promise<boolean> {
    const feedback = await removeFeedback(tx, { ...old, most: MOST.feedback });
    const messages = await removeMessages(tx, { ...old, most: MOST.messages });
    const drafts = await ports.removeDropped(tx, { ...old, most: MOST.drafts });
    if (feedback + messages + drafts === 0) return false;
    const counts = `closed feedback: ${feedback}; messages: ${messages}; dropped drafts: ${drafts}`;
    await addToPlanLog(tx, {
      ...{
        at: now(),
        teamId: old.teamId,
        planName: 'Retention',
        what: 'removed',
        byId: ITSELF.id,
        byName: ITSELF.name,
      },
      note: `Older than ${years === 1 ? '1 year' : `${years} years`}, removed: ${counts}.`,
    });
    return true;
  }

  return { look };
}
