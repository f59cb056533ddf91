import { LightningElement, api } from 'lwc';
import { filled, get, reduceErrors, usd } from 'c/bailiwick';
import type { PlanYield, Problem } from 'c/bailiwick';
import { texts } from './texts';

/** What a draft does to the sales of today: a band with all that it assumes, never a promise. */
export default class YieldPanel extends LightningElement {
  readonly texts = texts;
  private answer: PlanYield | null = null;
  private problem: Problem | null = null;
  private asked = '';
  private planIdShown = '';
  private versionShown = 0;
  private turn = 0;

  @api get planId(): string {
    return this.planIdShown;
  }
  set planId(id: string) {
    this.planIdShown = id;
    void this.load();
  }
  @api get version(): number {
    return this.versionShown;
  }
  set version(version: number) {
    this.versionShown = version;
    void this.load();
  }

  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get figures() {
    if (!this.answer) return [];
    const { effectUsd, lossUsd, netUsd } = this.answer;
    return [
      { label: texts.hoursReachCustomersBetter, value: band(effectUsd) },
      { label: texts.lostWhereTheRepChangesFirstYear, value: band({ low: -lossUsd.high, high: -lossUsd.low }) },
      { label: texts.bothTogether, value: band(netUsd) },
    ];
  }
  get assumptions() {
    return (this.answer?.assumptions ?? []).map((text) => ({ text }));
  }

  private retry(): void {
    this.asked = '';
    void this.load();
  }

  /** A plan at a version is asked about once. */
  private async load(): Promise<void> {
    const wanted = `${this.planIdShown} ${this.versionShown}`;
    if (!this.planIdShown || wanted === this.asked) return;
    this.asked = wanted;
    const turn = ++this.turn;
    [this.answer, this.problem] = [null, null];
    try {
      const answer = await get<PlanYield>(`/insights/${this.planIdShown}/yield`);
      if (turn === this.turn) this.answer = answer;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${usd(value)}`;
const band = ({ low, high }: { low: number; high: number }): string =>
  low === 0 && high === 0 ? '$0' : filled(texts.to, signed(low), signed(high));
