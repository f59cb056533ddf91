import type { Vector } from './measures.ts';

/** Share of an account's sales that is lost in the year after its rep changes: the published range (product.md). */
export const LOSS_SHARE = { low: 0.13, high: 0.18 };

/** Share of all accounts and of all sales that change rep. */
export interface Disruption {
  readonly accountsShare: number;
  readonly salesShare: number;
}

/**
 * What changes rep between two maps, as shares of everything; ratios. A unit that nobody had before disrupts nobody.
 * With no accounts or no sales anywhere the share is 0.
 */
export function disruption(
  before: readonly number[],
  after: readonly number[],
  inputs: { readonly accounts: Vector; readonly salesUsd: Vector },
): Disruption {
  const moved = before.flatMap((owner, unit) => (owner >= 0 && after[unit] !== owner ? [unit] : []));
  const share = (values: Vector) => {
    const total = values.reduce((sum, value) => sum + value, 0);
    const part = moved.reduce((sum, unit) => sum + (values[unit] ?? 0), 0);
    return total > 0 ? part / total : 0;
  };
  return { accountsShare: share(inputs.accounts), salesShare: share(inputs.salesUsd) };
}
