import { covered } from './coverUnits.ts';
import { groupMoves, type GroupCache, type GroupJudge, type GroupMove } from './moveGroups.ts';
import { Plan } from './optimize/plan.ts';
import type { Problem } from './optimize/problem.ts';
import { RangeState } from './rangeState.ts';
import { joined, trimmed } from './trimMoves.ts';

/** The most moves that still count as a repair; beyond that a new plan is the better answer. */
export const MOST_REPAIR_MOVES = 10;

/** What to repair and how far. */
export interface RepairRequest {
  /** At most this many moves, 1 to 10. */
  readonly moves: number;
  /** Only these territories are to be repaired; the others may not get worse. Absent: all. */
  readonly focus?: readonly number[];
  /** Units that nobody has are covered first; that is no move. */
  readonly covers?: boolean;
}

/** The moves in the order in which they help, and where they lead. */
export interface Repair {
  readonly moves: readonly GroupMove[];
  readonly owners: readonly number[];
  /** Territories outside their ranges. */
  readonly offBefore: number;
  readonly offAfter: number;
}

/** Plans kept after each move, and followers tried from each; fewer on a national map, where each costs seconds. */
const BEAM = 16;
const NARROW_BEAM = 6;
const NATIONAL_UNITS = 10_000;
const FOLLOWERS = 10;

interface State {
  readonly owner: Int32Array;
  readonly moves: readonly GroupMove[];
  readonly score: number;
  /** What changes hands, without any balance. */
  readonly cost: number;
  readonly off: number;
  readonly excess: number;
}

/**
 * The best few moves of single units or small connected groups to a neighbouring territory that bring a plan back into
 * its target ranges: fewest territories off target, then the least that changes rep. A beam search of that many moves,
 * in which a chain (A to B to C) may be worse half-way; territories stay whole, and locks and limits are kept.
 * Deterministic. With everything on target, or nothing that helps, no moves.
 */
export function smallestRepair(problem: Problem, given: readonly number[], request: RepairRequest): Repair {
  const owners = request.covers ? covered(problem, given) : given;
  const plan = new Plan(problem, owners);
  const range = new RangeState(plan, owners, request.focus ?? null);
  const most = Math.min(request.moves, MOST_REPAIR_MOVES);
  let best = stateOf(range, []);
  const offBefore = range.offTarget();
  for (const reached of REACHED) {
    range.reached = reached;
    range.enter(owners);
    const found = search(range, owners, most);
    if (isBetter(found, best)) best = found;
  }
  const moves = joined(trimmed(range, owners, best.moves), problem.neighbors);
  range.enter(owners);
  for (const { units, to } of moves) for (const u of units) plan.move(u, to);
  return { moves, owners: [...plan.owner], offBefore, offAfter: range.offTarget() };
}

/** What a territory back in range is worth in the two searches: the first mends the worst, the second as many as it can. */
const REACHED = [0.05, 0.4];

/** Steps beyond the moves allowed: two steps of the same pair may be one move in the end. */
const JOINED = 2;

function search(range: RangeState, owners: readonly number[], most: number): State {
  range.enter(owners);
  let best = stateOf(range, []);
  let beam = [best];
  const kept = owners.length < NATIONAL_UNITS ? BEAM : NARROW_BEAM;
  const seen = new Set<string>();
  const cache: GroupCache = new Map();
  for (let depth = 0; depth < most + JOINED && beam.length > 0; depth++) {
    const next: State[] = [];
    for (const state of beam) {
      for (const move of followers(range, state, cache)) {
        range.enter(state.owner);
        for (const u of move.units) range.plan.move(u, move.to);
        if (!range.keepsLimits()) continue;
        const reached = stateOf(range, joined([...state.moves, move], range.plan.problem.neighbors));
        if (reached.moves.length > most) continue;
        const key = reached.score.toFixed(9);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(reached);
        if (isBetter(reached, best)) best = reached;
      }
    }
    beam = next.sort((a, b) => a.score - b.score || a.off - b.off).slice(0, kept);
    if (best.off === 0 && depth > best.moves.length + JOINED) break;
  }
  return best;
}

function followers(range: RangeState, state: State, cache: GroupCache): GroupMove[] {
  range.enter(state.owner);
  const judge: GroupJudge = range.judge();
  return groupMoves(range.plan, judge, cache, (from, to) => range.isWanted(from, to)).slice(0, FOLLOWERS);
}

function stateOf(range: RangeState, moves: readonly GroupMove[]): State {
  const { off, excess, score, cost } = range.standing();
  const paid = MOVE_COST * moves.length;
  return { owner: range.plan.owner.slice(), moves, score: score + paid, cost: cost + paid, off, excess };
}

/** Every handover is a conversation: what one more move must bring, in shares of a territory's target. */
const MOVE_COST = 0.004;

function isBetter(a: State, b: State): boolean {
  if (a.off !== b.off) return a.off < b.off;
  if (a.off > 0 && Math.abs(a.excess - b.excess) > 0.01) return a.excess < b.excess;
  return a.cost < b.cost - 1e-9;
}
