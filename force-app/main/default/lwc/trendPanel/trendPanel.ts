import { LightningElement, api } from 'lwc';
import { count, get, reduceErrors } from 'c/bailiwick';
import type { Trend } from 'c/bailiwick';

/** A ratio as signed percent with one decimal: 0.043 → “+4.3 %”. */
const signed = (ratio: number | null): string =>
  ratio === null ? '—' : `${ratio > 0 ? '+' : ratio < 0 ? '−' : '±'}${Math.abs(ratio * 100).toFixed(1)} %`;

/** The same market over all its periods: what changed here, and what changed everywhere. */
export default class TrendPanel extends LightningElement {
  private trend: Trend | null = null;
  private asked = '';
  private isOpen = false;
  private isColored = false;
  private problem = '';

  /** The market and what it is narrowed to, as a query. */
  @api get query(): string {
    return this.asked;
  }
  set query(query: string) {
    if (query === this.asked) return;
    this.asked = query;
    this.trend = null;
    if (this.isOpen) void this.load();
  }

  get isWaiting(): boolean {
    return this.isOpen && this.trend === null && this.problem === '';
  }
  get isAlone(): boolean {
    return this.trend !== null && this.trend.periods.length < 2;
  }
  get hasRows(): boolean {
    return (this.trend?.periods.length ?? 0) > 1;
  }
  get rows() {
    return (this.trend?.periods ?? []).map((one) => ({
      key: `${one.period} ${one.file}`,
      period: one.period,
      file: one.file,
      procedures: count(one.selected.procedures),
      here: signed(one.selectedChange),
      national: signed(one.nationalChange),
    }));
  }
  /** A national shift is not this map's doing. */
  get sentence(): string {
    const last = this.trend?.periods.at(-1);
    if (!last || last.selectedChange === null || last.localChange === null) return '';
    return `Last change on this map: ${signed(last.selectedChange)}; apart from the national shift ${signed(last.localChange)}.`;
  }
  get canColor(): boolean {
    return this.trend?.unitChange.some((change) => change !== null) ?? false;
  }
  get colorLabel(): string {
    return this.isColored ? 'Colour the map by potential' : 'Colour the map by change';
  }

  private open(event: Event): void {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
    if (this.isOpen && !this.trend) void this.load();
  }
  private toggle(): void {
    this.isColored = !this.isColored;
    this.say();
  }

  private async load(): Promise<void> {
    const { asked } = this;
    this.problem = '';
    try {
      const trend = await get<Trend>(`/demand/trend?${asked}`);
      if (asked !== this.asked) return;
      this.trend = trend;
      if (this.isColored) this.say();
    } catch (error) {
      this.problem = reduceErrors(error).message;
    }
  }

  private say(): void {
    const detail = this.isColored ? (this.trend?.unitChange ?? null) : null;
    this.dispatchEvent(new CustomEvent('change', { detail }));
  }
}
