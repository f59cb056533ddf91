import { returning } from './core/touched.ts';
import type { LifeSideDeps } from './lifeSide.ts';
import type { CoverPorts } from './planning/coverEnd.ts';
import { automaticUser } from './sync/auto/runs.ts';
import { journalRows } from './sync/journalStore.ts';
import { findPublish, lastPublished, lastStanding, takeBackOf, unfinishedPublishes } from './sync/store.ts';
import { isRunning } from './sync/view.ts';

interface Retrying {
  /** Tries once more what of a publish failed. @throws BailiwickError conflict where others have published since */
  retry(publishId: string): Promise<void>;
}

/** The end of a leave in the words of publishes and plans. */
export function coverPorts({ store, org, geography, alignments, plans, sync }: LifeSideDeps): CoverPorts & Retrying {
  const user = automaticUser(org);
  return {
    takeBackOf: (publishId) => takeBackOf(store, publishId),
    publishOf: async (alignmentId) => (await lastPublished(store.db, alignmentId))?.id ?? null,
    retry: async (publishId) => {
      await sync.goOn(user, publishId);
      await sync.finished(publishId);
    },
    takeBack: async (publishId) => {
      const publish = await findPublish(store, publishId);
      if (!publish) return 'notNewest';
      if ((await unfinishedPublishes(store)).some(({ teamId }) => teamId === publish.teamId)) return 'busy';
      const last = await lastStanding(store, publish.teamId);
      const isLive = (await plans.live(publish.teamId as never)) === publish.alignmentId;
      if (last?.id !== publishId || !isLive) return 'notNewest';
      const { id } = await sync.takeBack(user, publishId);
      await sync.finished(id);
      return { id };
    },
    outcome: async (publishId) => {
      const publish = await findPublish(store, publishId);
      if (!publish) return null;
      if (isRunning(publish)) return { state: 'running', reason: null, stayed: [] };
      const bad = await journalRows(store, publishId, { outcomes: ['failed', 'unknown', 'planned'] });
      const skipped = await journalRows(store, publishId, { outcomes: ['skipped'] });
      const stayed = skipped.filter(({ code }) => code === 'changed_since').map(told);
      const [first] = bad;
      const reason =
        publish.error?.message ?? (first ? `${bad.length} records were refused, such as ${told(first)}` : null);
      if (publish.state === 'failed' || bad.length > 0 || publish.error) return { state: 'failed', reason, stayed };
      return { state: publish.state === 'done' ? 'done' : 'partial', reason, stayed };
    },
    returnDraft: async (publishId, name) => {
      const publish = await findPublish(store, publishId);
      const liveId = publish && (await plans.live(publish.teamId as never));
      if (!publish?.previousAlignmentId || !liveId) return null;
      const [before, changed, now] = await Promise.all(
        [publish.previousAlignmentId, publish.alignmentId, liveId].map((id) => alignments.find(id)),
      );
      const { units, accounts, stayedUnits, stayedAccounts } = returning(before!, changed!, now!);
      const zip = (unit: number) => geography.ids[unit] ?? '';
      const stayed = [
        ...stayedUnits.map((unit) => `ZIP ${zip(unit)} was given to another territory since.`),
        ...stayedAccounts.map((id) => `Account ${id} was given to another territory since.`),
      ];
      if (units.length + accounts.length === 0) return null;
      const draft = await alignments.create(user, { teamId: now!.teamId, name, from: now!.id });
      const idAt = (unit: number) => draft.territories[draft.owners[unit] ?? -1]?.id ?? null;
      await alignments.move(user, draft.id, {
        version: draft.version,
        moves: units.map(({ unit, to }) => ({ unit: zip(unit), from: idAt(unit), to })),
        overrides: accounts,
        note: 'The leave is over: what was covered goes back.',
      });
      return { alignmentId: draft.id, stayed };
    },
  };
}

const told = ({
  accountName,
  territoryName,
  message,
}: {
  accountName: string;
  territoryName: string | null;
  message: string | null;
}) => `${accountName || territoryName || 'A record'}: ${message ?? 'not written'}`;
