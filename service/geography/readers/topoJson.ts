import { feature } from 'topojson-client';
import type { GeometryObject, Topology } from 'topojson-specification';
import { collectShapes } from './geoJson.ts';
import { GIVE_SHAPES, MAX_SHAPES, MAX_VERTICES, notRecognized, tooLarge } from './limits.ts';
import type { ShapeFile } from './rawShape.ts';

export function isTopoJson(json: unknown): json is Topology {
  return typeof json === 'object' && json !== null && (json as { type?: unknown }).type === 'Topology';
}

/**
 * Polygons of every object of a topology. Arcs that are named more often than the limit on corners allows are refused
 * before anything is spelled out. @throws BailiwickError file_not_recognized, too_large
 */
export function readTopoJson(topology: Topology, name: string): ShapeFile {
  const broken = (why: string, cause?: unknown) =>
    notRecognized(`${name} is a broken TopoJSON: ${why}.`, GIVE_SHAPES, cause);
  const { arcs, objects } = topology as unknown as { arcs?: unknown; objects?: unknown };
  if (!Array.isArray(arcs) || typeof objects !== 'object' || objects === null) throw broken('it lacks arcs or objects');
  const lengths = arcs.map((arc: unknown) => (Array.isArray(arc) ? arc.length : 0));
  const geometries = Object.values(objects as Record<string, unknown>).flatMap(geometriesOf);
  if (geometries.length > MAX_SHAPES)
    throw tooLarge(`${name} holds ${geometries.length} shapes; at most ${MAX_SHAPES} are read.`);
  let vertices = 0;
  for (const geometry of geometries) {
    for (const index of arcNumbers(geometry)) {
      const length = lengths[index < 0 ? ~index : index];
      if (length === undefined) throw broken(`a shape names arc ${index} of ${arcs.length}`);
      vertices += length;
      if (vertices > MAX_VERTICES) throw tooLarge(`${name} holds more than ${MAX_VERTICES} corners.`);
    }
  }
  try {
    const features = geometries.map((geometry) => feature(topology, geometry as GeometryObject));
    return collectShapes(features, { name, format: 'TopoJSON' });
  } catch (cause) {
    if ((cause as Error).name === 'BailiwickError') throw cause;
    throw broken((cause as Error).message, cause);
  }
}

/** Geometries of an object, collections spelled out one level. */
function geometriesOf(object: unknown): unknown[] {
  const { type, geometries } = (object ?? {}) as { type?: unknown; geometries?: unknown };
  return type === 'GeometryCollection' && Array.isArray(geometries) ? (geometries as unknown[]) : [object];
}

function arcNumbers(geometry: unknown): number[] {
  const { type, arcs } = (geometry ?? {}) as { type?: unknown; arcs?: unknown };
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(arcs)) return [];
  return arcs.flat(2).filter((index): index is number => Number.isInteger(index));
}
