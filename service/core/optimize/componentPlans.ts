import { components } from '../adjacency.ts';
import { BailiwickError } from '../errors.ts';
import { distanceKm } from '../geography.ts';
import type { Solution } from './optimize.ts';
import type { Problem } from './problem.ts';
import { restricted, type SubProblem } from './subProblem.ts';

/**
 * A map in one piece is one problem. In a map of several pieces without bridges every piece gets its own territories:
 * those that have most there today or their home there, then as many as its weight asks for.
 * @throws BailiwickError infeasible where there are more pieces than territories
 */
export function subProblems(problem: Problem): SubProblem[] {
  const { of, count } = components(problem.neighbors);
  const all = { problem, nodes: [...problem.lat.keys()], territories: [...problem.shares.keys()] };
  if (count <= 1) return [all];
  if (count > problem.k)
    throw new BailiwickError(
      'infeasible',
      `The map lies in ${count} pieces, but ${problem.k} territories cannot cover them without bridges.`,
      { action: `Leave out --no-bridges, or ask for at least ${count} territories.` },
    );
  const weight = nodeWeights(problem);
  const place = seats(problem, { of, count, weight });
  return Array.from({ length: count }, (_, c) => {
    const nodes = all.nodes.filter((node) => of[node] === c);
    const territories = all.territories.filter((j) => place[j] === c);
    return { problem: restricted(problem, nodes, territories), nodes, territories };
  });
}

/** One answer from those of the parts. */
export function mergedAnswer(
  { k, lat, measures }: Problem,
  parts: readonly { readonly sub: SubProblem; readonly answer: Solution }[],
): Pick<Solution, 'owners' | 'bound' | 'steps' | 'stopped'> {
  const owners = new Array<number>(lat.length).fill(-1);
  const prices = new Array<number>(k * measures.length).fill(0);
  for (const { sub, answer } of parts) {
    sub.nodes.forEach((node, i) => (owners[node] = sub.territories[answer.owners[i]!] ?? -1));
    sub.territories.forEach((j, i) =>
      measures.forEach((_, m) => (prices[m * k + j] = answer.bound.prices[m * sub.territories.length + i]!)),
    );
  }
  return {
    owners,
    bound: { value: parts.reduce((sum, { answer }) => sum + answer.bound.value, 0), prices },
    steps: parts.reduce((sum, { answer }) => sum + answer.steps, 0),
    stopped: parts.some(({ answer }) => answer.stopped),
  };
}

function nodeWeights({ measures, lat }: Problem): Float64Array {
  const weight = new Float64Array(lat.length);
  for (const { perUnit } of measures) {
    const total = perUnit.reduce((sum, value) => sum + value, 0);
    perUnit.forEach((value, node) => (weight[node]! += total > 0 ? value / total / measures.length : 0));
  }
  return weight;
}

interface Pieces {
  readonly of: Int32Array;
  readonly count: number;
  readonly weight: Float64Array;
}

/** Piece of each territory. */
function seats(problem: Problem, { of, count, weight }: Pieces): Int32Array {
  const place = Int32Array.from(problem.shares, (_, j) => ownPiece(problem, j, { of, count, weight }));
  const shares = problem.shares.reduce((sum, share) => sum + share, 0);
  /** What is left of a piece beyond the shares of its territories; a piece without any comes first. */
  const need = new Float64Array(count);
  of.forEach((c, node) => (need[c]! += weight[node]!));
  const seated = new Int32Array(count);
  place.forEach((c, j) => {
    if (c < 0) return;
    need[c]! -= problem.shares[j]! / shares;
    seated[c]!++;
  });
  place.forEach((c, j) => {
    if (c >= 0) return;
    let best = 0;
    for (let other = 1; other < count; other++) {
      const isFirst = Number(seated[other] === 0) - Number(seated[best] === 0);
      if (isFirst > 0 || (isFirst === 0 && need[other]! > need[best]!)) best = other;
    }
    place[j] = best;
    seated[best]!++;
    need[best]! -= problem.shares[j]! / shares;
  });
  const empty = seated.indexOf(0);
  if (empty >= 0)
    throw new BailiwickError(
      'infeasible',
      `${seated.filter((held) => held === 0).length} pieces of the map have no territory of their own.`,
      { action: 'Leave out --no-bridges, or ask for more territories.' },
    );
  return place;
}

/** The piece where a territory has most today, else where its home is nearest; -1 for neither. */
function ownPiece({ current, homes, lat, lon }: Problem, j: number, { of, count, weight }: Pieces): number {
  const held = new Float64Array(count);
  current?.forEach((owner, node) => {
    if (owner === j) held[of[node]!]! += weight[node]! + 1e-12;
  });
  const most = held.indexOf(Math.max(...held));
  if (held[most]! > 0) return most;
  const home = homes[j];
  if (!home) return -1;
  const km = lat.map((value, node) => distanceKm(home, { lat: value, lon: lon[node]! }));
  return of[km.indexOf(Math.min(...km))]!;
}
