import { LightningElement } from 'lwc';

/** The rule of CMS: no count from 1 to 10 is shown, and each stands as the middle of them. */
const CMS = { below: 11, imputed: 5.5 };
const MOST = 1000;

/** How the small counts of the next file are guarded. Says `rule` with both figures as soon as they make one. */
export default class SmallCounts extends LightningElement {
  private below = CMS.below;
  private imputed = CMS.imputed;

  get summary(): string {
    return `Small counts: 1 to ${this.below - 1} stand as ${this.imputed}`;
  }
  get wrong(): string {
    if (!(Number.isInteger(this.below) && this.below >= 1 && this.below <= MOST))
      return `Guard counts below a whole number from 1 to ${MOST}.`;
    return this.imputed > 0 && this.imputed < Math.max(this.below, 2)
      ? ''
      : `What they stand as lies between 0 and ${this.below}.`;
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
