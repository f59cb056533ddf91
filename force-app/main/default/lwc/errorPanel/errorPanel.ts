import { LightningElement, api } from 'lwc';
import type { Problem } from 'c/bailiwick';
import { texts } from './texts';

/** What went wrong, what to do, and a button that tries again. */
export default class ErrorPanel extends LightningElement {
  readonly texts = texts;
  @api problem: Problem | null = null;
  @api retryLabel = texts.tryAgain;

  private retry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
