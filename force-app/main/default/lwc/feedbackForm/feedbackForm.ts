import { LightningElement, api } from 'lwc';
import canReassign from '@salesforce/customPermission/Bailiwick_Reassign';
import { day, filled, focusOn, get, post, reduceErrors } from 'c/bailiwick';
import type { Feedback, FeedbackPlaces, Problem } from 'c/bailiwick';
import { placeOptions, REASONS } from './reasons';
import { texts } from './texts';

/** "This is wrong", about an account or a territory, with a reason and words; goes to whoever decides about the territory. */
export default class FeedbackForm extends LightningElement {
  readonly texts = texts;
  /** What it is about: an account in a team, or a territory. */
  @api accountId: string | null = null;
  @api teamId: string | null = null;
  @api territoryId: string | null = null;
  /** How that is called. */
  @api subject = '';

  private reason = '';
  private text = '';
  private to = '';
  private places: FeedbackPlaces | null = null;
  private sent: Feedback | null = null;
  private problem: Problem | null = null;
  private isSending = false;
  /** What gets the focus: the title when the form opens; when it is sent, the button that is left. */
  private wanted = 'h3';

  connectedCallback(): void {
    if (this.accountId && this.teamId) void this.lookUpPlaces();
  }

  renderedCallback(): void {
    if (this.wanted && focusOn(this.template, this.wanted)) this.wanted = '';
  }

  get title(): string {
    return this.isRequest ? filled(texts.askAnotherManager, this.subject) : filled(texts.thisIsWrong, this.subject);
  }
  /** Who may change territories asks whoever may change the other one. */
  get isRequest(): boolean {
    return canReassign === true;
  }
  get reasonLabel(): string {
    return this.isRequest ? texts.why : texts.whatIsWrong;
  }
  get placeLabel(): string {
    return this.isRequest ? texts.toWhichTerritoryShouldItGo : texts.whereDoesItBelong;
  }
  get whoDecides(): string {
    return this.isRequest ? texts.theOtherManagerReadsItAndDecides : texts.yourManagerReadsItAndDecidesYouSee;
  }
  get reasons() {
    return REASONS;
  }
  get example(): string {
    return this.accountId ? texts.suchAsICoverItsSurgeonAtTheOther : texts.suchAsThisZipIsAnHourAway;
  }
  get placeOptions() {
    return this.places ? placeOptions(this.places) : null;
  }
  get cannotSend(): boolean {
    return this.isSending || this.reason === '' || this.text.trim().length < 3;
  }
  get sentText(): string {
    if (!this.sent) return '';
    const { state, managers, decision, kind, askedName, territoryName, dueAt } = this.sent;
    if (state === 'accepted') return filled(texts.itIsInTheNextPlan, decision ?? texts.acceptedAtOnce);
    const who = managers.length > 0 ? managers.join(' or ') : texts.salesOps;
    const yours =
      kind === 'feedback' && askedName === territoryName && managers.length > 0 ? `${texts.yourManager} ` : '';
    return filled(texts.sentItIsWithDue, yours, who, day(dueAt));
  }

  private pickReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
  }
  private write(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
  }
  private pickPlace(event: CustomEvent<{ value: string }>): void {
    this.to = event.detail.value;
  }

  /** Where it could go is offered, not needed: without it the form works as well. */
  private async lookUpPlaces(): Promise<void> {
    try {
      const places = await get<FeedbackPlaces>(`/feedback/places?teamId=${this.teamId}&accountId=${this.accountId}`);
      this.places = places;
      this.to = places.suggested ?? '';
    } catch {
      this.places = null;
    }
  }

  private async send(): Promise<void> {
    this.problem = null;
    this.isSending = true;
    const { accountId, teamId, territoryId, reason, text } = this;
    const about = accountId ? { accountId, teamId, toTerritoryId: this.to || null } : { territoryId };
    try {
      this.sent = await post<Feedback>('/feedback', { ...about, reason, text });
      this.wanted = '[data-close]';
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
