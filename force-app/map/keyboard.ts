import type { Drawn } from './drawing.ts';
import type { Units } from './geographyData.ts';

export type Direction = 'north' | 'south' | 'west' | 'east';
const TURNED: Readonly<Record<Direction, readonly [number, number]>> = {
  north: [0, 1],
  south: [0, -1],
  west: [-1, 0],
  east: [1, 0],
};

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'north',
  ArrowDown: 'south',
  ArrowLeft: 'west',
  ArrowRight: 'east',
};

export interface WalkPorts {
  readonly units: Pick<Units, 'lat' | 'lon' | 'neighbors'>;
  readonly middle: () => { lat: number; lng: number };
  /** Units are given with a drawing tool, looked at with the pick tool, and left alone else. */
  readonly use: () => 'draw' | 'pick' | 'none';
  /** Where the keyboard stands; null nowhere yet. */
  readonly at: () => number | null;
  /** Stands on a unit, or nowhere. */
  readonly point: (unit: number | null) => void;
  /** What the tool makes of these units, such as whole counties. */
  readonly grown: (units: Iterable<number>) => number[];
  readonly drawn: (drawn: Drawn) => void;
  readonly picked: (unit: number) => void;
  readonly escaped: () => void;
}

/**
 * The keyboard on the map: arrows walk from unit to unit and show what taking one would do; with Shift they collect
 * what they pass; Enter or Space takes; Escape lets go.
 */
export class Walk {
  private readonly ports: WalkPorts;
  private readonly marked = new Set<number>();
  private isShowing = false;

  constructor(ports: WalkPorts) {
    this.ports = ports;
  }

  key(event: KeyboardEvent): void {
    const { ports } = this;
    if (event.key === 'Escape') {
      this.leave();
      ports.escaped();
      return ports.point(null);
    }
    const use = ports.use();
    if (use === 'none') return;
    const direction = DIRECTIONS[event.key];
    if (direction) this.walk(direction, event.shiftKey && use === 'draw');
    else if ((event.key === 'Enter' || event.key === ' ') && ports.at() !== null) this.take();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** The keyboard goes elsewhere: nothing was given. */
  leave(): void {
    this.marked.clear();
    if (this.isShowing) this.ports.drawn({ units: [], phase: 'cancel' });
    this.isShowing = false;
  }

  private walk(direction: Direction, isCollecting: boolean): void {
    const { ports } = this;
    const from = ports.at();
    const to = step(from, direction, ports.units, ports.middle());
    if (!isCollecting) this.marked.clear();
    else if (from !== null) this.marked.add(from);
    if (ports.use() === 'draw' && to !== null) {
      this.isShowing = true;
      ports.drawn({ units: ports.grown([...this.marked, to]), phase: 'drag' });
    }
    ports.point(to);
  }

  private take(): void {
    const { ports, marked } = this;
    const unit = ports.at();
    if (unit === null) return;
    if (ports.use() === 'pick') ports.picked(unit);
    else ports.drawn({ units: ports.grown([...marked, unit]), phase: 'end' });
    marked.clear();
    this.isShowing = false;
    ports.point(unit);
  }
}

/** The neighbour that lies best in this direction; without a place yet the unit nearest to the middle of the map. */
export function step(
  from: number | null,
  direction: Direction,
  { lat, lon, neighbors }: Pick<Units, 'lat' | 'lon' | 'neighbors'>,
  middle: { lat: number; lng: number },
): number | null {
  if (from === null) return nearest(middle, lat, lon);
  const [east, north] = TURNED[direction];
  const [y, x] = [lat[from] ?? 0, lon[from] ?? 0];
  let best = from;
  let bestShare = 0.3;
  for (const next of neighbors[from] ?? []) {
    const [dy, dx] = [(lat[next] ?? 0) - y, ((lon[next] ?? 0) - x) * Math.cos((y * Math.PI) / 180)];
    const share = (dx * east + dy * north) / (Math.hypot(dx, dy) || 1);
    if (share > bestShare) [best, bestShare] = [next, share];
  }
  return best;
}

function nearest(middle: { lat: number; lng: number }, lat: readonly number[], lon: readonly number[]): number | null {
  let best: number | null = null;
  let bestAway = Infinity;
  lat.forEach((y, unit) => {
    const away = Math.hypot(y - middle.lat, (lon[unit] ?? 0) - middle.lng);
    if (away < bestAway) [best, bestAway] = [unit, away];
  });
  return best;
}
