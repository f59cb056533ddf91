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

/** Units with a neighbour in another territory, kept while units move. */
export class Border {
  readonly units: Int32Array;
  count = 0;
  private readonly place: Int32Array;
  private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
    this.units = new Int32Array(plan.n);
    this.place = new Int32Array(plan.n).fill(-1);
    this.reset();
  }

  reset(): void {
    for (let u = 0; u < this.plan.n; u++) this.refresh(u);
  }

  refresh(u: number): void {
    const inside = isBorder(this.plan, u);
    const at = this.place[u]!;
    if (inside && at < 0) {
      this.place[u] = this.count;
      this.units[this.count++] = u;
    } else if (!inside && at >= 0) {
      const last = this.units[--this.count]!;
      this.units[at] = last;
      this.place[last] = at;
      this.place[u] = -1;
    }
  }

  moved(u: number): void {
    const { offsets, targets } = this.plan.instance;
    this.refresh(u);
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) this.refresh(targets[at]!);
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
