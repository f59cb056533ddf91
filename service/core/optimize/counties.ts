import type { Plan } from './plan.ts';

/** Counties in the territories of a plan under change: each further territory of a county costs. */
export class Counties {
  private readonly plan: Plan;
  private readonly county: Int32Array;
  /** Units of county c in territory j, at c * k + j; absent for none. */
  private readonly counts = new Map<number, number>();

  constructor(plan: Plan, regions: readonly number[]) {
    this.plan = plan;
    this.county = Int32Array.from(regions);
  }

  recount(): void {
    this.counts.clear();
    for (let u = 0; u < this.plan.n; u++) this.add(u, this.plan.owner[u]!, 1);
  }

  count(u: number, a: number, b: number): void {
    this.add(u, a, -1);
    this.add(u, b, 1);
  }

  /** How many more pieces of counties there would be if u went from a to b: -1, 0 or 1. */
  delta(u: number, a: number, b: number): number {
    const county = this.county[u]!;
    if (county < 0) return 0;
    const leaves = a >= 0 && this.counts.get(county * this.plan.k + a) === 1 ? 1 : 0;
    return (this.counts.has(county * this.plan.k + b) ? 0 : 1) - leaves;
  }

  private add(u: number, j: number, sign: 1 | -1): void {
    const county = this.county[u]!;
    if (county < 0 || j < 0) return;
    const at = county * this.plan.k + j;
    const count = (this.counts.get(at) ?? 0) + sign;
    if (count > 0) this.counts.set(at, count);
    else this.counts.delete(at);
  }
}
