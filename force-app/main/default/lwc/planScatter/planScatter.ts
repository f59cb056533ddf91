import { LightningElement, api } from 'lwc';
import { filled, percent } from 'c/bailiwick';
import type { TerritoryRow } from 'c/bailiwick';
import { frameOf, HEIGHT, POTENTIAL_RANGE, WIDTH, WORK_RANGE } from './picture';
import { texts } from './texts';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

const isInside = ({ workloadDeviation, potentialDeviation }: TerritoryRow): boolean =>
  Math.abs(workloadDeviation) <= WORK_RANGE && Math.abs(potentialDeviation) <= POTENTIAL_RANGE;

/** Every territory as a point: hours to the right, market potential upwards, both in % of target, with the range drawn. */
export default class PlanScatter extends LightningElement {
  readonly texts = texts;
  @api rows: TerritoryRow[] = [];
  @api selected: number | null = null;

  readonly viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
  readonly below = HEIGHT - 26;
  readonly lowest = HEIGHT - 8;
  /** The point that is looked at, besides the one that is picked. */
  private looked: number | null = null;

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }
  get frame() {
    return frameOf(this.rows);
  }
  get beside(): number {
    return this.frame.left - 5;
  }
  get box() {
    const { x, y } = this.frame;
    const [left, right] = [x(1 - WORK_RANGE), x(1 + WORK_RANGE)];
    const [top, bottom] = [y(1 + POTENTIAL_RANGE), y(1 - POTENTIAL_RANGE)];
    return { x: left, y: top, width: right - left, height: bottom - top };
  }
  get ticks() {
    const { x, y, ticks } = this.frame;
    return ticks.map(({ ratio, label }) => ({
      ...{ key: label, label, x: x(ratio), y: y(ratio), textY: y(ratio) + 4 },
      look: Math.abs(ratio - 1) < 1e-9 ? 'line line-full' : 'line',
    }));
  }
  get summary(): string {
    const inside = this.rows.filter(isInside).length;
    return filled(texts.ofInBothTargetRanges, inside, this.rows.length);
  }
  get pictureText(): string {
    return filled(texts.hoursAgainstMarketPotentialBothIn, this.summary);
  }
  /** From left to right, as the arrows walk. */
  private get sorted(): TerritoryRow[] {
    return [...this.rows].sort((a, b) => a.workloadDeviation - b.workloadDeviation || a.index - b.index);
  }
  get points() {
    const { x, y } = this.frame;
    const sorted = this.sorted;
    const reachable = sorted.some(({ index }) => index === this.selected) ? this.selected : sorted[0]?.index;
    const drawn = sorted.map((row) => {
      const [cx, cy] = [x(1 + row.workloadDeviation), y(1 + row.potentialDeviation)];
      const isOn = row.index === this.selected;
      const isNamed = isOn || row.index === this.looked;
      const isRight = cx > WIDTH * 0.62;
      return {
        ...{ key: String(row.index), index: row.index, x: cx, y: cy, radius: isOn ? 7 : 5.5 },
        name: isNamed ? row.name : '',
        textX: isRight ? cx - 10 : cx + 10,
        textY: cy + 4,
        textLook: isRight ? 'name end' : 'name',
        look: `point ${isInside(row) ? 'point-in' : 'point-out'}${isOn ? ' point-on' : ''}`,
        isSelected: String(isOn),
        tab: row.index === reachable ? '0' : '-1',
        label: filled(
          texts.hoursPotentialOfTarget,
          row.name,
          percent(1 + row.workloadDeviation),
          percent(1 + row.potentialDeviation),
        ),
      };
    });
    // what is named lies above the others
    return [...drawn.filter(({ name }) => !name), ...drawn.filter(({ name }) => name)];
  }

  private indexOf(event: Event): number {
    return Number((event.currentTarget as HTMLElement).dataset.index);
  }
  private pick(event: Event): void {
    this.dispatchEvent(new CustomEvent('pick', { detail: this.indexOf(event) }));
  }
  private look(event: Event): void {
    this.looked = this.indexOf(event);
  }
  private lookAway(): void {
    this.looked = null;
  }
  /** Points are drawn in another order than they are walked. */
  private key(event: KeyboardEvent): void {
    const index = Number((event.target as HTMLElement).dataset.index);
    const sorted = this.sorted;
    const at = sorted.findIndex((row) => row.index === index);
    const step = STEPS[event.key];
    if (at < 0) return;
    if (event.key === 'Enter' || event.key === ' ') this.dispatchEvent(new CustomEvent('pick', { detail: index }));
    else if (step) this.focusOn(sorted[at + step]?.index);
    else return;
    event.preventDefault();
  }
  private focusOn(index: number | undefined): void {
    this.template?.querySelector<HTMLElement>(`g[data-index="${index}"]`)?.focus();
  }
}
