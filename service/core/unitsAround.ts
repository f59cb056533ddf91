import { EARTH_RADIUS_KM, type Point } from './geography.ts';
import type { Vector } from './measures.ts';

/** Side of a cell in degrees: some ten ZIPs in a city's suburbs, a few in the plains. */
const CELL = 0.25;
const ROWS = 180 / CELL;
const COLUMNS = 360 / CELL;
const DEGREE_KM = (Math.PI * EARTH_RADIUS_KM) / 180;

/** Units by cells of a grid over the globe, to look around a place without asking every unit. */
export class UnitsAround {
  private readonly cells = new Map<number, number[]>();

  constructor({ lat, lon }: { readonly lat: Vector; readonly lon: Vector }) {
    lat.forEach((_, unit) => {
      const key = rowOf(lat[unit]!) * COLUMNS + columnOf(lon[unit]!);
      const cell = this.cells.get(key);
      if (cell) cell.push(unit);
      else this.cells.set(key, [unit]);
    });
  }

  /** All units within so many km of a place, and some that are farther. */
  within({ lat, lon }: Point, km: number): number[] {
    const high = km / DEGREE_KM;
    const top = Math.min(89, Math.abs(lat) + high);
    // the meridians are nearest to one another at the edge that is nearest to a pole
    const wide = Math.min(180, high / Math.cos((top * Math.PI) / 180));
    const found: number[] = [];
    const [west, east] = wide >= 180 ? [0, COLUMNS - 1] : [columnOf(lon - wide), columnOf(lon + wide)];
    const columns = east >= west ? east - west : east - west + COLUMNS;
    for (let row = rowOf(lat - high); row <= rowOf(lat + high); row++)
      for (let step = 0; step <= columns; step++) {
        const cell = this.cells.get(row * COLUMNS + ((west + step) % COLUMNS));
        if (cell) for (const unit of cell) found.push(unit);
      }
    return found;
  }
}

const rowOf = (lat: number) => Math.max(0, Math.min(ROWS - 1, Math.floor((lat + 90) / CELL)));
const columnOf = (lon: number) => ((Math.floor((lon + 180) / CELL) % COLUMNS) + COLUMNS) % COLUMNS;
