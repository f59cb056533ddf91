import type { Book, KnownAccount } from './accounts/book.ts';
import type { Scope } from './accounts/scope.ts';
import type { Alignments } from './alignments/alignments.ts';
import { findLive } from './alignments/store.ts';
import { BailiwickError } from './core/errors.ts';
import type { Geography } from './core/geography.ts';
import { isInPart, placesOf, type MergePlan } from './core/mergePart.ts';
import type { PlanHead } from './alignments/holding.ts';
import { approversOf, requirePublishable } from './planning/approval.ts';
import type { Store } from './store/store.ts';
import type { DesiredAccount, SyncPorts } from './sync/ports.ts';

/** What is written to the CRM stands on accounts read within half a minute: a preview and its publish see the same. */
const MAX_AGE_MS = 30_000;

interface SyncPortsDeps {
  readonly store: Store;
  readonly scope: Scope;
  readonly alignments: Alignments;
  readonly book: Book;
  readonly geography: Pick<Geography, 'states'>;
}

/** Plans and accounts in the words of the sync slice. */
export function syncPorts({ store, scope, alignments, book, geography }: SyncPortsDeps): SyncPorts {
  const stateOf = ({ unit, state }: KnownAccount): string | null => geography.states[unit] ?? state ?? null;
  return {
    writable: scope.writable,
    live: async (teamId) => (await findLive(store.db, teamId))?.id ?? null,
    markLive: (id, _version, by) => alignments.markLive(id, by),
    restoreLive: (id, by) => alignments.restoreLive(id, by),
    claim: async (tx, { alignmentId, version, isWhole, ...how }) => {
      const mayBegin = (plan: PlanHead) => requirePublishable(tx, plan, how);
      await alignments.claim(tx, alignmentId, { version, isWhole, mayBegin });
      return approversOf(tx, alignmentId);
    },
    alignment: (id) => alignments.find(id),
    withPart: alignments.withPart,
    discard: alignments.discard,
    renameTerritoryId: alignments.renameTerritoryId,
    freeze: alignments.freeze,
    desired: async (id, version, part = null) => {
      const plan = await alignments.find(id);
      if (plan.version !== version) {
        throw new BailiwickError(
          'alignment_stale',
          `The plan is at version ${plan.version}, the publish asks for ${version}.`,
          { action: 'Reload the plan and preview again.' },
        );
      }
      const both = part && (await alignments.partOf(id, part));
      const accounts = await book.all(MAX_AGE_MS);
      const desired = desiredIn(both ? both.merged : plan, stateOf);
      if (!part) return accounts.map(desired);
      const places = { live: both ? placesOf(both.live) : () => null, draft: placesOf(plan) };
      return accounts
        .filter((account) => {
          const at = { accountId: account.id, unit: account.unit };
          return isInPart(part, { live: places.live(at), draft: places.draft(at), state: stateOf(account) });
        })
        .map(desired);
    },
  };
}

/** Where each account belongs in a plan, in the words of a publish. */
function desiredIn(plan: MergePlan, stateOf: (account: KnownAccount) => string | null) {
  const place = placesOf(plan);
  const held = new Set(plan.overrides.map(({ accountId }) => accountId));
  return (account: KnownAccount): DesiredAccount => ({
    accountId: account.id,
    accountName: account.name,
    zip: account.zip,
    state: stateOf(account),
    salesUsd: account.salesUsd,
    territoryId: place({ accountId: account.id, unit: account.unit }),
    why: held.has(account.id) ? 'override' : account.unit < 0 ? 'unplaced' : 'zip',
  });
}
