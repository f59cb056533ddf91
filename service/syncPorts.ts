import { placed } from './accounts/accountPage.ts';
import type { Book, KnownAccount } from './accounts/book.ts';
import type { LivePlan } from './accounts/ports.ts';
import type { Scope } from './accounts/scope.ts';
import type { Alignments } from './alignments/alignments.ts';
import { findLive } from './alignments/store.ts';
import { BailiwickError } from './core/errors.ts';
import { PLANNED_ID } from './core/replan.ts';
import type { Store } from './store/store.ts';
import type { DesiredAccount, SyncPorts } from './sync/ports.ts';

interface SyncPortsDeps {
  readonly store: Store;
  readonly scope: Scope;
  readonly alignments: Alignments;
  readonly book: Book;
}

/** Plans and accounts in the words of the sync slice. */
export function syncPorts({ store, scope, alignments, book }: SyncPortsDeps): SyncPorts {
  return {
    writable: scope.writable,
    live: async (teamId) => (await findLive(store.db, teamId))?.id ?? null,
    markLive: (id) => alignments.markLive(id),
    restoreLive: (id) => alignments.restoreLive(id),
    alignment: (id) => alignments.find(id),
    desired: async (id, version) => {
      const plan = await alignments.find(id);
      if (plan.version !== version) {
        throw new BailiwickError(
          'alignment_stale',
          `The plan is at version ${plan.version}, the publish asks for ${version}.`,
          { action: 'Reload the plan and preview again.' },
        );
      }
      const planned = plan.territories.find(({ id }) => PLANNED_ID.test(id));
      if (planned) {
        throw new BailiwickError('conflict', `“${planned.name}” is planned here and not in the CRM yet.`, {
          action: 'Create it in the territory model, then start a new draft from today’s map and give its ZIPs to it.',
        });
      }
      return (await book.all()).map((account) => desiredOf({ ...plan, alignmentId: plan.id }, account));
    },
  };
}

function desiredOf(plan: LivePlan, account: KnownAccount): DesiredAccount {
  const { index, why } = placed(plan, account);
  return {
    accountId: account.id,
    accountName: account.name,
    zip: account.zip,
    salesUsd: account.salesUsd,
    territoryId: plan.territories[index]?.id ?? null,
    why: why.kind === 'override' ? 'override' : account.unit < 0 ? 'unplaced' : 'zip',
  };
}
