import { LightningElement, api } from 'lwc';
import type { AccountPage } from 'c/bailiwick';
import { siteBars } from './siteBars';
import { involvedText, money, sitesTitle } from './words';

/** What an account is worth and what it does at each of the five sites of care. */
export default class AccountFigures extends LightningElement {
  @api page: AccountPage | null = null;

  get money() {
    return money(this.page);
  }
  get involvedText(): string {
    return involvedText(this.page);
  }
  get sitesTitle(): string {
    return sitesTitle(this.page);
  }
  get sites() {
    return siteBars(this.page?.sites ?? []);
  }
}
