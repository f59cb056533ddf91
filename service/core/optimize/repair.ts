import { strayPieces } from '../contiguity.ts';
import type { Plan } from './plan.ts';

/**
 * Makes every territory one piece and gives every unit an owner: stray pieces and unowned units go to the neighbouring
 * territory with the lowest load for its share, nearest first. Locked units stay where they are. A territory without any
 * unit first gets the unit nearest to its home, or the heaviest free one.
 */
export function repair(plan: Plan): void {
  const { problem } = plan;
  for (const { units } of strayPieces([...plan.owner], plan.k, problem.neighbors)) {
    if (units.some((u) => problem.locked[u])) continue;
    for (const u of units) plan.move(u, -1);
  }
  plant(plan);
  plan.recenter();
  grow(plan);
}

function plant(plan: Plan): void {
  for (let j = 0; j < plan.k; j++) {
    if (plan.sizes[j]! > 0 || plan.problem.frozen[j]) continue;
    let best = -1;
    for (let u = 0; u < plan.n; u++) {
      const owner = plan.owner[u]!;
      if (plan.problem.locked[u] || (owner >= 0 && (plan.sizes[owner]! <= 1 || !plan.canLeave(u)))) continue;
      const nearer = (v: number) => (plan.problem.homes[j] ? -plan.squaredKm(v, j) : plan.weight[v]!);
      if (best < 0 || nearer(u) > nearer(best)) best = u;
    }
    if (best >= 0) plan.move(best, j);
  }
}

/** Unowned units are taken one ring at a time, each by the neighbouring territory that has least for its share. */
function grow(plan: Plan): void {
  const { neighbors, shares, frozen, locked } = plan.problem;
  const fill = (j: number) => plan.loads[j]! / Math.max(shares[j]!, 1e-9);
  // a locked unit that nobody has stays uncovered: somebody wanted it so
  let open = [...plan.owner.keys()].filter((u) => plan.owner[u]! < 0 && !locked[u]);
  while (open.length > 0) {
    const left: number[] = [];
    for (const u of open) {
      const around = [...new Set(neighbors[u]!.map((next) => plan.owner[next]!).filter((j) => j >= 0 && !frozen[j]))];
      const taker = around.sort((a, b) => fill(a) - fill(b) || plan.squaredKm(u, a) - plan.squaredKm(u, b) || a - b)[0];
      if (taker === undefined) left.push(u);
      else plan.move(u, taker);
    }
    if (left.length === open.length) return;
    open = left;
  }
}
