import { pieces, unitsByTerritory } from '../contiguity.ts';
import type { Problem } from './problem.ts';

/**
 * Owners in which every territory is one piece: pieces beyond the one that stays go to a neighbour that may have them.
 * The search keeps territories whole; this is for what it could not.
 */
export function mended(problem: Problem, owners: readonly number[]): number[] {
  const owner = [...owners];
  const whole = owner.map((j, node) => (isWhole(problem, node) ? j : -1));
  unitsByTerritory(whole, problem.k).forEach((own, j) => {
    if (pieces(own, problem.neighbors).length > 1) joinStrays(problem, owner, j);
  });
  return owner;
}

/** Pairs are gone through this often: separating one can bring another together. */
const ROUNDS = 8;

/**
 * Owners in which no pair that must be apart shares a territory: one of the two, with the units on its way to the border,
 * joins the territory there. Null where every pair is apart already, or where no way was found.
 */
export function separated(problem: Problem, owners: ArrayLike<number>): number[] | null {
  const pairs = (problem.apart ?? []).filter(([a, b]) => isWhole(problem, a) && isWhole(problem, b));
  const owner = Array.from(owners);
  const together = () => pairs.filter(([a, b]) => owner[a]! >= 0 && owner[a] === owner[b]);
  const areTogether = (problem.apart ?? []).some(([a, b]) => owner[a]! >= 0 && owner[a] === owner[b]);
  if (!areTogether) return null;
  for (let round = 0; round < ROUNDS && together().length > 0; round++)
    for (const [a, b] of together())
      if (!leave(problem, owner, { unit: a, from: b })) leave(problem, owner, { unit: b, from: a });
  if (together().length > 0) return null;
  // parts go where their unit is: there they are apart as well
  problem.partOf?.forEach((unit, part) => {
    if (unit >= 0) owner[part] = owner[unit]!;
  });
  return owner;
}

function isWhole({ partOf }: Problem, node: number): boolean {
  return (partOf?.[node] ?? -1) < 0;
}

/** Moves a unit over the nearest border of its territory, along a way that avoids its rival; true where it found one. */
function leave(problem: Problem, owner: number[], { unit, from }: { unit: number; from: number }): boolean {
  const home = owner[unit]!;
  if (problem.locked[unit] || owner[from] !== home) return false;
  const before = new Map([[unit, -1]]);
  for (const node of before.keys()) {
    const way = [...wayTo(before, node)];
    for (const next of problem.neighbors[node]!) {
      const to = owner[next]!;
      if (!isWhole(problem, next) || to < 0) continue;
      if (to !== home && mayAll(problem, owner, { nodes: way, to })) {
        const old = owner.slice();
        for (const one of way) owner[one] = to;
        if (joinStrays(problem, owner, home)) return true;
        old.forEach((j, i) => (owner[i] = j));
      } else if (to === home && next !== from && !problem.locked[next] && !before.has(next)) before.set(next, node);
    }
  }
  return false;
}

function* wayTo(before: ReadonlyMap<number, number>, node: number): Generator<number> {
  for (let at = node; at >= 0; at = before.get(at)!) yield at;
}

/** May a territory have all these nodes: no rule forbids it, it may gain, and it has no rival of theirs? */
function mayAll(
  problem: Problem,
  owner: readonly number[],
  { nodes, to }: { nodes: readonly number[]; to: number },
): boolean {
  if (problem.frozen[to] || nodes.some((node) => problem.locked[node] || problem.forbidden?.has(node, to)))
    return false;
  const inside = new Set(nodes);
  return (problem.apart ?? []).every(
    ([a, b]) =>
      !(inside.has(a) && owner[b] === to) && !(inside.has(b) && owner[a] === to) && !(inside.has(a) && inside.has(b)),
  );
}

/** Gives pieces that a territory lost its hold on to a neighbour; false where one cannot go anywhere. */
function joinStrays(problem: Problem, owner: number[], home: number): boolean {
  const own = owner.flatMap((j, node) => (j === home && isWhole(problem, node) ? [node] : []));
  const found = pieces(own, problem.neighbors);
  if (found.length === 0) return false;
  const kept = found.find((piece) => piece.some((node) => problem.locked[node])) ?? found[0]!;
  return found.every((piece) => {
    if (piece === kept) return true;
    const around = new Set(piece.flatMap((node) => problem.neighbors[node]!.map((next) => owner[next]!)));
    const to = [...around].find((j) => j >= 0 && j !== home && mayAll(problem, owner, { nodes: piece, to: j }));
    if (to === undefined) return false;
    for (const node of piece) owner[node] = to;
    return true;
  });
}
