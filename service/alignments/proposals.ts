import { BailiwickError } from '../core/errors.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Alignments } from './alignments.ts';
import type { AlignmentDeps } from './alignments.ts';
import type { Asked } from './askedProblem.ts';
import { computedOf } from './certificate.ts';
import { compute } from './compute.ts';
import { isHeld, requireDraft } from './editRules.ts';
import { createEngineThread, type EngineThread } from './engineThread.ts';
import { proposalBody, type ProposalBody } from './proposalSchemas.ts';
import * as db from './store.ts';
import type { StoredAlignment } from './store.ts';
import type { StoredResult } from './storedResult.ts';
import { chosen, take } from './takeProposal.ts';

/** At most this many optimize jobs run at once; more wait. Two cores: one for the engine, one for everybody else. */
const MAX_RUNNING = 1;

/** Computed plans: asked for, followed, cancelled, taken. The request is stored, so an interrupted one runs again. */
export function createProposals(deps: AlignmentDeps & { alignments: Alignments; log: (message: string) => void }) {
  const { store, ports, now, alignments, log } = deps;
  const running = new Map<string, EngineThread>();
  const cancelled = new Set<string>();
  const waiting: string[] = [];
  const active = new Set<Promise<void>>();
  let closed = false;

  async function ask(user: RequestUser, body: ProposalBody) {
    const alignment = await alignments.find(body.alignmentId);
    const writable = await ports.writable(user, alignment.teamId);
    if (writable !== 'all' && writable.size === 0) {
      throw new BailiwickError('forbidden', 'None of these territories is in your branch.', {
        action: 'Open a plan of your own team.',
      });
    }
    // a computation on the live plan is a question; on a plan that is held nothing could come of it
    if (isHeld(alignment)) requireDraft(alignment);
    if (alignment.version !== body.version) {
      throw new BailiwickError(
        'alignment_stale',
        `The plan is at version ${alignment.version}; the request was made on ${body.version}.`,
        { action: 'Reload the plan and ask again.' },
      );
    }
    assertKnown(body, alignments);
    const { id } = await db.insertProposal(store, {
      alignmentId: alignment.id,
      version: alignment.version,
      request: { ...body, writable: writable === 'all' ? null : [...writable] },
      state: 'queued',
      byId: user.userId,
      byName: user.name,
      createdAt: now(),
    });
    enqueue(id);
    return { id };
  }

  function enqueue(id: string): void {
    waiting.push(id);
    pump();
  }

  function pump(): void {
    if (closed || active.size >= MAX_RUNNING) return;
    const id = waiting.shift();
    if (id === undefined) return;
    const job = work(id)
      .catch((error: unknown) =>
        log(`proposal ${id}: ${error instanceof Error ? (error.stack ?? error.message) : error}`),
      )
      .finally(() => {
        active.delete(job);
        pump();
      });
    active.add(job);
  }

  async function work(id: string): Promise<void> {
    try {
      const proposal = await db.findProposal(store, id);
      if (!proposal || cancelled.has(id)) return await db.updateProposal(store, id, { state: 'cancelled' });
      const alignment = await alignments.find(proposal.alignmentId);
      await db.updateProposal(store, id, { state: 'running' });
      const result = await solve(id, alignment, proposal.request);
      await db.updateProposal(store, id, { state: 'done', result });
    } catch (error) {
      if (closed) return;
      const known = error instanceof BailiwickError ? error : null;
      const told = {
        message: known?.message ?? 'The computation failed.',
        action: known?.action ?? 'Try again; if it fails again, tell support the proposal id.',
      };
      await db.updateProposal(store, id, { state: cancelled.has(id) ? 'cancelled' : 'failed', error: told });
    } finally {
      running.delete(id);
      cancelled.delete(id);
    }
  }

  async function solve(id: string, plan: StoredAlignment, stored: unknown): Promise<StoredResult> {
    const request = proposalBody.parse(stored);
    const { writable = null } = stored as { writable?: string[] | null };
    const [market, pipelineUsd] = await Promise.all([
      ports.market(plan),
      request.limits?.pipelineShare === undefined ? null : ports.pipeline(plan.teamId),
    ]);
    if (closed) throw new Error('The service is closing; the proposal is computed at the next start.');
    const { unitOf } = alignments;
    const asked: Asked = { plan, request, writable, market, geography: ports.geography, pipelineUsd, unitOf };
    const engine = createEngineThread(plan.territories.length);
    running.set(id, engine);
    if (cancelled.has(id)) engine.cancel();
    const result = await compute(asked, engine);
    return { ...result, computed: computedOf(asked, result) };
  }

  /** @throws BailiwickError not_found also for a proposal of a team that the user does not manage */
  async function visible(user: RequestUser, id: string) {
    const proposal = await db.findProposal(store, id);
    const alignment = proposal && (await alignments.find(proposal.alignmentId));
    const writable = alignment ? await ports.writable(user, alignment.teamId) : new Set();
    if (proposal && alignment && (writable === 'all' || writable.size > 0)) return { proposal, alignment, writable };
    throw new BailiwickError('not_found', 'There is no such proposal.', { action: 'Ask for a new one.' });
  }

  async function show(user: RequestUser, id: string) {
    const { proposal } = await visible(user, id);
    const progress = running.get(id)?.progress ?? {
      phase: proposal.state === 'queued' ? 'waiting' : 'done',
      share: proposal.state === 'done' ? 1 : 0,
      onTarget: 0,
      territories: 0,
    };
    const view = (proposal.result as StoredResult | null)?.view ?? null;
    const isChoice =
      proposalBody.shape.task.safeParse((proposal.request as Partial<ProposalBody>).task).data?.kind === 'tradeOff';
    return {
      id,
      alignmentId: proposal.alignmentId,
      version: proposal.version,
      state: proposal.state,
      progress,
      error: proposal.error ?? null,
      result: isChoice ? null : view,
      tradeOff: isChoice ? view : null,
    };
  }

  async function cancel(user: RequestUser, id: string) {
    const { proposal, writable } = await visible(user, id);
    if (proposal.byId !== user.userId && writable !== 'all')
      throw new BailiwickError('forbidden', `${proposal.byName} asked for this computation.`, {
        action: 'Ask for one of your own; it runs when this one has finished.',
      });
    const at = waiting.indexOf(id);
    if (at >= 0) {
      waiting.splice(at, 1);
      await db.updateProposal(store, id, { state: 'cancelled' });
    } else if (['queued', 'running'].includes(proposal.state)) {
      cancelled.add(id);
      running.get(id)?.cancel();
    }
    return show(user, id);
  }

  /** Makes the computed plan the plan, as one edit that undo takes back. */
  async function accept(user: RequestUser, id: string, { version, plan }: { version: number; plan: number }) {
    const { proposal, alignment } = await visible(user, id);
    if (proposal.version !== version) {
      throw new BailiwickError(
        'alignment_stale',
        `The proposal was computed on version ${proposal.version}, you look at ${version}.`,
        { action: 'Reload the plan and ask again.' },
      );
    }
    return take(deps, user, alignment, { version, ...chosen(proposal, plan) });
  }

  /** Makes a draft of the computed plan; the plan that it was computed on stays as it is, the live one too. */
  async function saveAsDraft(user: RequestUser, id: string, { name, plan }: { name: string; plan: number }) {
    const { proposal, alignment } = await visible(user, id);
    const found = chosen(proposal, plan);
    if (proposal.version !== alignment.version)
      throw new BailiwickError(
        'alignment_stale',
        `The plan is at version ${alignment.version}; this was computed on ${proposal.version}.`,
        { action: 'Ask for it again.' },
      );
    const draft = await alignments.create(user, { teamId: alignment.teamId, name, from: alignment.id });
    try {
      const { version } = await take(deps, user, draft, { version: draft.version, ...found });
      return { id: draft.id, name: draft.name, version, notes: [] };
    } catch (error) {
      await alignments.discard(draft.id);
      throw error;
    }
  }

  /** Starts what a former process left unfinished. */
  async function resume(): Promise<void> {
    for (const { id } of await db.unfinishedProposals(store)) enqueue(id);
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...running.values()].map((engine) => engine.terminate()));
    await Promise.all(active);
  }

  return { ask, show, cancel, accept, saveAsDraft, resume, close };
}

export type Proposals = ReturnType<typeof createProposals>;

/** Every ZIP that a request names must be on the map. @throws BailiwickError geography_unknown */
function assertKnown({ keepUnits, rules, task }: ProposalBody, { unitOf }: Alignments): void {
  const { together, apart, forbidden } = rules;
  [...keepUnits, ...together.flat(), ...apart.flat(), ...forbidden.map(({ unit }) => unit)].forEach(unitOf);
  if (task.kind === 'moveRep') unitOf(task.zip);
}
