import { apply, assign, difference, UNASSIGNED, type Move } from '../../service/core/alignment.ts';
import { utilization } from '../../service/core/balance.ts';
import { EMPTY_HISTORY, record, redo, undo, type History } from '../../service/core/history.ts';
import type { Neighbors } from '../../service/core/geography.ts';
import { Kernel } from '../../service/core/kernel.ts';
import type { OverridePart, TerritorySeat, TerritoryTotals, UnitInputs } from '../../service/core/measures.ts';
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
  private readonly kernel: Kernel;
  private readonly locked: ReadonlySet<number>;
  private readonly lockedTerritories: ReadonlySet<number>;

  /** @param neighbors of the geography's units, made in this realm already */
  constructor(data: DraftData, neighbors: Neighbors) {
    const own = JSON.parse(JSON.stringify(data)) as DraftData;
    this.inputs = own.inputs;
    this.seats = own.seats;
    this.owners = own.owners;
    this.saved = own.owners;
    this.kernel = new Kernel({ ...own, neighbors });
    this.locked = new Set(own.locked ?? []);
    this.lockedTerritories = new Set(own.lockedTerritories ?? []);
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
    const change = this.kernel.make(moves);
    const seen = this.now();
    this.kernel.undo(change);
    return seen;
  }

  now(): Standing[] {
    const { kernel, seats } = this;
    const workload = kernel.deviations('workloadHours');
    const potential = kernel.deviations('potentialUsd');
    return kernel.totals.map((sum, i) => ({
      ...sum,
      utilization: utilization(sum, seats[i] ?? { capacityHours: 0 }),
      workloadDeviation: workload[i] ?? 0,
      potentialDeviation: potential[i] ?? 0,
    }));
  }

  /** Pieces of territories that lie apart from the biggest one. */
  strays(): { territory: number; units: number[] }[] {
    return this.kernel.strays();
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
    this.kernel.make(moves);
    this.owners = apply(this.owners, moves);
  }
}
