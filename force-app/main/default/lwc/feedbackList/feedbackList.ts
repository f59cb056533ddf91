import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { day, get, post, reduceErrors } from 'c/bailiwick';
import type { Feedback, Problem } from 'c/bailiwick';
import { feedbackRow } from './rows';

/** Feedback with what became of it; who may decide about its territory accepts or declines. */
export default class FeedbackList extends NavigationMixin(LightningElement) {
  /** Only what is about this account. */
  @api accountId: string | null = null;
  /** Shown where there is none. */
  @api emptyText = 'Nobody said that something is wrong.';

  private answer: Feedback[] | null = null;
  private problem: Problem | null = null;
  private isSending = false;
  private drafts: Record<string, string> = {};

  connectedCallback(): void {
    void this.load();
  }

  /** Asks again, as after something was sent. */
  @api async load(): Promise<void> {
    this.problem = null;
    try {
      const { feedback } = await get<{ feedback: Feedback[] }>('/feedback');
      this.answer = feedback.filter(({ accountId }) => this.accountId === null || accountId === this.accountId);
      const open = this.answer.filter(({ canDecide }) => canDecide).length;
      this.dispatchEvent(new CustomEvent('counted', { detail: open }));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.answer?.length === 0;
  }
  get hasRows(): boolean {
    return (this.answer?.length ?? 0) > 0;
  }
  get title(): string {
    const open = (this.answer ?? []).filter(({ canDecide }) => canDecide).length;
    return open > 0 ? `Feedback: ${open} for you to decide` : 'Feedback';
  }
  get rows() {
    return (this.answer ?? []).map((one) => {
      const draft = this.drafts[one.id] ?? '';
      const cannotDecline = this.isSending || draft.trim().length < 3;
      return { ...feedbackRow(one, day), draft, cannotDecline, hint: cannotDecline ? 'To decline, say why.' : '' };
    });
  }

  private write(event: CustomEvent<{ value: string }>): void {
    const id = (event.target as HTMLElement).dataset.text ?? '';
    this.drafts = { ...this.drafts, [id]: event.detail.value };
  }
  private async decide(event: Event): Promise<void> {
    const { id = '', verdict } = (event.target as HTMLElement).dataset;
    this.problem = null;
    this.isSending = true;
    try {
      await post(`/feedback/${id}/decision`, { verdict, text: this.drafts[id] ?? '' });
      await this.load();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isSending = false;
  }
  private open(event: Event): void {
    const recordId = (event.currentTarget as HTMLElement).dataset.id;
    const attributes = { recordId, objectApiName: 'Account', actionName: 'view' };
    this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
  }
}
