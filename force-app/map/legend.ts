import { BANDS, CHANGES, circleSizes, type Step } from './scale.ts';
import {
  NO_DATA,
  NOT_SHOWN_FILL,
  soft,
  UNASSIGNED_FILL,
  UNCHANGED_FILL,
  ZERO,
  type Fill,
  type Paint,
} from './paint.ts';

export interface LegendEntry {
  readonly kind: 'fill' | 'line' | 'circle';
  readonly label: string;
  readonly color: string;
  readonly pattern: Fill['pattern'] | 'bold' | 'dotted' | 'dashed';
  /** Diameter of a circle in pixels. */
  readonly size?: number;
}

/** Units that are neighbours over water or a gap. */
export const LINK_ENTRY = { kind: 'line', label: 'water or gap link', color: '#0b5cab', pattern: 'dashed' } as const;

const count = (value: number) => Math.round(value).toLocaleString('en-US');

/** Dollars short enough for a legend: $850, $12k, $3.4M. */
export function shortUsd(value: number): string {
  if (value >= 1e6) return `$${(value / 1e6).toFixed(value >= 1e7 ? 0 : 1)}M`;
  if (value >= 1e3) return `$${Math.round(value / 1e3)}k`;
  return `$${Math.round(value)}`;
}

/** What every colour, pattern, line and circle on the map means. */
export function legendOf(
  paint: Paint,
  steps: readonly Step[],
  mostProcedures: number,
  radiusOf: (value: number) => number,
): LegendEntry[] {
  return [...fillEntries(paint, steps), ...lineEntries(paint), ...circleEntries(mostProcedures, radiusOf)];
}

function fillEntries(paint: Paint, steps: readonly Step[]): LegendEntry[] {
  const fill = (label: string, { color, pattern }: Fill): LegendEntry => ({ kind: 'fill', label, color, pattern });
  if (paint.colorBy === 'demand' && paint.demand?.change) {
    const bands = CHANGES.map(({ label, color }) => fill(label, { color, pattern: 'none' }));
    return [...bands, fill('nothing to compare', NO_DATA)];
  }
  if (paint.colorBy === 'demand') {
    const inProcedures = paint.demand?.inProcedures ?? false;
    const range = ({ from, to }: Step) =>
      inProcedures ? `${count(from)} – ${count(to)} procedures` : `${shortUsd(from)} – ${shortUsd(to)}`;
    const entries = steps.map((step) => fill(range(step), { color: step.color, pattern: 'none' }));
    const { values = [], noData = [], suppressed = [] } = paint.demand ?? {};
    if (values.some((value, unit) => value === 0 && !noData[unit])) entries.push(fill('zero', ZERO));
    if (noData.some(Boolean)) entries.push(fill('no data', NO_DATA));
    if (suppressed.some(Boolean))
      entries.push(fill('part estimated (small cells not shown)', { color: '#7fcdbb', pattern: 'dots' }));
    return entries;
  }
  const entries: LegendEntry[] = [];
  if (paint.colorBy === 'utilization')
    for (const { label, color } of BANDS) entries.push(fill(label, { color: soft(color), pattern: 'none' }));
  else entries.push(fill('one colour = one territory', { color: soft('#77aadd'), pattern: 'none' }));
  if (paint.changedFrom) entries.push(fill('keeps its territory', UNCHANGED_FILL));
  if (paint.vacant?.length) entries.push(fill('no rep (vacant)', { color: soft('#bbcc33'), pattern: 'hatch' }));
  if (paint.owners.includes(-1)) entries.push(fill('in no territory', UNASSIGNED_FILL));
  if (paint.owners.includes(-2)) entries.push(fill('not your territory', NOT_SHOWN_FILL));
  return entries;
}

function lineEntries(paint: Paint): LegendEntry[] {
  const line = (label: string, color: string, pattern: LegendEntry['pattern']): LegendEntry => ({
    kind: 'line',
    label,
    color,
    pattern,
  });
  const entries: LegendEntry[] = [];
  if (paint.colorBy !== 'demand') entries.push(line('territory border', '#1f3a5f', 'bold'));
  if (paint.ghost) entries.push(line('border today', '#b5179e', 'dashed'));
  if (paint.showUnitLines) entries.push(line(paint.unitLine ?? 'ZIP area (approximate)', '#5f6b7a', 'dotted'));
  if (paint.showUnitLines && paint.hasLinks) entries.push(LINK_ENTRY);
  return entries;
}

function circleEntries(most: number, radiusOf: (value: number) => number): LegendEntry[] {
  return circleSizes(most).map((value, i) => ({
    kind: 'circle',
    label: i === 0 ? `${count(value)} procedures a year at the place` : count(value),
    color: '#7b2d8b',
    pattern: 'none',
    size: 2 * radiusOf(value),
  }));
}
