import { expect } from 'vitest';
import { createGeography } from '../../service/geography/geography.ts';
import { startHouse, type Ask } from './house.ts';
import { waitFor } from './waitFor.ts';

export interface Plan {
  id: string;
  version: number;
  owners: number[];
  territories: { id: string; name: string; home: { lat: number; lon: number } | null }[];
}
export interface Row {
  id: string;
  name: string;
  utilization: number;
  workloadHours: number;
  deviation: { workloadHours: number; potentialUsd: number };
}
export interface Result {
  moves: { units: string[]; fromName: string | null; toName: string | null; sentence: string; accounts: number }[];
  before: Row[];
  after: Row[];
  owners: number[];
  onTargetBefore: number;
  onTargetAfter: number;
  accountsShare: number;
  salesShare: number;
  pipelineShare: number | null;
  outside: { territory: string; cause: string; proof: boolean }[];
  counties: { before: number; after: number } | null;
  bounds?: {
    territory: string;
    min: number | null;
    max: number | null;
    value: number;
    isKept: boolean;
    isNamed: boolean;
  }[];
  added: { id: string; name: string; place: string; givers: { name: string; accounts: number }[] } | null;
  notes: string[];
}
export interface Proposal {
  id: string;
  state: string;
  error: { message: string; action: string } | null;
  result: Result | null;
  tradeOff: {
    today: { onTarget: number };
    plans: { name: string; owners: number[]; onTarget: number; accountsShare: number; travelHours: number }[];
  } | null;
}
export type Refusal = { error: { code: string; message: string; action: string } };

/** Several plans take a while on a busy machine. */
const COMPUTED_MS = 200_000;

/** Plans computed over HTTP as sales operations, on the sample. */
export async function proposalWorld() {
  const { geography } = createGeography();
  const house = await startHouse();
  const ops = house.api(house.sample.planted.users.salesOps);
  const teamId = house.sample.planted.teams.sales.id;
  const listed = await ops<{ alignments: { id: string; state: string }[] }>('GET', `/api/alignments?team=${teamId}`);
  const liveId = listed.json.alignments.find(({ state }) => state === 'live')!.id;
  const show = async (id: string) => (await ops<Plan>('GET', `/api/alignments/${id}`)).json;
  const live = await show(liveId);
  const post = (plan: Plan, body: object, ask: Ask = ops) =>
    ask<{ id: string } & Refusal>('POST', '/api/proposals', {
      alignmentId: plan.id,
      version: plan.version,
      preset: 'fewestChanges',
      ...body,
    });
  async function computed(plan: Plan, body: object): Promise<Proposal> {
    const { status, json } = await post(plan, body);
    expect([status, json.error]).toEqual([202, undefined]);
    return waitFor(
      async () => (await ops<Proposal>('GET', `/api/proposals/${json.id}`)).json,
      ({ state }) => ['done', 'failed', 'cancelled'].includes(state),
      COMPUTED_MS,
    );
  }
  async function found(plan: Plan, body: object): Promise<Result> {
    const { state, error, result } = await computed(plan, body);
    expect([state, error]).toEqual(['done', null]);
    return result!;
  }
  return {
    house,
    ops,
    geography,
    live,
    show,
    post,
    computed,
    found,
    newDraft: async (name: string) => (await ops<Plan>('POST', '/api/alignments', { teamId, name, from: liveId })).json,
    accept: (id: string, body: object) =>
      ops<{ version: number } & Refusal>('POST', `/api/proposals/${id}/accept`, body),
    /** CRM id of a territory of the sample. */
    named: (name: string) => live.territories.find((territory) => territory.name === name)!.id,
  };
}
export type ProposalWorld = Awaited<ReturnType<typeof proposalWorld>>;

/** Units that have another owner. */
export const changed = (before: readonly number[], after: readonly number[]) =>
  before.flatMap((owner, unit) => (owner === after[unit] ? [] : [unit]));
