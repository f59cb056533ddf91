import { LightningElement, api } from 'lwc';
import { day, filled, get, percent, reduceErrors, ServiceError } from 'c/bailiwick';
import type { Heads } from 'c/bailiwick';
import { texts } from './texts';

/** ZIPs shown: the ones that a plan by heads would miss most. */
const SHOWN = 12;
const share = (ratio: number): string => `${(ratio * 100).toFixed(2)} %`;

/** Share of the demand beside share of the population: what a plan by heads would put elsewhere. */
export default class HeadsPanel extends LightningElement {
  readonly texts = texts;
  private asked = '';
  private isOpen = false;
  private answer: Heads | null = null;
  private isMissing = false;
  private problem = '';

  /** The market and what it is narrowed to, as a query. */
  @api get query(): string {
    return this.asked;
  }
  set query(query: string) {
    if (query === this.asked) return;
    this.asked = query;
    this.answer = null;
    if (this.isOpen) void this.load();
  }

  get isWaiting(): boolean {
    return this.isOpen && !this.answer && !this.isMissing && this.problem === '';
  }
  get sentence(): string {
    if (!this.answer) return '';
    return filled(texts.aPlanByPopulationWouldPutOfThe, percent(this.answer.misplacedShare));
  }
  get rows() {
    return (this.answer?.gaps ?? [])
      .filter(({ gap }) => gap > 0)
      .map(({ unit, demandShare, headShare, index }) => ({
        unit,
        demand: share(demandShare),
        heads: share(headShare),
        index: headShare > 0 ? `${index.toFixed(1)} ×` : texts.noHeads,
      }));
  }
  get source(): string {
    if (!this.answer) return '';
    const { name, column, importedAt } = this.answer.baseline;
    return filled(texts.headsColumnLoaded, name, column, day(importedAt));
  }

  private open(event: Event): void {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
    if (this.isOpen && !this.answer) void this.load();
  }

  private async load(): Promise<void> {
    const { asked } = this;
    [this.problem, this.isMissing] = ['', false];
    try {
      const answer = await get<Heads>(`/demand/baseline?${asked}&top=${SHOWN}`);
      if (asked === this.asked) this.answer = answer;
    } catch (error) {
      if (error instanceof ServiceError && (error.code === 'not_found' || error.code === 'not_ready'))
        this.isMissing = true;
      else this.problem = reduceErrors(error).message;
    }
  }
}
