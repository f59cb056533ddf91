import { LightningElement, api } from 'lwc';
import { count, download, get, plural, reduceErrors, usd } from 'c/bailiwick';
import type { FoundPocket, Leads, PocketProvider, Problem } from 'c/bailiwick';

const WHY: Readonly<Record<string, string>> = {
  noAccount: 'no account',
  noOwner: 'in no territory',
  noActivity: 'no recent activity',
};
const STEPS: Readonly<Record<string, string>> = {
  createLead: 'create a lead',
  createAccount: 'create an account',
  giveOwner: 'give the account an owner',
  visitAgain: 'visit again',
};

/** Who is in a pocket, and what leads and accounts it would give: a list to look at and to save. It writes nothing. */
export default class PocketDetail extends LightningElement {
  @api planId = '';
  @api pocket: FoundPocket | null = null;
  @api sure = '';

  private leads: Leads | null = null;
  private isAsking = false;
  private problem: Problem | null = null;

  get facilities() {
    return (this.pocket?.topFacilities ?? []).map(providerRow);
  }
  get providers() {
    return (this.pocket?.topProviders ?? []).map(providerRow);
  }
  get hasFacilities(): boolean {
    return this.facilities.length > 0;
  }
  get hasProviders(): boolean {
    return this.providers.length > 0;
  }
  get zipText(): string {
    return `ZIPs, most dollars first: ${(this.pocket?.zips ?? []).join(', ')}.`;
  }
  get leadText(): string {
    if (!this.leads) return '';
    const { createLead, createAccount, giveOwner, visitAgain } = this.leads.counts;
    const parts = [
      ...(createLead > 0 ? [plural(createLead, 'lead')] : []),
      ...(createAccount > 0 ? [plural(createAccount, 'account')] : []),
    ];
    const made = parts.length > 0 ? `${parts.join(' and ')} would be created` : 'Nothing would be created';
    return `${made}; ${plural(giveOwner, 'account')} would get an owner, ${count(visitAgain)} would be visited again. Nothing is written to Salesforce: save the list and import it there.`;
  }
  get leadRows() {
    return (this.leads?.leads ?? []).map(({ key, name, step, town, zip, opportunityUsd, suppressed }) => ({
      key,
      name,
      note: `${town} ${zip} · ${suppressed ? 'about ' : ''}${usd(opportunityUsd)} · ${STEPS[step] ?? step}`,
    }));
  }

  private async preview(): Promise<void> {
    this.problem = null;
    this.isAsking = true;
    try {
      this.leads = await get<Leads>(`/insights/${this.planId}/leads?pocket=${this.pocket?.pocket}`);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isAsking = false;
  }
  private async saveLeads(): Promise<void> {
    const number = this.pocket?.pocket;
    try {
      await download(`/insights/${this.planId}/leads.csv?pocket=${number}`, `Pocket ${number} leads.csv`);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
}

/** Figures on small cells are said to be about, never more. */
const providerRow = ({ key, name, zip, suppressed, why, opportunityUsd }: PocketProvider) => ({
  key,
  name: name ?? key,
  note: `${suppressed ? 'about ' : ''}${usd(opportunityUsd)} · ${zip ?? 'no ZIP'} · ${WHY[why] ?? why}`,
});
