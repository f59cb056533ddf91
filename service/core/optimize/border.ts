import { FREE } from './instance.ts';
import type { Plan } from './plan.ts';

/** Is u free, with a neighbour in another territory? */
function isBorder({ instance, owner }: Plan, u: number): boolean {
  const { offsets, targets, fixed } = instance;
  const own = owner[u]!;
  if (fixed[u] !== FREE) return false;
  for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
    const j = owner[targets[at]!]!;
    if (j !== own && j >= 0) return true;
  }
  return false;
}

/** Edges from a free unit to a whole unit of another territory, kept while units move. */
export class BorderEdges {
  /** Places in the neighbour lists (`FlatNeighbors`), the first `count` of them. */
  readonly edges: Int32Array;
  count = 0;
  /** The unit that each place in the neighbour lists belongs to. */
  readonly from: Int32Array;
  private readonly place: Int32Array;
  private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
    const { offsets, targets } = plan.instance;
    this.edges = new Int32Array(targets.length);
    this.place = new Int32Array(targets.length).fill(-1);
    this.from = new Int32Array(targets.length);
    for (let u = 0; u < plan.n; u++) this.from.fill(u, offsets[u], offsets[u + 1]);
    for (let at = 0; at < targets.length; at++) this.refresh(at);
  }

  /** To be told of every unit that has moved. */
  moved(u: number): void {
    const { offsets, targets } = this.plan.instance;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      this.refresh(at);
      const next = targets[at]!;
      for (let back = offsets[next]!; back < offsets[next + 1]!; back++) if (targets[back] === u) this.refresh(back);
    }
  }

  private refresh(at: number): void {
    const place = this.place[at]!;
    const inside = this.crosses(at);
    if (inside === place >= 0) return;
    if (inside) {
      this.place[at] = this.count;
      this.edges[this.count++] = at;
    } else {
      const last = this.edges[--this.count]!;
      this.edges[place] = last;
      this.place[last] = place;
      this.place[at] = -1;
    }
  }

  private crosses(at: number): boolean {
    const { instance, owner } = this.plan;
    const u = this.from[at]!;
    const next = instance.targets[at]!;
    const j = owner[next]!;
    return j >= 0 && j !== owner[u] && instance.fixed[u] === FREE && instance.partOf[next]! < 0;
  }
}

/** Free units with a neighbour in another territory, by the territory that has them; kept while units move. */
export class Rims {
  private readonly lists: number[][];
  /** The list that a unit stands in, or -1, and its place there. */
  private readonly listOf: Int32Array;
  private readonly place: Int32Array;
  private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
    this.lists = Array.from({ length: plan.k }, () => []);
    this.listOf = new Int32Array(plan.n).fill(-1);
    this.place = new Int32Array(plan.n);
    for (let u = 0; u < plan.n; u++) this.refresh(u);
  }

  of(territory: number): readonly number[] {
    return this.lists[territory]!;
  }

  /** To be told of every unit that has moved. */
  moved(u: number): void {
    const { offsets, targets } = this.plan.instance;
    this.refresh(u);
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) this.refresh(targets[at]!);
  }

  private refresh(u: number): void {
    const wanted = isBorder(this.plan, u) ? this.plan.owner[u]! : -1;
    const was = this.listOf[u]!;
    if (wanted === was) return;
    if (was >= 0) {
      const list = this.lists[was]!;
      const last = list.pop()!;
      if (last !== u) {
        list[this.place[u]!] = last;
        this.place[last] = this.place[u]!;
      }
    }
    if (wanted >= 0) this.place[u] = this.lists[wanted]!.push(u) - 1;
    this.listOf[u] = wanted;
  }
}
