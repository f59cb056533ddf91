import { LightningElement, api } from 'lwc';
import { percent, points } from 'c/bailiwick';

const TRACK = 1.6;
const RANGE = 0.1;
const STRETCHED = 0.9;
const OVERLOADED = 1.15;
const share = (ratio: number) => `${Math.max(0, Math.min(100, (ratio / TRACK) * 100)).toFixed(2)}%`;

/** One ratio as a bar with a mark at 100 %; before, if given, as a second mark. */
export default class TargetBar extends LightningElement {
  @api label = '';
  @api note = '';
  @api ratio = 0;
  @api before: number | null = null;
  /** "hours" warns when there are too many; "target" only shows the distance. */
  @api kind: 'hours' | 'target' = 'hours';
  @api range = RANGE;

  get text(): string {
    return percent(this.ratio);
  }
  get change(): string {
    return this.before === null ? '' : points(this.ratio - this.before);
  }
  get fillLook(): string {
    if (this.kind === 'target') return 'fill fill-target';
    return this.ratio > OVERLOADED ? 'fill fill-over' : this.ratio > STRETCHED ? 'fill fill-high' : 'fill';
  }
  get fillStyle(): string {
    return `width:${share(this.ratio)}`;
  }
  get rangeStyle(): string {
    return `left:${share(1 - this.range)};width:${share(2 * this.range)}`;
  }
  get beforeStyle(): string {
    return this.before === null ? 'display:none' : `left:${share(this.before)}`;
  }
}
