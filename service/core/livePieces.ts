import { flatNeighbors } from './contiguity.ts';
import type { Neighbors } from './geography.ts';

/**
 * Which territories hang together, kept in step with every move: exact after each. A unit that leaves is looked around
 * only; where its neighbours do not find each other, or a territory is in pieces already, that one territory is walked.
 */
export class LivePieces {
  /** Owner of every unit; below 0 is no territory. Changed by `move` only. */
  readonly owners: Int32Array;
  /** `FlatNeighbors`. */
  private readonly offsets: Int32Array;
  private readonly targets: Int32Array;
  /** Units of each territory in no order, and where in it each unit stands. */
  private readonly members: number[][];
  private readonly slot: Int32Array;
  private readonly counts: Int32Array;
  private readonly apart: (readonly number[][])[];
  /** Territories to be walked before they are looked at. */
  private readonly dirty = new Set<number>();
  private readonly mark: Int32Array;
  private readonly queues: readonly [Int32Array, Int32Array];
  private stamp = 0;

  constructor(owners: readonly number[], count: number, neighbors: Neighbors) {
    this.owners = Int32Array.from(owners);
    ({ offsets: this.offsets, targets: this.targets } = flatNeighbors(neighbors));
    this.members = Array.from({ length: count }, () => []);
    this.slot = new Int32Array(owners.length);
    this.counts = new Int32Array(count);
    this.apart = Array<number[][]>(count).fill([]);
    this.mark = new Int32Array(owners.length);
    this.queues = [new Int32Array(owners.length), new Int32Array(owners.length)];
    owners.forEach((owner, unit) => this.join(unit, owner));
    for (let j = 0; j < count; j++) this.walk(j);
  }

  /** A unit changes hands. */
  move(unit: number, to: number): void {
    const from = this.owners[unit]!;
    this.leave(unit, from);
    this.owners[unit] = to;
    this.join(unit, to);
    if (from in this.members) this.lost(unit, from);
    if (to in this.members) this.gained(unit, to);
  }

  /** Number of pieces of a territory; 0 where it has no unit. */
  count(territory: number): number {
    if (this.dirty.delete(territory)) this.walk(territory);
    return this.counts[territory] ?? 0;
  }

  /** What `strayPieces` finds in all owners: the pieces beyond the biggest of each territory. */
  strays(): { territory: number; units: number[] }[] {
    for (const territory of this.dirty) this.walk(territory);
    this.dirty.clear();
    return this.apart.flatMap((found, territory) => found.map((units) => ({ territory, units })));
  }

  private leave(unit: number, from: number): void {
    const units = this.members[from];
    if (!units) return;
    const last = units.pop()!;
    if (last === unit) return;
    units[this.slot[unit]!] = last;
    this.slot[last] = this.slot[unit]!;
  }

  private join(unit: number, to: number): void {
    const units = this.members[to];
    if (units) this.slot[unit] = units.push(unit) - 1;
  }

  private lost(unit: number, from: number): void {
    if (this.dirty.has(from)) return;
    if (this.counts[from] !== 1) this.dirty.add(from);
    else if (this.members[from]!.length === 0) this.counts[from] = 0;
    else if (!this.staysWhole(unit, from)) this.dirty.add(from);
  }

  private gained(unit: number, to: number): void {
    if (this.dirty.has(to)) return;
    if (this.members[to]!.length === 1) this.counts[to] = 1;
    else if (this.counts[to] !== 1 || !this.around(unit, to).length) this.dirty.add(to);
  }

  private around(unit: number, territory: number): number[] {
    return [...this.beside(unit)].filter((next) => this.owners[next] === territory);
  }

  private beside(unit: number): Int32Array {
    return this.targets.subarray(this.offsets[unit]!, this.offsets[unit + 1]!);
  }

  /** Do the neighbours that a unit leaves behind still find each other? */
  private staysWhole(unit: number, from: number): boolean {
    const [first, ...others] = this.around(unit, from);
    return others.every((other) => this.joined(first!, other));
  }

  /** Walks from both ends in turn, so that a small piece cut off is found without walking the large one. */
  private joined(a: number, b: number): boolean {
    if (this.beside(a).includes(b)) return true;
    const { owners, mark, queues, offsets, targets } = this;
    const territory = owners[a]!;
    const stamps = [++this.stamp, ++this.stamp] as const;
    const [head, tail] = [
      [0, 0],
      [1, 1],
    ];
    [a, b].forEach((start, side) => {
      queues[side]![0] = start;
      mark[start] = stamps[side]!;
    });
    for (let side = 0; head[side]! < tail[side]!; side = 1 - side) {
      const from = queues[side]![head[side]!++]!;
      for (let at = offsets[from]!; at < offsets[from + 1]!; at++) {
        const next = targets[at]!;
        if (mark[next] === stamps[1 - side]) return true;
        if (owners[next] !== territory || mark[next] === stamps[side]) continue;
        mark[next] = stamps[side]!;
        queues[side]![tail[side]!++] = next;
      }
    }
    return false;
  }

  /** Walks one territory, piece after piece along one queue; keeps all pieces but the biggest (ties: of the lowest unit). */
  private walk(territory: number): void {
    const { owners, mark, offsets, targets } = this;
    const [queue] = this.queues;
    const stamp = ++this.stamp;
    const ends: number[] = [];
    let tail = 0;
    for (const start of this.members[territory]!) {
      if (mark[start] === stamp) continue;
      let head = tail;
      queue[tail++] = start;
      mark[start] = stamp;
      for (; head < tail; head++) {
        const from = queue[head]!;
        for (let at = offsets[from]!; at < offsets[from + 1]!; at++) {
          const next = targets[at]!;
          if (owners[next] !== territory || mark[next] === stamp) continue;
          mark[next] = stamp;
          queue[tail++] = next;
        }
      }
      ends.push(tail);
    }
    this.counts[territory] = ends.length;
    this.apart[territory] = ends.length < 2 ? [] : strayOf(ends.map((end, i) => queue.slice(ends[i - 1] ?? 0, end)));
  }
}

/** All pieces but the biggest, in the order of `pieces`. */
function strayOf(found: Int32Array[]): number[][] {
  const sorted = found.map((piece) => ({ piece, first: piece.reduce((least, unit) => Math.min(least, unit)) }));
  sorted.sort((a, b) => b.piece.length - a.piece.length || a.first - b.first);
  return sorted.slice(1).map(({ piece }) => [...piece.sort()]);
}
