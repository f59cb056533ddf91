import { LightningElement, api } from 'lwc';
import { count, filled, get, percent, plural, reduceErrors, usd } from 'c/bailiwick';
import type { AccountPeers as Answer, Problem } from 'c/bailiwick';
import { texts } from './texts';

const WORDS: Readonly<Record<Answer['rows'][number]['measure'], { label: string; text: (value: number) => string }>> = {
  procedures: { label: texts.proceduresItTakesPartIn, text: count },
  potentialUsd: { label: texts.marketPotential, text: usd },
  salesUsd: { label: texts.currentSales, text: usd },
  headroomUsd: { label: texts.headroom, text: usd },
  salesShare: { label: texts.salesOfPotential, text: percent },
};

/** An account among accounts of its kind, without their names. */
export default class AccountPeers extends LightningElement {
  readonly texts = texts;
  private answer: Answer | null = null;
  private problem: Problem | null = null;
  private account = '';

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
  get title(): string {
    return this.answer ? filled(texts.againstOfItsKind, plural(this.answer.others, texts.otherAccount), this.answer.group) : texts.againstItsKind; // prettier-ignore
  }
  get hasRows(): boolean {
    return (this.answer?.rows.length ?? 0) > 0;
  }
  get rows() {
    return (this.answer?.rows ?? []).map((row) => ({ ...row, ...WORDS[row.measure] }));
  }
  get note(): string {
    return this.hasRows ? texts.allAccountsOfTheMarketCountAlso : texts.thereAreFewerThanFiveOthersOfIts;
  }

  private async load(): Promise<void> {
    const { account } = this;
    this.problem = null;
    try {
      const answer = await get<Answer>(`/accounts/${account}/peers`);
      if (account === this.account) this.answer = answer;
    } catch (error) {
      if (account === this.account) this.problem = reduceErrors(error);
    }
  }
}
