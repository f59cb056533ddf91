import { LightningElement, api } from 'lwc';
import { day, post, reduceErrors } from 'c/bailiwick';
import type { Feedback, Problem } from 'c/bailiwick';
import { REASONS } from './reasons';

/** "This is wrong", about an account or a territory, with a reason and words; goes to whoever decides about the territory. */
export default class FeedbackForm extends LightningElement {
  /** What it is about: an account in a team, or a territory. */
  @api accountId: string | null = null;
  @api teamId: string | null = null;
  @api territoryId: string | null = null;
  /** How that is called. */
  @api subject = '';

  private reason = '';
  private text = '';
  private sent: Feedback | null = null;
  private problem: Problem | null = null;
  private isSending = false;
  private hasRendered = false;

  renderedCallback(): void {
    if (this.hasRendered) return;
    this.hasRendered = true;
    this.template?.querySelector('h3')?.focus();
  }

  get title(): string {
    return `This is wrong: ${this.subject}`;
  }
  get reasons() {
    return REASONS;
  }
  get example(): string {
    return this.accountId
      ? 'Such as: I cover its surgeon at the other hospital.'
      : 'Such as: this ZIP is an hour away.';
  }
  get cannotSend(): boolean {
    return this.isSending || this.reason === '' || this.text.trim().length < 3;
  }
  get sentText(): string {
    if (!this.sent) return '';
    const who = this.sent.managers.length > 0 ? this.sent.managers.join(' or ') : 'Sales Ops';
    return `Sent. It is with your manager, ${who}, due ${day(this.sent.dueAt)}.`;
  }

  private pickReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
  }
  private write(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
  }
  private async send(): Promise<void> {
    this.problem = null;
    this.isSending = true;
    const { accountId, teamId, territoryId, reason, text } = this;
    const about = accountId ? { accountId, teamId } : { territoryId };
    try {
      this.sent = await post<Feedback>('/feedback', { ...about, reason, text });
      this.dispatchEvent(new CustomEvent('sent'));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isSending = false;
  }
  private close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
