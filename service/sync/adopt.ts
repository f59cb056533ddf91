import { BailiwickError } from '../core/errors.ts';
import type { TeamId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { SyncDeps } from './ports.ts';
import { adopt, ownAssociations } from './ledgerStore.ts';

/**
 * Takes associations that are already where the live plan wants them into our ledger, so that a later publish may move
 * them. Rule-made rows, and rows elsewhere, stay what they are.
 * @returns how many were adopted, and how many manual rows that are not ours are left
 */
export async function adoptMatching(
  deps: SyncDeps,
  user: RequestUser,
  teamId: TeamId,
): Promise<{ adopted: number; left: number }> {
  const { store, org, ports, now } = deps;
  const writable = await ports.writable(user, teamId);
  if (writable !== 'all' && writable.size === 0)
    throw new BailiwickError('forbidden', 'You manage no territory of this team.', {
      action: 'Ask Sales Ops to make you a member of the territory branch that you manage.',
    });
  const live = await ports.live(teamId);
  if (live === null)
    throw new BailiwickError('conflict', 'This team has no live plan to compare with.', {
      action: "Open the team's plan first: the first one is read from Salesforce.",
    });
  const alignment = await ports.alignment(live);
  const wish = new Map(
    (await ports.desired(live, alignment.version)).map(({ accountId, territoryId }) => [accountId, territoryId]),
  );
  const ours = await ownAssociations(store, teamId);
  const rows = await org.associations({ territoryIds: alignment.territories.map(({ id }) => id) });
  const manual = rows.filter((row) => row.cause === 'manual' && !ours.has(row.id));
  const matching = manual.filter(
    (row) => wish.get(row.accountId) === row.territoryId && (writable === 'all' || writable.has(row.territoryId)),
  );
  const at = now();
  await adopt(
    store,
    matching.map((row) => ({
      recordId: row.id,
      kind: 'association' as const,
      teamId,
      accountId: row.accountId,
      territoryId: row.territoryId,
      source: 'adopted' as const,
      byId: user.userId,
      at,
    })),
  );
  return { adopted: matching.length, left: manual.length - matching.length };
}
