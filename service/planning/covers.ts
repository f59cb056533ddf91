import { BailiwickError } from '../core/errors.ts';
import type { TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import { dayOf } from './days.ts';
import type { LifeCycle } from './lifeCycle.ts';
import type { LifePorts } from './lifePorts.ts';
import type { CoverBody } from './lifeSchemas.ts';
import { coversOf, findCover, insertCover, updateCover, type Cover } from './lifeStore.ts';
import { dayWords } from './noticeWords.ts';

/** A draft, and the computation that says who takes what. */
export interface CoverProposal {
  readonly alignmentId: string;
  readonly proposalId: string;
}

/** Who takes what, and what nobody has room for. */
export interface CoverSplit {
  readonly version: number;
  readonly takers: readonly {
    readonly name: string;
    readonly repName: string | null;
    readonly zips: number;
    readonly accounts: number;
    readonly utilizationBefore: number;
    readonly utilizationAfter: number;
  }[];
  /** What stays with the rep on leave. */
  readonly stays: { readonly zips: number; readonly accounts: number };
}

export interface CoverPlanPorts {
  /** A draft from the live plan, and the computation that splits the territory in it among its neighbours. */
  begin(user: RequestUser, what: { teamId: TeamId; territoryId: TerritoryId; name: string }): Promise<CoverProposal>;
  /** Takes the computation into its draft; what would fill somebody beyond her hours stays where it is. */
  take(user: RequestUser, what: CoverProposal & { territoryId: TerritoryId }): Promise<CoverSplit>;
  /** A territory of the team's live plan. @throws BailiwickError not_found */
  territory(teamId: TeamId, id: string): Promise<{ name: string; repName: string | null; liveId: string }>;
}

interface Deps {
  readonly store: Store;
  readonly ports: LifePorts;
  readonly plans: CoverPlanPorts;
  readonly now: () => Date;
  /** Tries once more what of a reversal failed. */
  readonly retry: (publishId: string) => Promise<void>;
}

/** Leave covers: a territory is split among its neighbours for some weeks, and comes back by itself. */
export function createCovers({ store, ports, plans, now, retry }: Deps, life: LifeCycle) {
  async function plan(user: RequestUser, teamId: TeamId, { territoryId, fromOn, backOn }: CoverBody) {
    const writable = await ports.writable(user, teamId);
    const { name, repName, liveId } = await plans.territory(teamId, territoryId);
    if (writable !== 'all' && !writable.has(territoryId as TerritoryId))
      throw new BailiwickError('forbidden', `${name} is not in your branch.`, { action: 'Ask its manager.' });
    const today = dayOf(now().getTime(), await ports.timeZone());
    if (backOn <= today)
      throw new BailiwickError('bad_request', `The leave ends on ${dayWords(backOn)}, which is over.`, {
        action: 'Give a day in the future.',
      });
    const begun = await plans.begin(user, {
      teamId,
      territoryId: territoryId as TerritoryId,
      name: `Cover ${name} from ${fromOn}`.slice(0, 80),
    });
    const by = { byId: user.userId, byName: user.name, at: now() };
    const cover = await insertCover(store.db, {
      ...{ teamId, ...begun, formerId: liveId, territoryId, territoryName: name, repName },
      ...{ fromOn, backOn, state: 'planned', ...by },
    });
    const head = await ports.head(begun.alignmentId);
    const more = `${repName ?? name} is on leave from ${dayWords(fromOn)} to ${dayWords(backOn)}.`;
    await store.transaction((tx) => life.log(tx, head, { what: 'coverPlanned', user, body: { note: '' }, more }));
    return presentCover(cover);
  }

  async function owned(user: RequestUser, id: string): Promise<Cover> {
    const cover = await findCover(store.db, id);
    const writable = cover && (await ports.writable(user, cover.teamId as TeamId));
    if (cover && writable && (writable === 'all' || writable.has(cover.territoryId as TerritoryId))) return cover;
    throw new BailiwickError('not_found', 'There is no such leave cover.', { action: 'Reload the list.' });
  }

  /** The split as it was computed becomes the draft. */
  async function take(user: RequestUser, id: string): Promise<CoverSplit> {
    const { alignmentId, proposalId, territoryId } = await owned(user, id);
    return plans.take(user, { alignmentId, proposalId, territoryId: territoryId as TerritoryId });
  }

  async function list(user: RequestUser, teamId: TeamId) {
    const writable = await ports.writable(user, teamId);
    const rows = await coversOf(store.db, teamId);
    const seen = rows.filter(({ territoryId }) => writable === 'all' || writable.has(territoryId as TerritoryId));
    return { covers: seen.map(presentCover) };
  }

  /** A return that failed is begun again with the next look at the clock. */
  async function again(user: RequestUser, id: string) {
    const cover = await owned(user, id);
    if (cover.state !== 'failed')
      throw new BailiwickError('conflict', 'This leave cover has not failed.', { action: 'Reload the list.' });
    const head = await ports.head(cover.alignmentId);
    // a reversal that was refused in part goes on where it stopped; a plan that was is made anew
    if (cover.backPublishId !== null) await retry(cover.backPublishId);
    await store.transaction(async (tx) => {
      const fresh = { backRunId: null, backAlignmentId: null };
      await updateCover(tx, id, { state: 'returning', reason: null, action: null, ...fresh });
      await life.log(tx, head, { what: 'triedAgain', user, body: { note: '' } });
    });
    return presentCover((await findCover(store.db, id))!);
  }

  return { plan, take, list, again };
}

export type Covers = ReturnType<typeof createCovers>;

export const presentCover = (cover: Cover) => ({
  id: cover.id,
  alignmentId: cover.alignmentId,
  proposalId: cover.proposalId,
  territoryId: cover.territoryId,
  territoryName: cover.territoryName,
  repName: cover.repName,
  fromOn: cover.fromOn,
  backOn: cover.backOn,
  state: cover.state,
  stayed: cover.stayed,
  reason: cover.reason,
  action: cover.action,
  byName: cover.byName,
});
