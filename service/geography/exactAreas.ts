import type { Border } from '../core/cells.ts';
import { mercator, type Path } from '../core/polygon.ts';
import { sharedLines, type OwnedLine, type SharedArc } from '../core/sharedArcs.ts';
import { STEPS_PER_DEGREE } from './readers/coordinates.ts';
import { corners, type StateShapes } from './stateShapes.ts';

/** A ZIP with a real area. */
export interface ExactUnit {
  readonly zip: string;
  readonly state: string;
  readonly lat: number;
  readonly lon: number;
  readonly hasPoint: boolean;
  readonly landKm2: number | null;
}

export interface ExactAreas {
  readonly units: readonly ExactUnit[];
  /** In millionths of a degree; numbers are positions in units. */
  readonly arcs: readonly SharedArc[];
}

/**
 * Areas of several states as one set: lines that two states have in common are borders between their ZIPs.
 * A ZIP with parts in two states is one unit of the state that lists it, with both areas; where one of the two is no part
 * but the whole, only that one counts.
 */
export function joinStates(
  states: ReadonlyMap<string, StateShapes>,
  homeOf: (zip: string) => string | undefined,
): ExactAreas {
  const units = unitsOf(states, homeOf);
  const at = new Map(units.map(({ zip }, i) => [zip, i]));
  const arcs: SharedArc[] = [];
  const outside: OwnedLine[] = [];
  for (const [state, shapes] of states) {
    const index = shapes.zips.map((zip, i) => {
      const unit = at.get(zip) ?? -1;
      return shapes.isPart[i] || units[unit]?.state === state ? unit : -1;
    });
    for (const [from, to, steps] of shapes.arcs) {
      const sides = [index[from] ?? -1, index[to] ?? -1].sort((a, b) => b - a);
      const [left = -1, right = -1] = sides;
      if (left === right) continue;
      if (right >= 0) arcs.push({ left, right, path: corners(steps) });
      else outside.push({ owner: left, path: corners(steps) });
    }
  }
  const lines =
    states.size > 1 ? sharedLines(outside) : outside.map(({ owner, path }) => ({ left: owner, right: -1, path }));
  return { units, arcs: [...arcs, ...lines] };
}

function unitsOf(states: ReadonlyMap<string, StateShapes>, homeOf: (zip: string) => string | undefined): ExactUnit[] {
  const found = new Map<string, { unit: ExactUnit; isPart: boolean }[]>();
  for (const [state, shapes] of states) {
    shapes.zips.forEach((zip, i) => {
      const unit = {
        zip,
        state,
        lat: shapes.lat[i] ?? 0,
        lon: shapes.lon[i] ?? 0,
        hasPoint: shapes.hasPoint[i] ?? false,
        landKm2: shapes.landKm2[i] ?? null,
      };
      found.set(zip, [...(found.get(zip) ?? []), { unit, isPart: shapes.isPart[i] ?? false }]);
    });
  }
  const units = [...found].map(([zip, parts]) => {
    const home =
      parts.find(({ unit }) => unit.state === homeOf(zip)) ?? parts.find(({ isPart }) => !isPart) ?? parts[0]!;
    const counted = parts.filter((part) => part === home || part.isPart).map(({ unit }) => unit.landKm2);
    const known = counted.every((km2) => km2 !== null);
    return { ...home.unit, landKm2: known ? counted.reduce<number>((sum, km2) => sum + (km2 ?? 0), 0) : null };
  });
  return units.sort((a, b) => (a.zip < b.zip ? -1 : 1));
}

/** Pairs of states, such as "CT RI", whose real areas share a line. */
export function fittingStates({ units, arcs }: ExactAreas): Set<string> {
  const pairs = new Set<string>();
  for (const { left, right } of arcs) {
    const [a, b] = [units[left]?.state, units[right]?.state];
    if (a !== undefined && b !== undefined && a !== b) pairs.add(statePair(a, b));
  }
  return pairs;
}

export function statePair(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Arcs as borders on the mercator square, with nodes numbered from `firstNode` and units named by `unitOf`. */
export function exactBorders(
  arcs: readonly SharedArc[],
  { firstNode, unitOf }: { firstNode: number; unitOf: readonly number[] },
): Border[] {
  const nodes = new Map<string, number>();
  const node = (x: number | undefined, y: number | undefined) => {
    const key = `${x},${y}`;
    const known = nodes.get(key) ?? firstNode + nodes.size;
    nodes.set(key, known);
    return known;
  };
  return arcs.map(({ left, right, path }) => ({
    left: unitOf[left] ?? -1,
    right: unitOf[right] ?? -1,
    path: onSquare(path),
    ends: [node(path[0], path[1]), node(path.at(-2), path.at(-1))],
  }));
}

function onSquare(path: Path): number[] {
  const result: number[] = [];
  for (let i = 0; i < path.length; i += 2)
    result.push(...mercator(path[i]! / STEPS_PER_DEGREE, path[i + 1]! / STEPS_PER_DEGREE));
  return result;
}
