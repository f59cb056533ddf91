import { LightningElement, api } from 'lwc';
import type { PayerFactor } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

const PLACE = /^([A-Z]{2}|\d{5})$/;

/** Factors by which counts of a state or county stand for all payers, each with its source. */
export default class PayerScale extends LightningElement {
  readonly texts = texts;
  @api factors: PayerFactor[] = [];

  private place = '';
  private factor = '';
  private source = '';
  private problem = '';

  get rows() {
    return this.factors.map((one) => ({
      ...one,
      text: `${one.place} × ${one.factor}`,
      removeLabel: filled(texts.removeTheFactorOf, one.place),
    }));
  }

  private take(event: CustomEvent<{ value: string }>): void {
    const { field } = (event.currentTarget as HTMLElement).dataset;
    if (field === 'place' || field === 'factor' || field === 'source') this[field] = event.detail.value;
  }

  private add(): void {
    const [place, factor, source] = [this.place.trim().toUpperCase(), Number(this.factor), this.source.trim()];
    this.problem = '';
    if (!PLACE.test(place)) this.problem = texts.nameAStateByTwoLettersMaOrACounty;
    else if (!(factor > 0 && factor <= 100)) this.problem = texts.aFactorIsANumberAbove0AndUpTo100;
    else if (source === '') this.problem = texts.sayWhereTheFactorComesFromItStands;
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
