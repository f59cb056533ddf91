import { z } from 'zod';
import { sharedArcs } from '../core/sharedArcs.ts';
import type { Path } from '../core/polygon.ts';
import type { ZipShape } from './zipShapes.ts';

/** ZIP areas of one state as they are stored: places, and each stretch of border once. */
export const stateShapes = z.object({
  zips: z.array(z.string()),
  lat: z.array(z.number()),
  lon: z.array(z.number()),
  /** Whether the file gave the place itself. */
  hasPoint: z.array(z.boolean()),
  /** Land in km²; null where the file does not say. */
  landKm2: z.array(z.number().nullable()),
  /** Whether this is the part of a ZIP that reaches into another state. */
  isPart: z.array(z.boolean()),
  /** Owners (position in zips, -1 outside) and corners in millionths of a degree: the first, then steps. */
  arcs: z.array(z.tuple([z.number(), z.number(), z.array(z.number())])),
});
export type StateShapes = z.output<typeof stateShapes>;

export function toStateShapes(shapes: readonly ZipShape[]): StateShapes {
  return {
    zips: shapes.map(({ zip }) => zip),
    lat: shapes.map(({ lat }) => lat),
    lon: shapes.map(({ lon }) => lon),
    hasPoint: shapes.map(({ hasPoint }) => hasPoint),
    landKm2: shapes.map(({ landKm2 }) => landKm2),
    isPart: shapes.map(({ isPart }) => isPart),
    arcs: sharedArcs(shapes.map(({ rings }) => rings)).map(({ left, right, path }) => [left, right, steps(path)]),
  };
}

function steps(path: Path): number[] {
  return path.map((value, i) => (i < 2 ? value : value - path[i - 2]!));
}

/** The corners of a stored arc in millionths of a degree. */
export function corners(steps: readonly number[]): number[] {
  const path: number[] = [];
  for (let i = 0; i < steps.length; i++) path.push(i < 2 ? steps[i]! : path[i - 2]! + steps[i]!);
  return path;
}
