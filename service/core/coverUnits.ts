import { Plan } from './optimize/plan.ts';
import type { Problem } from './optimize/problem.ts';

/**
 * Gives every unit that nobody has to the neighbouring territory with most room, ring by ring; a locked one, and one that
 * no neighbour may take, stays as it is. Ties go to the nearer territory, then the lower one.
 */
export function covered(problem: Problem, owners: readonly number[]): number[] {
  const plan = new Plan(problem, owners);
  const { neighbors, frozen, locked, forbidden, shares, measures } = problem;
  const totals = measures.map(({ perUnit }) => perUnit.reduce((sum, value) => sum + value, 0));
  const fill = (j: number) =>
    totals.reduce((sum, total, m) => sum + plan.loads[m * plan.k + j]! / Math.max(total * shares[j]!, 1e-9), 0);
  let open = owners.flatMap((owner, u) => (owner < 0 && !locked[u] ? [u] : []));
  while (open.length > 0) {
    const left: number[] = [];
    for (const u of open) {
      const around = new Set(neighbors[u]!.map((next) => plan.owner[next]!));
      const [taker] = [...around]
        .filter((j) => j >= 0 && !frozen[j] && !forbidden?.has(u, j))
        .map((j) => ({ j, fill: fill(j), far: plan.squaredKm(u, j) }))
        .sort((a, b) => a.fill - b.fill || a.far - b.far || a.j - b.j);
      if (taker) plan.move(u, taker.j);
      else left.push(u);
    }
    if (left.length === open.length) break;
    open = left;
  }
  return [...plan.owner];
}
