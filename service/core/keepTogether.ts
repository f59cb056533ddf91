import { BailiwickError } from './errors.ts';
import { joined } from './optimize/contract.ts';
import { Forbidden, type BalancedMeasure, type Problem } from './optimize/problem.ts';

/** A problem in which every keep-together group is one unit, and the way back. */
export interface Together {
  readonly problem: Problem;
  /** Owners of all units from owners of the groups. */
  expand(owners: readonly number[]): number[];
}

/**
 * Makes one unit of every group; the units between the pieces of a scattered group go along, because its territory needs
 * them anyway. Without groups the problem stays as it is.
 * @throws BailiwickError infeasible where a group cannot be held together, naming one of its units
 */
export function keptTogether(
  problem: Problem,
  groups: readonly (readonly number[])[],
  nameOf: (unit: number) => string,
): Together {
  if (groups.every((units) => units.length < 2)) return { problem, expand: (owners) => [...owners] };
  const nodes = nodesOf(problem, groups, nameOf);
  const nodeOf = new Array<number>(problem.lat.length).fill(-1);
  nodes.forEach((units, node) => units.forEach((u) => (nodeOf[u] = node)));
  return { problem: contracted(problem, nodes, nodeOf), expand: (owners) => nodeOf.map((node) => owners[node]!) };
}

function nodesOf(
  { neighbors, locked, current, lat }: Problem,
  groups: readonly (readonly number[])[],
  nameOf: (unit: number) => string,
): number[][] {
  const groupOf = new Array<number>(lat.length).fill(-1);
  const lists = merged(groups);
  lists.forEach((units, group) => units.forEach((u) => (groupOf[u] = group)));
  for (const [group, units] of lists.entries()) {
    const held = units.find((u) => locked[u]);
    const home = held === undefined ? null : current?.[held];
    const way = joined(units, neighbors, (u) => groupOf[u] === -1 && (!locked[u] || current?.[u] === home));
    if (!way)
      throw new BailiwickError(
        'infeasible',
        `The ZIPs kept together with ${nameOf(units[0]!)} lie in pieces that no free ZIP joins.`,
        {
          action: 'Split the group, or unlock the ZIPs between its pieces.',
        },
      );
    for (const u of way) {
      groupOf[u] = group;
      units.push(u);
    }
  }
  const singles = groupOf.flatMap((group, u) => (group < 0 ? [[u]] : []));
  return [...lists, ...singles].map((units) => [...units].sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);
}

/** Groups that share a unit are one. */
function merged(groups: readonly (readonly number[])[]): number[][] {
  const result: Set<number>[] = [];
  for (const units of groups) {
    const own = new Set(units);
    for (const other of result.filter((set) => units.some((u) => set.has(u)))) {
      other.forEach((u) => own.add(u));
      result.splice(result.indexOf(other), 1);
    }
    if (own.size > 0) result.push(own);
  }
  return result.map((set) => [...set].sort((a, b) => a - b));
}

function contracted(problem: Problem, nodes: readonly number[][], nodeOf: readonly number[]): Problem {
  const { k, disruption, forbidden, apart, regions, current } = problem;
  const sum = (values: ArrayLike<number>) => nodes.map((units) => units.reduce((total, u) => total + values[u]!, 0));
  const mean = (values: readonly number[]) => sum(values).map((total, node) => total / nodes[node]!.length);
  const heaviest = nodes.map((units) => {
    const weight = (u: number) => problem.measures.reduce((total, { perUnit }) => total + perUnit[u]!, 0);
    return units.reduce((best, u) => (weight(u) > weight(best) ? u : best));
  });
  // a group that is locked anywhere is held where its locked unit is
  const leader = nodes.map((units, node) => units.find((u) => problem.locked[u]) ?? heaviest[node]!);
  return {
    ...problem,
    lat: mean(problem.lat),
    lon: mean(problem.lon),
    neighbors: nodes.map((units, node) =>
      [...new Set(units.flatMap((u) => problem.neighbors[u]!.map((next) => nodeOf[next]!)))]
        .filter((next) => next !== node)
        .sort((a, b) => a - b),
    ),
    measures: problem.measures.map((measure) => ({
      ...measure,
      perUnit: sum(measure.perUnit),
      perPair: pairs(measure, nodes, k),
    })),
    current: current && leader.map((u) => current[u]!),
    locked: nodes.map((units) => units.some((u) => problem.locked[u])),
    disruption: disruption && {
      accounts: sum(disruption.accounts),
      salesUsd: sum(disruption.salesUsd),
      ...(disruption.pipelineUsd ? { pipelineUsd: sum(disruption.pipelineUsd) } : {}),
    },
    forbidden: forbidden ? forbiddenOf(forbidden, nodes, k) : null,
    apart: (apart ?? []).map(([a, b]) => [nodeOf[a]!, nodeOf[b]!] as const),
    regions: regions ? leader.map((u) => regions[u]!) : null,
  };
}

function pairs({ perPair }: BalancedMeasure, nodes: readonly number[][], k: number): Float64Array | null {
  if (!perPair) return null;
  const result = new Float64Array(nodes.length * k);
  nodes.forEach((units, node) => {
    for (const u of units) for (let j = 0; j < k; j++) result[node * k + j]! += perPair[u * k + j]!;
  });
  return result;
}

function forbiddenOf(forbidden: Forbidden, nodes: readonly number[][], k: number): Forbidden {
  const result = new Forbidden(nodes.length, k);
  nodes.forEach((units, node) => {
    for (let j = 0; j < k; j++) if (units.some((u) => forbidden.has(u, j))) result.add(node, j);
  });
  return result;
}
