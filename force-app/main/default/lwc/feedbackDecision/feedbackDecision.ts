import { LightningElement, api } from 'lwc';
import { filled, get, post, reduceErrors } from 'c/bailiwick';
import type { Feedback, FeedbackEffect, FeedbackPlaces, Problem } from 'c/bailiwick';
import { barsOf, draftOptionsOf, passOptionsOf, SALES_OPS, targetsOf } from './choices';
import { texts } from './texts';

/** One piece of feedback before who decides it: what accepting does to both territories, then accept, decline or pass on. */
export default class FeedbackDecision extends LightningElement {
  readonly texts = texts;
  @api feedback!: Feedback;
  /** Territories and drafts of its team. */
  @api options!: FeedbackPlaces;

  private target = '';
  private draft = '';
  private passTo = '';
  private text = '';
  private effect: FeedbackEffect | null = null;
  private problem: Problem | null = null;
  private asked = 0;
  private isAsking = false;
  private isSending = false;
  private isPassing = false;

  connectedCallback(): void {
    this.target = this.feedback.toTerritoryId ?? '';
    void this.look();
  }

  get canMove(): boolean {
    return this.feedback.accountId !== null || this.feedback.zips.length > 0;
  }
  get targets() {
    return targetsOf(this.options, this.feedback);
  }
  get draftOptions() {
    return draftOptionsOf(this.options);
  }
  get passOptions() {
    return passOptionsOf(this.options, this.feedback);
  }
  get bars() {
    return this.effect ? barsOf(this.effect) : [];
  }
  get effectText(): string {
    return filled(texts.hoursUsedBeforeAndAfterIn, this.effect?.planName ?? '');
  }
  get cannotDecline(): boolean {
    return this.isSending || this.text.trim().length < 3;
  }
  get cannotPass(): boolean {
    return this.isSending || this.passTo === '';
  }
  get hint(): string {
    return this.cannotDecline && !this.isSending ? texts.toDeclineSayWhy : '';
  }
  get acceptLabel(): string {
    return this.target === '' ? texts.accept : texts.acceptAndMove;
  }
  get next(): string {
    if (this.target === '') return texts.acceptingTellsWhoSaidItNothing;
    return texts.acceptedItIsAMoveInThatDraft;
  }

  private pickTarget(event: CustomEvent<{ value: string }>): void {
    this.target = event.detail.value;
    void this.look();
  }
  private pickDraft(event: CustomEvent<{ value: string }>): void {
    this.draft = event.detail.value;
    void this.look();
  }
  private pickPass(event: CustomEvent<{ value: string }>): void {
    this.passTo = event.detail.value;
  }
  private togglePass(): void {
    this.isPassing = !this.isPassing;
  }
  private write(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
  }

  /** What accepting would do, in the draft that it would go into. */
  private async look(): Promise<void> {
    this.problem = null;
    this.effect = null;
    const turn = ++this.asked;
    if (this.target === '' || !this.canMove) return;
    this.isAsking = true;
    const draft = this.draft === '' ? '' : `&draftId=${this.draft}`;
    try {
      const effect = await get<FeedbackEffect>(
        `/feedback/${this.feedback.id}/effect?toTerritoryId=${this.target}${draft}`,
      );
      if (turn === this.asked) this.effect = effect;
    } catch (error) {
      if (turn === this.asked) this.problem = reduceErrors(error);
    }
    if (turn === this.asked) this.isAsking = false;
  }

  private async decide(event: Event): Promise<void> {
    const { id = '', verdict } = (event.target as HTMLElement).dataset;
    const accepted = { toTerritoryId: this.target || null, draftId: this.draft || null };
    const passed = { passTo: this.passTo === SALES_OPS ? null : this.passTo };
    const more = verdict === 'accepted' ? accepted : verdict === 'passed' ? passed : {};
    this.problem = null;
    this.isSending = true;
    try {
      const decided = await post<Feedback>(`/feedback/${id}/decision`, { verdict, text: this.text, ...more });
      this.dispatchEvent(new CustomEvent('decided', { detail: decided }));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isSending = false;
  }
}
