import { PALETTE } from '../../service/core/colors.ts';
import { colorOf, type Step } from './classes.ts';
import { measureSteps, type MeasurePaint } from './measurePaint.ts';
import { BANDS, changeColor, DEVIATIONS } from './scale.ts';
import { words } from './words.ts';

export type ColorBy = 'territory' | 'utilization' | 'demand' | 'deviation';

/** Of the plan on the map: what layers and search need to know. */
export interface PaintedPlan {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly marketId: string;
  readonly territories: readonly ({
    readonly name: string;
    readonly repName: string | null;
    readonly home: { readonly lat: number; readonly lon: number } | null;
  } | null)[];
}

/** A pattern drawn over or instead of a plain colour, so that it never rests on colour alone. */
export type Pattern = 'none' | 'hatch' | 'dots' | 'cross';

/** Everything the map needs to know to colour units; plain data, handed in by method. */
export interface Paint {
  readonly colorBy: ColorBy;
  readonly owners: readonly number[];
  /** Palette index of each territory. */
  readonly colors: readonly number[];
  readonly utilization?: readonly number[];
  /** Each territory against its target, as a ratio: what `colorBy` deviation shows, workload first. */
  readonly deviation?: { readonly workload: readonly number[]; readonly potential: readonly number[] };
  readonly deviationOf?: 'workload' | 'potential';
  /** Where it is set, units are coloured by it whatever `colorBy` says. */
  readonly measure?: MeasurePaint | null;
  readonly plan?: PaintedPlan;
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

/** The colour of every unit under one paint, each worked out once and the same ones one object, and the classes. */
export function fills(paint: Paint): { fillOf: (unit: number) => Fill; steps: readonly Step[] } {
  const { fillOf, steps } = paintedFills(paint);
  const known: Fill[] = [];
  const looks = new Map<string, Fill>();
  const same = (fill: Fill): Fill => {
    const look = fill.color + fill.pattern;
    const first = looks.get(look) ?? fill;
    if (first === fill) looks.set(look, fill);
    return first;
  };
  return { fillOf: (unit) => (known[unit] ??= same(fillOf(unit))), steps };
}

function paintedFills(paint: Paint): { fillOf: (unit: number) => Fill; steps: readonly Step[] } {
  const measure = measureOf(paint);
  if (measure) return measureFills(measure);
  if (paint.colorBy === 'demand' && paint.demand?.change) {
    const { change } = paint.demand;
    const fillOf = (unit: number): Fill => {
      const ratio = change[unit] ?? null;
      return ratio === null ? NO_DATA : { color: changeColor(ratio), pattern: 'none' };
    };
    return { fillOf, steps: [] };
  }
  const ofOwner = new Map<number, Fill>();
  const fillOf = (unit: number): Fill => {
    const owner = paint.owners[unit] ?? -1;
    if (paint.changedFrom && paint.changedFrom[unit] === owner) return UNCHANGED_FILL;
    const fill = ofOwner.get(owner) ?? territoryFill(paint, owner);
    ofOwner.set(owner, fill);
    return fill;
  };
  return { fillOf, steps: [] };
}

const ofDemand = new WeakMap<readonly number[], MeasurePaint>();

/** The measure that units are coloured by; null where territories or changes are. */
export function measureOf({ measure, colorBy, demand }: Paint): MeasurePaint | null {
  if (measure) return measure;
  if (colorBy !== 'demand' || !demand || demand.change) return null;
  const { values, suppressed, noData, inProcedures = false } = demand;
  const known = ofDemand.get(values);
  if (known?.suppressed === suppressed && known.noData === noData) return known;
  const what = inProcedures
    ? ({ label: words.procedures, unit: 'count', noun: words.proceduresNoun } as const)
    : ({ label: words.potential, unit: 'usd' } as const);
  const made: MeasurePaint = { ...what, values, suppressed, noData };
  ofDemand.set(values, made);
  return made;
}

function measureFills(measure: MeasurePaint): { fillOf: (unit: number) => Fill; steps: readonly Step[] } {
  const { values, suppressed, noData } = measure;
  const steps = measureSteps(measure);
  const fillOf = (unit: number): Fill => {
    const value = values[unit] ?? null;
    if (value === null && unit < values.length) return NOT_SHOWN_FILL;
    if (noData[unit]) return NO_DATA;
    const color = (value ?? 0) > 0 ? colorOf(value ?? 0, steps) : ZERO.color;
    return { color, pattern: suppressed[unit] ? 'dots' : 'none' };
  };
  return { fillOf, steps };
}

function territoryFill(paint: Paint, owner: number): Fill {
  if (owner === -2) return NOT_SHOWN_FILL;
  if (owner < 0) return UNASSIGNED_FILL;
  const quiet = paint.focus !== undefined && paint.focus !== null && paint.focus !== owner;
  const plain = territoryColor(paint, owner);
  return {
    color: lighten(plain, quiet ? QUIET_SHARE : SOFT_SHARE),
    pattern: paint.vacant?.includes(owner) ? 'hatch' : 'none',
  };
}

function territoryColor({ colorBy, utilization, deviation, deviationOf = 'workload', colors }: Paint, owner: number) {
  const banded = (bands: readonly { upTo: number; color: string }[], value: number) =>
    bands.find(({ upTo }) => value <= upTo)?.color ?? '#cccccc';
  if (colorBy === 'utilization') return banded(BANDS, utilization?.[owner] ?? 0);
  if (colorBy === 'deviation') return banded(DEVIATIONS, deviation?.[deviationOf][owner] ?? 0);
  return PALETTE[colors[owner] ?? 0] ?? '#cccccc';
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
