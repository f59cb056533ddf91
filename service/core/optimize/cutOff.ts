import type { Plan } from './plan.ts';

/** Larger pieces are no detail of a border any more. */
const MOST = 24;

/** What a search from one neighbour found: a small piece, the first large one, or one that is known already. */
type Found = number[] | 'large' | 'known';

/** Looks for what a territory would lose with one of its units. */
export class CutOff {
  private readonly plan: Plan;
  /** The search that saw a unit last; they are counted on. */
  private readonly seen: Int32Array;
  private searches = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    this.seen = new Int32Array(plan.n);
  }

  /**
   * Small pieces that hang on u alone, with the account groups that hang on them. Null where u holds two large parts
   * together. Of several pieces the largest stays.
   */
  with(u: number): number[] | null {
    const { owner, instance } = this.plan;
    const { offsets, targets, partOf } = instance;
    const own = owner[u]!;
    const first = ++this.searches;
    this.seen[u] = first;
    const small: number[][] = [];
    let isLarge = false;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const next = targets[at]!;
      if (owner[next] !== own || partOf[next]! >= 0 || this.seen[next]! >= first) continue;
      const found = this.search(next, first);
      if (found === 'large' && isLarge) return null;
      if (found === 'large') isLarge = true;
      else if (found !== 'known') small.push(found);
    }
    if (!isLarge && small.length > 0) {
      const lengths = small.map(({ length }) => length);
      small.splice(lengths.indexOf(Math.max(...lengths)), 1);
    }
    return this.withHanging(u, small.flat());
  }

  /** What hangs together with a unit, without what searches since the first one of this look have seen. */
  private search(from: number, first: number): Found {
    const { owner, instance } = this.plan;
    const { offsets, targets, partOf } = instance;
    const { seen } = this;
    const own = owner[from]!;
    const mine = ++this.searches;
    const piece = [from];
    seen[from] = mine;
    for (let head = 0; head < piece.length; head++) {
      const unit = piece[head]!;
      for (let at = offsets[unit]!; at < offsets[unit + 1]!; at++) {
        const next = targets[at]!;
        if (owner[next] !== own || seen[next] === mine || partOf[next]! >= 0) continue;
        // small pieces were seen whole: what meets another search meets the large one
        if (seen[next]! > first) return 'known';
        if (seen[next] === first) continue;
        seen[next] = mine;
        piece.push(next);
      }
      if (piece.length > MOST) return 'large';
    }
    return piece;
  }

  /** Adds the account groups that would touch their territory no more. */
  private withHanging(u: number, pieces: number[]): number[] {
    const { owner, instance } = this.plan;
    if (!instance.hasParts) return pieces;
    const { offsets, targets, partOf } = instance;
    const gone = new Set([u, ...pieces]);
    const hanging = new Set<number>();
    for (const from of gone)
      for (let at = offsets[from]!; at < offsets[from + 1]!; at++) {
        const part = targets[at]!;
        if (partOf[part]! < 0 || owner[part] !== owner[u]) continue;
        let touches = false;
        for (let link = offsets[part]!; link < offsets[part + 1]!; link++) {
          const next = targets[link]!;
          if (owner[next] === owner[u] && partOf[next]! < 0 && !gone.has(next)) touches = true;
        }
        if (!touches) hanging.add(part);
      }
    return [...pieces, ...hanging];
  }
}
