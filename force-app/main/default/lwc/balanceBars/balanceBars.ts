import { LightningElement, api } from 'lwc';
import { filled, percent, points, usd } from 'c/bailiwick';
import { texts } from './texts';

/** One territory as a bar: ratios, 1 is exactly full or exactly on target. */
export interface Bar {
  index: number;
  name: string;
  repName: string | null;
  utilization: number;
  workloadDeviation: number;
  potentialDeviation: number;
  potentialUsd: number;
  /** Half the 80 % interval of the potential in dollars. */
  potentialSpreadUsd?: number;
}

const TRACK = 1.6;
/** Ranges of product.md: ±10 % of the work, ±15 % of the potential. */
const WORK_RANGE = 0.1;
const POTENTIAL_RANGE = 0.15;
const NOTICED = 0.004;
const BANDS: readonly (readonly [number, string, string])[] = [
  [0.7, 'under', 'under-used'],
  [0.9, 'good', 'healthy'],
  [1.15, 'high', 'stretched'],
  [Infinity, 'over', 'overloaded'],
];
const share = (ratio: number) => `${Math.max(0, Math.min(100, (ratio / TRACK) * 100)).toFixed(2)}%`;

/** Half the interval as a ratio of the territory's target. */
function spreadOf({ potentialUsd, potentialSpreadUsd = 0 }: Bar, potential: number): number {
  return potentialUsd > 0 ? (potentialSpreadUsd / potentialUsd) * potential : 0;
}

function whiskerWidth(potential: number, spread: number): string {
  return share(Math.min(TRACK, potential + spread) - Math.max(0, potential - spread));
}

function noiseWords(spread: number, isNoise: boolean): string {
  if (spread === 0) return '';
  return isNoise
    ? filled(texts.giveOrTakeTheDifferenceToItsTarget, percent(spread))
    : filled(texts.giveOrTake, percent(spread));
}

/** Every territory's hours and market potential against its target: bars to the eye, a table to keyboard and reader. */
export default class BalanceBars extends LightningElement {
  readonly texts = texts;
  @api bars: Bar[] = [];
  /** How the territories stood before; what differs is marked. */
  @api before: Bar[] = [];
  @api selected: number | null = null;
  @api heading = texts.territories;
  /** "work" sorts by hours used, "name" by name; the order stays while dragging. */
  @api order: 'work' | 'name' = 'work';

  get onTarget(): string {
    const within = this.bars.filter(({ workloadDeviation }) => Math.abs(workloadDeviation) <= WORK_RANGE).length;
    return filled(texts.ofOnTargetInHours, within, this.bars.length);
  }

  /** What the colours of the bars say. */
  get colorKey() {
    return [
      { title: texts.hours, look: 'dot fill-under', label: '<70 %' },
      { look: 'dot fill-good', label: '–90 %' },
      { look: 'dot fill-high', label: '–115 %' },
      { look: 'dot fill-over', label: '>115 %' },
      { title: texts.potential, look: 'dot fill-potential', label: texts.inRange },
      { look: 'dot fill-potential-off', label: texts.off },
    ];
  }

  get hasBars(): boolean {
    return this.bars.length > 0;
  }

  get rows() {
    const before = new Map((this.before ?? []).map((bar) => [bar.index, bar]));
    const rank = ({ index }: Bar) =>
      before.get(index)?.utilization ?? this.bars.find((bar) => bar.index === index)?.utilization ?? 0;
    const byName = (a: Bar, b: Bar) => (a.name < b.name ? -1 : 1);
    const sorted = [...this.bars].sort((a, b) =>
      this.order === 'work' ? rank(b) - rank(a) || byName(a, b) : byName(a, b),
    );
    return sorted.map((bar) => this.row(bar, before.get(bar.index)));
  }

  private row(bar: Bar, before: Bar | undefined) {
    const potential = 1 + bar.potentialDeviation;
    const [, band = 'over', word = ''] = BANDS.find(([upTo]) => bar.utilization <= upTo) ?? [];
    const change = before ? bar.utilization - before.utilization : 0;
    const potentialChange = before ? bar.potentialDeviation - before.potentialDeviation : 0;
    const hasChanged = Math.abs(change) > NOTICED || Math.abs(potentialChange) > NOTICED;
    const target = bar.utilization / (1 + bar.workloadDeviation) || 1;
    const isInRange = Math.abs(bar.potentialDeviation) <= POTENTIAL_RANGE;
    const spread = spreadOf(bar, potential);
    const isNoise = spread > 0 && Math.abs(bar.potentialDeviation) <= spread;
    return {
      ...bar,
      rep: bar.repName ?? texts.noRep,
      key: String(bar.index),
      rowLook: `${bar.index === this.selected ? 'row row-on' : 'row'}${hasChanged ? ' row-changed' : ''}`,
      isSelected: String(bar.index === this.selected),
      tab: bar.index === (this.selected ?? -1) ? '0' : '-1',
      workLook: `fill fill-${band}`,
      workStyle: `width:${share(bar.utilization)}`,
      workRange: `left:${share(target * (1 - WORK_RANGE))};width:${share(2 * WORK_RANGE * target)}`,
      workText: percent(bar.utilization),
      workTitle: filled(texts.ofTheHoursThereAre, percent(bar.utilization), word),
      workBefore: before && hasChanged ? `left:${share(before.utilization)}` : '',
      delta: hasChanged && Math.abs(change) > NOTICED ? points(change) : '',
      potentialLook: `fill ${isInRange ? 'fill-potential' : 'fill-potential-off'}`,
      potentialStyle: `width:${share(potential)}`,
      potentialRange: `left:${share(1 - POTENTIAL_RANGE)};width:${share(2 * POTENTIAL_RANGE)}`,
      potentialText: percent(potential),
      potentialTitle: filled(
        texts.marketPotentialOfTarget,
        usd(bar.potentialUsd),
        percent(potential),
        noiseWords(spread, isNoise),
      ),
      noise: isNoise ? '≈' : '',
      whisker: spread > 0 ? `left:${share(potential - spread)};width:${whiskerWidth(potential, spread)}` : '',
      potentialDelta: hasChanged && Math.abs(potentialChange) > NOTICED ? points(potentialChange) : '',
    };
  }

  renderedCallback(): void {
    const rows = [...(this.template?.querySelectorAll<HTMLElement>('[data-index]') ?? [])];
    if (rows.length > 0 && !rows.some((row) => row.tabIndex === 0)) rows[0]!.tabIndex = 0;
  }

  private pick(event: Event): void {
    const { index } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('pick', { detail: Number(index) }));
  }

  /** Arrows walk through the list, Enter or Space picks. */
  private key(event: KeyboardEvent): void {
    const row = event.currentTarget as HTMLElement;
    const rows = [...(this.template?.querySelectorAll<HTMLElement>('[data-index]') ?? [])];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) rows[rows.indexOf(row) + step]?.focus();
    else if (event.key === 'Enter' || event.key === ' ') this.pick(event);
    else return;
    event.preventDefault();
  }
}
