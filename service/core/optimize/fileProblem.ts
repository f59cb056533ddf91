import { placeOf, unitVector } from '../geography.ts';
import type { Contracted } from './contract.ts';
import { Forbidden, type BalancedMeasure, type Problem } from './problem.ts';
import type { Permits } from './permits.ts';
import type { Ranges } from './ranges.ts';
import type { NodeLocks } from './nodeLocks.ts';
import type { AccountTable } from './readAccounts.ts';
import type { Rule } from './readRules.ts';
import type { UnitTable } from './readUnits.ts';
import type { Roster } from './roster.ts';
import type { Part } from './splits.ts';

export interface FileGround {
  readonly units: UnitTable;
  readonly accounts: AccountTable | null;
  readonly rules: readonly Rule[];
  readonly roster: Roster;
  readonly permits: Permits;
  readonly ranges: Ranges;
  readonly measures: readonly { readonly name: string; readonly tolerance: number }[];
  /** Mean share of each unit over the measures. */
  readonly weight: Float64Array;
  /** The search starts from this map; null for a plan from nothing. */
  readonly start: Int32Array | null;
  readonly lambda: number;
}

interface Layout {
  readonly nodes: Contracted;
  readonly locks: NodeLocks;
  readonly parts: readonly Part[];
}

/** The engine's problem: groups as one node each, then the account parts of split units as leaves. */
export function fileProblem(ground: FileGround, { nodes, locks, parts }: Layout): Problem {
  const { roster, units, permits } = ground;
  const count = nodes.nodes.length;
  const unitsOf = [...nodes.nodes, ...parts.map(({ unit }) => [unit])];
  const heaviest = unitsOf.map((list) =>
    list.reduce((best, u) => (ground.weight[u]! > ground.weight[best]! ? u : best)),
  );
  const nodeOf = (i: number) => (i < count ? i : nodes.nodeOf[unitsOf[i]![0]!]!);
  const isHeld = locks.lockedTo.some((j) => j >= 0);
  const places = unitsOf.map((list) => middle(units, list, ground.weight));
  const counties = [...new Set(units.counties.filter((name) => name !== ''))].sort();
  const countyAt = new Map(counties.map((name, i) => [name, i]));
  return {
    lat: places.map(({ lat }) => lat),
    lon: places.map(({ lon }) => lon),
    neighbors: withParts(nodes, parts),
    k: roster.names.length,
    shares: roster.shares,
    measures: ground.measures.map((_, m) => measureOf(ground, nodes, { m, parts })),
    homes: roster.homes,
    current: ground.start || isHeld ? unitsOf.map((_, i) => locks.start[nodeOf(i)]!) : null,
    locked: unitsOf.map((_, i) => i < count && locks.lockedTo[i]! >= 0),
    frozen: permits.frozen,
    disruption: null,
    limits: null,
    disruptionWeight: ground.start ? ground.lambda : 0,
    forbidden: forbiddenOf(permits, unitsOf, roster.names.length),
    apart: apartOf(ground.rules, nodes, parts),
    partOf: parts.length > 0 ? unitsOf.map(([unit], node) => (node < count ? -1 : nodes.nodeOf[unit!]!)) : null,
    regions:
      counties.length > 0
        ? unitsOf.map((_, node) => (node < count ? (countyAt.get(units.counties[heaviest[node]!]!) ?? -1) : -1))
        : null,
  };
}

function measureOf(
  { units, accounts, measures, ranges, roster }: FileGround,
  { nodes, nodeOf }: Contracted,
  { m, parts }: { m: number; parts: readonly Part[] },
): BalancedMeasure {
  const { name, tolerance } = measures[m]!;
  const values = units.measures.get(name.toLowerCase())!;
  const held = accounts?.measures.get(name.toLowerCase());
  const perUnit = nodes.map((members) => members.reduce((sum, u) => sum + values[u]!, 0));
  for (const { unit, accounts: list } of parts) {
    const amount = list.reduce((sum, a) => sum + held![a]!, 0);
    perUnit.push(amount);
    // accounts may add up to a rounding error more than their unit
    perUnit[nodeOf[unit]!] = Math.max(0, perUnit[nodeOf[unit]!]! - amount);
  }
  return {
    name,
    tolerance,
    perUnit,
    perPair: null,
    base: roster.names.map(() => 0),
    min: ranges.least[m]!,
    max: ranges.most[m]!,
  };
}

/** The place with the same pull as its units: the weighted mean vector. One unit stays where it is. */
function middle({ lat, lon }: UnitTable, list: readonly number[], weight: Float64Array): { lat: number; lon: number } {
  if (list.length === 1) return { lat: lat[list[0]!]!, lon: lon[list[0]!]! };
  const sum = [0, 0, 0];
  for (const u of list) {
    const at = unitVector({ lat: lat[u]!, lon: lon[u]! });
    for (let d = 0; d < 3; d++) sum[d]! += (weight[u]! + 1e-12) * at[d]!;
  }
  const length = Math.hypot(...sum) || 1;
  const [meanLat, meanLon] = placeOf(sum.map((value) => value / length));
  return { lat: meanLat, lon: meanLon };
}

/** A part touches its unit and the unit's neighbours; they list it back. */
function withParts({ neighbors, nodeOf, nodes }: Contracted, parts: readonly Part[]): readonly (readonly number[])[] {
  if (parts.length === 0) return neighbors;
  const around = neighbors.map((list) => [...list]);
  parts.forEach(({ unit }, i) => {
    const node = nodeOf[unit]!;
    const touched = [node, ...neighbors[node]!].sort((a, b) => a - b);
    around.push(touched);
    for (const other of touched) around[other]!.push(nodes.length + i);
  });
  return around;
}

function forbiddenOf({ forbidden }: Permits, unitsOf: readonly (readonly number[])[], k: number): Forbidden | null {
  if (!forbidden) return null;
  const result = new Forbidden(unitsOf.length, k);
  for (let node = 0; node < unitsOf.length; node++)
    for (const u of unitsOf[node]!) for (let j = 0; j < k; j++) if (forbidden.has(u, j)) result.add(node, j);
  return result;
}

function apartOf(rules: readonly Rule[], { nodeOf, nodes }: Contracted, parts: readonly Part[]): [number, number][] {
  const all = (unit: number) => [
    nodeOf[unit]!,
    ...parts.flatMap((part, i) => (part.unit === unit ? [nodes.length + i] : [])),
  ];
  return rules.flatMap((rule) =>
    rule.kind === 'apart'
      ? all(rule.units[0]).flatMap((a) => all(rule.units[1]).map((b): [number, number] => [a, b]))
      : [],
  );
}
