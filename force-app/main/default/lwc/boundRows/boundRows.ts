import { LightningElement, api } from 'lwc';
import { boundProblem, filled } from 'c/bailiwick';
import type { BoundRow } from 'c/bailiwick';
import { texts } from './texts';

type Changed = CustomEvent<{ value: string }>;
const EVERY = 'every';
const MEASURES = [
  { label: texts.hoursAYear, value: 'workloadHours' },
  { label: texts.marketPotentialUs, value: 'potentialUsd' },
];
const NEW: BoundRow = { territory: null, measure: 'workloadHours', min: '', max: '' };

/** Least and most of hours and potential, for every territory or for single ones. Tells every change, and what contradicts what. */
export default class BoundRows extends LightningElement {
  readonly texts = texts;
  @api rows: BoundRow[] = [];
  /** Territories of the plan: name and CRM id. */
  @api territories: { label: string; value: string }[] = [];

  readonly measures = MEASURES;

  get choices() {
    return [{ label: texts.everyTerritory, value: EVERY }, ...this.territories];
  }
  get lines() {
    return this.rows.map((row, at) => {
      const name = this.nameOf(row.territory);
      const unit = row.measure === 'potentialUsd' ? 'US$' : 'hours';
      return {
        ...row,
        at,
        territory: row.territory ?? EVERY,
        label: filled(texts.limit, at + 1, name),
        leastLabel: filled(texts.least, unit),
        mostLabel: filled(texts.most, unit),
        removeLabel: filled(texts.removeLimit, at + 1, name),
      };
    });
  }
  get addLabel(): string {
    return this.rows.length === 0 ? texts.addALeastOrMost : texts.addAnother;
  }
  get problem(): string {
    return boundProblem(this.rows, this.territories);
  }

  private nameOf(territory: string | null): string {
    return this.territories.find(({ value }) => value === territory)?.label ?? texts.everyTerritory2;
  }
  private add(): void {
    this.tell([...this.rows, NEW]);
  }
  private remove(event: Event): void {
    const at = Number((event.currentTarget as HTMLElement).dataset.at);
    this.tell(this.rows.filter((_, i) => i !== at));
  }
  private change(event: Changed): void {
    const { at, field = '' } = (event.currentTarget as HTMLElement).dataset;
    const { value } = event.detail;
    const change = { [field]: field === 'territory' && value === EVERY ? null : value };
    this.tell(this.rows.map((row, i) => (i === Number(at) ? { ...row, ...change } : row)));
  }
  private tell(rows: BoundRow[]): void {
    this.dispatchEvent(new CustomEvent('bounds', { detail: rows }));
  }
}
