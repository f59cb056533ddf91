import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { day, filled, focusOn, get, reduceErrors } from 'c/bailiwick';
import type { Feedback, FeedbackPlaces, Problem } from 'c/bailiwick';
import { feedbackRow, toldText } from './rows';
import { texts } from './texts';

/** Feedback with what became of it; who may decide about its territory accepts or declines. */
export default class FeedbackList extends NavigationMixin(LightningElement) {
  readonly texts = texts;
  /** Only what is about this account. */
  @api accountId: string | null = null;
  /** Shown where there is none. */
  @api emptyText = texts.nobodySaidThatSomethingIsWrong;

  private answer: Feedback[] | null = null;
  private problem: Problem | null = null;
  /** Territories and drafts of each team that something is to be decided in. */
  private options: Record<string, FeedbackPlaces> = {};
  private told = '';
  /** What is decided loses its buttons: the focus goes to what became of it, and on from there to what is still open. */
  private wanted = '';

  connectedCallback(): void {
    void this.load();
  }

  renderedCallback(): void {
    if (this.wanted && focusOn(this.template, this.wanted)) this.wanted = '';
  }

  /** Asks again, as after something was sent. */
  @api async load(): Promise<void> {
    this.problem = null;
    try {
      const { feedback } = await get<{ feedback: Feedback[] }>('/feedback');
      this.answer = feedback.filter(({ accountId }) => this.accountId === null || accountId === this.accountId);
      const open = this.answer.filter(({ canDecide }) => canDecide);
      this.dispatchEvent(new CustomEvent('counted', { detail: open.length }));
      const teams = [...new Set(open.map(({ teamId }) => teamId))];
      const places = teams.map((id) => get<FeedbackPlaces>(`/feedback/places?teamId=${id}`));
      const known = await Promise.all(places);
      this.options = Object.fromEntries(teams.map((id, i) => [id, known[i]!]));
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
    return open > 0 ? filled(texts.feedbackForYouToDecide, open) : texts.feedback;
  }
  get rows() {
    return (this.answer ?? []).map((one) => ({
      ...feedbackRow(one, day),
      feedback: one,
      options: one.canDecide ? this.options[one.teamId] : undefined,
    }));
  }

  private takeDecided(event: CustomEvent<Feedback>): void {
    this.told = toldText(event.detail);
    this.wanted = '[data-told]';
    void this.load();
    this.dispatchEvent(new CustomEvent('decided', { detail: event.detail }));
  }
  private open(event: Event): void {
    const recordId = (event.currentTarget as HTMLElement).dataset.id;
    const attributes = { recordId, objectApiName: 'Account', actionName: 'view' };
    this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
  }
}
