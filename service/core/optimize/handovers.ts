import { sharesOf } from './instance.ts';
import type { Plan } from './plan.ts';

/** Cost of a handover of a unit that holds nothing, as a share of the mean unit. */
const TRACE = 0.02;

/** What changes rep in a plan under change: the limits on it and its price λ. */
export class Handovers {
  /** Share of accounts, sales and pipeline that changes rep now, one for each limit. */
  readonly moved: Float64Array;
  /** Does a handover cost anything by itself? */
  readonly matters: boolean;
  private readonly plan: Plan;
  private readonly today: readonly number[] | null;
  private readonly lambda: number;
  private readonly shares: readonly { readonly share: Float64Array; readonly most: number }[];

  constructor(plan: Plan) {
    this.plan = plan;
    this.today = plan.problem.current;
    this.lambda = plan.problem.disruptionWeight;
    this.matters = this.lambda > 0 && this.today !== null;
    this.shares = limitsOf(plan);
    this.moved = new Float64Array(this.shares.length);
  }

  recount(): void {
    this.moved.fill(0);
    if (this.shares.length === 0) return;
    for (let u = 0; u < this.plan.n; u++)
      if (this.changed(u, this.plan.owner[u]!)) this.shares.forEach(({ share }, i) => (this.moved[i]! += share[u]!));
  }

  /** Would every limit be kept if u went from a to b? What has changed already may change again. */
  allowed(u: number, a: number, b: number): boolean {
    if (this.shares.length === 0 || this.changed(u, a) || !this.changed(u, b)) return true;
    return this.shares.every(({ share, most }, i) => this.moved[i]! + share[u]! <= most + 1e-12);
  }

  count(u: number, a: number, b: number): void {
    if (this.shares.length === 0) return;
    const sign = Number(this.changed(u, b)) - Number(this.changed(u, a));
    if (sign !== 0) this.shares.forEach(({ share }, i) => (this.moved[i]! += sign * share[u]!));
  }

  /** Change of λ Σ q if u went from a to b, in km². */
  delta(u: number, a: number, b: number): number {
    if (!this.matters) return 0;
    const change = Number(this.changed(u, b)) - Number(this.changed(u, a));
    return change === 0 ? 0 : change * this.lambda * (this.plan.moving[u]! + TRACE / this.plan.n);
  }

  /** A unit that nobody has today disrupts nobody. */
  private changed(u: number, j: number): boolean {
    const today = this.today ? this.today[u]! : -1;
    return today >= 0 && today !== j;
  }
}

function limitsOf({ problem }: Plan): { share: Float64Array; most: number }[] {
  const { limits, disruption, current } = problem;
  if (!limits || !disruption || !current) return [];
  const list: [readonly number[] | undefined, number | undefined][] = [
    [disruption.accounts, limits.accountsShare],
    [disruption.salesUsd, limits.salesShare],
    [disruption.pipelineUsd, limits.pipelineShare],
  ];
  return list.flatMap(([values, most]) => {
    const share = values && most !== undefined ? sharesOf(values) : null;
    return share && most !== undefined ? [{ share, most }] : [];
  });
}
