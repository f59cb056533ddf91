import { strayPieces } from '../contiguity.ts';
import { fetchOut } from './fetchOut.ts';
import type { Plan } from './plan.ts';

/** What it costs that unit u goes to territory j; any scale. */
export type Cost = (u: number, j: number) => number;

/**
 * Makes every territory one piece and gives every unit an owner: the largest piece of each territory stays, stray pieces
 * and unowned units go to the neighbouring territory where they cost least, ring by ring. Locked units stay where they
 * are, and go where they must. A territory without any unit first gets the unit nearest to its centre.
 */
export function repair(plan: Plan, cost: Cost): void {
  const { instance } = plan;
  release(plan);
  const whole = Int32Array.from(plan.owner, (j, u) => (instance.partOf[u]! < 0 ? j : -1));
  for (const { units } of strayPieces([...whole], plan.k, plan.problem.neighbors)) {
    for (const u of units) plan.move(u, -1);
  }
  plant(plan);
  for (let u = 0; u < plan.n; u++)
    if (instance.partOf[u]! >= 0 && plan.owner[u]! >= 0 && instance.fixed[u]! < 0 && !plan.touches(u, plan.owner[u]!))
      plan.move(u, -1);
  grow(plan, cost);
  fetchOut(plan);
  // a locked unit that nothing joins to its territory is kept all the same
  for (let u = 0; u < plan.n; u++) if (plan.owner[u]! < 0 && instance.fixed[u]! >= 0) plan.move(u, instance.fixed[u]!);
  grow(plan, cost);
}

/** Cuts know no rules: what may not stay goes to where it must, else to nobody. */
function release(plan: Plan): void {
  const { fixed } = plan.instance;
  for (let u = 0; u < plan.n; u++) {
    const j = plan.owner[u]!;
    if (j >= 0 && !plan.instance.allows(u, j)) plan.move(u, Math.max(-1, fixed[u]!));
    if (j < 0 && fixed[u]! >= 0) plan.move(u, fixed[u]!);
  }
}

function plant(plan: Plan): void {
  for (let j = 0; j < plan.k; j++) {
    if (plan.sizes[j]! > 0 || plan.problem.frozen[j]) continue;
    let best = -1;
    let least = Infinity;
    for (let u = 0; u < plan.n; u++) {
      if (plan.instance.partOf[u]! >= 0 || !plan.instance.allows(u, j)) continue;
      const d2 = plan.squaredKm(u, j);
      if (d2 >= least) continue;
      const a = plan.owner[u]!;
      if (a >= 0 && (plan.sizes[a]! <= 1 || !plan.canLeave(u))) continue;
      least = d2;
      best = u;
    }
    if (best >= 0) plan.move(best, j);
  }
}

function grow(plan: Plan, cost: Cost): void {
  const { offsets, targets, partOf, fixed } = plan.instance;
  const isOpen = (u: number) => {
    const j = plan.owner[u]!;
    return partOf[u]! >= 0 ? j < 0 || !plan.touches(u, j) : j < 0 && fixed[u] !== -1;
  };
  // a locked unit that nobody has stays uncovered: somebody wanted it so
  let open = [...plan.owner.keys()].filter(isOpen);
  while (open.length > 0) {
    const left: number[] = [];
    const taken: [number, number][] = [];
    for (const u of open) {
      let best = -1;
      let least = Infinity;
      for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
        const j = plan.owner[targets[at]!]!;
        if (j < 0 || partOf[targets[at]!]! >= 0 || !plan.instance.allows(u, j)) continue;
        const value = cost(u, j);
        if (value < least || (value === least && j < best)) {
          least = value;
          best = j;
        }
      }
      if (best >= 0) taken.push([u, best]);
      else left.push(u);
    }
    for (const [u, j] of taken) plan.move(u, j);
    if (taken.length === 0) return;
    open = left;
  }
}
