import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import type { PlanFate, PlanningPorts } from './ports.ts';
import * as db from './store.ts';

type SightPorts = Pick<PlanningPorts, 'writable' | 'managers' | 'readable' | 'planStates'>;

/** Who may know of feedback and who decides it, and how it is shown to each. */
export function createSights({ store, ports, now }: { store: Store; ports: SightPorts; now: () => Date }) {
  /** Whoever may change something in the team knows of its feedback. */
  async function mayKnow(user: RequestUser, { teamId, byId }: db.Feedback): Promise<boolean> {
    const writable = await ports.writable(user, teamId as TeamId);
    return byId === user.userId || writable === 'all' || writable.size > 0;
  }

  /** Managers of the territory that is asked now; everybody who may change the whole team. */
  async function mayDecide(user: RequestUser, { teamId, askedId }: db.Feedback): Promise<boolean> {
    const writable = await ports.writable(user, teamId as TeamId);
    if (!user.permissions.has('reassign')) return false;
    return writable === 'all' || (askedId !== null && writable.has(askedId as TerritoryId));
  }

  /** One that the user may decide. @throws BailiwickError not_found, or forbidden with whose it is */
  async function decidable(user: RequestUser, id: string): Promise<db.Feedback> {
    const found = await known(user, id);
    if (await mayDecide(user, found)) return found;
    const [manager] = await decidersOf(found);
    throw new BailiwickError('forbidden', `${found.territoryName} is not yours to decide about.`, {
      action: manager ? `It is with ${manager}.` : 'It is with Sales Ops.',
    });
  }

  /** @throws BailiwickError not_found for one that is not there, and for one that is not hers to know */
  async function known(user: RequestUser, id: string): Promise<db.Feedback> {
    const found = await db.findFeedback(store, id);
    if (found && (await mayKnow(user, found))) return found;
    throw new BailiwickError('not_found', 'There is no such feedback, or it is not yours to see.', {
      action: 'Load the list again.',
    });
  }

  const decidersOf = ({ askedId }: db.Feedback) =>
    askedId === null ? Promise.resolve([]) : ports.managers(askedId as TerritoryId);

  async function presentAll(user: RequestUser, rows: readonly db.Feedback[]) {
    const accounts = rows.flatMap(({ accountId }) => (accountId === null ? [] : [accountId as AccountId]));
    const [readable, steps, plans] = await Promise.all([
      ports.readable(user, accounts),
      db.stepsOf(
        store,
        rows.map(({ id }) => id),
      ),
      ports.planStates(rows.flatMap(({ draftId }) => draftId ?? [])),
    ]);
    return Promise.all(
      rows.map(async (row) => {
        const plan = row.draftId === null ? undefined : plans.get(row.draftId);
        return {
          ...asShown(row, row.accountId === null || readable.has(row.accountId as AccountId)),
          isMine: row.byId === user.userId,
          isOverdue: row.state === 'open' && row.dueAt < now(),
          canDecide: row.state === 'open' && (await mayDecide(user, row)),
          askedName: row.askedName,
          managers: [...(await decidersOf(row))],
          becomes: becomes(row, plan?.fate),
          draftName: user.permissions.has('reassign') ? (plan?.name ?? null) : null,
          steps: (steps.get(row.id) ?? []).map(({ at, what, byName, territoryName, note }) => ({
            ...{ what, byName, territoryName, note },
            at: at.toISOString(),
          })),
        };
      }),
    );
  }

  async function present(user: RequestUser, row: db.Feedback) {
    const [shown] = await presentAll(user, [row]);
    return shown!;
  }

  return { decidable, known, present, presentAll };
}

export type Sights = ReturnType<typeof createSights>;

/** An account that is not, or no longer, shared with the reader is not named, not even to who spoke of it. */
function asShown(row: db.Feedback, isReadable: boolean) {
  const { id, kind, teamId, territoryId, territoryName, zips, toTerritoryId, toTerritoryName } = row;
  const { accountId, accountName, reason, text, byName, at, dueAt, state } = row;
  const { decision, decidedByName, decidedAt } = row;
  return {
    ...{ id, kind, teamId, territoryId, territoryName, zips, toTerritoryId, toTerritoryName },
    ...{ reason: reason as 'other', text, byName, state, decision, decidedByName },
    accountId: isReadable ? accountId : null,
    accountName: isReadable ? accountName : 'An account that is not shared with you',
    at: at.toISOString(),
    dueAt: dueAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

function becomes({ state, draftId }: db.Feedback, plan: PlanFate | undefined) {
  if (state !== 'accepted') return null;
  if (draftId === null) return 'nothing' as const;
  return plan ?? ('dropped' as const);
}
