import Delaunator from 'delaunator';

/** An edge between the cells of two sites: straight from one Voronoi vertex to another. */
export interface VoronoiEdge {
  readonly a: number;
  readonly b: number;
  /** Vertex numbers of its ends; edges that meet share them. */
  readonly from: number;
  readonly to: number;
}

export interface VoronoiDiagram {
  /** x0, y0, x1, y1, … of the vertices. */
  readonly vertices: Float64Array;
  readonly edges: readonly VoronoiEdge[];
}

/** Frame sites stand this many diameters away: every bisector with one runs far outside of whatever is clipped. */
const FRAME_DIAMETERS = 50;

/**
 * Voronoi diagram of distinct sites, dual of the Delaunay triangulation (Guibas and Stolfi 1985, triangulated by delaunator).
 * Four far frame sites close every cell, so there are no rays; edges towards the frame are left out.
 */
export function voronoi(x: readonly number[], y: readonly number[]): VoronoiDiagram {
  const count = x.length;
  const delaunay = new Delaunator(framed(x, y));
  const { triangles, halfedges } = delaunay;
  const vertices = new Float64Array((triangles.length / 3) * 2);
  for (let t = 0; t < triangles.length / 3; t++) circumcenter(delaunay, t, vertices);
  const edges: VoronoiEdge[] = [];
  for (let e = 0; e < triangles.length; e++) {
    const twin = halfedges[e] ?? -1;
    if (twin < e) continue;
    const a = triangles[e] ?? 0;
    const b = triangles[e % 3 === 2 ? e - 2 : e + 1] ?? 0;
    if (a >= count || b >= count) continue;
    edges.push({ a, b, from: Math.floor(e / 3), to: Math.floor(twin / 3) });
  }
  return { vertices, edges };
}

function framed(x: readonly number[], y: readonly number[]): Float64Array {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  x.forEach((value) => ([left, right] = [Math.min(left, value), Math.max(right, value)]));
  y.forEach((value) => ([top, bottom] = [Math.min(top, value), Math.max(bottom, value)]));
  const far = FRAME_DIAMETERS * Math.max(right - left, bottom - top, 1e-9);
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const frame = [cx - far, cy - far, cx + far, cy - far, cx - far, cy + far, cx + far, cy + far];
  const coordinates = new Float64Array(2 * x.length + 8);
  x.forEach((value, i) => coordinates.set([value, y[i] ?? 0], 2 * i));
  coordinates.set(frame, 2 * x.length);
  return coordinates;
}

/** Centre of the circle through a triangle's corners, relative to the first corner for precision. */
function circumcenter({ triangles, coords }: Delaunator<Float64Array>, t: number, into: Float64Array): void {
  const at = (k: number) => {
    const site = triangles[3 * t + k] ?? 0;
    return [coords[2 * site] ?? 0, coords[2 * site + 1] ?? 0] as const;
  };
  const [ax, ay] = at(0);
  const [bx, by] = [at(1)[0] - ax, at(1)[1] - ay];
  const [cx, cy] = [at(2)[0] - ax, at(2)[1] - ay];
  const d = 2 * (bx * cy - by * cx);
  const b2 = bx * bx + by * by;
  const c2 = cx * cx + cy * cy;
  into[2 * t] = ax + (cy * b2 - by * c2) / d;
  into[2 * t + 1] = ay + (bx * c2 - cx * b2) / d;
}
