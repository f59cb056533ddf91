import { LightningElement, api } from 'lwc';
import { count, sentence } from 'c/bailiwick';
import type { AccountPage } from 'c/bailiwick';
import { familyRows, SITES } from './familyRows';

/** What an account does, by procedure and site of care, with where the figures come from. */
export default class AccountProcedures extends LightningElement {
  @api page: AccountPage | null = null;

  get columns() {
    return SITES;
  }
  get rows() {
    return familyRows(this.page?.procedures ?? []);
  }
  get hasRows(): boolean {
    return this.rows.length > 0;
  }
  get placesText(): string {
    const places = this.page?.places ?? [];
    if (places.length < 2) return '';
    return `Works at ${places.length} places: ${places.map(({ zip, procedures }) => `ZIP ${zip} (${count(procedures)})`).join(', ')}.`;
  }
  get sourceText(): string {
    const source = this.page?.source;
    return source ? `${source.label}, ${source.period}. ${sentence(source.formula)}` : '';
  }
  get emptyText(): string {
    return this.page?.source
      ? 'No procedures of this market are known for this account. Its NPI or CCN in Salesforce is how claims find it.'
      : 'No claims are loaded yet, so nothing is known of its procedures. Sales Ops loads them in the Market step.';
  }
}
