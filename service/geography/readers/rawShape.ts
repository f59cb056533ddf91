/** A shape as its file holds it. */
export interface RawShape {
  /** Its number in the file, from 1. */
  readonly line: number;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Rings of all its polygons, flat: x0, y0, x1, y1, …; the last point repeats the first. Even-odd tells holes. */
  readonly rings: readonly (readonly number[])[];
}

export interface ShapeFile {
  readonly format: 'GeoJSON' | 'TopoJSON' | 'Shapefile';
  readonly shapes: readonly RawShape[];
  /** Shapes that hold no polygon, with the reason. */
  readonly broken: readonly { readonly line: number; readonly reason: string }[];
}

/** Collects shapes and what is wrong with others; both count towards the limits. */
export interface ShapeSink {
  readonly shapes: RawShape[];
  readonly broken: { line: number; reason: string }[];
}
