import type { Alignments } from './alignments/alignments.ts';
import { BailiwickError } from './core/errors.ts';
import { returning } from './core/touched.ts';
import type { LifeSideDeps } from './lifeSide.ts';
import type { CoverPorts } from './planning/coverEnd.ts';
import { automaticUser } from './sync/auto/runs.ts';
import { journalRows } from './sync/journalStore.ts';
import { findPublish, lastStanding, standingOf, takeBackOf, unfinishedPublishes, type Publish } from './sync/store.ts'; // prettier-ignore
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
    written: async (alignmentId) => (await standingOf(store, alignmentId)).map(({ id }) => id),
    part: async (publishId) => partOf((await findPublish(store, publishId))!, alignments.find),
    earlier: async (alignmentId, publishId) => {
      const publish = await findPublish(store, publishId);
      const before = (await standingOf(store, alignmentId)).find(({ at }) => publish !== null && at < publish.at);
      return before?.id ?? null;
    },
    retry: async (publishId) => {
      await sync.goOn(user, publishId);
      await sync.finished(publishId);
    },
    takeBack: async (publishId) => {
      const publish = await findPublish(store, publishId);
      if (!publish) return 'notNewest';
      if ((await unfinishedPublishes(store)).some(({ teamId }) => teamId === publish.teamId)) return 'busy';
      const last = await lastStanding(store, publish.teamId);
      // of some accounts alone the plan is not live
      const isThere = publish.isPartOnly || (await plans.live(publish.teamId as never)) === publish.alignmentId;
      if (last?.id !== publishId || !isThere) return 'notNewest';
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
      if (publish.isPartOnly) {
        const last = await lastStanding(store, publish.teamId);
        // the live plan has none of these accounts: written as a whole it gives them back
        if (last && !last.isPartOnly && last.options.part === null) return null;
        throw new BailiwickError('conflict', 'Only some of its accounts were written, and others have published since. Publish the live plan once more: that gives them back.'); // prettier-ignore
      }
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

/** Of what a publish was, in words; null where it was of the whole plan. */
async function partOf({ alignmentId, isPartOnly, options: { part } }: Publish, find: Alignments['find']) {
  if (part === null) return isPartOnly ? 'some of its accounts' : null;
  const names = new Map<string, string>((await find(alignmentId)).territories.map(({ id, name }) => [id, name]));
  return [...part.territoryIds.map((id) => names.get(id) ?? id), ...part.states].join(', ');
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
