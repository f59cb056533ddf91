import { NOT_SHOWN } from '../core/alignment.ts';
import { band, type Band } from '../core/workload.ts';
import { DEFAULT_TOLERANCE, deviations, travelShare, utilization } from '../core/balance.ts';
import { BailiwickError } from '../core/errors.ts';
import { disruption } from '../core/disruption.ts';
import { fairnessStatement } from '../core/fairnessStatement.ts';
import { findings, findingsSentence } from '../core/findings.ts';
import type { TerritoryId } from '../core/ids.ts';
import { touchedTerritories } from '../core/touched.ts';
import { totals, type TerritoryTotals, type UnitInputs } from '../core/measures.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Alignments } from './alignments.ts';
import { isHeld } from './editRules.ts';
import type { AlignmentPorts, TeamMarket } from './ports.ts';
import { findLive, listAlignments, type StoredAlignment } from './store.ts';
import type { Store } from '../store/store.ts';
import type { Versions } from './versions.ts';

export interface TerritoryRow extends TerritoryTotals {
  readonly index: number;
  readonly id: TerritoryId;
  readonly name: string;
  readonly utilization: number;
  readonly band: Band;
  readonly travelShare: number;
  readonly deviation: { readonly workloadHours: number; readonly potentialUsd: number };
}

/** Exact figures of every territory of a plan, in territory order. */
export function territoryRows(
  plan: Pick<StoredAlignment, 'owners' | 'overrides' | 'territories'>,
  { inputs, travel }: Pick<TeamMarket, 'inputs' | 'travel'>,
): TerritoryRow[] {
  const sums = totals(plan.owners, { inputs, seats: plan.territories, travel, overrides: plan.overrides });
  const workload = deviations(sums, plan.territories, 'workloadHours');
  const potential = deviations(sums, plan.territories, 'potentialUsd');
  return sums.map((sum, index) => {
    const territory = plan.territories[index]!;
    const used = utilization(sum, territory);
    return {
      ...sum,
      index,
      id: territory.id,
      name: territory.name,
      utilization: used,
      band: band(used),
      travelShare: travelShare(sum),
      deviation: { workloadHours: workload[index] ?? 0, potentialUsd: potential[index] ?? 0 },
    };
  });
}

/** What each user may see of a plan: managers everything, reps the live plan's own part. */
export function createViews({
  store,
  ports,
  alignments,
  versions,
}: {
  store: Store;
  ports: AlignmentPorts;
  alignments: Alignments;
  versions: Versions;
}) {
  async function sight(user: RequestUser, alignment: StoredAlignment): Promise<'all' | ReadonlySet<number>> {
    if (user.role !== 'rep') return 'all';
    const own = await ports.own(user);
    const seen = new Set(alignment.territories.flatMap(({ id }, index) => (own.has(id) ? [index] : [])));
    if (seen.size === 0 || !(await concerns(alignment, own))) throw hidden();
    return seen;
  }

  /** A live plan concerns all whose territories are in it, one that is announced those whose territories it changes. */
  async function concerns(alignment: StoredAlignment, own: ReadonlySet<TerritoryId>): Promise<boolean> {
    if (alignment.state === 'live') return alignment.territories.some(({ id }) => own.has(id));
    if (!isTold(alignment)) return false;
    const live = await findLive(store.db, alignment.teamId);
    return live !== null && [...touchedTerritories(live, alignment)].some((id) => own.has(id));
  }

  async function list(user: RequestUser, teamId: string | undefined) {
    const teams = await ports.teams();
    const wanted = teams.filter(({ id }) => !teamId || id === teamId).map(({ id }) => id);
    const plans = await listAlignments(store, wanted);
    const own = user.role === 'rep' ? await ports.own(user) : null;
    const isShown = await Promise.all(plans.map((plan) => (own ? concerns(plan, own) : true)));
    const shown = plans.filter((_, k) => isShown[k]);
    const names = new Map(plans.map(({ id, name }) => [id, name]));
    return shown.map(({ id, name, teamId: team, state, stage, version, updatedAt, createdBy, basedOn }) => ({
      id,
      name,
      teamId: team,
      state,
      stage,
      version,
      updatedAt: updatedAt.toISOString(),
      byName: own ? null : createdBy,
      basedOnName: own || !basedOn ? null : (names.get(basedOn) ?? null),
    }));
  }

  async function show(user: RequestUser, id: string, version?: number) {
    const now = await alignments.find(id);
    const seen = await sight(user, now);
    // whoever sees a part only sees it as it is
    const alignment = version === undefined || seen !== 'all' ? now : await versions.at(now, version);
    const [market, writable, teams] = await Promise.all([
      ports.market(alignment),
      ports.writable(user, alignment.teamId),
      ports.teams(),
    ]);
    const mayChange = (territory: TerritoryId) => writable === 'all' || writable.has(territory);
    const admin = user.role !== 'rep';
    return {
      id,
      name: alignment.name,
      teamId: alignment.teamId,
      teamName: teams.find((team) => team.id === alignment.teamId)?.name ?? '',
      state: alignment.state,
      stage: alignment.stage,
      version: alignment.version,
      geographyKey: alignment.geographyKey,
      marketId: market.marketId,
      canEdit: (writable === 'all' || writable.size > 0) && !isHeld(alignment),
      territories: alignment.territories.map((territory, index) =>
        seen === 'all' || seen.has(index)
          ? {
              ...territory,
              homeZip: admin ? territory.homeZip : null,
              home: admin ? territory.home : null,
              vacant: territory.repId === null,
              canEdit: mayChange(territory.id),
            }
          : null,
      ),
      owners:
        seen === 'all' ? alignment.owners : alignment.owners.map((owner) => (seen.has(owner) ? owner : NOT_SHOWN)),
      overrides: admin ? await presentOverrides(user, alignment) : [],
      lockedUnits: admin ? alignment.lockedUnits : [],
      lockedTerritories: admin ? alignment.lockedTerritories : [],
    };
  }

  /** An account that the user may not see counts, but stays unnamed. */
  async function presentOverrides(user: RequestUser, { overrides }: StoredAlignment) {
    const readable = await ports.readable(
      user,
      overrides.map(({ accountId }) => accountId),
    );
    return overrides.map((override) =>
      readable.has(override.accountId) ? override : { ...override, accountId: null, accountName: null },
    );
  }

  async function inputs(user: RequestUser, id: string) {
    const alignment = await alignments.find(id);
    const seen = await sight(user, alignment);
    const market = await ports.market(alignment);
    const visible = (unit: number) => seen === 'all' || seen.has(alignment.owners[unit] ?? -1);
    const shown = Object.fromEntries(
      Object.entries(market.inputs).map(([name, vector]) => [
        name,
        (vector as readonly number[]).map((value, unit) => (visible(unit) ? value : null)),
      ]),
    ) as unknown as UnitInputs;
    const { travel, callPlan, source, suppressedShare, uncertainty } = market;
    const { varianceUsd2, unplacedShare } = uncertainty;
    const variance = varianceUsd2.map((value, unit) => (visible(unit) ? value : null));
    const sure = { varianceUsd2: variance, unplacedShare };
    return { inputs: shown, travel, callPlan, source, suppressedShare, uncertainty: sure };
  }

  /** Figures of every territory, for those who have asked already what may be seen. */
  async function figures(plan: StoredAlignment): Promise<TerritoryRow[]> {
    return territoryRows(plan, await ports.market(plan));
  }

  async function rows(user: RequestUser, id: string) {
    const alignment = await alignments.find(id);
    const seen = await sight(user, alignment);
    const { inputs: known, travel } = await ports.market(alignment);
    const territories = territoryRows(alignment, { inputs: known, travel }).filter(
      ({ index }) => seen === 'all' || seen.has(index),
    );
    const free = alignment.owners.flatMap((owner, unit) => (owner < 0 ? [unit] : []));
    const potentialUsd = free.reduce((sum, unit) => sum + (known.potentialUsd[unit] ?? 0), 0);
    return {
      territories,
      unassigned: seen === 'all' ? { units: free.length, potentialUsd } : { units: 0, potentialUsd: 0 },
    };
  }

  async function found(user: RequestUser, id: string) {
    const alignment = await alignments.find(id);
    const seen = await sight(user, alignment);
    if (seen !== 'all') throw hidden();
    const { inputs: known, travel } = await ports.market(alignment);
    const items = findings({
      territories: alignment.territories,
      totals: totals(alignment.owners, {
        inputs: known,
        seats: alignment.territories,
        travel,
        overrides: alignment.overrides,
      }),
      owners: alignment.owners,
      neighbors: ports.geography.neighbors,
      potentialUsd: known.potentialUsd,
      cities: ports.geography.names,
      tolerance: DEFAULT_TOLERANCE.workloadHours,
    });
    return { sentence: findingsSentence(items), items };
  }

  /** How the plan treats those who work it, against the live one; without names, so that a rep may read it. */
  async function fairness(user: RequestUser, id: string) {
    const plan = await alignments.find(id);
    await sight(user, plan);
    const live = (await findLive(store.db, plan.teamId)) ?? plan;
    const market = await ports.market(plan);
    const fair = (of: StoredAlignment) =>
      territoryRows(of, market).map(({ index, utilization: used, deviation }) => {
        const { targetShare, repId } = of.territories[index]!;
        return { utilization: used, deviation, targetShare, isVacant: repId === null };
      });
    const moved = disruption(live.owners, plan.owners, market.inputs);
    const sentences = fairnessStatement({
      before: fair(live),
      after: fair(plan),
      tolerance: DEFAULT_TOLERANCE,
      ...moved,
    });
    return { sentences };
  }

  /** What the limits of a computation are shares of. */
  async function limits(user: RequestUser, id: string) {
    const alignment = await alignments.find(id);
    if ((await sight(user, alignment)) !== 'all') throw hidden();
    const [{ inputs: known }, pipeline] = await Promise.all([
      ports.market(alignment),
      ports.pipeline(alignment.teamId),
    ]);
    const sum = (vector: readonly number[]) => vector.reduce((total, value) => total + value, 0);
    return {
      accounts: sum(known.accounts),
      salesUsd: sum(known.salesUsd),
      pipelineUsd: pipeline && sum(pipeline),
      counties: new Set(ports.geography.counties).size,
      homes: alignment.territories.filter(({ home }) => home !== null).length,
    };
  }

  async function accountsIn(user: RequestUser, { teamId, owners, overrides }: StoredAlignment, unit: number) {
    const held = new Map(overrides.map(({ accountId, territory }) => [accountId, territory]));
    const accounts = await ports.accountsIn(user, unit, teamId);
    return {
      unit: ports.geography.ids[unit]!,
      accounts: accounts.map(({ accountId, name, kind, canEdit, part }) => ({
        accountId,
        accountName: name,
        ...{ kind, canEdit, part },
        territory: held.get(accountId) ?? owners[unit] ?? -1,
        held: held.has(accountId),
      })),
    };
  }

  return { list, show, inputs, figures, fairness, rows, found, limits, sight, accountsIn };
}

export type Views = ReturnType<typeof createViews>;

/** What reps may know of before it is live. */
export const isTold = ({ state, stage }: Pick<StoredAlignment, 'state' | 'stage'>): boolean =>
  state === 'draft' && (stage === 'announced' || stage === 'approved' || stage === 'scheduled');

const hidden = () =>
  new BailiwickError('not_found', 'There is no such plan.', { action: 'Open your own territory from the home page.' });
