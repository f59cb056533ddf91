import type { Problem } from '../../../service/core/optimize/problem.ts';
import { seeded } from '../../../service/core/random.ts';

/** One account of a heavy unit, with what it holds of each measure. */
export interface BenchAccount {
  readonly id: string;
  readonly unit: number;
  readonly amounts: readonly number[];
}

/** From this many territories on single ZIPs are a large part of a target. */
export const SPLIT_FROM_K = 300;
/** Units above this share of a target in some measure have accounts listed. */
const HEAVY = 0.1;
/** An account holds about this share of a target, so that groups of them can be weighed out. */
const ACCOUNT = 0.015;
/** What stays with the unit because no account is known for it. */
const UNLISTED = 0.1;

/** Accounts of the units that alone are a large part of a target; sizes are skewed, amounts whole. */
export function accountsOf(problem: Problem, seed: number): BenchAccount[] {
  const random = seeded(seed * 104_729 + 5);
  const totals = problem.measures.map(({ perUnit }) => perUnit.reduce((sum, value) => sum + value, 0));
  const accounts: BenchAccount[] = [];
  for (let unit = 0; unit < problem.lat.length; unit++) {
    const held = problem.measures.map(({ perUnit }, m) => (perUnit[unit]! * problem.k) / totals[m]!);
    const most = Math.max(...held);
    if (most <= HEAVY) continue;
    const sizes = Array.from({ length: Math.ceil(most / ACCOUNT) }, () => 0.2 + random() ** 2);
    const sum = sizes.reduce((total, size) => total + size, 0) / (1 - UNLISTED);
    for (const [i, size] of sizes.entries()) {
      const amounts = problem.measures.map(({ perUnit }) => Math.floor((perUnit[unit]! * size) / sum));
      accounts.push({ id: `a${unit}-${i + 1}`, unit, amounts });
    }
  }
  return accounts;
}
