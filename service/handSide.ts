import type { TeamId } from './core/ids.ts';
import type { LifeSideDeps } from './lifeSide.ts';
import type { HandPorts } from './planning/handNotices.ts';
import type { AccountChange } from './planning/lifePorts.ts';
import { handoverRows } from './sync/handover.ts';
import { journalRows } from './sync/journalStore.ts';
import type { PublishableAlignment } from './sync/ports.ts';
import { findPublish, publishedByHand } from './sync/store.ts';

/** Publishes by hand in the words of messages. */
export function handPorts({ store, plans }: Pick<LifeSideDeps, 'store' | 'plans'>): HandPorts {
  return {
    publishes: async (since) =>
      (await publishedByHand(store, since)).map(({ teamId, alignmentName, options, finishedAt, ...publish }) => ({
        ...{ id: publish.id, alignmentId: publish.alignmentId, byId: publish.byId, byName: publish.byName },
        ...{ teamId: teamId as TeamId, planName: alignmentName, partOf: options.partOf ?? null },
        finishedAt: finishedAt!,
      })),
    handed: async (publishId) => {
      const publish = (await findPublish(store, publishId))!;
      const rows = await journalRows(store, publishId, { standing: true });
      const is = await plans.alignment(publish.alignmentId);
      const was = publish.previousAlignmentId === null ? is : await plans.alignment(publish.previousAlignmentId);
      const moves = new Map(
        rows.filter(({ action }) => action === 'addAssociation').map((row) => [row.accountId, row]),
      );
      return handoverRows(publish, rows, [was, is]).map(({ accountId, accountName, ...row }) => ({
        ...{ accountId: accountId as AccountChange['accountId'], accountName },
        from: endOf(was, { id: row.fromId, name: row.fromName }, moves.get(accountId)?.fromId),
        to: endOf(is, { id: row.toId, name: row.toName }, moves.get(accountId)?.toId),
      }));
    },
  };
}

/** The territory that an account left or came to, else that of its owner; who owns without a territory is not told. */
function endOf(
  { territories }: PublishableAlignment,
  owner: { id: string | null; name: string | null },
  territoryId: string | null | undefined,
): AccountChange['from'] {
  const found =
    territories.find(({ id }) => id === territoryId) ??
    territories.find(({ repId }) => repId !== null && repId === owner.id);
  return found ? { id: found.id, name: found.name, repId: found.repId, repName: found.repName } : null;
}
