import { Forbidden, type Disrupted, type Problem } from './problem.ts';
import { offCountsOf } from './schedule.ts';

/** A problem of its own within a larger one: its nodes and territories there. */
export interface SubProblem {
  readonly problem: Problem;
  readonly nodes: readonly number[];
  readonly territories: readonly number[];
}

/**
 * These nodes and territories alone, with the rules among them; targets are shares of what the nodes hold unless the
 * problem gives them. An account group whose unit lies outside is one of the first node's, so that it stays a leaf.
 */
export function restricted(problem: Problem, nodes: readonly number[], territories: readonly number[]): Problem {
  const at = new Map(nodes.map((node, i) => [node, i]));
  const seat = new Map(territories.map((j, i) => [j, i]));
  const pick = <Value>(values: readonly Value[]) => nodes.map((node) => values[node]!);
  const give = <Value>(values: readonly Value[]) => territories.map((j) => values[j]!);
  const forbidden = problem.forbidden ? new Forbidden(nodes.length, territories.length) : null;
  nodes.forEach((node, i) =>
    territories.forEach((j, s) => {
      if (problem.forbidden?.has(node, j)) forbidden!.add(i, s);
    }),
  );
  return {
    ...problem,
    lat: pick(problem.lat),
    lon: pick(problem.lon),
    neighbors: pick(problem.neighbors).map((list) => list.flatMap((node) => at.get(node) ?? [])),
    k: territories.length,
    shares: give(problem.shares),
    measures: problem.measures.map((measure) => ({
      ...measure,
      perUnit: pick(measure.perUnit),
      base: give(measure.base),
      perPair: measure.perPair ? pairsOf(measure.perPair, problem.k, { nodes, territories }) : null,
      ...(measure.targets ? { targets: give(measure.targets) } : {}),
      ...(measure.min ? { min: give(measure.min) } : {}),
      ...(measure.max ? { max: give(measure.max) } : {}),
    })),
    homes: give(problem.homes),
    current: problem.current ? pick(problem.current).map((j) => seat.get(j) ?? -1) : null,
    locked: pick(problem.locked),
    frozen: give(problem.frozen),
    disruption: problem.disruption ? disruptionOf(problem.disruption, pick) : null,
    forbidden,
    apart: (problem.apart ?? []).flatMap(([a, b]) =>
      at.has(a) && at.has(b) ? [[at.get(a)!, at.get(b)!] as const] : [],
    ),
    partOf: problem.partOf ? pick(problem.partOf).map((unit) => (unit < 0 ? -1 : (at.get(unit) ?? 0))) : null,
    regions: problem.regions ? pick(problem.regions) : null,
    offCounts: give(offCountsOf(problem)),
    ...(problem.wider ? { wider: give(problem.wider) } : {}),
  };
}

/** Amounts that depend on the owner, for some units and territories. */
function pairsOf(
  pairs: ArrayLike<number>,
  k: number,
  { nodes, territories }: Omit<SubProblem, 'problem'>,
): Float64Array {
  const own = new Float64Array(nodes.length * territories.length);
  nodes.forEach((node, i) => territories.forEach((j, s) => (own[i * territories.length + s] = pairs[node * k + j]!)));
  return own;
}

function disruptionOf(
  { accounts, salesUsd, pipelineUsd }: Disrupted,
  pick: (values: readonly number[]) => number[],
): Disrupted {
  return {
    accounts: pick(accounts),
    salesUsd: pick(salesUsd),
    ...(pipelineUsd ? { pipelineUsd: pick(pipelineUsd) } : {}),
  };
}
