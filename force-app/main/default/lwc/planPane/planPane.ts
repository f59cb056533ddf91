import { LightningElement, api } from 'lwc';
import type { PaneView } from 'c/bailiwick';
import { texts } from './texts';

type Tab = 'bars' | 'hours' | 'table' | 'units' | 'scatter' | 'accounts';
const TABS: readonly { value: Tab; label: string }[] = [
  { value: 'bars', label: texts.bars },
  { value: 'hours', label: texts.hours },
  { value: 'table', label: texts.table },
  { value: 'units', label: texts.zips },
  { value: 'scatter', label: texts.scatter },
  { value: 'accounts', label: texts.accounts },
];

/** The one pane beside or below the map: bars, tables or the scatter of the plan that is on the map. */
export default class PlanPane extends LightningElement {
  readonly texts = texts;
  @api pane: PaneView | null = null;
  @api bars: { index: number; name: string }[] = [];
  @api before: unknown[] = [];
  @api selected: number | null = null;
  @api heading = '';
  @api tab: Tab = 'bars';

  readonly tabs = TABS;

  get on(): Record<Tab, boolean> {
    const isOn = (tab: Tab) => this.pane !== null && this.tab === tab;
    return {
      bars: this.tab === 'bars',
      hours: isOn('hours'),
      table: isOn('table'),
      units: isOn('units'),
      scatter: isOn('scatter'),
      accounts: isOn('accounts'),
    };
  }
  get pickedName(): string {
    return this.bars.find(({ index }) => index === this.selected)?.name ?? '';
  }

  private tell(name: string, event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent(name, { detail: event.detail }));
  }
  private pickTab(event: CustomEvent<Tab>): void {
    this.tell('tab', event);
  }
  private passPick(event: CustomEvent): void {
    this.tell('pick', event);
  }
  private passDesk(event: CustomEvent): void {
    this.tell('desk', event);
  }
  private passUnit(event: CustomEvent): void {
    this.tell('unit', event);
  }
}
