import { LightningElement, api } from 'lwc';
import type { ImportReport } from 'c/bailiwick';

const GEOGRAPHY = new Set(['geography', 'crosswalk']);

/** What is loaded of one kind of file, and what can be done with it. */
export default class LoadedData extends LightningElement {
  @api kind = '';
  /** Changes when there is something new to list. */
  @api stamp = 0;

  get isClaims(): boolean {
    return this.kind === 'claims';
  }
  get isRegistry(): boolean {
    return this.kind === 'registry';
  }
  get isGeography(): boolean {
    return GEOGRAPHY.has(this.kind);
  }

  private passShow(event: CustomEvent<ImportReport>): void {
    this.dispatchEvent(new CustomEvent('show', { detail: event.detail }));
  }
  private passChanged(): void {
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
