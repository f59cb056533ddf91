import { apply, assign, difference, UNASSIGNED, type Move } from '../../service/core/alignment.ts';
import { deviations, utilization } from '../../service/core/balance.ts';
import { EMPTY_HISTORY, record, redo, undo, type History } from '../../service/core/history.ts';
import {
  addUnit,
  totals,
  unitTravelHours,
  type OverridePart,
  type TerritorySeat,
  type TerritoryTotals,
  type UnitInputs,
} from '../../service/core/measures.ts';
import type { TravelSettings } from '../../service/core/travel.ts';

export interface DraftData {
  readonly owners: readonly number[];
  readonly inputs: UnitInputs;
  readonly seats: readonly TerritorySeat[];
  readonly travel: TravelSettings;
  readonly overrides?: readonly OverridePart[];
  readonly locked?: readonly number[];
  readonly lockedTerritories?: readonly number[];
}

/** One bar: a territory's totals with what they mean against its hours and its targets. */
export interface Standing extends TerritoryTotals {
  readonly utilization: number;
  readonly workloadDeviation: number;
  readonly potentialDeviation: number;
}

/** The plan under the user's hands: live totals while dragging, steps that can be undone, and what is not saved yet. */
export class Draft {
  readonly inputs: UnitInputs;
  readonly seats: readonly TerritorySeat[];
  owners: readonly number[];
  history: History = EMPTY_HISTORY;
  private saved: readonly number[];
  private readonly travel: TravelSettings;
  private readonly overrides: readonly OverridePart[];
  private readonly overridden: ReadonlySet<number>;
  private readonly locked: ReadonlySet<number>;
  private readonly lockedTerritories: ReadonlySet<number>;
  private sums: TerritoryTotals[];

  constructor(data: DraftData) {
    const own = JSON.parse(JSON.stringify(data)) as DraftData;
    this.inputs = own.inputs;
    this.seats = own.seats;
    this.travel = own.travel;
    this.owners = own.owners;
    this.saved = own.owners;
    this.overrides = own.overrides ?? [];
    this.overridden = new Set(this.overrides.map(({ unit }) => unit));
    this.locked = new Set(own.locked ?? []);
    this.lockedTerritories = new Set(own.lockedTerritories ?? []);
    this.sums = this.slowTotals(this.owners);
  }

  /** Moves that these units would make; locked units, units of locked territories and units not shown stay. */
  movesTo(territory: number, units: Iterable<number>): Move[] {
    if (this.lockedTerritories.has(territory)) return [];
    return assign(this.owners, units, territory).filter(
      ({ unit, from }) => from >= UNASSIGNED && !this.locked.has(unit) && !this.lockedTerritories.has(from),
    );
  }

  /** Every territory's standing if these moves were made; nothing is changed. */
  preview(moves: readonly Move[]): Standing[] {
    return this.standings(this.totalsAfter(moves));
  }

  now(): Standing[] {
    return this.standings(this.sums);
  }

  commit(moves: readonly Move[]): void {
    this.history = record(this.history, moves);
    this.make(moves);
  }

  undo(): readonly Move[] {
    return this.step(undo(this.history));
  }

  redo(): readonly Move[] {
    return this.step(redo(this.history));
  }

  /** What the service does not know yet. */
  unsaved(): Move[] {
    return difference(this.saved, this.owners);
  }

  /** What was sent, which is less than there is when drawing went on while it travelled. */
  markSaved(sent: readonly number[] = this.owners): void {
    this.saved = sent;
  }

  private step(step: { moves: readonly Move[]; history: History } | null): readonly Move[] {
    if (!step) return [];
    this.history = step.history;
    this.make(step.moves);
    return step.moves;
  }

  private make(moves: readonly Move[]): void {
    this.sums = this.totalsAfter(moves);
    this.owners = apply(this.owners, moves);
  }

  /** Only what moves is added and taken away; a unit with an account held against geography needs the slow way. */
  private totalsAfter(moves: readonly Move[]): TerritoryTotals[] {
    if (moves.some(({ unit }) => this.overridden.has(unit))) return this.slowTotals(apply(this.owners, moves));
    const sums = this.sums.map((sum) => ({ ...sum }));
    for (const { unit, from, to } of moves) {
      this.shift(sums, from, unit, -1);
      this.shift(sums, to, unit, 1);
    }
    return sums;
  }

  private shift(sums: TerritoryTotals[], territory: number, unit: number, sign: 1 | -1): void {
    const sum = sums[territory];
    const seat = this.seats[territory];
    if (!sum || !seat) return;
    addUnit(sum, this.inputs, unit, { travelHours: unitTravelHours(this.inputs, unit, seat, this.travel), sign });
  }

  private slowTotals(owners: readonly number[]): TerritoryTotals[] {
    const { inputs, seats, travel, overrides } = this;
    return totals(owners, { inputs, seats, travel, overrides });
  }

  private standings(sums: readonly TerritoryTotals[]): Standing[] {
    const workload = deviations(sums, this.seats, 'workloadHours');
    const potential = deviations(sums, this.seats, 'potentialUsd');
    return sums.map((sum, i) => ({
      ...sum,
      utilization: utilization(sum, this.seats[i] ?? { capacityHours: 0 }),
      workloadDeviation: workload[i] ?? 0,
      potentialDeviation: potential[i] ?? 0,
    }));
  }
}
