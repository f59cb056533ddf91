import type { Plan } from './plan.ts';

/** Pairs of territories with an edge between them, both ways, one after the other. */
export function bordering(plan: Plan): Int32Array {
  const { offsets, targets } = plan.instance;
  const isSeen = new Uint8Array(plan.k * plan.k);
  const links: number[] = [];
  for (let u = 0; u < plan.n; u++) {
    const a = plan.owner[u]!;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const b = plan.owner[targets[at]!]!;
      if (a === b || a < 0 || b < 0 || isSeen[a * plan.k + b] === 1) continue;
      isSeen[a * plan.k + b] = 1;
      links.push(a, b);
    }
  }
  return Int32Array.from(links);
}
