import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { day, filled, focusOn, get, minutes, plural, reduceErrors, usd } from 'c/bailiwick';
import type { NearAccounts as Answer, Problem } from 'c/bailiwick';
import { texts } from './texts';

/** As far as somebody goes for one more visit. */
const MINUTES = 30;
/** Accounts that are shown at once, and that are chosen at most. */
const STEP = 8;
const MOST = 12;

/** Own accounts near this one, the greatest headroom first; chosen ones become a day in driving order. */
export default class NearAccounts extends NavigationMixin(LightningElement) {
  readonly texts = texts;
  @api teamId = '';
  private answer: Answer | null = null;
  private problem: Problem | null = null;
  private account = '';
  private chosen: string[] = [];
  private planned: string[] | null = null;
  private most = STEP;
  private wanted = '';

  @api get accountId(): string {
    return this.account;
  }
  set accountId(id: string) {
    if (id === this.account) return;
    this.account = id;
    this.answer = null;
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get waitingText(): string {
    return filled(texts.lookingWithin, MINUTES);
  }
  get title(): string {
    const whose = this.answer?.territoryName ? ` ${filled(texts.in, this.answer.territoryName)}` : '';
    return filled(texts.accountsWithinMinutesMostHeadroom, MINUTES, whose);
  }
  get timesText(): string {
    return this.answer?.isByRoad ? texts.byRoad : texts.estimatedByDistanceWithoutRoadsOr;
  }
  get hasRows(): boolean {
    return (this.answer?.accounts.length ?? 0) > 0;
  }
  get emptyText(): string {
    if (!this.answer || this.hasRows) return '';
    if (!this.answer.hasPlace) return texts.itsAddressIsNoPlaceOnTheMapSo;
    if (!this.answer.territoryId) return texts.nothingIsListedTheTerritoryOfThis;
    return filled(texts.noOtherAccountOfIsWithinMinutes, this.answer.territoryName, MINUTES);
  }
  get rows() {
    return (this.answer?.accounts ?? []).slice(0, this.most).map((row) => ({
      id: row.id,
      name: row.name,
      isChosen: this.chosen.includes(row.id),
      note: [row.kind, row.city, row.tier && filled(texts.tier, row.tier), lastSeen(row.lastActivity)]
        .filter(Boolean)
        .join(' · '),
      drive: minutes(row.driveMinutes),
      headroom: usd(row.headroomUsd),
      openLabel: filled(texts.open2, row.name),
    }));
  }
  renderedCallback(): void {
    if (this.wanted && focusOn(this.template, this.wanted)) this.wanted = '';
  }

  get canShowMore(): boolean {
    return (this.answer?.accounts.length ?? 0) > this.most;
  }
  get moreLabel(): string {
    return filled(texts.showMore, (this.answer?.accounts.length ?? 0) - this.most);
  }
  get isNoneChosen(): boolean {
    return this.chosen.length === 0;
  }
  get planLabel(): string {
    return this.chosen.length === 0
      ? texts.dayPlan
      : filled(texts.dayPlanWith, plural(this.chosen.length + 1, texts.visit));
  }

  private choose(event: Event): void {
    const { checked, dataset } = event.target as HTMLInputElement;
    const id = dataset.id ?? '';
    const rest = this.chosen.filter((one) => one !== id);
    this.chosen = checked ? [...rest, id].slice(-MOST) : rest;
  }
  private plan(): void {
    this.planned = [this.account, ...this.chosen];
  }
  private closePlan(): void {
    this.planned = null;
    this.wanted = '.plan-day';
  }
  private showMore(): void {
    this.most += STEP;
  }
  private open(event: Event): void {
    const recordId = (event.currentTarget as HTMLElement).dataset.id;
    const attributes = { recordId, objectApiName: 'Account', actionName: 'view' };
    this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
  }

  private async load(): Promise<void> {
    const { account } = this;
    this.problem = null;
    // all properties of the mount are set before the request goes out
    await Promise.resolve();
    try {
      const team = this.teamId ? `&team=${this.teamId}` : '';
      const answer = await get<Answer>(`/accounts/${account}/near?minutes=${MINUTES}${team}`);
      if (account === this.account) this.answer = answer;
    } catch (error) {
      if (account === this.account) this.problem = reduceErrors(error);
    }
  }
}

/** A day without a time: no time zone moves it. */
const lastSeen = (date: string | null): string =>
  date ? filled(texts.lastActivity, day(`${date.slice(0, 10)}T12:00:00`)) : '';
