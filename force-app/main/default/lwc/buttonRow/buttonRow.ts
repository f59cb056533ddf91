import { LightningElement, api } from 'lwc';

/** Buttons in a row of which one is on; tells the value that is picked. */
export default class ButtonRow extends LightningElement {
  /** What the row is for, read aloud. */
  @api label = '';
  @api options: readonly { label: string; value: string; hint?: string }[] = [];
  @api value = '';

  get buttons() {
    return this.options.map(({ label, value, hint = '' }) => {
      const isOn = value === this.value;
      return { label, value, hint, pressed: String(isOn), look: isOn ? 'on' : '' };
    });
  }

  private pick(event: Event): void {
    const detail = (event.currentTarget as HTMLElement).dataset.value;
    this.dispatchEvent(new CustomEvent('pick', { detail }));
  }
}
