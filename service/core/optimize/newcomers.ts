import type { Plan } from './plan.ts';

/**
 * Territories that have nothing today, and whose ground they stand on or beside: a search for fewer handovers would
 * stretch them towards ever more neighbours, each one more rep to agree with.
 */
export class Newcomers {
  private readonly plan: Plan;
  private readonly givers = new Map<number, Set<number>>();

  constructor(plan: Plan) {
    this.plan = plan;
    const today = new Set(plan.problem.current ?? []);
    for (let j = 0; j < plan.k; j++) if (!today.has(j)) this.givers.set(j, new Set());
    if (this.givers.size === 0) return;
    for (let u = 0; u < plan.n; u++) {
      const givers = this.givers.get(plan.owner[u]!);
      if (givers) for (const j of this.around(u)) givers.add(j);
    }
  }

  /** May u go to a territory: is that an old one, or does it stay among those around it? */
  allow(u: number, to: number): boolean {
    const givers = this.givers.get(to);
    return !givers || this.around(u).every((j) => givers.has(j));
  }

  /** Whose u and its neighbours are today. */
  private around(u: number): number[] {
    const { offsets, targets } = this.plan.instance;
    const current = this.plan.problem.current!;
    const found = [current[u]!];
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) found.push(current[targets[at]!]!);
    return found.filter((j) => j >= 0);
  }
}
