import { LightningElement, api } from 'lwc';
import type { PayerFactor } from 'c/bailiwick';

const PLACE = /^([A-Z]{2}|\d{5})$/;

/** Factors by which counts of a state or county stand for all payers, each with its source. */
export default class PayerScale extends LightningElement {
  @api factors: PayerFactor[] = [];

  private place = '';
  private factor = '';
  private source = '';
  private problem = '';

  get rows() {
    return this.factors.map((one) => ({
      ...one,
      text: `${one.place} × ${one.factor}`,
      removeLabel: `Remove the factor of ${one.place}`,
    }));
  }

  private take(event: CustomEvent<{ value: string }>): void {
    const { field } = (event.currentTarget as HTMLElement).dataset;
    if (field === 'place' || field === 'factor' || field === 'source') this[field] = event.detail.value;
  }

  private add(): void {
    const [place, factor, source] = [this.place.trim().toUpperCase(), Number(this.factor), this.source.trim()];
    this.problem = '';
    if (!PLACE.test(place)) this.problem = 'Name a state by two letters (MA) or a county by five digits (25025).';
    else if (!(factor > 0 && factor <= 100)) this.problem = 'A factor is a number above 0 and up to 100.';
    else if (source === '') this.problem = 'Say where the factor comes from: it stands beside every figure.';
    if (this.problem !== '') return;
    [this.place, this.factor, this.source] = ['', '', ''];
    this.say([...this.factors.filter((one) => one.place !== place), { place, factor, source }]);
  }
  private remove(event: Event): void {
    const { place } = (event.currentTarget as HTMLElement).dataset;
    this.say(this.factors.filter((one) => one.place !== place));
  }
  private say(factors: PayerFactor[]): void {
    this.dispatchEvent(new CustomEvent('factors', { detail: factors }));
  }
}
