import type { Plan } from './plan.ts';
import { corridors } from './problem.ts';

/** An area that nobody has gives a neighbour at most this many times the part of the area's border that the two share. */
const BROAD = 2.5;
/** Of two ways of as many borders the one over longer borders comes first. */
const NARROW = 0.01;
/** Less than this share of all is nothing. */
const NOTHING = 1e-9;

/**
 * Who takes how much of an area that nobody has, so that the least crosses borders until all of it has found room in the
 * target ranges: shares of all by territory. What a neighbour has no room for it passes on to its own neighbours, over
 * as few borders as that takes (shortest augmenting paths; Edmonds, Karp 1972). Totals count as if all had owners.
 */
export function sharesOfArea(plan: Plan, area: readonly number[]): Map<number, number> {
  const { k } = plan;
  const room = roomsFor(plan, area);
  let left = area.reduce((sum, u) => sum + plan.weight[u]!, 0);
  const flow = new Flow(bordersWith(plan, area), left);
  while (left > NOTHING) {
    const way = flow.nearest((j) => j < k && room[j]! > NOTHING);
    if (!way) break;
    const end = way[0]!.to;
    const amount = Math.min(left, room[end]!, ...way.map(({ free }) => free));
    flow.push(way, amount);
    room[end]! -= amount;
    left -= amount;
  }
  return flow.fromLast();
}

/** Edges between territories and, as number k, the area, by both ends. What is frozen passes nothing on. */
function bordersWith(plan: Plan, area: readonly number[]): Map<number, number>[] {
  const { k, problem } = plan;
  const { offsets, targets } = plan.instance;
  const node = plan.owner.slice();
  for (const u of area) node[u] = k;
  const borders = Array.from({ length: k + 1 }, () => new Map<number, number>());
  for (let u = 0; u < plan.n; u++)
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const [a, b] = [node[u]!, node[targets[at]!]!];
      if (a === b || a < 0 || b < 0 || problem.frozen[a] || problem.frozen[b]) continue;
      borders[a]!.set(b, (borders[a]!.get(b) ?? 0) + 1);
    }
  return borders;
}

/** How much of the area's mix each territory has room for, as shares of all. */
function roomsFor(plan: Plan, area: readonly number[]): Float64Array {
  const { k, problem, instance } = plan;
  const loads = plan.loads.slice();
  const mix = instance.amounts.map((amounts) => area.reduce((sum, u) => sum + amounts[u]!, 0));
  mix.forEach((held, m) => loads.subarray(m * k, (m + 1) * k).forEach((load, j, all) => (all[j] = load + held / k)));
  const weight = area.reduce((sum, u) => sum + plan.weight[u]!, 0);
  const rooms = new Float64Array(k).fill(Infinity);
  corridors(problem, loads).forEach((row, m) => {
    if (mix[m]! <= 0) return;
    row.forEach(({ high }, j) => {
      const fits = (Math.max(0, high - plan.loads[m * k + j]!) / mix[m]!) * weight;
      rooms[j] = Math.min(rooms[j]!, problem.frozen[j] ? 0 : fits);
    });
  });
  return rooms;
}

interface Step {
  readonly from: number;
  readonly to: number;
  /** What can still go over this border. */
  readonly free: number;
}

/** What goes over borders; it comes from the last node. */
class Flow {
  private readonly borders: readonly ReadonlyMap<number, number>[];
  private readonly over: Map<number, number>[];
  private readonly source: number;
  /** The most that leaves the source over an edge. */
  private readonly mostOverEdge: number;

  constructor(borders: readonly ReadonlyMap<number, number>[], amount: number) {
    this.borders = borders;
    this.source = borders.length - 1;
    this.over = borders.map(() => new Map<number, number>());
    const edges = [...borders[this.source]!.values()].reduce((sum, length) => sum + length, 0);
    this.mostOverEdge = (BROAD * amount) / edges;
  }

  /** The way over the fewest borders to a node that will have it, its last step first. */
  nearest(isEnd: (node: number) => boolean): Step[] | null {
    const cost = new Float64Array(this.borders.length).fill(Infinity);
    const from = new Int32Array(this.borders.length).fill(-1);
    cost[this.source] = 0;
    const queue = new Set([this.source]);
    for (const a of queue) {
      queue.delete(a);
      for (const [b, length] of this.borders[a]!) {
        if (this.free(a, b) <= NOTHING) continue;
        const over = cost[a]! + (this.sent(b, a) > NOTHING ? -1 : 1 + NARROW / length);
        if (over >= cost[b]! - NOTHING) continue;
        [cost[b], from[b]] = [over, a];
        queue.add(b);
      }
    }
    let end = -1;
    for (const [node, reached] of cost.entries())
      if (isEnd(node) && reached < (end < 0 ? Infinity : cost[end]!)) end = node;
    if (end < 0) return null;
    const way: Step[] = [];
    for (let to = end; to !== this.source; to = from[to]!)
      way.push({ from: from[to]!, to, free: this.free(from[to]!, to) });
    return way;
  }

  push(way: readonly Step[], amount: number): void {
    for (const { from, to } of way)
      if (this.sent(to, from) > NOTHING) this.over[to]!.set(from, this.sent(to, from) - amount);
      else this.over[from]!.set(to, this.sent(from, to) + amount);
  }

  fromLast(): Map<number, number> {
    return new Map([...this.borders[this.source]!.keys()].map((j) => [j, this.sent(this.source, j)]));
  }

  private sent(a: number, b: number): number {
    return this.over[a]!.get(b) ?? 0;
  }

  private free(a: number, b: number): number {
    const back = this.sent(b, a);
    if (back > NOTHING) return back;
    return a === this.source ? this.mostOverEdge * this.borders[a]!.get(b)! - this.sent(a, b) : Infinity;
  }
}
