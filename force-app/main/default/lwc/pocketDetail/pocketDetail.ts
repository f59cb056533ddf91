import { LightningElement, api } from 'lwc';
import { count, download, filled, get, plural, reduceErrors, usd } from 'c/bailiwick';
import type { FoundPocket, Leads, PocketProvider, Problem } from 'c/bailiwick';
import { texts } from './texts';

const WHY: Readonly<Record<string, string>> = {
  noAccount: texts.noAccount,
  noOwner: texts.inNoTerritory,
  noActivity: texts.noRecentActivity,
};
const STEPS: Readonly<Record<string, string>> = {
  createLead: texts.createALead,
  createAccount: texts.createAnAccount,
  giveOwner: texts.giveTheAccountAnOwner,
  visitAgain: texts.visitAgain,
};

/** Who is in a pocket, and what leads and accounts it would give: a list to look at and to save. It writes nothing. */
export default class PocketDetail extends LightningElement {
  readonly texts = texts;
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
    return filled(texts.zipsMostDollarsFirst, (this.pocket?.zips ?? []).join(', '));
  }
  get leadText(): string {
    if (!this.leads) return '';
    const { createLead, createAccount, giveOwner, visitAgain } = this.leads.counts;
    const parts = [
      ...(createLead > 0 ? [plural(createLead, texts.lead)] : []),
      ...(createAccount > 0 ? [plural(createAccount, texts.account)] : []),
    ];
    const made = parts.length > 0 ? filled(texts.wouldBeCreated, parts.join(' and ')) : texts.nothingWouldBeCreated;
    return filled(texts.wouldGetAnOwnerWouldBeVisitedAgain, made, plural(giveOwner, texts.account), count(visitAgain));
  }
  get leadRows() {
    return (this.leads?.leads ?? []).map(({ key, name, step, town, zip, opportunityUsd, suppressed }) => ({
      key,
      name,
      note: `${town} ${zip} · ${suppressed ? `${texts.about} ` : ''}${usd(opportunityUsd)} · ${STEPS[step] ?? step}`,
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
      await download(`/insights/${this.planId}/leads.csv?pocket=${number}`, filled(texts.pocketLeadsCsv, number));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
}

/** Figures on small cells are said to be about, never more. */
const providerRow = ({ key, name, zip, suppressed, why, opportunityUsd }: PocketProvider) => ({
  key,
  name: name ?? key,
  note: `${suppressed ? `${texts.about} ` : ''}${usd(opportunityUsd)} · ${zip ?? texts.noZip} · ${WHY[why] ?? why}`,
});
