import { difference } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import type { Progress } from '../core/optimize/problem.ts';
import { DEFAULT_LIMITS, proposalProblem } from '../core/proposal.ts';
import type { RequestUser } from '../http/identity.ts';
import { runOptimize, type OptimizeRun } from '../jobs/runOptimize.ts';
import type { Alignments } from './alignments.ts';
import type { AlignmentDeps } from './alignments.ts';
import type { ProposalBody } from './schemas.ts';
import * as db from './store.ts';
import type { StoredAlignment } from './store.ts';
import { presentResult } from './proposalResult.ts';

interface StoredResult {
  readonly owners: number[];
  readonly view: unknown;
}

/** At most this many optimize jobs run at once; more wait. Two cores: one for the engine, one for everybody else. */
const MAX_RUNNING = 1;

/** Computed plans: asked for, followed, cancelled, taken. The request is stored, so an interrupted one runs again. */
export function createProposals({
  store,
  ports,
  now,
  alignments,
  log,
}: AlignmentDeps & { alignments: Alignments; log: (message: string) => void }) {
  const running = new Map<string, { run: OptimizeRun; progress: Progress }>();
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
    if (alignment.version !== body.version) {
      throw new BailiwickError(
        'alignment_stale',
        `The plan is at version ${alignment.version}; the request was made on ${body.version}.`,
        { action: 'Reload the plan and ask again.' },
      );
    }
    body.keepUnits.forEach((zip) => alignments.unitOf(zip));
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
      const result = await solve(id, alignment, proposal.request as ProposalBody & { writable: string[] | null });
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

  async function solve(
    id: string,
    alignment: StoredAlignment,
    request: ProposalBody & { writable: string[] | null },
  ): Promise<StoredResult> {
    const market = await ports.market(alignment.teamId);
    if (closed) throw new Error('The service is closing; the proposal is computed at the next start.');
    const locked = lockedUnits(alignment, request, ports.geography.ids.length);
    for (const zip of request.keepUnits) locked[alignments.unitOf(zip)] = true;
    const frozen = alignment.territories.map(
      ({ id: territory }, index) =>
        alignment.lockedTerritories.includes(index) || !(request.writable?.includes(territory) ?? true),
    );
    const limits = request.limits ?? (request.preset === 'fewestChanges' ? DEFAULT_LIMITS : null);
    const problem = proposalProblem(
      alignment,
      { ...market, geography: ports.geography },
      { ...request, limits, locked, frozen },
    );
    const entry = {
      run: runOptimize(problem, {
        seed: request.seed,
        effort: 1,
        onProgress: (progress) => void (entry.progress = progress),
      }),
      progress: { phase: 'start', share: 0, onTarget: 0, territories: alignment.territories.length } as Progress,
    };
    running.set(id, entry);
    if (cancelled.has(id)) entry.run.cancel();
    const solution = await entry.run.result;
    const view = presentResult(
      { plan: alignment, market, geography: ports.geography, measures: request.measures },
      solution,
    );
    return { owners: solution.owners, view };
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
    const result = (proposal.result as StoredResult | null)?.view ?? null;
    return {
      id,
      alignmentId: proposal.alignmentId,
      version: proposal.version,
      state: proposal.state,
      progress,
      error: proposal.error ?? null,
      result,
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
      running.get(id)?.run.cancel();
    }
    return show(user, id);
  }

  /** Makes the computed plan the plan, as one edit that undo takes back. */
  async function accept(user: RequestUser, id: string, version: number) {
    const { proposal, alignment } = await visible(user, id);
    const result = proposal.result as StoredResult | null;
    if (!result)
      throw new BailiwickError('not_ready', 'This proposal has no plan yet.', { action: 'Wait until it is done.' });
    if (proposal.version !== version) {
      throw new BailiwickError(
        'alignment_stale',
        `The proposal was computed on version ${proposal.version}, you look at ${version}.`,
        { action: 'Reload the plan and ask again.' },
      );
    }
    const moves = difference(alignment.owners, result.owners);
    const zip = (unit: number) => ports.geography.ids[unit]!;
    const crmId = (index: number) => alignment.territories[index]?.id ?? null;
    return alignments.move(user, alignment.id, {
      version,
      moves: moves.map(({ unit, from, to }) => ({ unit: zip(unit), from: crmId(from), to: crmId(to) })),
      overrides: [],
      note: `Accepted a computed plan (${(proposal.request as ProposalBody).preset}).`,
    });
  }

  /** Starts what a former process left unfinished. */
  async function resume(): Promise<void> {
    for (const { id } of await db.unfinishedProposals(store)) enqueue(id);
  }

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...running.values()].map(({ run }) => run.terminate()));
    await Promise.all(active);
  }

  return { ask, show, cancel, accept, resume, close };
}

export type Proposals = ReturnType<typeof createProposals>;

function lockedUnits(
  alignment: StoredAlignment,
  { writable }: { writable: string[] | null },
  count: number,
): boolean[] {
  const units = new Set(alignment.lockedUnits);
  const fixed = new Set(alignment.lockedTerritories);
  const outside = new Set(
    alignment.territories.flatMap(({ id }, index) => (writable && !writable.includes(id) ? [index] : [])),
  );
  return Array.from({ length: count }, (_, unit) => {
    const owner = alignment.owners[unit] ?? -1;
    return units.has(unit) || fixed.has(owner) || outside.has(owner);
  });
}
