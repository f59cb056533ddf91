import type { Plan } from './plan.ts';

/** Larger pieces are no detail of a border any more. */
const MOST = 24;

/**
 * What its territory would lose with u: small pieces that hang on it alone, with the account groups that hang on them.
 * Null where u holds two large parts together. Of several pieces the largest stays.
 */
export function cutOff(plan: Plan, u: number): number[] | null {
  const { offsets, targets, partOf } = plan.instance;
  const { owner } = plan;
  const own = owner[u]!;
  const seen = new Map<number, number>([[u, -1]]);
  const found: number[][] = [];
  let large = -1;
  for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
    const first = targets[at]!;
    if (owner[first] !== own || partOf[first]! >= 0 || seen.has(first)) continue;
    const mine = found.length;
    const piece = [first];
    seen.set(first, mine);
    let isLarge = false;
    for (let head = 0; head < piece.length && !isLarge; head++) {
      const from = piece[head]!;
      for (let link = offsets[from]!; link < offsets[from + 1]!; link++) {
        const next = targets[link]!;
        if (owner[next] !== own || partOf[next]! >= 0) continue;
        const known = seen.get(next);
        if (known === undefined) {
          seen.set(next, mine);
          piece.push(next);
        }
        // met the large piece, or one that belongs to it: those were left empty
        else if (known >= 0 && known !== mine && found[known]!.length === 0) isLarge = true;
      }
      if (piece.length > MOST && !isLarge) {
        if (large >= 0) return null;
        large = mine;
        isLarge = true;
      }
    }
    found.push(isLarge ? [] : piece);
  }
  if (large < 0) {
    const biggest = found.reduce((best, piece, i) => (piece.length > found[best]!.length ? i : best), 0);
    found[biggest] = [];
  }
  return withHanging(plan, u, found.flat());
}

/** Adds the account groups that would touch their territory no more. */
function withHanging(plan: Plan, u: number, pieces: number[]): number[] {
  const { offsets, targets, partOf } = plan.instance;
  const gone = new Set([u, ...pieces]);
  const hanging = new Set<number>();
  for (const from of gone)
    for (let at = offsets[from]!; at < offsets[from + 1]!; at++) {
      const part = targets[at]!;
      if (partOf[part]! < 0 || plan.owner[part] !== plan.owner[u]) continue;
      let touches = false;
      for (let link = offsets[part]!; link < offsets[part + 1]!; link++) {
        const next = targets[link]!;
        if (plan.owner[next] === plan.owner[u] && partOf[next]! < 0 && !gone.has(next)) touches = true;
      }
      if (!touches) hanging.add(part);
    }
  return [...pieces, ...hanging];
}
