import { createHash } from 'node:crypto';
import { ENGINE_VERSION } from '../core/optimize/optimize.ts';
import type { TextComputed } from '../core/planText.ts';
import { byText } from '../core/planTextWords.ts';
import type { Asked } from './askedProblem.ts';
import { effortOf } from './compute.ts';
import type { StoredResult } from './storedResult.ts';

/** Long enough that two inputs never share it by chance, short enough for one line. */
const HASH_LENGTH = 32;

/**
 * How a plan was computed, kept with it: the same inputs, seed, engine and effort give the same plan. Null for plans that
 * were stopped early or are no single search.
 */
export function computedOf(asked: Asked, { view }: StoredResult): TextComputed | null {
  const { task, seed } = asked.request;
  const { objective = null, bound = null, stopped = true } = (view ?? {}) as Partial<Proved>;
  const effort = effortOf(task);
  if (stopped || effort === null) return null;
  const gap = objective === null || bound === null || bound <= 0 ? null : (objective - bound) / bound;
  const rounded = gap === null ? null : Math.round(Math.max(0, gap) * 10_000) / 10_000;
  return { inputs: inputsHash(asked), seed, engine: ENGINE_VERSION, effort, gap: rounded };
}

interface Proved {
  readonly objective: number | null;
  readonly bound: number | null;
  readonly stopped: boolean;
}

/** Everything that the computation reads; neither the draft's name nor its version. */
function inputsHash({ plan, request, writable, market, geography, pipelineUsd }: Asked): string {
  const { alignmentId: _, version: __, ...asked } = request;
  const { territories, owners, overrides, lockedUnits, lockedTerritories } = plan;
  const { inputs, accounts, travel, callPlan } = market;
  const ids = (indexes: readonly number[]) => indexes.map((index) => territories[index]?.id ?? '').sort(byText);
  const read = {
    asked,
    ...{ writable, inputs, accounts, travel, callPlan, pipelineUsd, territories, owners },
    geography: geography.key,
    overrides: [...overrides].sort((a, b) => byText(a.accountId, b.accountId)),
    lockedUnits: [...lockedUnits].sort((a, b) => a - b),
    lockedTerritories: ids(lockedTerritories),
  };
  return createHash('sha256').update(JSON.stringify(read)).digest('hex').slice(0, HASH_LENGTH);
}
