import { get, post } from 'c/bailiwick';
import type { BailiwickMap, Draft, GeographyData, Inputs, Me, Plan, ServiceStanding, Standing } from 'c/bailiwick';

/** A plan with what the browser needs to recompute it: the draft holds owners, live totals and undo. */
export interface WorkingPlan {
  plan: Plan;
  inputs: Inputs;
  draft: Draft;
}

/** What every draft stands on. */
export interface Ground {
  readonly map: BailiwickMap;
  readonly geography: GeographyData;
}

/** The team that opens first: the one with most territories today. */
export async function biggestTeam(teams: Me['teams']): Promise<string> {
  if (teams.length < 2) return teams[0]?.id ?? '';
  const sizes = await Promise.all(
    teams.map(async ({ liveAlignmentId: id }) => (id ? (await get<Plan>(`/alignments/${id}`)).territories.length : 0)),
  );
  return teams[sizes.indexOf(Math.max(...sizes))]?.id ?? '';
}

/** A former version of the plan, or another plan of the same team: the figures of its units are the same. */
export async function loadBeside(ground: Ground, id: string, version: number | null, { inputs }: WorkingPlan) {
  const plan = await get<Plan>(`/alignments/${id}${version === null ? '' : `?version=${version}`}`);
  return { plan, inputs, draft: draftOf(ground, plan, inputs) };
}

export async function loadPlan(ground: Ground, id: string): Promise<WorkingPlan> {
  const [plan, inputs] = await Promise.all([get<Plan>(`/alignments/${id}`), get<Inputs>(`/alignments/${id}/inputs`)]);
  return { plan, inputs, draft: draftOf(ground, plan, inputs) };
}

/** What stands for a territory that this user may not see. */
const NO_SEAT = { home: null, capacityHours: 0, targetShare: 0, administrationHours: 0 };

export function draftOf({ map, geography }: Ground, plan: Plan, { inputs, travel }: Inputs): Draft {
  const { owners, overrides, lockedUnits: locked } = plan;
  // What is not in the user's branch is as good as locked: the service would refuse the move.
  const closed = plan.territories.flatMap((territory, i) => (territory?.canEdit ? [] : [i]));
  const lockedTerritories = [...plan.lockedTerritories, ...closed];
  const seats = plan.territories.map((territory) => territory ?? NO_SEAT);
  return map.createDraft({ owners, overrides, seats, inputs, travel, locked, lockedTerritories }, geography);
}

/** Sends what is not saved yet; the plan then stands at a new version. */
export async function save({ plan, draft }: WorkingPlan, zips: readonly string[]): Promise<number> {
  const id = (territory: number) => plan.territories[territory]?.id ?? null;
  const moves = draft.unsaved().map(({ unit, from, to }) => ({ unit: zips[unit], from: id(from), to: id(to) }));
  if (moves.length === 0) return 0;
  const sent = draft.owners;
  const { version } = await post<{ version: number }>(`/alignments/${plan.id}/moves`, { version: plan.version, moves });
  plan.version = version;
  draft.markSaved(sent);
  return moves.length;
}

/** A computed plan that the service has taken over. */
export interface Accepted {
  /** Null where the plan has territories that the browser does not know: it is then opened afresh. */
  owners: readonly number[] | null;
  version: number;
}

/** The service's new plan as one step of the draft, so that undo takes all of it back; false where others edited too. */
export function takeOver(map: BailiwickMap, { plan, draft }: WorkingPlan, { owners, version }: Accepted): boolean {
  if (!owners || version !== plan.version + 1) return false;
  draft.commit(map.core.difference(draft.owners, owners));
  draft.markSaved();
  plan.version = version;
  return true;
}

/** Bars from totals; the order is the plan's. A spread is half the 80 % interval of a territory's potential in dollars. */
export function barsOf({ plan }: WorkingPlan, standings: readonly Standing[], spreads: readonly number[] = []) {
  return standings.map((standing, index) => ({
    ...standing,
    index,
    name: plan.territories[index]?.name ?? '',
    repName: plan.territories[index]?.repName ?? null,
    potentialSpreadUsd: spreads[index] ?? 0,
  }));
}

/** Bars from the service's own figures, for a plan with territories that the draft does not have. */
export function barsOfRows({ plan }: WorkingPlan, rows: readonly ServiceStanding[]): ReturnType<typeof barsOf> {
  return rows.map(({ index = -1, name, deviation, ...totals }) => ({
    ...totals,
    index,
    name,
    repName: plan.territories[index]?.repName ?? null,
    workloadDeviation: deviation?.workloadHours ?? 0,
    potentialDeviation: deviation?.potentialUsd ?? 0,
    potentialSpreadUsd: 0,
  }));
}

/** Hours used under the territory's index in the plan; 0 where it has no bar. */
export function utilizations(bars: readonly { index: number; utilization: number }[]): number[] {
  const all = new Array<number>(Math.max(0, ...bars.map(({ index }) => index + 1))).fill(0);
  for (const { index, utilization } of bars) if (index >= 0) all[index] = utilization;
  return all;
}
