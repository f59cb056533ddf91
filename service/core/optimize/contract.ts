import { BailiwickError } from '../errors.ts';
import { pieces } from '../contiguity.ts';
import type { UnitTable } from './planFile.ts';

/** Units that must stay together, as one node each; most nodes hold one unit. */
export interface Contracted {
  readonly nodes: readonly (readonly number[])[];
  readonly nodeOf: readonly number[];
  readonly neighbors: readonly (readonly number[])[];
}

/** Makes one node of every keep-together group. @throws BailiwickError infeasible where a group is not in one piece */
export function contract(units: UnitTable, neighbors: readonly (readonly number[])[]): Contracted {
  const nodes: number[][] = [];
  const nodeOfGroup = new Map<string, number>();
  const nodeOf = units.ids.map((_, unit) => {
    const group = units.groups[unit] ?? '';
    const known = group === '' ? undefined : nodeOfGroup.get(group);
    if (known !== undefined) {
      nodes[known]!.push(unit);
      return known;
    }
    if (group !== '') nodeOfGroup.set(group, nodes.length);
    return nodes.push([unit]) - 1;
  });
  for (const [group, node] of nodeOfGroup) {
    const found = pieces(nodes[node]!, neighbors);
    if (found.length > 1) {
      throw new BailiwickError(
        'infeasible',
        `Group ${group} lies in ${found.length} pieces, such as ${units.ids[found[1]![0]!]}.`,
        {
          action: 'Join the pieces by a unit or an edge, or split the group.',
        },
      );
    }
  }
  const around = nodes.map((members, node) => {
    const next = new Set(members.flatMap((unit) => (neighbors[unit] ?? []).map((other) => nodeOf[other]!)));
    next.delete(node);
    return [...next].sort((a, b) => a - b);
  });
  return { nodes, nodeOf, neighbors: around };
}
