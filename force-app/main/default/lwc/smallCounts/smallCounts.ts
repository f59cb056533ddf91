import { LightningElement } from 'lwc';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

/** The rule of CMS: no count from 1 to 10 is shown, and each stands as the middle of them. */
const CMS = { below: 11, imputed: 5.5 };
const MOST = 1000;

/** How the small counts of the next file are guarded. Says `rule` with both figures as soon as they make one. */
export default class SmallCounts extends LightningElement {
  readonly texts = texts;
  private below = CMS.below;
  private imputed = CMS.imputed;

  get summary(): string {
    return filled(texts.smallCounts1ToStandAs, this.below - 1, this.imputed);
  }
  get wrong(): string {
    if (!(Number.isInteger(this.below) && this.below >= 1 && this.below <= MOST))
      return filled(texts.guardCountsBelowAWholeNumberFrom1, MOST);
    return this.imputed > 0 && this.imputed < Math.max(this.below, 2)
      ? ''
      : filled(texts.whatTheyStandAsLiesBetween0And, this.below);
  }

  private take(event: CustomEvent<{ value: string }>): void {
    const { field } = (event.currentTarget as HTMLElement).dataset;
    if (field !== 'below' && field !== 'imputed') return;
    this[field] = Number(event.detail.value);
    // the middle of the guarded counts, until somebody says another value
    if (field === 'below') this.imputed = this.below / 2;
    const { below, imputed } = this;
    if (this.wrong === '') this.dispatchEvent(new CustomEvent('rule', { detail: { below, imputed } }));
  }
}
