import { LightningElement, api } from 'lwc';
import type { Problem } from 'c/bailiwick';

/** What went wrong, what to do, and a button that tries again. */
export default class ErrorPanel extends LightningElement {
  @api problem: Problem | null = null;
  @api retryLabel = 'Try again';

  private retry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
