import type { Step } from './classes.ts';
import type { MeasurePaint } from './measurePaint.ts';
import { BANDS, CHANGES, circleSizes, DEVIATIONS } from './scale.ts';
import {
  measureOf,
  NO_DATA,
  NOT_SHOWN_FILL,
  soft,
  UNASSIGNED_FILL,
  UNCHANGED_FILL,
  ZERO,
  type Fill,
  type Paint,
} from './paint.ts';
import { count, filled, words } from './words.ts';

export interface LegendEntry {
  /** A heading says what the rows below it are. */
  readonly kind: 'fill' | 'line' | 'circle' | 'heading';
  readonly label: string;
  readonly color: string;
  readonly pattern: Fill['pattern'] | 'bold' | 'dotted' | 'dashed';
  /** Diameter of a circle in pixels. */
  readonly size?: number;
  /** Of a circle's kind, but not round. */
  readonly shape?: 'square' | 'diamond';
}

/** Units that are neighbours over water or a gap. */
export const LINK_COLOR = '#0b5cab';
const linkEntry = (): LegendEntry => ({ kind: 'line', label: words.link, color: LINK_COLOR, pattern: 'dashed' });

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

const fill = (label: string, { color, pattern }: Fill): LegendEntry => ({ kind: 'fill', label, color, pattern });
const heading = (label: string): LegendEntry => ({ kind: 'heading', label, color: '', pattern: 'none' });

function fillEntries(paint: Paint, steps: readonly Step[]): LegendEntry[] {
  const measure = measureOf(paint);
  if (measure) return measureEntries(measure, steps);
  if (paint.colorBy === 'demand' && paint.demand?.change) {
    const bands = CHANGES.map(({ word, color }) => fill(words[word], { color, pattern: 'none' }));
    return [...bands, fill(words.nothingToCompare, NO_DATA)];
  }
  const entries: LegendEntry[] = [];
  const bands = paint.colorBy === 'utilization' ? BANDS : paint.colorBy === 'deviation' ? DEVIATIONS : [];
  if (paint.colorBy === 'deviation') {
    entries.push(
      heading(paint.deviationOf === 'potential' ? words.potentialAgainstTarget : words.workloadAgainstTarget),
    );
  }
  for (const { word, color } of bands) entries.push(fill(words[word], { color: soft(color), pattern: 'none' }));
  if (bands.length === 0) entries.push(fill(words.oneColour, { color: soft('#77aadd'), pattern: 'none' }));
  if (paint.changedFrom) entries.push(fill(words.keeps, UNCHANGED_FILL));
  if (paint.vacant?.length) entries.push(fill(words.noRep, { color: soft('#bbcc33'), pattern: 'hatch' }));
  if (paint.owners.includes(-1)) entries.push(fill(words.unassigned, UNASSIGNED_FILL));
  if (paint.owners.includes(-2)) entries.push(fill(words.notYours, NOT_SHOWN_FILL));
  return entries;
}

function measureEntries(measure: MeasurePaint, steps: readonly Step[]): LegendEntry[] {
  const { label, values, noData, suppressed, classing, isByCounty } = measure;
  const cut = words[classing?.method ?? 'quantile'];
  const entries = [heading(filled(isByCounty ? words.perCounty : words.perZip, label, cut))];
  entries.push(...steps.map((step) => fill(rangeText(step, measure), { color: step.color, pattern: 'none' })));
  if (values.some((value, unit) => value === 0 && !noData[unit])) entries.push(fill(words.zero, ZERO));
  if (noData.some(Boolean)) entries.push(fill(words.noData, NO_DATA));
  if (suppressed.some(Boolean)) {
    entries.push(fill(words.partEstimated, { color: '#7fcdbb', pattern: 'dots' }));
  }
  if (values.includes(null)) entries.push(fill(words.notYours, NOT_SHOWN_FILL));
  return entries;
}

function rangeText({ from, to }: Step, { unit, noun = '' }: MeasurePaint): string {
  const text = unit === 'usd' ? shortUsd : count;
  const word = unit === 'hours' ? ' h' : noun === '' ? '' : ` ${noun}`;
  return `${text(from)} – ${text(to)}${word}`;
}

function lineEntries(paint: Paint): LegendEntry[] {
  const line = (label: string, color: string, pattern: LegendEntry['pattern']): LegendEntry => ({
    kind: 'line',
    label,
    color,
    pattern,
  });
  const entries: LegendEntry[] = [];
  if (paint.colorBy !== 'demand') entries.push(line(words.territoryBorder, '#1f3a5f', 'bold'));
  if (paint.ghost) entries.push(line(words.borderToday, '#b5179e', 'dashed'));
  if (paint.showUnitLines) entries.push(line(paint.unitLine ?? words.zipArea, '#5f6b7a', 'dotted'));
  if (paint.showUnitLines && paint.hasLinks) entries.push(linkEntry());
  return entries;
}

function circleEntries(most: number, radiusOf: (value: number) => number): LegendEntry[] {
  return circleSizes(most).map((value, i) => ({
    kind: 'circle',
    label: i === 0 ? filled(words.proceduresAtPlace, count(value)) : count(value),
    color: '#7b2d8b',
    pattern: 'none',
    size: 2 * radiusOf(value),
  }));
}
