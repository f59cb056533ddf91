import { LightningElement, api } from 'lwc';
import { count, filled, sentence } from 'c/bailiwick';
import type { AccountPage } from 'c/bailiwick';
import { familyRows, SITES } from './familyRows';
import { texts } from './texts';

/** What an account does, by procedure and site of care, with where the figures come from. */
export default class AccountProcedures extends LightningElement {
  readonly texts = texts;
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
    return filled(
      texts.worksAtPlaces,
      places.length,
      places.map(({ zip, procedures }) => filled(texts.zip, zip, count(procedures))).join(', '),
    );
  }
  get sourceText(): string {
    const source = this.page?.source;
    return source ? `${source.label}, ${source.period}. ${sentence(source.formula)}` : '';
  }
  get emptyText(): string {
    return this.page?.source ? texts.noProceduresOfThisMarketAreKnown : texts.noClaimsAreLoadedYetSoNothingIs;
  }
}
