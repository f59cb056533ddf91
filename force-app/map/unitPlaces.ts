import type { Map as LeafletMap } from 'leaflet';
import type { Projected } from './lasso.ts';
import { square, worldPixels } from './mercator.ts';

/** The points of all units on the mercator square and, for the view on screen, in pixels of the container. */
export class UnitPlaces {
  readonly x: readonly number[];
  readonly y: readonly number[];
  private known: { zoom: number; left: number; top: number; projected: Projected } | undefined;

  constructor(lat: readonly number[], lon: readonly number[]) {
    const squares = lat.map((value, i) => square(value, lon[i] ?? 0));
    this.x = squares.map(([x]) => x);
    this.y = squares.map(([, y]) => y);
  }

  /** Worked out again only after the map moved or zoomed. */
  projected(map: LeafletMap): Projected {
    const zoom = map.getZoom();
    const { x: left, y: top } = map.getPixelBounds().min ?? { x: 0, y: 0 };
    if (this.known?.zoom === zoom && this.known.left === left && this.known.top === top) return this.known.projected;
    const world = worldPixels(zoom);
    const projected = { x: this.x.map((x) => x * world - left), y: this.y.map((y) => y * world - top) };
    this.known = { zoom, left, top, projected };
    return projected;
  }

  /** The unit nearest to the middle of these units; undefined without units. */
  middleOf(units: readonly number[]): number | undefined {
    const mean = (vector: readonly number[]) =>
      units.reduce((sum, unit) => sum + (vector[unit] ?? 0), 0) / units.length;
    const [x, y] = [mean(this.x), mean(this.y)];
    let best: number | undefined;
    let bestAway = Infinity;
    for (const unit of units) {
      const away = Math.hypot((this.x[unit] ?? 0) - x, (this.y[unit] ?? 0) - y);
      if (away < bestAway) [best, bestAway] = [unit, away];
    }
    return best;
  }
}
