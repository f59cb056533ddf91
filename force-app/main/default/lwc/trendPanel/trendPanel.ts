import { LightningElement, api } from 'lwc';
import { count, filled, get, reduceErrors } from 'c/bailiwick';
import type { TerritoryTrends, Trend } from 'c/bailiwick';
import { driftText, signed, territoryRows } from './territories';
import { texts } from './texts';

/** The same market over all its periods: what changed here, and what changed everywhere. */
export default class TrendPanel extends LightningElement {
  readonly texts = texts;
  /** The team whose territories are compared; none without it. */
  @api teamId = '';

  private trend: Trend | null = null;
  private territories: TerritoryTrends | null = null;
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
    [this.trend, this.territories] = [null, null];
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
    return filled(texts.lastChangeOnThisMapApartFromThe, signed(last.selectedChange), signed(last.localChange));
  }
  get hasTerritories(): boolean {
    return (this.territories?.territories.length ?? 0) > 0 && this.hasRows;
  }
  get driftText(): string {
    return this.territories ? driftText(this.territories) : '';
  }
  get territoryRows() {
    return this.territories ? territoryRows(this.territories) : [];
  }
  get caption(): string {
    const what = this.territories?.measure === 'procedures' ? texts.procedures : texts.marketPotential;
    return filled(texts.ofTodaysTerritoriesByPeriod, what);
  }
  get canColor(): boolean {
    return this.trend?.unitChange.some((change) => change !== null) ?? false;
  }
  get colorLabel(): string {
    return this.isColored ? texts.colourTheMapByPotential : texts.colourTheMapByChange;
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
      const team = `${asked}&team=${encodeURIComponent(this.teamId)}`;
      const [trend, territories] = await Promise.all([
        get<Trend>(`/demand/trend?${asked}`),
        this.teamId ? get<TerritoryTrends>(`/demand/trend/territories?${team}`) : null,
      ]);
      if (asked !== this.asked) return;
      [this.trend, this.territories] = [trend, territories];
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
