import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { get, plural, poll, post, reduceErrors } from 'c/bailiwick';
import type { AccountTeam, Problem, Publish, Reassignment } from 'c/bailiwick';

const FINAL = new Set(['done', 'partial', 'failed']);
type Scope = 'account' | 'sites' | 'zip';

/** Give this account, all its sites or its whole ZIP to another territory; both bars are shown before anything is saved. */
export default class ReassignPanel extends LightningElement {
  @api accountId = '';
  @api team: AccountTeam | null = null;
  @api siblings = 0;
  @api zip = '';
  @api zipAccounts = 0;

  private to = '';
  private scope: Scope = 'account';
  private effect: Reassignment | null = null;
  private problem: Problem | null = null;
  private progress = '';
  private asked = 0;
  private isGone = false;

  disconnectedCallback(): void {
    this.isGone = true;
  }

  get choices() {
    const current = this.team?.territory?.id;
    return (this.team?.choices ?? [])
      .filter(({ id }) => id !== current)
      .map(({ id, name, repName }) => ({ label: `${name} · ${repName ?? 'no rep'}`, value: id }));
  }
  get scopes() {
    const family = `All its sites (${plural(this.siblings + 1, 'account')} of the family)`;
    return [
      { label: 'This account only', value: 'account' },
      ...(this.siblings > 0 ? [{ label: family, value: 'sites' }] : []),
      { label: `The whole ZIP ${this.zip} (${plural(this.zipAccounts, 'account')})`, value: 'zip' },
    ];
  }
  get bars() {
    const { before = [], after = [] } = this.effect ?? {};
    return after.map(({ id, name, utilization }) => ({
      id,
      name,
      ratio: utilization,
      before: before.find((one) => one.id === id)?.utilization ?? null,
    }));
  }
  get effectText(): string {
    if (!this.effect) return '';
    const zips = this.effect.units.length > 0 ? ` and ${plural(this.effect.units.length, 'ZIP')}` : '';
    return `${plural(this.effect.accounts.length, 'account')}${zips} would change territory. Hours used before and after:`;
  }
  get cannotSave(): boolean {
    return this.effect === null || this.progress !== '';
  }

  private pickTo(event: CustomEvent<{ value: string }>): void {
    this.to = event.detail.value;
    void this.preview();
  }
  private pickScope(event: CustomEvent<{ value: Scope }>): void {
    this.scope = event.detail.value;
    void this.preview();
  }

  private body(dryRun: boolean) {
    return { teamId: this.team?.teamId, to: this.to, scope: this.scope, version: this.team?.version, dryRun };
  }

  private async preview(): Promise<void> {
    if (this.to === '') return;
    const turn = ++this.asked;
    this.effect = null;
    this.problem = null;
    try {
      const effect = await post<Reassignment>(`/accounts/${this.accountId}/reassign`, this.body(true));
      if (turn === this.asked) this.effect = effect;
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async save(): Promise<void> {
    this.problem = null;
    this.progress = 'Saving…';
    try {
      const saved = await post<{ publishId: string | null }>(`/accounts/${this.accountId}/reassign`, this.body(false));
      if (saved.publishId) await this.follow(saved.publishId);
      this.dispatchEvent(
        new ShowToastEvent({ title: 'Reassigned', message: 'The CRM was updated and read back.', variant: 'success' }),
      );
      this.dispatchEvent(new CustomEvent('reassigned'));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.progress = '';
  }

  private async follow(publishId: string): Promise<void> {
    const last = await poll(() => get<Publish>(`/publishes/${publishId}`), {
      isFinal: ({ state }) => FINAL.has(state),
      isWanted: () => !this.isGone,
      seen: ({ progress }) => (this.progress = `${progress.done} of ${progress.total} changes written…`),
    });
    const failure = last?.failures[0];
    if (failure) throw new Error(`${failure.accountName}: ${failure.message} ${failure.action}`);
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
