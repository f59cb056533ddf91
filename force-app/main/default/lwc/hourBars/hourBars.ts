import { LightningElement, api } from 'lwc';
import { download, filled, get, reduceErrors } from 'c/bailiwick';
import type { BalanceRow, Problem } from 'c/bailiwick';
import { KEY, rowOf } from './rows';
import { texts } from './texts';

/** What every territory's hours are made of, against the hours there are, and how fair its money and quota are. */
export default class HourBars extends LightningElement {
  readonly texts = texts;
  @api planName = '';
  @api selected: number | null = null;

  readonly key = KEY;
  private rows: BalanceRow[] | null = null;
  private problem: Problem | null = null;
  private asked = '';
  private planIdShown = '';
  private versionShown = 0;
  private turn = 0;

  @api get planId(): string {
    return this.planIdShown;
  }
  set planId(id: string) {
    this.planIdShown = id;
    void this.load();
  }
  @api get version(): number {
    return this.versionShown;
  }
  set version(version: number) {
    this.versionShown = version;
    void this.load();
  }

  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.rows === null && this.problem === null;
  }
  get heading(): string {
    const flagged = (this.rows ?? []).filter(({ flag }) => flag !== null).length;
    return flagged === 0 ? texts.nobodyIsAbove115OrBelow70 : filled(texts.outside70To115OfTheHours, flagged);
  }
  get shown() {
    return [...(this.rows ?? [])]
      .sort((a, b) => b.utilization - a.utilization)
      .map((row) => rowOf(row, row.index === this.selected));
  }

  private pick(event: Event): void {
    const detail = Number((event.currentTarget as HTMLElement).dataset.index);
    this.dispatchEvent(new CustomEvent('pick', { detail }));
  }
  private async saveCsv(): Promise<void> {
    try {
      await download(`/insights/${this.planIdShown}/balance.csv`, filled(texts.balanceCsv, this.planName));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
  private retry(): void {
    this.asked = '';
    void this.load();
  }

  /** A plan at a version is asked about once. */
  private async load(): Promise<void> {
    const wanted = `${this.planIdShown} ${this.versionShown}`;
    if (!this.planIdShown || wanted === this.asked) return;
    this.asked = wanted;
    const turn = ++this.turn;
    this.problem = null;
    try {
      const { territories } = await get<{ territories: BalanceRow[] }>(`/insights/${this.planIdShown}/balance`);
      if (turn === this.turn) this.rows = territories;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}
