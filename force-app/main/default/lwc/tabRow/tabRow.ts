import { LightningElement, api } from 'lwc';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Tabs of which one is open: arrows, Home and End move, and one Tab key goes past all of them. */
export default class TabRow extends LightningElement {
  /** What the tabs are for, read aloud. */
  @api label = '';
  @api tabs: readonly { label: string; value: string }[] = [];
  @api value = '';
  /** "page" for the tabs of a whole card: underlined and larger. */
  @api kind: 'pill' | 'page' = 'pill';
  private shouldFocus = false;

  get look(): string {
    return `tabs tabs-${this.kind}`;
  }
  get shown() {
    return this.tabs.map(({ label, value }) => {
      const isOn = value === this.value;
      return { label, value, selected: String(isOn), look: isOn ? 'tab tab-on' : 'tab', order: isOn ? '0' : '-1' };
    });
  }

  renderedCallback(): void {
    if (!this.shouldFocus) return;
    this.shouldFocus = false;
    this.template?.querySelector<HTMLElement>(`[data-tab="${this.value}"]`)?.focus();
  }

  private pick(event: Event): void {
    this.tell((event.currentTarget as HTMLElement).dataset.tab ?? '');
  }
  private move(event: KeyboardEvent): void {
    const at = this.tabs.findIndex(({ value }) => value === this.value);
    const last = this.tabs.length - 1;
    const step = STEPS[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? last : step ? (at + step + last + 1) % (last + 1) : -1;
    const next = this.tabs[to];
    if (!next) return;
    event.preventDefault();
    this.shouldFocus = true;
    this.tell(next.value);
  }
  private tell(detail: string): void {
    this.dispatchEvent(new CustomEvent('pick', { detail }));
  }
}
