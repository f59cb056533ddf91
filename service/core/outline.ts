import Flatbush from 'flatbush';
import { orientation, type Path } from './polygon.ts';

/** A stretch of a region's outline; the numbers name the regions on its two sides, -1 is outside. */
export interface OutlineArc {
  readonly path: Path;
  readonly left: number;
  readonly right: number;
}

/** A straight line between two places. */
export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A place where a straight line crosses an outline. */
export interface Crossing {
  readonly node: number;
  readonly x: number;
  readonly y: number;
  /** Place on the outline: arc, segment and the share of the segment. */
  readonly arc: number;
  readonly segment: number;
  readonly along: number;
  /** Share of the Voronoi edge. */
  readonly t: number;
}

/** Hands out node numbers: the ends of arcs by place, Voronoi vertices in blocks, crossings one by one. */
export class Nodes {
  private count = 0;
  private readonly ends: [number, number][];

  constructor(arcs: readonly OutlineArc[]) {
    const known = new Map<string, number>();
    const node = (x: number | undefined, y: number | undefined) => {
      const key = `${x},${y}`;
      if (!known.has(key)) known.set(key, this.reserve(1));
      return known.get(key) ?? -1;
    };
    this.ends = arcs.map(({ path }) => [node(path[0], path[1]), node(path.at(-2), path.at(-1))]);
  }

  reserve(n: number): number {
    this.count += n;
    return this.count - n;
  }

  endsOf(arc: number): readonly [number, number] {
    return this.ends[arc] ?? [-1, -1];
  }
}

/** The outline of all regions, searchable by box. */
export class Outline {
  private readonly index: Flatbush;
  private readonly at: { arc: number; segment: number }[] = [];
  private readonly arcs: readonly OutlineArc[];
  private readonly box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };

  constructor(arcs: readonly OutlineArc[]) {
    this.arcs = arcs;
    this.index = new Flatbush(
      Math.max(
        1,
        arcs.reduce((sum, { path }) => sum + path.length / 2 - 1, 0),
      ),
    );
    arcs.forEach((arc, i) => {
      for (let k = 0; k + 1 < arc.path.length / 2; k++) {
        const { x1, y1, x2, y2 } = this.segment(i, k);
        this.index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
        this.at.push({ arc: i, segment: k });
        this.box.left = Math.min(this.box.left, x1, x2);
        this.box.right = Math.max(this.box.right, x1, x2);
        this.box.top = Math.min(this.box.top, y1, y2);
        this.box.bottom = Math.max(this.box.bottom, y1, y2);
      }
    });
    if (this.at.length === 0) this.index.add(0, 0);
    this.index.finish();
  }

  /** Even-odd by a ray to the east over this region's own segments. */
  contains(x: number, y: number, region: number): boolean {
    if (x > this.box.right || x < this.box.left || y < this.box.top || y > this.box.bottom) return false;
    const hits = this.index.search(x, y, this.box.right, y, (i) => this.bounds(i, region));
    const crossed = hits.filter((i) => {
      const { arc, segment } = this.at[i] ?? { arc: 0, segment: 0 };
      const { x1, y1, x2, y2 } = this.segment(arc, segment);
      return y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1);
    });
    return crossed.length % 2 === 1;
  }

  /** Where a straight line crosses this region's outline, in the line's direction. */
  cut({ x1, y1, x2, y2 }: Line, region: number, nodes: Nodes): Crossing[] {
    const box = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)] as const;
    const hits = this.index.search(...box, (i) => this.bounds(i, region));
    const found: Crossing[] = [];
    for (const i of hits) {
      const { arc, segment } = this.at[i] ?? { arc: 0, segment: 0 };
      const s = this.segment(arc, segment);
      const sideC = orientation(x2 - x1, y2 - y1, s.x1 - x1, s.y1 - y1);
      const sideD = orientation(x2 - x1, y2 - y1, s.x2 - x1, s.y2 - y1);
      const sideP = orientation(s.x2 - s.x1, s.y2 - s.y1, x1 - s.x1, y1 - s.y1);
      const sideQ = orientation(s.x2 - s.x1, s.y2 - s.y1, x2 - s.x1, y2 - s.y1);
      if (sideC >= 0 === sideD >= 0 || sideP >= 0 === sideQ >= 0) continue;
      const along = sideC / (sideC - sideD);
      const place = { x: s.x1 + along * (s.x2 - s.x1), y: s.y1 + along * (s.y2 - s.y1) };
      found.push({ node: nodes.reserve(1), ...place, arc, segment, along, t: sideP / (sideP - sideQ) });
    }
    return found.sort((a, b) => a.t - b.t);
  }

  private bounds(i: number, region: number): boolean {
    const arc = this.arcs[this.at[i]?.arc ?? -1];
    return arc !== undefined && (arc.left === region || arc.right === region);
  }

  private segment(arc: number, k: number): Line {
    const path = this.arcs[arc]?.path ?? [];
    return { x1: path[2 * k] ?? 0, y1: path[2 * k + 1] ?? 0, x2: path[2 * k + 2] ?? 0, y2: path[2 * k + 3] ?? 0 };
  }
}
