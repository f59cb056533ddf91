import { LightningElement, api } from 'lwc';
import { texts } from './texts';

/** What has the focus now, through the shadow roots on the way. */
function focused(): HTMLElement | null {
  let active = document.activeElement as HTMLElement | null;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement as HTMLElement;
  return active;
}

/** Asks before something is done. The focus stays inside, Escape leaves, and it goes back to where it was. */
export default class ConfirmDialog extends LightningElement {
  readonly texts = texts;
  @api heading = '';
  @api confirmLabel = texts.yes;
  @api cancelLabel = texts.cancel;
  private opener: HTMLElement | null = null;
  private isOpen = false;

  connectedCallback(): void {
    this.opener = focused();
  }
  renderedCallback(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.focusOn('cancel');
  }
  disconnectedCallback(): void {
    if (this.opener?.isConnected) this.opener.focus();
  }

  private focusOn(what: string): void {
    this.template?.querySelector<HTMLElement>(`[data-do=${what}]`)?.focus();
  }
  private toFirst(): void {
    this.focusOn('close');
  }
  private toLast(): void {
    this.focusOn('confirm');
  }
  private leaveByEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.cancel();
  }
  private cancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }
  private confirm(): void {
    this.dispatchEvent(new CustomEvent('confirm'));
  }
}
