import { EARTH_RADIUS_KM, placeOf, unitVector, type Point } from './geography.ts';
import type { Vector } from './measures.ts';

/**
 * Σ p d² of every territory to its centre, kept in step with every move; exact, because a territory is known by the sums
 * W = Σ p, T = Σ p (x − r) and Q = Σ p |x − r|² around a place r of its own: the best centre c has the direction of
 * W r + T, and Σ p |x − c|² = 2 (W Q − |T|²) ÷ (W + |W r + T|). With a home the centre is the home, r is it, and Q is all.
 */
export class LiveSpread {
  private readonly xyz: Float64Array;
  private readonly weight: ArrayLike<number>;
  private readonly hasHome: readonly boolean[];
  /** Place r of each territory, x y z. */
  private readonly reference: Float64Array;
  /** W, T x y z and Q of each territory. */
  private readonly sums: Float64Array;

  constructor(
    owners: ArrayLike<number>,
    of: { lat: Vector; lon: Vector; weight: ArrayLike<number>; homes: readonly (Point | null)[] },
  ) {
    const { lat, lon, weight, homes } = of;
    this.weight = weight;
    this.xyz = new Float64Array(lat.length * 3);
    lat.forEach((value, unit) => this.xyz.set(unitVector({ lat: value, lon: lon[unit]! }), unit * 3));
    this.hasHome = homes.map((home) => home !== null);
    this.reference = references(owners, this.xyz, homes);
    this.sums = new Float64Array(homes.length * 5);
    for (let unit = 0; unit < lat.length; unit++) this.add(unit, owners[unit]!, 1);
  }

  move(unit: number, from: number, to: number): void {
    this.add(unit, from, -1);
    this.add(unit, to, 1);
  }

  /** Σ p d² of one territory, in km². */
  squaredKm(territory: number): number {
    const [w, x, y, z, q] = this.sumsOf(territory);
    if (this.hasHome[territory]) return q * EARTH_RADIUS_KM ** 2;
    const length = Math.hypot(...this.direction(territory));
    const squared = w + length > 0 ? (2 * (w * q - x * x - y * y - z * z)) / (w + length) : 0;
    return Math.max(0, squared) * EARTH_RADIUS_KM ** 2;
  }

  /** Latitude and longitude of the centre. */
  center(territory: number): readonly [number, number] {
    const vector = this.hasHome[territory] ? this.place(territory) : this.direction(territory);
    const length = Math.hypot(...vector) || 1;
    return placeOf(vector.map((value) => value / length));
  }

  /** What `restore` needs to put a territory back as it is now, to the last bit. */
  saved(territory: number): Float64Array {
    return this.sums.slice(territory * 5, territory * 5 + 5);
  }

  restore(territory: number, saved: Float64Array): void {
    this.sums.set(saved, territory * 5);
  }

  /** No unit is left: nothing of their rounding stays behind. */
  clear(territory: number): void {
    this.sums.fill(0, territory * 5, territory * 5 + 5);
  }

  private add(unit: number, territory: number, sign: 1 | -1): void {
    if (!(territory in this.hasHome)) return;
    const { xyz, reference, sums } = this;
    const p = sign * this.weight[unit]!;
    let squared = 0;
    for (let d = 0; d < 3; d++) {
      const away = xyz[unit * 3 + d]! - reference[territory * 3 + d]!;
      sums[territory * 5 + 1 + d]! += p * away;
      squared += away * away;
    }
    sums[territory * 5]! += p;
    sums[territory * 5 + 4]! += p * squared;
  }

  private sumsOf(territory: number): readonly [number, number, number, number, number] {
    const at = territory * 5;
    return [this.sums[at]!, this.sums[at + 1]!, this.sums[at + 2]!, this.sums[at + 3]!, this.sums[at + 4]!];
  }

  private place(territory: number): [number, number, number] {
    const at = territory * 3;
    return [this.reference[at]!, this.reference[at + 1]!, this.reference[at + 2]!];
  }

  /** W r + T. */
  private direction(territory: number): [number, number, number] {
    const [w, ...t] = this.sumsOf(territory);
    const r = this.place(territory);
    return [w * r[0] + t[0], w * r[1] + t[1], w * r[2] + t[2]];
  }
}

/** The home of each territory, else the middle of its units, else that of all: any place would do, a near one is exact. */
function references(owners: ArrayLike<number>, xyz: Float64Array, homes: readonly (Point | null)[]): Float64Array {
  const sums = new Float64Array((homes.length + 1) * 3);
  for (let at = 0; at < xyz.length; at++) {
    const owner = owners[Math.floor(at / 3)]!;
    sums[homes.length * 3 + (at % 3)]! += xyz[at]!;
    if (owner in homes) sums[owner * 3 + (at % 3)]! += xyz[at]!;
  }
  const unit = (at: number): [number, number, number] => {
    const vector = sums.subarray(at * 3, at * 3 + 3);
    const length = Math.hypot(...vector);
    return length > 0 ? [vector[0]! / length, vector[1]! / length, vector[2]! / length] : [1, 0, 0];
  };
  const isEmpty = (j: number) => sums.subarray(j * 3, j * 3 + 3).every((value) => value === 0);
  return Float64Array.from(homes.flatMap((home, j) => (home ? unitVector(home) : unit(isEmpty(j) ? homes.length : j))));
}
