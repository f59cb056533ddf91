import { LightningElement, api } from 'lwc';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import canOperate from '@salesforce/customPermission/Bailiwick_Operate';
import { filled, plural, post, reduceErrors } from 'c/bailiwick';
import type { AccountTeam, Problem, Reassignment } from 'c/bailiwick';

import { ASK, bars, choices, DEAL_OPTIONS, dealRows, effectText, lateStage, scopes } from './effect';
import { follow } from './follow';
import { texts } from './texts';

type Scope = 'account' | 'sites' | 'zip';
type Deals = 'stay' | 'move' | 'untilStage';

/** Give this account, all its sites or its whole ZIP to another territory; both bars are shown before anything is saved. */
export default class ReassignPanel extends LightningElement {
  readonly texts = texts;
  @api accountId = '';
  @api team: AccountTeam | null = null;
  @api siblings = 0;
  @api zip = '';
  @api zipAccounts = 0;

  private to = '';
  private scope: Scope = 'account';
  private deals: Deals = 'stay';
  private dealStage = '';
  private reason = '';
  private effect: Reassignment | null = null;
  private problem: Problem | null = null;
  private progress = '';
  private asked = 0;
  private isAsking = false;
  private isGone = false;
  private hasRendered = false;

  renderedCallback(): void {
    if (this.hasRendered) return;
    this.hasRendered = true;
    this.template?.querySelector('h3')?.focus();
  }

  disconnectedCallback(): void {
    this.isGone = true;
  }

  get choices() {
    return choices(this.team, canOperate !== true);
  }
  get scopes() {
    return scopes(this);
  }
  get bars() {
    return bars(this.effect);
  }
  get effectText(): string {
    return effectText(this.effect);
  }
  get hasDeals(): boolean {
    return (this.effect?.deals.length ?? 0) > 0;
  }
  get dealsLabel(): string {
    return filled(texts.whatBecomesOfThem, plural(this.effect?.deals.length ?? 0, texts.openDeal));
  }
  get dealOptions() {
    return DEAL_OPTIONS;
  }
  get asksStage(): boolean {
    return this.deals === 'untilStage';
  }
  get stages() {
    return (this.effect?.stages ?? []).map((stage) => ({ label: stage, value: stage }));
  }
  get dealRows() {
    return dealRows(this.effect);
  }
  get isSaving(): boolean {
    return this.progress !== '';
  }
  get cannotSave(): boolean {
    return this.effect === null || this.isSaving;
  }

  private pickTo(event: CustomEvent<{ value: string }>): void {
    if (event.detail.value === ASK) return void this.dispatchEvent(new CustomEvent('ask'));
    this.to = event.detail.value;
    void this.preview();
  }
  private pickScope(event: CustomEvent<{ value: Scope }>): void {
    this.scope = event.detail.value;
    void this.preview();
  }

  private pickDeals(event: CustomEvent<{ value: Deals }>): void {
    this.deals = event.detail.value;
    if (this.dealStage === '') this.dealStage = lateStage(this.effect);
    void this.preview();
  }
  private pickStage(event: CustomEvent<{ value: string }>): void {
    this.dealStage = event.detail.value;
    void this.preview();
  }
  private writeReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
  }

  private body(dryRun: boolean) {
    const { team, to, scope, deals } = this;
    const dealStage = deals === 'untilStage' ? this.dealStage : null;
    const reason = this.reason.trim() || null;
    return { teamId: team?.teamId, to, scope, version: team?.version, deals, dealStage, reason, dryRun };
  }

  private async preview(): Promise<void> {
    if (this.to === '') return;
    const turn = ++this.asked;
    this.isAsking = true;
    this.problem = null;
    try {
      const effect = await post<Reassignment>(`/accounts/${this.accountId}/reassign`, this.body(true));
      if (turn === this.asked) this.effect = effect;
    } catch (error) {
      if (turn !== this.asked) return;
      this.effect = null;
      this.problem = reduceErrors(error);
    }
    if (turn === this.asked) this.isAsking = false;
  }

  private async save(): Promise<void> {
    this.problem = null;
    this.progress = texts.saving;
    try {
      const saved = await post<{ publishId: string | null }>(`/accounts/${this.accountId}/reassign`, this.body(false));
      const seen = (text: string) => (this.progress = text);
      if (saved.publishId) await follow(saved.publishId, { isWanted: () => !this.isGone, seen });
      // fields of the record that the page shows are read again
      await notifyRecordUpdateAvailable([{ recordId: this.accountId }]);
      this.dispatchEvent(
        new ShowToastEvent({ title: texts.reassigned, message: texts.theCrmWasUpdatedAndReadBack, variant: 'success' }),
      );
      this.dispatchEvent(new CustomEvent('reassigned'));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.progress = '';
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
