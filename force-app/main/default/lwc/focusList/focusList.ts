import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { filled, plural, usd } from 'c/bailiwick';
import type { Pocket, UserTerritory } from 'c/bailiwick';
import { texts } from './texts';

/** What to work next: accounts with most headroom, and ZIPs with potential that nobody works. */
export default class FocusList extends NavigationMixin(LightningElement) {
  readonly texts = texts;
  @api territory: UserTerritory | null = null;

  get accounts() {
    return (this.territory?.topAccounts ?? []).map((account) => ({
      id: account.id,
      name: account.name,
      note: [account.kind, account.city, account.tier && filled(texts.tier, account.tier)].filter(Boolean).join(' · '),
      potential: usd(account.potentialUsd),
      sales: usd(account.salesUsd),
      headroom: usd(account.headroomUsd),
    }));
  }
  get hasNoAccounts(): boolean {
    return this.accounts.length === 0;
  }
  get pockets() {
    return (this.territory?.pockets ?? []).map((pocket) => ({
      zip: pocket.zip,
      place: `${pocket.town} ${pocket.zip}`,
      why: reason(pocket),
      potential: usd(pocket.potentialUsd),
    }));
  }
  get hasNoPockets(): boolean {
    return this.pockets.length === 0;
  }

  private open(event: Event): void {
    event.preventDefault();
    const recordId = (event.currentTarget as HTMLElement).dataset.id;
    const attributes = { recordId, objectApiName: 'Account', actionName: 'view' };
    this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
  }
}

function reason({ why, accounts }: Pocket): string {
  const known = plural(accounts, texts.account);
  if (why === 'noAccount') return texts.noAccountInSalesforce;
  return why === 'noSales' ? filled(texts.noSalesYet, known) : filled(texts.noActivityForHalfAYear, known);
}
