import { invert, type Move } from './alignment.ts';
import { deviationsOf } from './balance.ts';
import type { Neighbors } from './geography.ts';
import { LivePieces } from './livePieces.ts';
import { LiveSpread } from './liveSpread.ts';
import {
  addUnits,
  emptyTotals,
  MEASURES,
  shiftOverride,
  totals,
  type Measure,
  type OverridePart,
  type TerritorySeat,
  type TerritoryTotals,
  type UnitInputs,
  type Vector,
} from './measures.ts';
import type { TravelSettings } from './travel.ts';

export interface KernelData {
  readonly owners: readonly number[];
  readonly inputs: UnitInputs;
  readonly seats: readonly TerritorySeat[];
  readonly travel: TravelSettings;
  readonly neighbors: Neighbors;
  readonly overrides?: readonly OverridePart[];
  /** What the weight p of a unit is the mean share of; work and market potential unless told otherwise. */
  readonly balanced?: readonly Vector[];
}

/** What a step changed, enough to take it back to the last bit. */
export interface Change {
  readonly moves: readonly Move[];
  readonly before: readonly {
    readonly territory: number;
    readonly totals: TerritoryTotals;
    readonly spread: Float64Array;
  }[];
}

/**
 * A plan under the user's hands: totals, deviations, compactness and contiguity of every territory after each move, at
 * the cost of what moved. Browser and service hold the same one; the formulas themselves stand in `measures.ts`.
 */
export class Kernel {
  private readonly data: KernelData;
  private readonly sums: TerritoryTotals[];
  /** What they hold measure by measure: every measure is looked at after each step. */
  private readonly columns: Readonly<Record<Measure, Float64Array>>;
  private readonly spread: LiveSpread;
  private readonly whole: LivePieces;
  /** Accounts held against geography, by their unit. */
  private readonly held = new Map<number, readonly OverridePart[]>();

  constructor(data: KernelData) {
    const { owners, inputs, seats, neighbors, overrides = [] } = data;
    this.data = data;
    this.sums = totals(owners, data);
    const column = (measure: Measure) => [measure, Float64Array.from(this.sums, (sum) => sum[measure])] as const;
    this.columns = Object.fromEntries(MEASURES.map(column)) as Record<Measure, Float64Array>;
    this.whole = new LivePieces(owners, seats.length, neighbors);
    const weight = meanShares(
      data.balanced ?? [inputs.callHours.map((hours, u) => hours + inputs.caseHours[u]!), inputs.potentialUsd],
    );
    this.spread = new LiveSpread(owners, {
      lat: inputs.lat,
      lon: inputs.lon,
      weight,
      homes: seats.map(({ home }) => home),
    });
    for (const override of overrides) this.held.set(override.unit, [...(this.held.get(override.unit) ?? []), override]);
  }

  /** Owner of every unit now. */
  get owners(): Int32Array {
    return this.whole.owners;
  }

  /** Totals of every territory now; a territory's object is replaced, never changed, when its units change. */
  get totals(): readonly TerritoryTotals[] {
    return this.sums;
  }

  deviations(measure: Measure): number[] {
    return deviationsOf(this.columns[measure], this.data.seats);
  }

  /** Σ p d² of one territory to its home, or to its best centre where it has none, in km². */
  squaredKm(territory: number): number {
    return this.spread.squaredKm(territory);
  }

  /** Latitude and longitude that `squaredKm` is measured to. */
  center(territory: number): readonly [number, number] {
    return this.spread.center(territory);
  }

  /** Number of pieces of a territory; 0 where it has no unit. */
  pieces(territory: number): number {
    return this.whole.count(territory);
  }

  /** Pieces beyond the biggest of each territory. */
  strays(): { territory: number; units: number[] }[] {
    return this.whole.strays();
  }

  /** Makes these moves, each from the unit's owner of now. */
  make(moves: readonly Move[]): Change {
    const touched = new Set(moves.flatMap(({ unit, from, to }) => [from, to, ...this.holders(unit)]));
    const before = [...touched].flatMap((territory) => {
      const sum = this.sums[territory];
      return sum ? [{ territory, totals: sum, spread: this.spread.saved(territory) }] : [];
    });
    for (const { territory, totals: sum } of before) this.sums[territory] = { ...sum };
    for (const { unit, from, to } of moves) {
      this.shift(unit, from, -1);
      this.shift(unit, to, 1);
      this.spread.move(unit, from, to);
      this.whole.move(unit, to);
    }
    for (const { territory } of before) {
      if (this.sums[territory]!.units === 0) this.empty(territory);
      this.list(territory);
    }
    return { moves, before };
  }

  /** Takes back the last step that is not taken back yet. */
  undo({ moves, before }: Change): void {
    for (const { unit, to } of invert(moves)) this.whole.move(unit, to);
    for (const { territory, totals: sum, spread } of before) {
      this.sums[territory] = sum;
      this.spread.restore(territory, spread);
      this.list(territory);
    }
  }

  private list(territory: number): void {
    for (const measure of MEASURES) this.columns[measure][territory] = this.sums[territory]![measure];
  }

  /** Where the last unit left, no rounding of what it held stays behind. */
  private empty(territory: number): void {
    const { seats, overrides = [] } = this.data;
    const alone: TerritoryTotals[] = [];
    alone[territory] = emptyTotals(seats[territory]!);
    for (const override of overrides)
      shiftOverride(alone, override, { ...this.data, owner: this.owners[override.unit]! });
    this.sums[territory] = alone[territory];
    this.spread.clear(territory);
  }

  /** Territories that hold an account of this unit against geography. */
  private holders(unit: number): number[] {
    return this.held.get(unit)?.map(({ territory }) => territory) ?? [];
  }

  /** A unit comes to a territory or leaves it, and with it what is held against geography. */
  private shift(unit: number, territory: number, sign: 1 | -1): void {
    const { inputs, seats, travel } = this.data;
    const [sum, seat] = [this.sums[territory], seats[territory]];
    if (sum && seat) addUnits(sum, [unit], { inputs, seat, travel, sign });
    for (const override of this.held.get(unit) ?? [])
      shiftOverride(this.sums, override, { inputs, seats, travel, owner: territory, isReversed: sign < 0 });
  }
}

/** p of each unit: the mean over these vectors of its share; a vector that is 0 everywhere counts for nothing. */
function meanShares(vectors: readonly Vector[]): Float64Array {
  const result = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    const total = vector.reduce((sum, value) => sum + value, 0);
    if (total > 0) vector.forEach((value, unit) => (result[unit]! += value / total / vectors.length));
  }
  return result;
}
