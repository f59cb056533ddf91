import { LightningElement, api } from 'lwc';
import { texts } from './texts';

type Choice = { label: string; value: string };
const CHANGES: readonly (Choice & { asks: 'one' | 'two' | 'zip' | 'none' })[] = [
  { value: 'removeRep', label: texts.aRepLeavesForGood, asks: 'one' },
  { value: 'leave', label: texts.aRepIsOnLeave, asks: 'one' },
  { value: 'merge', label: texts.twoTerritoriesBecomeOne, asks: 'two' },
  { value: 'split', label: texts.oneTerritoryBecomesTwo, asks: 'one' },
  { value: 'moveRep', label: texts.aRepMovesToAnotherHome, asks: 'zip' },
  { value: 'addRep', label: texts.aRepIsAddedAnywhere, asks: 'none' },
];

/** What is to be tried, in a few fields; tells the request and leaves the rest to whoever holds it. */
export default class WhatIfForm extends LightningElement {
  readonly texts = texts;
  /** Territories: name and CRM id. */
  @api territories: readonly { id: string; name: string }[] = [];

  private kind = 'removeRep';
  private territory = '';
  private other = '';
  private zip = '';

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
  get asksZip(): boolean {
    return this.change.asks === 'zip';
  }
  get choices(): Choice[] {
    return this.territories.map(({ id, name }) => ({ label: name, value: id }));
  }
  get cannotTry(): boolean {
    if (this.asksZip && !/^\d{5}$/.test(this.zip)) return true;
    return (
      (this.asksTerritory && !this.territory) || (this.asksOther && (!this.other || this.other === this.territory))
    );
  }

  private pick(event: CustomEvent<{ value: string }>): void {
    const { field } = (event.target as HTMLElement).dataset;
    if (field === 'kind' || field === 'territory' || field === 'other' || field === 'zip')
      this[field] = event.detail.value;
  }

  private tell(): void {
    const nameOf = (id: string) => this.territories.find((one) => one.id === id)?.name ?? '';
    const names = [this.asksTerritory ? nameOf(this.territory) : '', this.asksOther ? nameOf(this.other) : ''];
    const joint = this.asksZip ? ' to ' : ' and ';
    const title = [this.change.label, [...names, this.asksZip ? this.zip : ''].filter(Boolean).join(joint)]
      .filter(Boolean)
      .join(': ');
    const task = {
      kind: this.kind,
      ...(this.asksTerritory ? { territory: this.territory } : {}),
      ...(this.asksOther ? { other: this.other } : {}),
      ...(this.asksZip ? { zip: this.zip } : {}),
    };
    this.dispatchEvent(new CustomEvent('try', { detail: { title, task } }));
  }
}
