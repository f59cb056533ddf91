import { LightningElement, api } from 'lwc';
import { day, download, filled, get, moment, percent, plural, reduceErrors, usd } from 'c/bailiwick';
import type { PlanDrift, Problem } from 'c/bailiwick';
import { lineOf, rowsOf, WORDS } from './rows';
import { texts } from './texts';

type Since = 'live' | 'last';
const SINCE: readonly { value: Since; label: string; hint: string }[] = [
  { value: 'live', label: texts.sinceItWentLive, hint: texts.againstThePlanAsItWasPublished },
  { value: 'last', label: texts.sinceTheLastChange, hint: texts.againstClaimsAccountsAndRepsBefore },
];
/** More moves than this are no small repair. */
const MOST_MOVES = 5;

interface WhatIfElement extends HTMLElement {
  run(request: unknown): void;
}

/** What has changed under the live plan: who left the target range, why, what waiting costs, and the smallest repair. */
export default class DriftPanel extends LightningElement {
  readonly texts = texts;
  @api version = 0;
  @api canEdit = false;
  @api canOperate = false;

  private since: Since = 'live';
  private answer: PlanDrift | null = null;
  private problem: Problem | null = null;
  private planIdShown = '';
  private turn = 0;

  readonly choices = SINCE;

  @api get planId(): string {
    return this.planIdShown;
  }
  set planId(id: string) {
    if (id === this.planIdShown) return;
    this.planIdShown = id;
    void this.load();
  }

  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get isFirst(): boolean {
    return this.answer?.since === null;
  }
  get firstText(): string {
    return this.answer
      ? filled(texts.isWatchedSinceNothingHasChanged, this.answer.planName, moment(this.answer.now))
      : '';
  }
  get sentence(): string {
    if (!this.answer?.since) return '';
    const { nation, territories, since } = this.answer;
    const left = new Set(territories.filter(({ hasLeft }) => hasLeft).map(({ id }) => id)).size;
    const all = nation.map(({ measure, change }) => `${WORDS[measure]} ${signed(change)}`).join(', ');
    const who = left === 0 ? texts.noTerritory : plural(left, texts.territory);
    return filled(texts.sinceAllTogetherLeftTheTargetRange, day(since), all, who);
  }
  get waitingText(): string {
    const { low = 0, high = 0 } = this.answer?.waitingUsd ?? {};
    if (high <= 0) return '';
    return filled(texts.waitingCostsToOfSalesAMonthWork, usd(low), usd(high));
  }
  get rows() {
    return this.answer ? rowsOf(this.answer) : [];
  }
  get hasRows(): boolean {
    return this.rows.length > 0;
  }
  get nationRows() {
    return (this.answer?.nation ?? []).map((one) => ({
      measure: one.measure,
      text: filled(texts.all, WORDS[one.measure], signed(one.change)),
      why: lineOf(one, one.before),
    }));
  }
  get canRepair(): boolean {
    return this.canEdit && this.hasRows;
  }

  private pickSince(event: CustomEvent<Since>): void {
    this.since = event.detail;
    void this.load();
  }
  private show(event: Event): void {
    const { index } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('show', { detail: { territoryIndex: Number(index) } }));
  }
  private repair(): void {
    const territories = [...new Set(this.rows.map(({ id }) => id))];
    const request = { title: texts.repairOfTodaysPlan, task: { kind: 'repair', moves: MOST_MOVES, territories } };
    this.template?.querySelector<WhatIfElement>('c-what-if')?.run(request);
  }
  private async saveCsv(): Promise<void> {
    try {
      await download(`/insights/${this.planIdShown}/drift.csv?since=${this.since}`, 'Drift.csv');
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
  private pass(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    [this.answer, this.problem] = [null, null];
    if (!this.planIdShown) return;
    try {
      const answer = await get<PlanDrift>(`/insights/${this.planIdShown}/drift?since=${this.since}`);
      if (turn === this.turn) this.answer = answer;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}

function signed(change: number | null): string {
  if (change === null) return texts.nothingBefore;
  return `${change >= 0 ? '+' : '−'}${percent(Math.abs(change))}`;
}
