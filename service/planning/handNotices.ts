import type { TeamId } from '../core/ids.ts';
import type { Store } from '../store/store.ts';
import type { AccountChange } from './lifePorts.ts';
import { AFTERWARDS, announcedTo } from './noticeStore.ts';
import type { Notices } from './notices.ts';
import { planSettingsOf } from './planSettings.ts';

/** A plan, a part of one or a single account that somebody has published by hand. */
export interface HandPublish {
  readonly id: string;
  readonly teamId: TeamId;
  readonly alignmentId: string;
  /** The draft that it is a part of; null where it is no part. */
  readonly partOf: string | null;
  readonly planName: string;
  readonly byId: string;
  readonly byName: string;
  readonly finishedAt: Date;
}

export interface HandPorts {
  /** Those that finished since then; not those of the live plan itself, which change nothing that somebody decided. */
  publishes(since: Date): Promise<readonly HandPublish[]>;
  /** Accounts that have another rep since the publish, as far as it was not taken back. */
  handed(publishId: string): Promise<readonly AccountChange[]>;
}

interface Deps {
  readonly store: Store;
  readonly ports: HandPorts;
  readonly now: () => Date;
  readonly log: (message: string) => void;
}

/** Who was not told within a day, such as while the service was down, is not told any more. */
const WITHIN_MS = 86_400_000;

/** Reps whose accounts a publish by hand has given away or to them are told afterwards, where no announcement did before. */
export function createHandNotices({ store, ports, now, log }: Deps, notices: Notices) {
  /** Looked into since this process began. What a former one has told is not told again: the store refuses it. */
  let known: ReadonlySet<string> = new Set();
  /** One that went on after an error has another end. */
  const keyOf = ({ id, finishedAt }: HandPublish): string => `${id} ${finishedAt.getTime()}`;

  async function look(): Promise<void> {
    const recent = await ports.publishes(new Date(now().getTime() - WITHIN_MS));
    const done = new Set<string>();
    for (const publish of recent) {
      const isDone = known.has(keyOf(publish)) || (await tell(publish));
      if (isDone) done.add(keyOf(publish));
    }
    known = done;
  }

  async function tell(publish: HandPublish): Promise<boolean> {
    try {
      const { id, teamId, alignmentId, partOf, planName, byId, byName, finishedAt } = publish;
      if (!(await planSettingsOf(store.db, teamId)).tellReps) return true;
      const told = await announcedTo(store.db, partOf === null ? [alignmentId] : [alignmentId, partOf]);
      const plan = { id: alignmentId, teamId, name: planName };
      const but = told.add(byId);
      const drafts = await notices.afterwards(plan, await ports.handed(id), { by: byName, at: finishedAt, but });
      if (drafts) await store.transaction((tx) => notices.insert(tx, plan, drafts, AFTERWARDS));
      return true;
    } catch (error) {
      log(`telling of a publish: ${String(error)}`);
      return false;
    }
  }

  return { look };
}
