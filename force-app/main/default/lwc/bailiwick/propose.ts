import type { Proposal } from './proposalAnswers';
import { poll } from './poll';
import { get, post } from './service';

const FINAL = new Set(['done', 'cancelled', 'failed']);
/** Target ranges that people trust: ±10 % of the hours, ±15 % of the market potential. */
const MEASURES = [
  { name: 'workloadHours', tolerance: 0.1 },
  { name: 'potentialUsd', tolerance: 0.15 },
];
const SEED = 1;

/** Least and most of one measure as they stand in a form; an empty text is no limit, no territory is every one. */
export interface BoundRow {
  territory: string | null;
  measure: string;
  min: string;
  max: string;
}

/** What is asked of a computation, as the form tells it. */
export interface ComputeRequest {
  preset: string;
  task: { kind: string; [field: string]: unknown };
  limits: { accountsShare: number; salesShare: number; pipelineShare?: number } | null;
  rules: Record<string, unknown>;
}

/** Asks for a computed plan and follows it; `started` is told its id at once, `seen` every answer. */
export async function propose(
  asked: { alignmentId: string; version: number; keepUnits: readonly string[] } & ComputeRequest,
  steps: {
    started?: (id: string) => void | Promise<void>;
    isWanted: () => boolean;
    seen: (proposal: Proposal) => void;
  },
): Promise<void> {
  const { id } = await post<{ id: string }>('/proposals', { ...asked, measures: MEASURES, seed: SEED });
  await steps.started?.(id);
  await poll(() => get<Proposal>(`/proposals/${id}`), {
    isFinal: isFinished,
    isWanted: steps.isWanted,
    seen: steps.seen,
  });
}

export const isFinished = ({ state }: Proposal): boolean => FINAL.has(state);
