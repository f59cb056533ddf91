import { BailiwickError } from '../../core/errors.ts';

/** All ZIP areas of the country at 1:500,000 are 65 MB zipped and about 115 MB as .shp; beyond it memory runs short. */
export const MAX_UNPACKED_BYTES = 300_000_000;
/** A parsed JSON text takes about four times its size in memory. */
export const MAX_JSON_BYTES = 200_000_000;
/** Coordinates pack about 2:1 to 4:1, attribute tables up to 50:1; a bomb is far above 1,000:1. */
export const MAX_RATIO = 200;
/** Small members may be packed as well as they like: an attribute table of one repeated word. */
export const RATIO_FROM_BYTES = 5_000_000;
/** The country has 33,000 ZIP areas; a file of all parts of all of them has twice as many. */
export const MAX_SHAPES = 100_000;
/** The country at 1:500,000 has about 7 million. */
export const MAX_VERTICES = 12_000_000;
/** Rings of one shape: Alaska's coast has a few thousand. More only wastes time on finding holes. */
export const MAX_RINGS = 20_000;
/** Rows of a table: ZIP × county has 53,000. */
export const MAX_ROWS = 500_000;

export function tooLarge(
  what: string,
  action = 'Load one state at a time, or the cartographic boundary file (cb_…_500k).',
) {
  return new BailiwickError('too_large', what, { action });
}

export function notRecognized(message: string, action: string, cause?: unknown): BailiwickError {
  return new BailiwickError('file_not_recognized', message, { action, cause });
}

export const GIVE_SHAPES =
  'Give GeoJSON, TopoJSON (also gzipped), or the zip of a Census shapefile with its .shp, .dbf and .prj.';
