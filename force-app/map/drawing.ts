import { unitsInside, unitsNear, type Projected } from './lasso.ts';

export type Tool = 'pan' | 'pick' | 'lasso' | 'brush1' | 'brush2' | 'brush3';

/** Radius of each brush in pixels; the unit under the pointer always counts. */
export const BRUSH_PIXELS: Readonly<Record<string, number>> = { brush1: 0, brush2: 16, brush3: 40 };

/** What a drag holds so far, or in the end. */
export interface Drawn {
  readonly units: readonly number[];
  readonly phase: 'drag' | 'end' | 'cancel';
}

export interface DrawingPorts {
  readonly projected: () => Projected;
  readonly unitAt: (x: number, y: number) => number | undefined;
  readonly drawn: (drawn: Drawn) => void;
  /** Shows the line or the brush; container pixels. */
  readonly sketch: (line: readonly number[], brush: { x: number; y: number; radius: number } | null) => void;
}

const FEWEST_PIXELS = 3;

/** Turns pointer places (container pixels) into units: under a lasso or under a brush's trace. */
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

  private add(x: number, y: number): void {
    const line = this.line ?? [];
    const [lastX, lastY] = [line.at(-2), line.at(-1)];
    if (lastX !== undefined && lastY !== undefined && Math.hypot(x - lastX, y - lastY) < FEWEST_PIXELS) return;
    line.push(x, y);
    const radius = BRUSH_PIXELS[this.tool];
    if (radius !== undefined) this.paintAt(x, y, radius);
    this.ports.sketch(this.tool === 'lasso' ? line : [], radius ? { x, y, radius } : null);
    this.ports.drawn({ units: this.units(), phase: 'drag' });
  }

  private paintAt(x: number, y: number, radius: number): void {
    const under = this.ports.unitAt(x, y);
    if (under !== undefined) this.painted.add(under);
    if (radius > 0) for (const unit of unitsNear(x, y, radius, this.ports.projected())) this.painted.add(unit);
  }

  private units(): number[] {
    return this.tool === 'lasso' ? unitsInside(this.line ?? [], this.ports.projected()) : [...this.painted];
  }
}
