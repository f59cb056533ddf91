import { PALETTE } from '../../service/core/colors.ts';
import { BANDS, changeColor, colorOf, quantileSteps, type Step } from './scale.ts';

export type ColorBy = 'territory' | 'utilization' | 'demand';

/** A pattern drawn over or instead of a plain colour, so that it never rests on colour alone. */
export type Pattern = 'none' | 'hatch' | 'dots' | 'cross';

/** Everything the map needs to know to colour units; plain data, handed in by method. */
export interface Paint {
  readonly colorBy: ColorBy;
  readonly owners: readonly number[];
  /** Palette index of each territory. */
  readonly colors: readonly number[];
  readonly utilization?: readonly number[];
  /** Territory indices without a rep. */
  readonly vacant?: readonly number[];
  readonly demand?: {
    readonly values: readonly number[];
    readonly suppressed: readonly (number | boolean)[];
    readonly noData: readonly (number | boolean)[];
    /** True where the values are procedures; else they are US dollars. */
    readonly inProcedures?: boolean;
    /** Coloured instead of the values: change from one period to the next, a ratio; null where nothing can be compared. */
    readonly change?: readonly (number | null)[] | null;
  };
  /** The one that matters now; the others step back. */
  readonly focus?: number | null;
  readonly ghost?: readonly number[] | null;
  /** Owners before: units that kept theirs step back, so that only the difference has colour. */
  readonly changedFrom?: readonly number[] | null;
  readonly showUnitLines?: boolean;
  /** What a unit line is in words, such as "ZIP area (approximate)". */
  readonly unitLine?: string;
  /** Some units are neighbours over water or a gap. */
  readonly hasLinks?: boolean;
}

export interface Fill {
  readonly color: string;
  readonly pattern: Pattern;
}

export const NO_DATA: Fill = { color: '#f2f2f2', pattern: 'cross' };
export const ZERO: Fill = { color: '#ffffff', pattern: 'none' };
export const UNASSIGNED_FILL: Fill = { color: '#ffffff', pattern: 'hatch' };
/** In a map of differences: the owner stays. */
export const UNCHANGED_FILL: Fill = { color: '#eceeee', pattern: 'none' };
export const NOT_SHOWN_FILL: Fill = { color: '#e9e9e6', pattern: 'none' };
const QUIET_SHARE = 0.72;
/** Fills are softened so that names, lines and circles stand out on them. */
const SOFT_SHARE = 0.32;

/** The colour of every unit under one paint; the steps are worked out once. */
export function fills(paint: Paint): { fillOf: (unit: number) => Fill; steps: Step[] } {
  const steps = paint.colorBy === 'demand' && paint.demand ? quantileSteps(paint.demand.values) : [];
  if (paint.colorBy === 'demand' && paint.demand?.change) {
    const { change } = paint.demand;
    const fillOf = (unit: number): Fill => {
      const ratio = change[unit] ?? null;
      return ratio === null ? NO_DATA : { color: changeColor(ratio), pattern: 'none' };
    };
    return { fillOf, steps: [] };
  }
  if (paint.colorBy === 'demand' && paint.demand) {
    const { values, suppressed, noData } = paint.demand;
    const fillOf = (unit: number): Fill => {
      if (noData[unit]) return NO_DATA;
      const value = values[unit] ?? 0;
      const color = value > 0 ? colorOf(value, steps) : ZERO.color;
      return { color, pattern: suppressed[unit] ? 'dots' : 'none' };
    };
    return { fillOf, steps };
  }
  const { changedFrom, owners } = paint;
  const fillOf = (unit: number): Fill =>
    changedFrom && changedFrom[unit] === owners[unit] ? UNCHANGED_FILL : territoryFill(paint, owners[unit] ?? -1);
  return { fillOf, steps };
}

function territoryFill(paint: Paint, owner: number): Fill {
  if (owner === -2) return NOT_SHOWN_FILL;
  if (owner < 0) return UNASSIGNED_FILL;
  const quiet = paint.focus !== undefined && paint.focus !== null && paint.focus !== owner;
  const plain =
    paint.colorBy === 'utilization'
      ? (BANDS.find(({ upTo }) => (paint.utilization?.[owner] ?? 0) <= upTo)?.color ?? '#cccccc')
      : (PALETTE[paint.colors[owner] ?? 0] ?? '#cccccc');
  return {
    color: lighten(plain, quiet ? QUIET_SHARE : SOFT_SHARE),
    pattern: paint.vacant?.includes(owner) ? 'hatch' : 'none',
  };
}

/** Mixes a colour with near-white; share 1 is near-white itself. */
export function lighten(color: string, share: number): string {
  const mixed = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16);
    return Math.round(channel + (247 - channel) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

/** The colour as it lies on the map. */
export const soft = (color: string): string => lighten(color, SOFT_SHARE);
