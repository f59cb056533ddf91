import { LightningElement, api } from 'lwc';

type Choice = { label: string; value: string };
const CHANGES: readonly (Choice & { asks: 'one' | 'two' | 'none' })[] = [
  { value: 'removeRep', label: 'A rep leaves for good', asks: 'one' },
  { value: 'leave', label: 'A rep is on leave', asks: 'one' },
  { value: 'merge', label: 'Two territories become one', asks: 'two' },
  { value: 'split', label: 'One territory becomes two', asks: 'one' },
  { value: 'addRep', label: 'A rep is added anywhere', asks: 'none' },
];

/** What is to be tried, in a few fields; tells the request and leaves the rest to whoever holds it. */
export default class WhatIfForm extends LightningElement {
  /** Territories: name and CRM id. */
  @api territories: readonly { id: string; name: string }[] = [];

  private kind = 'removeRep';
  private territory = '';
  private other = '';

  readonly changes = CHANGES.map(({ value, label }) => ({ value, label }));

  private get change() {
    return CHANGES.find(({ value }) => value === this.kind) ?? CHANGES[0]!;
  }
  get asksTerritory(): boolean {
    return this.change.asks !== 'none';
  }
  get asksOther(): boolean {
    return this.change.asks === 'two';
  }
  get choices(): Choice[] {
    return this.territories.map(({ id, name }) => ({ label: name, value: id }));
  }
  get cannotTry(): boolean {
    return (
      (this.asksTerritory && !this.territory) || (this.asksOther && (!this.other || this.other === this.territory))
    );
  }

  private pick(event: CustomEvent<{ value: string }>): void {
    const { field } = (event.target as HTMLElement).dataset;
    if (field === 'kind' || field === 'territory' || field === 'other') this[field] = event.detail.value;
  }

  private tell(): void {
    const nameOf = (id: string) => this.territories.find((one) => one.id === id)?.name ?? '';
    const names = [this.asksTerritory ? nameOf(this.territory) : '', this.asksOther ? nameOf(this.other) : ''];
    const title = [this.change.label, names.filter(Boolean).join(' and ')].filter(Boolean).join(': ');
    const task = {
      kind: this.kind,
      ...(this.asksTerritory ? { territory: this.territory } : {}),
      ...(this.asksOther ? { other: this.other } : {}),
    };
    this.dispatchEvent(new CustomEvent('try', { detail: { title, task } }));
  }
}
