import { LightningElement, api } from 'lwc';
import { day, download, filled, focusOn, get, reduceErrors } from 'c/bailiwick';
import type { Problem, Story, UserTerritory } from 'c/bailiwick';
import { changeRow, comingRow, fairnessOf, focusOf } from './words';
import { texts } from './texts';

/** The seven answers that a rep asks of her territory, from the plan itself. */
export default class TerritoryStory extends LightningElement {
  readonly texts = texts;
  @api territory: UserTerritory | null = null;
  /** Whether the reader may say that it is wrong. */
  @api canSay = false;
  private answer: Story | null = null;
  private problem: Problem | null = null;
  private shownId = '';

  @api get territoryId(): string {
    return this.shownId;
  }
  set territoryId(id: string) {
    if (id === this.shownId) return;
    this.shownId = id;
    this.answer = null;
    void this.load();
  }

  /** The button that opened the form, when that closes. */
  @api focus(): void {
    focusOn(this.template, '[data-say]');
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get hasNoChanges(): boolean {
    return this.answer?.changes.length === 0;
  }
  get changes() {
    return (this.answer?.changes ?? []).map(changeRow);
  }
  /** The plan that comes next, as one change more. */
  get coming() {
    const announced = this.answer?.announced;
    return announced ? comingRow(announced) : null;
  }
  get built(): string[] {
    return this.answer?.built ?? [];
  }
  get fairnessText(): string {
    return this.territory ? fairnessOf(this.territory) : '';
  }
  get focusText(): string {
    return this.territory ? focusOf(this.territory) : '';
  }
  get liveText(): string {
    const { answer } = this;
    if (!answer?.liveSince) return '';
    const by = answer.liveBy ? filled(texts.publishedBy, answer.liveBy) : texts.takenOverFromSalesforce;
    const next = answer.announced ? '' : ` ${texts.noOtherVersionIsAnnounced}`;
    return filled(texts.whatYouSeeIsLiveSince, day(answer.liveSince), by, next);
  }
  get helpText(): string {
    const who = this.answer?.managers ?? [];
    const name = who.length > 0 ? who.join(' or ') : texts.salesOps;
    return this.canSay
      ? filled(texts.saySoHereItGoesToWhoDecidesWithinA, name)
      : filled(texts.itsRepSaysSoOnHerPageItGoesTo, name);
  }

  private async saveSheet(): Promise<void> {
    this.problem = null;
    try {
      const name = this.answer?.territoryName ?? 'territory';
      await download(`/territories/${this.shownId}/sheet.pdf`, `${name}.pdf`);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
  private say(): void {
    this.dispatchEvent(new CustomEvent('say'));
  }
  private async load(): Promise<void> {
    const id = this.shownId;
    this.problem = null;
    try {
      const answer = await get<Story>(`/territories/${id}/story`);
      if (id === this.shownId) this.answer = answer;
    } catch (error) {
      if (id === this.shownId) this.problem = reduceErrors(error);
    }
  }
}
