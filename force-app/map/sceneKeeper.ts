import type { Scene } from './drawTile.ts';
import type { GeographyData } from './geographyData.ts';
import type { Card } from './hoverCard.ts';
import { shortUsd } from './legend.ts';
import { unitLines } from './links.ts';
import { byCounty, type MeasurePaint } from './measurePaint.ts';
import { fills, measureOf, type Paint } from './paint.ts';
import { NO_POCKETS, pocketTitle } from './pockets.ts';
import type { Step } from './classes.ts';
import { count, filled, words } from './words.ts';

const [UNIT_LINE_ZOOM, EDIT_LINE_ZOOM] = [9, 7];
/** Up to this zoom ZIPs are a few pixels wide, and measures are shown by county. */
const COUNTY_ZOOM = 6;
const EMPTY_PAINT: Paint = { colorBy: 'territory', owners: [], colors: [] };

export interface SceneState {
  readonly zoom: number;
  readonly isDrawing: boolean;
}

/** What tiles are drawn from: the caller's paint, the measure laid over it, the zoom and the selection. */
export class SceneKeeper {
  scene: Scene = { paint: EMPTY_PAINT, fillOf: fills(EMPTY_PAINT).fillOf, selected: new Set() };
  steps: readonly Step[] = [];
  paint: Paint = EMPTY_PAINT;
  /** Laid over the paint by the map's own layer panel. */
  measure: MeasurePaint | null = null;
  deviationOf: Paint['deviationOf'] | null = null;
  isByCountyAfar = true;
  pockets = NO_POCKETS;
  private readonly data: GeographyData;
  private readonly state: () => SceneState;

  constructor(data: GeographyData, state: () => SceneState) {
    this.data = data;
    this.state = state;
  }

  refresh(selected: ReadonlySet<number> = this.scene.selected): void {
    const { zoom, isDrawing } = this.state();
    const showUnitLines = zoom >= UNIT_LINE_ZOOM || (isDrawing && zoom >= EDIT_LINE_ZOOM);
    const measure = this.shownMeasure(zoom);
    const deviating = this.deviationOf && { colorBy: 'deviation' as const, deviationOf: this.deviationOf };
    const paint = { ...this.paint, ...deviating, ...unitLines(this.data, showUnitLines), measure };
    const { fillOf, steps } = fills(paint);
    this.scene = { paint, fillOf, selected, pockets: this.pockets.outlines };
    this.steps = steps;
  }

  get showsCounties(): boolean {
    return this.scene.paint.measure?.isByCounty ?? false;
  }

  /** What the card says besides: the pocket, and the measure on the map where the page does not say it. */
  cardWith(card: Card | null, unit: number): Card | null {
    if (!card) return null;
    const pocket = this.pockets.ofUnit(unit);
    const lines = [...card.lines, ...(pocket ? [pocketTitle(pocket)] : []), ...this.measureLines(unit)];
    return { ...card, lines };
  }

  private measureLines(unit: number): string[] {
    const shown = this.scene.paint.measure;
    if (!shown || (!this.measure && !shown.isByCounty)) return [];
    const ofUnit = this.measure ?? measureOf(this.paint);
    const lines = ofUnit && this.measure ? [`${ofUnit.label}: ${valueText(ofUnit, unit)}`] : [];
    if (shown.isByCounty) {
      const county = this.data.units.countyNames?.[this.data.units.counties[unit] ?? ''];
      lines.push(`${county ? filled(words.countyOf, county) : words.county}: ${valueText(shown, unit)}`);
    }
    return lines;
  }

  private shownMeasure(zoom: number): MeasurePaint | null {
    if (this.deviationOf) return null;
    const measure = this.measure ?? measureOf(this.paint);
    const isAfar = this.isByCountyAfar && zoom <= COUNTY_ZOOM && this.data.info.units !== 'county';
    return measure && isAfar ? (byCounty(measure, this.data.units) ?? measure) : measure;
  }
}

function valueText({ values, noData, suppressed, unit: kind, noun = '' }: MeasurePaint, unit: number): string {
  const value = values[unit] ?? null;
  if (value === null) return words.notShown;
  if (noData[unit]) return words.noData;
  const word = kind === 'hours' ? ' h' : noun === '' ? '' : ` ${noun}`;
  const text = kind === 'usd' ? shortUsd(value) : count(value);
  return suppressed[unit] ? filled(words.valuePartEstimated, `${text}${word}`) : `${text}${word}`;
}
