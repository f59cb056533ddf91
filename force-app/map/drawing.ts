import { unitsInside, unitsNear, type Projected } from './lasso.ts';

export type Tool = 'pan' | 'pick' | 'lasso' | 'box' | 'county' | 'brush1' | 'brush2' | 'brush3';

/** Radius of each brush in pixels; the unit under the pointer always counts. */
export const BRUSH_PIXELS: Readonly<Record<string, number>> = { brush1: 0, brush2: 16, brush3: 40, county: 0 };

/** What a drag holds so far, or in the end. */
export interface Drawn {
  readonly units: readonly number[];
  readonly phase: 'drag' | 'end' | 'cancel';
}

export interface DrawingPorts {
  readonly projected: () => Projected;
  readonly unitAt: (x: number, y: number) => number | undefined;
  /** All units of the county of this one. */
  readonly countyOf: (unit: number) => readonly number[];
  readonly drawn: (drawn: Drawn) => void;
  /** Shows the line or the brush; container pixels. */
  readonly sketch: (line: readonly number[], brush: { x: number; y: number; radius: number } | null) => void;
}

const FEWEST_PIXELS = 3;

/** Turns pointer places (container pixels) into units: inside a lasso or box, under a brush's trace, or whole counties. */
export class Drawing {
  private readonly ports: DrawingPorts;
  private tool: Tool = 'pan';
  private line: number[] | null = null;
  private painted = new Set<number>();

  constructor(ports: DrawingPorts) {
    this.ports = ports;
  }

  use(tool: Tool): void {
    this.cancel();
    this.tool = tool;
    this.ports.sketch([], null);
  }

  get isActive(): boolean {
    return this.tool !== 'pan' && this.tool !== 'pick';
  }

  get isDrawing(): boolean {
    return this.line !== null;
  }

  down(x: number, y: number): void {
    if (!this.isActive) return;
    this.line = [];
    this.painted = new Set();
    this.add(x, y);
  }

  move(x: number, y: number): void {
    const radius = BRUSH_PIXELS[this.tool];
    if (this.line) this.add(x, y);
    else if (radius !== undefined && radius > 0) this.ports.sketch([], { x, y, radius });
  }

  up(): void {
    if (!this.line) return;
    const units = this.units();
    this.line = null;
    this.ports.sketch([], null);
    this.ports.drawn({ units, phase: 'end' });
  }

  cancel(): void {
    if (!this.line) return;
    this.line = null;
    this.ports.sketch([], null);
    this.ports.drawn({ units: [], phase: 'cancel' });
  }

  /** What the tool makes of single units: with the county tool their counties, else themselves. */
  grown(units: Iterable<number>): number[] {
    const { tool, ports } = this;
    return tool === 'county' ? [...new Set([...units].flatMap((unit) => ports.countyOf(unit)))] : [...units];
  }

  private add(x: number, y: number): void {
    const line = this.line ?? [];
    const [lastX, lastY] = [line.at(-2), line.at(-1)];
    if (lastX !== undefined && lastY !== undefined && Math.hypot(x - lastX, y - lastY) < FEWEST_PIXELS) return;
    line.push(x, y);
    const radius = BRUSH_PIXELS[this.tool];
    if (radius !== undefined) this.paintAt(x, y, radius);
    this.ports.sketch(this.outline(), radius ? { x, y, radius } : null);
    this.ports.drawn({ units: this.units(), phase: 'drag' });
  }

  private paintAt(x: number, y: number, radius: number): void {
    const under = this.ports.unitAt(x, y);
    if (under !== undefined && !this.painted.has(under)) for (const unit of this.grown([under])) this.painted.add(unit);
    if (radius > 0) for (const unit of unitsNear(x, y, radius, this.ports.projected())) this.painted.add(unit);
  }

  /** The closed line that holds what is inside: the lasso itself, or the box between its first and last point. */
  private outline(): readonly number[] {
    const line = this.line ?? [];
    if (this.tool === 'lasso') return line;
    if (this.tool !== 'box') return [];
    const [left = 0, top = 0] = line;
    const [right = left, bottom = top] = line.slice(-2);
    return [left, top, right, top, right, bottom, left, bottom];
  }

  private units(): number[] {
    const outline = this.outline();
    return outline.length > 0 ? unitsInside(outline, this.ports.projected()) : [...this.painted];
  }
}

/** Answers all units of a unit's county; a unit without one stands alone. Made at the first question. */
export function countiesOf(counties: readonly string[]): (unit: number) => readonly number[] {
  let known: Map<string, number[]> | null = null;
  return (unit) => {
    if (!known) {
      known = new Map();
      for (const [at, county] of counties.entries()) {
        const units = known.get(county);
        if (units) units.push(at);
        else known.set(county, [at]);
      }
    }
    const county = counties[unit];
    return county ? (known.get(county) ?? [unit]) : [unit];
  };
}
