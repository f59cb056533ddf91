import { apply, assign, difference, UNASSIGNED, type Move } from '../../service/core/alignment.ts';
import { utilization } from '../../service/core/balance.ts';
import { EMPTY_HISTORY, fitting, record, redo, undo, type History } from '../../service/core/history.ts';
import type { Neighbors } from '../../service/core/geography.ts';
import { Kernel } from '../../service/core/kernel.ts';
import type { OverridePart, TerritorySeat, TerritoryTotals, UnitInputs } from '../../service/core/measures.ts';
import { movesOf, strayHome, type StrayPart } from '../../service/core/strayHome.ts';
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

/** What a draft holds that the service does not: kept while the page is away. */
export interface Memory {
  readonly history: History;
  readonly unsaved: readonly Move[];
}

/** The plan under the user's hands: live totals while dragging, steps that can be undone, and what is not saved yet. */
export class Draft {
  readonly inputs: UnitInputs;
  readonly seats: readonly TerritorySeat[];
  owners: readonly number[];
  history: History = EMPTY_HISTORY;
  private saved: readonly number[];
  private readonly kernel: Kernel;
  private readonly neighbors: Neighbors;
  private locked: ReadonlySet<number>;
  private lockedTerritories: ReadonlySet<number>;

  /** @param neighbors of the geography's units, made in this realm already */
  constructor(data: DraftData, neighbors: Neighbors) {
    const own = JSON.parse(JSON.stringify(data)) as DraftData;
    this.inputs = own.inputs;
    this.seats = own.seats;
    this.owners = own.owners;
    this.saved = own.owners;
    this.neighbors = neighbors;
    this.kernel = new Kernel({ ...own, neighbors });
    this.locked = new Set(own.locked ?? []);
    this.lockedTerritories = new Set(own.lockedTerritories ?? []);
  }

  /** Moves that these units would make; locked units, units of locked territories and units not shown stay. */
  movesTo(territory: number, units: Iterable<number>): Move[] {
    if (this.lockedTerritories.has(territory)) return [];
    return assign(this.owners, units, territory).filter((move) => this.mayMove(move));
  }

  /**
   * The same units swapped: those of the territory go to the other one, the other's come to it, all else stays. The
   * other is the one with most of the units where none is named.
   */
  swapsWith(territory: number, units: readonly number[], named: number | null = null): Move[] {
    const other = named ?? this.mostOf(units, territory);
    if (other === null || this.lockedTerritories.has(territory)) return [];
    const of = (owner: number) => units.filter((unit) => this.owners[unit] === owner);
    const moves = [...assign(this.owners, of(territory), other), ...assign(this.owners, of(other), territory)];
    return moves.filter((move) => this.mayMove(move));
  }

  /** What of these units stays where it is because of a lock, and the locked territories that are meant. */
  held(territory: number, units: readonly number[]): { units: number[]; territories: number[] } {
    const moves = assign(this.owners, units, territory).filter(({ from }) => from >= UNASSIGNED);
    const stays = moves.filter((move) => !this.mayMove(move));
    const named = stays.flatMap(({ from, to }) => [from, to]).filter((one) => this.lockedTerritories.has(one));
    return { units: stays.map(({ unit }) => unit), territories: [...new Set(named)] };
  }

  /** What nobody may move from now on. */
  lock(locked: Iterable<number>, lockedTerritories: Iterable<number>): void {
    this.locked = new Set(locked);
    this.lockedTerritories = new Set(lockedTerritories);
  }

  isLocked(unit: number): boolean {
    return this.locked.has(unit);
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

  /** The moves that give each of these parts to the neighbour that takes it best; parts that nobody may take stay. */
  repairs(parts: readonly StrayPart[]): Move[] {
    const isOpen = (territory: number) => !this.lockedTerritories.has(territory);
    const found: Move[] = [];
    for (const part of parts) {
      if (!isOpen(part.territory) || part.units.some((unit) => this.locked.has(unit))) continue;
      const to = strayHome(part, this.kernel, { neighbors: this.neighbors, isOpen });
      if (to !== null) found.push(...movesOf(part, to));
    }
    return found;
  }

  /** What is to be kept for when the page comes back. */
  memory(): Memory {
    return { history: this.history, unsaved: this.unsaved() };
  }

  /**
   * Makes remembered moves again where their units still lie as they did, and remembers the steps that fit. Answers the
   * moves that others have overtaken: nothing is done with those.
   */
  restore({ history, unsaved }: Memory): Move[] {
    const isOpen = (move: Move) => this.owners[move.unit] === move.from && this.mayMove(move);
    const late = unsaved.filter((move) => !isOpen(move) && this.owners[move.unit] !== move.to);
    this.make(unsaved.filter(isOpen));
    this.history = fitting(history, this.owners);
    return late;
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

  private mayMove({ unit, from, to }: Move): boolean {
    const { locked, lockedTerritories } = this;
    return from >= UNASSIGNED && !locked.has(unit) && !lockedTerritories.has(from) && !lockedTerritories.has(to);
  }

  /** Who besides this territory has most of the units; null where nobody has any. */
  private mostOf(units: readonly number[], but: number): number | null {
    const counts = new Map<number, number>();
    for (const unit of units) {
      const owner = this.owners[unit] ?? UNASSIGNED;
      if (owner >= 0 && owner !== but) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    const [first] = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
    return first ? first[0] : null;
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
